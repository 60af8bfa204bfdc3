"""The lines of a case: costs, effects and transfers.

What each field means stands in the message catalogue (``fields``), in both languages, and comes
out in the JSON Schema and in the reference.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, ValidationInfo
from pydantic_core import PydanticKnownError

from impactmonitor.model.card_choice import CardUsed
from impactmonitor.model.numbers import (
    ABOVE_MINUS_ONE,
    ANY,
    NOT_NEGATIVE,
    SHARE,
    UNCERTAIN,
    Amount,
    Number,
    ParameterReference,
    Quantity,
    UnitValue,
)
from impactmonitor.model.record import (
    Currency,
    FrozenDict,
    Id,
    Map,
    PlainText,
    Record,
    Text,
    Whole,
    Year,
    YearCount,
)

Evidence = Literal[
    "measured-controlled",
    "literature-synthesis",
    "literature-single",
    "measured-before-after",
    "expert",
    "assumption",
]
Domain = Literal["economic", "ecological", "societal", "social"]
UNKNOWN = "unknown"
Timing = Literal["start_of_year", "mid_year", "end_of_year"]
Confirmation = Literal["confirmed", "contested", "open"]

FactorName = Annotated[
    str, Field(min_length=1, max_length=60, pattern=r"^[^.\s<>\[\]][^.<>\[\]]*$")
]


def _shares_kind(value: Any) -> str:
    return "<shares>" if isinstance(value, dict) else "<actor>"


class MeasuredBy(Record):
    """The indicator that measures an effect, and how its figures become a quantity.

    Attributes
    ----------
    share : float
        The part of the indicator that belongs to this effect, above 0 and at most 1.
    factors : Mapping[str, float]
        What one unit of the indicator is in units of the effect, each with its name.
    """

    indicator: Id
    share: Annotated[float, Field(gt=0, le=1)] = 1.0
    factors: Map[FactorName, float] = Field(default_factory=FrozenDict)


def _measured_kind(value: Any) -> str:
    return "<measured>" if isinstance(value, dict | MeasuredBy) else "<text>"


MeasuredIn = Annotated[
    Annotated[Id, Tag("<text>")] | Annotated[MeasuredBy, Tag("<measured>")],
    Discriminator(_measured_kind),
]
"""The id of an indicator, or an indicator with a share and factors."""


def measured_by_of(measured: str | MeasuredBy) -> MeasuredBy:
    """The same with its share and factors, also where only an id was written.

    Examples
    --------
    >>> measured_by_of("participants").share
    1.0
    """
    return MeasuredBy(indicator=measured) if isinstance(measured, str) else measured


Shares = Annotated[
    Annotated[Id, Tag("<actor>")]
    | Annotated[Map[Id, Annotated[float, Field(ge=0)]], Tag("<shares>")],
    Discriminator(_shares_kind),
]
"""One actor, or actors with the share that each of them bears."""


def _cashable_kind(value: Any) -> str:
    is_by_actor = isinstance(value, dict) and not is_number_form(value)
    return "<by-actor>" if is_by_actor else "<same>"


def is_number_form(value: dict[str, Any]) -> bool:
    """Whether a mapping is written as an uncertain number: none of its names can be an actor's.

    An actor may be called ``normal``; its share is then a number, while a distribution's
    parameters are a list or a mapping, and a parameter's name is a text.
    """
    forms = (*(form.tag for form in UNCERTAIN), ParameterReference.tag)
    return any(
        isinstance(value[name], list | tuple | str)
        or (isinstance(value[name], dict) and not is_number_form(value[name]))
        for name in forms
        if name in value
    )


Cashable = Annotated[
    Annotated[Number, Tag("<same>")] | Annotated[Map[Id, Number], Tag("<by-actor>")],
    Discriminator(_cashable_kind),
]
"""One share for every bearer, or one per actor."""


def shares_of(bearers: Shares | None) -> dict[str, float]:
    """Actors and their shares, in the order of the case.

    Examples
    --------
    >>> shares_of("insurer")
    {'insurer': 1.0}
    """
    if bearers is None:
        return {}
    return {bearers: 1.0} if isinstance(bearers, str) else dict(bearers)


class Line(Record):
    """What costs, effects and transfers have in common."""

    title: Text | None = None
    note: Text | None = None
    source: PlainText | None = None
    evidence: Evidence | None = None
    first_year: Year | None = None
    years: YearCount = 1
    growth: Annotated[Number, ABOVE_MINUS_ONE] = 0.0
    price_year: Year | None = None
    currency: Currency | None = None
    timing: Timing | None = None


class Cost(Line):
    """A cost, extra to what would be spent in the null alternative."""

    domain: Domain = "economic"
    discount_class: PlainText | None = None
    amount: Annotated[Amount, NOT_NEGATIVE]
    paid_by: Shares
    in_kind: bool = False
    optimism_bias: Annotated[Number, NOT_NEGATIVE] = 0.0
    prices: Literal["real", "nominal"] = "real"


class Transfer(Line):
    """Money that goes from one actor to another and changes nothing for society."""

    from_: Annotated[Id, Field(alias="from")]
    to: Id
    amount: Annotated[Amount, NOT_NEGATIVE]
    in_kind: bool = False
    prices: Literal["real", "nominal"] = "real"


def _quantity(value: Any, info: ValidationInfo) -> Any:
    """A quantity, which only an effect with a card may leave out."""
    if value is None:
        if info.data.get("card", UNKNOWN) is None:
            raise PydanticKnownError("missing")
        return UNKNOWN
    return value


class Effect(Line):
    """What happens among those reached, and what it is worth to whom."""

    domain: Domain | None = None
    discount_class: PlainText | None = None
    indicator: Id | None = None
    card: CardUsed | None = None
    quantity: Annotated[Quantity, ANY, BeforeValidator(_quantity)] = Field(
        default=None, validate_default=True
    )
    basis: Literal["gross", "net"] = "gross"
    counterfactual: Text | None = None
    factors: Annotated[Map[FactorName, Number], ANY] = Field(default_factory=FrozenDict)
    lasts: YearCount = 1
    lag: Annotated[Whole, Field(ge=0, le=1000)] = 0
    drop_off: Annotated[Number, SHARE] = 0.0
    unit_value: Annotated[UnitValue | None, ANY] = None
    unit: PlainText | None = None
    real_price_change: Annotated[Number, ABOVE_MINUS_ONE] = 0.0
    real_price_from: Year | None = None
    deadweight: Annotated[Number, SHARE] = 0.0
    displacement: Annotated[Number, SHARE] = 0.0
    attribution_to_others: Annotated[Number, SHARE] = 0.0
    optimism_bias: Annotated[Number, SHARE] = 0.0
    falls_to: Shares | None = None
    taken_from: Shares | None = None
    cashable: Annotated[Cashable, SHARE] = 0.0
    monetised: bool = True
    confirmation: Map[Id, Confirmation] = Field(default_factory=FrozenDict)
    measured_by: MeasuredIn | None = None
