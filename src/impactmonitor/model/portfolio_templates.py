"""Templates of figures over a portfolio: which facts they need, and how they are worked out.

A template is data: a standard or a law in one edition. Whatever it asks is one of three operators
over the holdings, so that another edition, or a set of a fund's own, needs no program.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from impactmonitor.model.entries import Entry
from impactmonitor.model.portfolio import AssetClass
from impactmonitor.model.record import Currency, FrozenDict, Id, Map, PlainText, Record, Text
from impactmonitor.model.written import Several

Operator = Literal["attributed-sum", "share", "weighted-mean"]
Within = Literal["all", "eligible", "covered"]
FactKind = Literal["quantity", "signed", "flag"]
Moments = Literal["period-end", "quarter-ends"]

Ids = Annotated[tuple[Id, ...], Field(strict=False)]


class FactDefinition(Record):
    """A figure of an investee that a template asks for.

    Attributes
    ----------
    title : Text
        What it is called.
    unit : Text or None
        None for money, and for a flag.
    kind : {"quantity", "signed", "flag"}
        At least 0, of either sign, or 1 for yes and 0 for no.
    is_money : bool
        Whether it is an amount, in whole units of the fund's currency.
    currency : str or None
        Of an amount that is in another currency for every fund.
    is_written_once : bool
        Whether the last figure on or before the period holds, as with a value at origination.
    """

    title: Text
    unit: Text | None = None
    kind: FactKind = "quantity"
    is_money: bool = False
    currency: Currency | None = None
    is_written_once: bool = False
    description: Text | None = None


class DenominatorRule(Record):
    """One way to the whole that a holding is a part of.

    Attributes
    ----------
    sum : tuple of str
        Facts that are added up; all of them have to be there.
    below_zero_as_zero : tuple of str
        Those of them that count as 0 where they are below it.
    only : {"listed", "unlisted"} or None
        For which investees; by default for both.
    is_whole : bool
        The holding is the whole: a factor of 1.
    note : Text or None
        Why.
    """

    sum: Ids = ()
    below_zero_as_zero: Ids = ()
    only: Literal["listed", "unlisted"] | None = None
    is_whole: bool = False
    note: Text | None = None


class SharesRule(Record):
    """What shares in a company without a market price are worth: held / total x worth."""

    held: Id
    total: Id
    worth: Id


class AttributionRule(Record):
    """What a holding of an asset class is a part of: the first way whose facts are there."""

    denominators: Several[DenominatorRule]
    shares: SharesRule | None = None


class TemplateIndicator(Record):
    """A figure over the holdings of a fund.

    Attributes
    ----------
    operator : {"attributed-sum", "share", "weighted-mean"}
        Sum of factor x figure, share of what a flag holds for, or weighted mean of figures.
    numerator : tuple of str
        Facts that are added up to the figure of an investee; for a share its flag.
    per : str or None
        The figure is divided by this fact.
    per_unit : float
        In how many of its units that fact counts: 1000000 for millions.
    over_unit : float or None
        An attributed sum is divided by the amount held, in so many of its currency.
    within : {"all", "eligible", "covered"}
        What counts in the amount held: every holding, those that the indicator is about, or those
        of them with data.
    weight : {"amount", "investee"}
        Whether a holding counts by its amount, or every investee once.
    asset_classes : tuple of str
        Which holdings it is about.
    eligible : str or None
        A flag: only investees for which it is 1.
    sectors : tuple of str
        One figure for each of these sectors, by the first letter of their NACE code.
    is_apart : bool
        Stands beside the others, and is never netted with them.
    is_tried : bool
        Whether its result was compared with a worked example; else a definition ready to fill.
    place : str
        Where it stands in the source.
    """

    number: PlainText | None = None
    title: Text
    operator: Operator
    numerator: Several[Id]
    per: Id | None = None
    per_unit: Annotated[float, Field(gt=0)] = 1.0
    over_unit: Annotated[float, Field(gt=0)] | None = None
    within: Within = "all"
    weight: Literal["amount", "investee"] = "amount"
    asset_classes: Several[AssetClass]
    eligible: Id | None = None
    sectors: Annotated[tuple[PlainText, ...], Field(strict=False)] = ()
    unit: Text
    is_share: bool = False
    is_apart: bool = False
    is_tried: bool = False
    place: PlainText
    note: Text | None = None


class PortfolioTemplate(Entry):
    """A set of indicators in one edition of a standard or a law.

    Attributes
    ----------
    edition : str
        Which one.
    source : str
        Id of a source in the catalogue.
    status : Text
        Whether it is in force, and what is about to change.
    moments : {"period-end", "quarter-ends"}
        Amounts at the end of the period, or the mean over the ends of its quarters.
    facts : Mapping[str, FactDefinition]
        Everything that it may ask of an investee, by id.
    attribution : Mapping[str, AttributionRule]
        By asset class.
    indicators : Mapping[str, TemplateIndicator]
        By id.

    Examples
    --------
    >>> template = PortfolioTemplate.model_validate({
    ...     "id": "ours", "title": "Ours", "edition": "1", "source": "us", "status": "In use.",
    ...     "moments": "period-end", "facts": {"jobs": {"title": "Jobs", "unit": "job"}},
    ...     "indicators": {"mean-jobs": {
    ...         "title": "Jobs per investee", "operator": "weighted-mean", "numerator": ["jobs"],
    ...         "weight": "investee", "asset_classes": ["business-loans"], "unit": "job",
    ...         "place": "our handbook"}}})
    >>> template.indicators["mean-jobs"].within
    'all'
    """

    edition: PlainText
    source: Id
    status: Text
    note: Text | None = None
    moments: Moments
    facts: Annotated[Map[Id, FactDefinition], Field(min_length=1)]
    attribution: Map[AssetClass, AttributionRule] = Field(default_factory=FrozenDict)
    indicators: Annotated[Map[Id, TemplateIndicator], Field(min_length=1)]

    def needed(self, name: str) -> tuple[str, ...]:
        """The facts that an indicator asks for itself, without those of attribution.

        Parameters
        ----------
        name : str
            Id of an indicator.
        """
        indicator = self.indicators[name]
        others = (indicator.per, indicator.eligible)
        return (*indicator.numerator, *(fact for fact in others if fact is not None))
