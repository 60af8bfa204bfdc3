"""The case: one project or proposal, as it is written down."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from impactmonitor.model.financing import (
    Arrangement,
    Contract,
    Instrument,
    Retention,
    Weighting,
)
from impactmonitor.model.lines import Cost, Effect, Line, Shares, Timing, Transfer
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Monitoring
from impactmonitor.model.numbers import (
    ABOVE_MINUS_ONE,
    SHARE,
    Number,
    OwnNumber,
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
)
from impactmonitor.model.scores import Answer
from impactmonitor.model.theory import Theory
from impactmonitor.model.written import Date, Several

SOCIETY = "society"
THE_CASE, NOTHING = OPTIONS = ("case", "nothing")
"""What every decision may choose beside the alternatives: the case itself, and doing nothing."""
EXCESS_BURDEN = "excess-burden"


class About(Record):
    """Whose calculation it is, of what state, and what it leaves out."""

    author: PlainText | None = None
    organisation: PlainText | None = None
    date: Date | None = None
    version: PlainText | None = None
    status: Literal["draft", "reviewed", "final"] | None = None
    reviewer: PlainText | None = None
    area: Text | None = None
    population: Annotated[float, Field(ge=0)] | None = None
    null_alternative: Text | None = None
    left_out: Text | None = None


class Discount(Record):
    """How later years weigh: a scheme of the catalogue, or rates of the case's own."""

    scheme: Id | None = None
    rate: Annotated[Number | None, ABOVE_MINUS_ONE] = None
    classes: Map[PlainText, Annotated[float, Field(gt=-1)]] = Field(default_factory=FrozenDict)
    timing: Timing = "start_of_year"


class Actor(Record):
    """Somebody who pays or benefits."""

    title: Text | None = None
    kind: Id
    reservation: float = 0.0
    cash_floor: float = 0.0
    may_pay: bool | None = None
    income: Annotated[float, Field(gt=0)] | None = None
    stand_alone: Annotated[float, Field(ge=0)] | None = None
    retention: Retention | None = None


class Parameter(Record):
    """A named number that is used in several places."""

    title: Text | None = None
    value: OwnNumber
    unit: PlainText | None = None
    indicator: Id | None = None
    source: PlainText | None = None
    measuring_cost: Annotated[float, Field(ge=0)] | None = None


class Overlap(Record):
    """Effects that partly count the same value."""

    lines: Several[Id]
    alpha: Annotated[Number, SHARE]


class ExcessBurden(Record):
    """The cost to society of raising public money."""

    rate: Annotated[Number, ABOVE_MINUS_ONE]
    actors: Several[Id]
    borne_by: Shares


class PriceIndex(Record):
    """A price index of one currency, by year."""

    currency: Currency | None = None
    years: Annotated[Map[Year, Annotated[float, Field(gt=0)]], Field(min_length=1)]
    source: PlainText | None = None


class Source(Record):
    """Where a figure comes from."""

    title: Text
    publisher: PlainText | None = None
    year: Year | None = None
    url: PlainText | None = None
    licence: PlainText | None = None


def _frozen(value: Any) -> Any:
    """Plain values that cannot be changed."""
    if isinstance(value, dict):
        return FrozenDict({str(k): _frozen(v) for k, v in value.items()})
    return tuple(_frozen(v) for v in value) if isinstance(value, list | tuple) else value


class Variant(Record):
    """Changes to a case: another choice (alternative) or another state of the world (scenario)."""

    title: Text | None = None
    changes: Map[PlainText, Annotated[Any, AfterValidator(_frozen)]]


class Decision(Record):
    """A choice between the case, its alternatives and doing nothing, by one party."""

    options: Annotated[Several[Id], Field(json_schema_extra={"minItems": 2})]
    by: Id = SOCIETY
    scale: Annotated[float, Field(gt=0)] = 1.0


Correlation = Annotated[
    tuple[PlainText, PlainText, Annotated[float, Field(ge=-1, le=1)]], Field(strict=False)
]


def _no_boolean(value: Any) -> Any:
    """True equals 1 in Python, but is no version of the format."""
    return str(value).lower() if isinstance(value, bool) else value


class Case(Record):
    """One project or proposal.

    Only the form is checked on construction. Whether the parts fit together is the business of
    ``rules`` (within the case) and of ``catalogue.resolve`` (with the catalogue), which every
    evaluation calls.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ... })
    >>> case.costs["work"].amount
    100.0
    """

    impactmonitor: Annotated[Literal[1], BeforeValidator(_no_boolean)]
    id: Id
    title: Text
    summary: Text | None = None
    about: About | None = None
    currency: Currency
    price_year: Year
    base_year: Year
    horizon: Annotated[Whole, Field(ge=1, le=300)]
    discount: Discount | None = None
    actors: Annotated[Map[Id, Actor], Field(min_length=1)]
    perspectives: Map[Id, Several[Id]] = Field(default_factory=FrozenDict)
    parameters: Map[Id, Parameter] = Field(default_factory=FrozenDict)
    costs: Map[Id, Cost] = Field(default_factory=FrozenDict)
    effects: Map[Id, Effect] = Field(default_factory=FrozenDict)
    transfers: Map[Id, Transfer] = Field(default_factory=FrozenDict)
    overlaps: Map[Id, Overlap] = Field(default_factory=FrozenDict)
    excess_burden: ExcessBurden | None = None
    price_indices: Map[Id, PriceIndex] = Field(default_factory=FrozenDict)
    exchange_rates: Map[Currency, Map[Year, Annotated[float, Field(gt=0)]]] = Field(
        default_factory=FrozenDict
    )
    inflation: Annotated[Number | None, ABOVE_MINUS_ONE] = None
    alternatives: Map[Id, Variant] = Field(default_factory=FrozenDict)
    scenarios: Map[Id, Variant] = Field(default_factory=FrozenDict)
    correlations: Annotated[tuple[Correlation, ...], Field(strict=False)] = ()
    decisions: Map[Id, Decision] = Field(default_factory=FrozenDict)
    distribution: Weighting | None = None
    arrangement: Arrangement | None = None
    instruments: Map[Id, Instrument] = Field(default_factory=FrozenDict)
    contracts: Map[Id, Contract] = Field(default_factory=FrozenDict)
    scores: Map[Id, Map[Id, Answer]] = Field(default_factory=FrozenDict)
    theory: Theory | None = None
    monitoring: Monitoring | None = None
    measurements: Annotated[tuple[Measurement, ...], Field(strict=False)] = ()
    sources: Map[Id, Source] = Field(default_factory=FrozenDict)

    def lines(self) -> dict[str, Line]:
        """All lines by id: costs, effects, transfers, in the order of the case."""
        return {**self.costs, **self.effects, **self.transfers}
