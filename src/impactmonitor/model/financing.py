"""What a case says about its financing: who keeps what, who may pay whom, with which instruments.

What each field means stands in the message catalogue (``fields``), in both languages. Amounts of
instruments are nominal; those of arrangements and contracts are in the money of the case.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from impactmonitor.model.record import FrozenDict, Id, Map, PlainText, Record, Text, Whole, Year

Share = Annotated[float, Field(ge=0, le=1)]
NotNegative = Annotated[float, Field(ge=0)]
Term = Annotated[Whole, Field(ge=1, le=100)]
Wholeness = Literal["value", "cash", "both"]
InstrumentKind = Literal["grant", "loan", "equity", "guarantee", "revolving-fund"]
Repayment = Literal["annuity", "linear", "bullet"]
Cover = Literal["first-loss", "pari-passu"]


class Retention(Record):
    """What an actor really keeps of what falls to it."""

    share: Share = 1.0
    yearly_leaving: Share = 0.0
    equalised: Share = 0.0
    rest_to: Id


class Weighting(Record):
    """How much more a euro counts for somebody with a low income."""

    reference_income: Annotated[float, Field(gt=0)]
    elasticity: NotNegative = 1.3


class Between(Record):
    """A payer and a receiver."""

    from_: Annotated[Id, Field(alias="from")]
    to: Id


class AtLeast(Between):
    """A payer and a receiver between whom at least an amount is paid."""

    amount: NotNegative


class Arrangement(Record):
    """Who may, must and will contribute, so that everybody is at least as well off."""

    whole: Wholeness | None = None
    by_year: bool = False
    forbidden: Annotated[tuple[Between, ...], Field(strict=False)] = ()
    required: Annotated[tuple[AtLeast, ...], Field(strict=False)] = ()
    minimum: Map[Id, NotNegative] = Field(default_factory=FrozenDict)
    given: Map[Id, NotNegative] = Field(default_factory=FrozenDict)


class Instrument(Record):
    """Money that a financier puts in, and what comes back of it; its kind says which fields."""

    kind: InstrumentKind
    title: Text | None = None
    note: Text | None = None
    source: PlainText | None = None
    from_: Annotated[Id, Field(alias="from")]
    to: Id | None = None
    amount: NotNegative | None = None
    first_year: Year | None = None
    rate: Annotated[float | None, Field(gt=-1, le=10)] = None
    years: Term | None = None
    repayment: Repayment | None = None
    grace: Annotated[Whole | None, Field(ge=0, le=99)] = None
    loss_year: Year | None = None
    loss_share: Share | None = None
    dividend: NotNegative | None = None
    exit_year: Year | None = None
    exit_multiple: NotNegative | None = None
    of: Id | None = None
    cover: Cover | None = None
    share: Share | None = None
    limit: NotNegative | None = None
    fee: NotNegative | None = None
    rounds: Term | None = None


class Tier(Record):
    """Part of the money of investors in an outcome contract: the first is paid back first."""

    actor: Id
    amount: Annotated[float, Field(gt=0)]
    rate: NotNegative | None = None


class Contract(Record):
    """Payment for measured outcomes: who pays, what for, and who takes the risk."""

    title: Text | None = None
    note: Text | None = None
    payer: Id
    provider: Id
    prices: Annotated[Map[Id, NotNegative], Field(min_length=1)]
    baseline: Map[Id, NotNegative] = Field(default_factory=FrozenDict)
    first_year: Year | None = None
    years: Term | None = None
    cap: NotNegative | None = None
    floor: NotNegative = 0.0
    tiers: Annotated[tuple[Tier, ...], Field(strict=False)] = ()
    guarantee: NotNegative = 0.0
    guarantor: Id | None = None
    evaluation_cost: NotNegative = 0.0
    probability: Annotated[float, Field(gt=0, lt=1)] = 0.1
