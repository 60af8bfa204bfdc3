"""An effect card on an effect: which one, among how many, and what is known locally."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from impactmonitor.model.numbers import NOT_NEGATIVE, SHARE, Amount, Number
from impactmonitor.model.record import PlainText, Record, Text

CARD_ID = r"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$"
CardId = Annotated[str, Field(pattern=CARD_ID, max_length=60)]


class CardSwitch(Record):
    """Whether something that is on by default is applied; off needs a reason."""

    applied: bool = True
    reason: Text | None = None


class LocalResult(Record):
    """What was counted in the project, and in a group that did not take part."""

    events: Annotated[float, Field(ge=0)]
    people: Annotated[float, Field(gt=0)]
    control_events: Annotated[float, Field(ge=0)]
    control_people: Annotated[float, Field(gt=0)]
    tau: Annotated[float, Field(ge=0)] | None = None
    source: PlainText | None = None


class CardChoice(Record):
    """A card with what it needs to become a quantity."""

    id: CardId
    reach: Annotated[Amount | None, NOT_NEGATIVE] = None
    baseline: Annotated[Number | None, NOT_NEGATIVE] = None
    uptake: Annotated[Number | None, SHARE] = None
    adherence: Annotated[Number | None, NOT_NEGATIVE] = None
    scale: CardSwitch | None = None
    shrinkage: CardSwitch | None = None
    local: LocalResult | None = None


def _card_kind(value: Any) -> str:
    return "<text>" if isinstance(value, str) else "<card>"


CardUsed = Annotated[
    Annotated[CardId, Tag("<text>")] | Annotated[CardChoice, Tag("<card>")],
    Discriminator(_card_kind),
]
"""The id of a card, or a card with what is known locally."""


def choice_of(card: str | CardChoice) -> CardChoice:
    """A card as a choice, also where only its id was written.

    Examples
    --------
    >>> choice_of("EC-IPS").id
    'EC-IPS'
    """
    return CardChoice(id=card) if isinstance(card, str) else card
