"""The portfolio: what a fund holds, what it could hold next, and how much of it is whose.

What each field means stands in the message catalogue (``fields``), in both languages. Amounts are
nominal and in the currency of the holding, unless a field says otherwise; shares are decimals.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from impactmonitor.model.financing import InstrumentKind
from impactmonitor.model.record import Currency, FrozenDict, Id, Map, PlainText, Record, Text, Year
from impactmonitor.model.written import Date

MOST = 1e15
"""Larger amounts have no cents in the arithmetic of a computer."""

NotNegative = Annotated[float, Field(ge=0, le=MOST)]
Share = Annotated[float, Field(ge=0, le=1)]
Shares = Map[PlainText, Annotated[float, Field(gt=0, le=1)]]
"""Label to share; what is left of 1 belongs to none."""

AssetClass = Literal[
    "listed-equity",
    "corporate-bonds",
    "business-loans",
    "unlisted-equity",
    "project-finance",
    "commercial-real-estate",
    "mortgages",
    "motor-vehicle-loans",
    "sovereign-debt",
]


class FundAbout(Record):
    """Whose portfolio it is, of what state, and what it is for."""

    manager: PlainText | None = None
    contact: PlainText | None = None
    date: Date | None = None
    version: PlainText | None = None
    status: Literal["draft", "reviewed", "final"] | None = None
    reviewer: PlainText | None = None
    entity: Text | None = None
    thesis: Text | None = None
    method: Text | None = None
    went_wrong: Map[Year, Text] = Field(default_factory=FrozenDict)
    risks: Map[Year, Text] = Field(default_factory=FrozenDict)


class Theme(Record):
    """A theme of the fund, and which missions, transitions and goals it serves."""

    title: Text | None = None
    missions: Shares = Field(default_factory=FrozenDict)
    transitions: Shares = Field(default_factory=FrozenDict)
    sdgs: Shares = Field(default_factory=FrozenDict)
    limit: Share | None = None


class Tags(Record):
    """Where a holding belongs; what it does not say itself comes from its themes."""

    themes: Shares = Field(default_factory=FrozenDict)
    missions: Shares = Field(default_factory=FrozenDict)
    transitions: Shares = Field(default_factory=FrozenDict)
    sdgs: Shares = Field(default_factory=FrozenDict)
    regions: Shares = Field(default_factory=FrozenDict)


class Financed(Record):
    """How much of something is the fund's, at one moment."""

    outstanding: NotNegative | None = None
    disbursed: NotNegative | None = None
    called: NotNegative | None = None
    exposure: NotNegative | None = None
    equity: Annotated[float | None, Field(ge=-MOST, le=MOST)] = None
    debt: NotNegative | None = None
    total_funding: NotNegative | None = None


class Restated(Financed):
    """A position of an earlier period as it was corrected later."""

    in_: Annotated[Year, Field(alias="in")]
    reason: Text


class Position(Financed):
    """A position at the end of a period, with what was corrected since."""

    restated: Annotated[tuple[Restated, ...], Field(strict=False)] = ()


class Commitment(Record):
    """What was promised, when, and of what whole."""

    date: Date
    amount: NotNegative
    total_funding: Annotated[float, Field(gt=0, le=MOST)]


class OtherFinancier(Record):
    """Somebody else who claims a part of the same initiative."""

    title: Text
    share: Share
    costs_in_case: bool = False


class Fact(Record):
    """A figure of an investee, with how good it is: 1 for the best, 5 for the poorest data."""

    value: float
    quality: Annotated[int | None, Field(ge=1, le=5)] = None
    origin: Literal["reported", "estimated"] | None = None
    source: PlainText | None = None


class Investee(Record):
    """A company, property, project or state in which the fund has money, with its figures."""

    title: Text | None = None
    asset_class: AssetClass
    sector: PlainText | None = None
    is_listed: bool = False
    facts: Map[Year, Map[Id, float | Fact]] = Field(default_factory=FrozenDict)


class Holding(Record):
    """Money of the fund in one initiative."""

    title: Text | None = None
    case: PlainText | None = None
    versions: Map[Year, PlainText] = Field(default_factory=FrozenDict)
    investee: Id | None = None
    instrument: InstrumentKind
    currency: Currency | None = None
    commitment: Commitment | None = None
    positions: Map[Year, Position] = Field(default_factory=FrozenDict)
    values: Map[Date, NotNegative] = Field(default_factory=FrozenDict)
    exit: Date | None = None
    tags: Tags = Field(default_factory=Tags)
    other_financiers: Map[Id, OtherFinancier] = Field(default_factory=FrozenDict)
    note: Text | None = None


class Candidate(Record):
    """A proposal that the fund could finance next."""

    title: Text | None = None
    case: PlainText
    amount: Annotated[float, Field(gt=0, le=MOST)]
    total_funding: Annotated[float, Field(gt=0, le=MOST)]
    financial_return: float | None = None
    tags: Tags = Field(default_factory=Tags)
    needs: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    excludes: Annotated[tuple[Id, ...], Field(strict=False)] = ()


class Limits(Record):
    """What a choice among candidates has to keep to."""

    budget: NotNegative | None = None
    themes: Map[Id, NotNegative] = Field(default_factory=FrozenDict)
    financial_return: float | None = None
    probability_of_loss: Share | None = None
    framework: Id | None = None


class Portfolio(Record):
    """What a fund holds, over its periods."""

    impactmonitor_portfolio: Literal[1]
    id: Id
    title: Text
    currency: Currency
    price_year: Year
    base_year: Year
    scheme: Id | None = None
    about: FundAbout = Field(default_factory=FundAbout)
    exchange_rates: Map[Currency, Map[Date, Annotated[float, Field(gt=0)]]] = Field(
        default_factory=FrozenDict
    )
    themes: Map[Id, Theme] = Field(default_factory=FrozenDict)
    investees: Map[Id, Investee] = Field(default_factory=FrozenDict)
    holdings: Map[Id, Holding] = Field(default_factory=FrozenDict)
    candidates: Map[Id, Candidate] = Field(default_factory=FrozenDict)
    limits: Limits = Field(default_factory=Limits)
