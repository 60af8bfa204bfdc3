"""What bearers of effects say about them, and the case as it is known."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from impactmonitor.model.lines import Confirmation
from impactmonitor.model.record import Id as Name
from impactmonitor_api.contract.shared import Answer, ByKey, Id, Moment, Request, next_page
from impactmonitor_api.contract.texts import Label, ShortText

_EFFECT = "Id of the effect in the case."
_ACTOR = "Id of the actor in the case who bears it."
_SAID = "Whether they agree that it falls to them; `open` takes an earlier word back."
_SAID_BY = "Who said it on their behalf."
_NOTE = "What they said beside it."


class NewConfirmation(Request):
    """What the bearer of an effect says about it."""

    effect: Name = Field(description=_EFFECT, examples=["fewer-falls"])
    actor: Name = Field(description=_ACTOR, examples=["insurer"])
    confirmation: Confirmation = Field(description=_SAID, examples=["confirmed"])
    said_by: Label | None = Field(
        default=None, description=_SAID_BY, examples=["Head of prevention"]
    )
    note: ShortText | None = Field(
        default=None, description=_NOTE, examples=["For the first two years."]
    )


class ConfirmationOut(Answer):
    """What the bearer of an effect said about it."""

    id: Id
    effect: str = Field(description=_EFFECT, examples=["fewer-falls"])
    actor: str = Field(description=_ACTOR, examples=["insurer"])
    confirmation: Confirmation = Field(description=_SAID, examples=["confirmed"])
    said_by: str | None = Field(description=_SAID_BY, examples=["Head of prevention"])
    note: str | None = Field(description=_NOTE, examples=[None])
    case_version: int = Field(description="Version of the case that they saw.", examples=[3])
    by: ByKey
    created_at: Moment


class ConfirmationPage(Answer):
    """A page of confirmations, the newest first."""

    items: list[ConfirmationOut] = Field(description="The confirmations.")
    next: str | None = next_page()


class KnownOut(Answer):
    """A case with what was approved and confirmed since it was written."""

    id: Id
    version: int = Field(description="Version of the case that it starts from.", examples=[3])
    measurements: int = Field(description="How many approved measurements it has beside those of "
                              "the version itself.", examples=[12])  # fmt: skip
    confirmations: int = Field(description="About how many effects and actors something was said.",
                               examples=[2])  # fmt: skip
    document: dict[str, Any] = Field(
        description="The case, as `GET /v1/schemas/case` describes it.",
        examples=[{"id": "example", "title": "An example"}],
    )
