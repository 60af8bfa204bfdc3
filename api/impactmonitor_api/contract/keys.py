"""Organisations and their keys."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from impactmonitor.model.record import Id as Name
from impactmonitor_api.contract.shared import Answer, Id, Moment, Request, next_page
from impactmonitor_api.storage.keys import Role

_ROLE = Field(
    description="What it may do. Everybody reads; an assessor also decides about measurements "
    "and confirmations, an editor also writes cases and measurements, an administrator everything.",
    examples=["editor"],
)


def _moment(value: object) -> object:
    """A moment in JSON is a text; one without a zone would mean another hour elsewhere."""
    if not isinstance(value, str):
        return value
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("not-a-moment", "") from None
    if found.tzinfo is None:
        raise PydanticCustomError("not-a-moment", "")
    return found.astimezone(UTC)


class NewKey(Request):
    """A key to be made."""

    name: str = Field(min_length=1, max_length=200, description="What it is for.",
                      examples=["dashboard of the neighbourhood team"])  # fmt: skip
    role: Role = _ROLE
    expires_at: Annotated[datetime, BeforeValidator(_moment)] | None = Field(
        default=None,
        description="From when on it opens nothing, with its time zone; null for never.",
        examples=["2027-12-31T23:00:00+00:00"],
    )
    bearer: Name | None = Field(
        default=None,
        description="An actor on whose behalf this key may confirm what cases say it gains.",
        examples=["health-insurer"],
    )


class KeyOut(Answer):
    """A key, without what opens the service."""

    id: Id
    name: str = Field(description="What it is for.", examples=["dashboard"])
    prefix: str = Field(description="How it begins, to recognise it.",
                        examples=["im_0123456789ab"])  # fmt: skip
    role: Role = _ROLE
    bearer: str | None = Field(description="The actor that it confirms for.",
                               examples=["health-insurer"])  # fmt: skip
    created_at: Moment
    expires_at: Moment | None = Field(description="From when on it opens nothing.",
                                      examples=[None])  # fmt: skip
    revoked_at: Moment | None = Field(description="When it was revoked.", examples=[None])


class MadeKey(KeyOut):
    """A key that was just made: the only time that it is shown whole."""

    key: str = Field(description="The key. It is not kept, and cannot be looked up again.",
                     examples=["im_0123456789ab_Zm9vYmFy"])  # fmt: skip


class KeyPage(Answer):
    """A page of keys, the newest first."""

    items: list[KeyOut] = Field(description="The keys.")
    next: str | None = next_page()


class OrganisationOut(Answer):
    """The organisation of the key that asks."""

    id: Id
    name: str = Field(description="Its name.", examples=["Stichting Buurtkracht"])
    created_at: Moment
    role: Role = _ROLE
    key: Id
    additions_version: int = Field(description="Version of its own additions to the catalogue.",
                                   examples=[2])  # fmt: skip
