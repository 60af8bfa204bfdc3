"""What stands in the catalogue: one frozen record per kind of entry, strict and fully typed.

An entry is written as a mapping under its id; ``id`` is filled in by the reader. References to
other entries are plain ids here; whether they exist is checked when a whole catalogue is read.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from impactmonitor.model.lines import Domain
from impactmonitor.model.numbers import OwnNumber
from impactmonitor.model.record import (
    ID_PATTERN,
    Currency,
    Id,
    Map,
    PlainText,
    Record,
    Text,
    Whole,
    Year,
)
from impactmonitor.model.written import Date, EditionName, Moment, Several

EditionValue = OwnNumber
Verification = Literal["primary-table", "publisher-page", "secondary-source"]
SchemeStatus = Literal["in-force", "superseded", "recommended"]
EditionStatus = Literal["current", "superseded"]
Resource = Literal[
    "medical", "support", "informal-care", "production", "unpaid-work", "immaterial", "material",
    "own-cost", "education", "justice", "shelter", "administration", "energy", "climate", "income",
]  # fmt: skip
NOT_STATED = "not-stated"


class CatalogueEdition(Record):
    """The name and date of a catalogue, or of a folder that adds to it."""

    edition: Annotated[PlainText, Field(min_length=1, max_length=60)]
    date: Date | None = None
    note: Text | None = None


class Entry(Record):
    """What every entry of the catalogue has.

    Attributes
    ----------
    id : str
        The key under which it stands.
    title : str or Translated
        What people call it, in Dutch and English for everything that is shipped.
    description : str, Translated or None
        What it is, in a sentence or two.
    """

    id_pattern: ClassVar[str] = ID_PATTERN
    id: str
    title: Text
    description: Text | None = None


class ActorKind(Entry):
    """A kind of actor.

    Attributes
    ----------
    may_pay : bool
        Whether it is by default asked to compensate another.
    has_income : bool
        Whether it stands for people, for whom a euro may count more or less by their income.
    """

    may_pay: bool = True
    has_income: bool = False


class ValueDomain(Entry):
    """One of the four domains of value."""


class Sector(Entry):
    """A field of policy, and the domain that its values belong to."""

    domain: Domain


class EvidenceLevel(Entry):
    """A rung of the ladder of evidence for an effect."""


class VerificationGrade(Entry):
    """A way in which a figure of the catalogue was read."""


class Unit(Entry):
    """A unit of quantities and prices.

    Attributes
    ----------
    dimension : str or None
        What it measures. Units convert only within one dimension; None stands on its own.
    factor : float or None
        How many base units of the dimension it is; None does not convert.
    aliases : tuple of str
        Other spellings, plurals, and the Dutch word.
    """

    id_pattern: ClassVar[str] = r"^[A-Za-z0-9][A-Za-z0-9 /%-]*$"
    dimension: PlainText | None = None
    factor: Annotated[float, Field(gt=0)] | None = None
    aliases: Annotated[tuple[PlainText, ...], Field(strict=False)] = ()


class CatalogueSource(Entry):
    """Where figures come from."""

    authors: PlainText | None = None
    publisher: PlainText | None = None
    year: Year | None = None
    url: PlainText | None = None
    doi: PlainText | None = None
    licence: PlainText = NOT_STATED
    language: PlainText | None = None
    note: Text | None = None


class DiscountClass(Entry):
    """A class of costs or effects that schemes may discount at a rate of their own."""

    id_pattern: ClassVar[str] = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"


class RateStep(Record):
    """A rate, as a decimal per year, and the last year after the base year in which it holds."""

    until: Annotated[Whole, Field(ge=1)] | None = None
    rate: Annotated[float, Field(gt=-1)]


class Scheme(Entry):
    """The discount rates that somebody prescribes, by class, in steps.

    Examples
    --------
    >>> scheme = Scheme.model_validate({
    ...     "id": "flat", "title": "Flat", "edition": "1", "status": "recommended",
    ...     "holds_from": "2026", "source": "us", "verification": "primary-table",
    ...     "last_checked": "2026-11-21", "rates": {"standard": [{"rate": 0.03}]},
    ... })
    >>> scheme.rates["standard"][0].rate
    0.03
    """

    edition: PlainText
    status: SchemeStatus
    holds_from: Moment
    source: Id
    verification: Verification
    last_checked: Date
    note: Text | None = None
    default_for: Currency | None = None
    rates: Map[PlainText, Several[RateStep]]


class IndexSeries(Entry):
    """A price index: one figure per year, and the years that are provisional."""

    currency: Currency
    base: PlainText
    source: Id
    verification: Verification
    last_checked: Date
    licence: PlainText = NOT_STATED
    note: Text | None = None
    provisional: Annotated[tuple[Year, ...], Field(strict=False)] = ()
    years: Annotated[Map[Year, Annotated[float, Field(gt=0)]], Field(min_length=1)]


class Edition(Record):
    """One published figure of a value: what, at which price level, from where.

    Attributes
    ----------
    value : float or Distribution
        Money per unit.
    low, high : float or None
        The published range, where there is one.
    price_year : int or None
        None only for a policy reference, which is never brought to another price level.
    place : str or None
        Where in the source it stands.
    actor_mapping : {"source", "ours"} or None
        Whether the source or this project says who it falls to.
    """

    edition: EditionName
    value: EditionValue
    low: float | None = None
    high: float | None = None
    currency: Currency
    price_year: Year | None = None
    status: EditionStatus = "current"
    source: Id
    place: PlainText | None = None
    verification: Verification
    last_checked: Date
    licence: PlainText = NOT_STATED
    actor_mapping: Literal["source", "ours"] | None = None
    note: Text | None = None


class Value(Entry):
    """What one unit of something is worth or costs, in one or more editions.

    Attributes
    ----------
    falls_to : str or None
        Kind of actor that bears the cost or has the benefit; None: the case must say.
    sector, domain : str or None
        At least one; the domain is the sector's unless it is named.
    is_transfer : bool
        Money that one party gains and another loses.
    includes : tuple of str or None
        Resources that are in it; None where the source does not say.
    composition : {"item", "bundle"}
        One resource, or the average of an event that takes several.
    market_price : bool or None
        Whether indirect taxes are in it; None where that is not known.
    """

    code: PlainText | None = None
    unit: PlainText
    falls_to: Id | None = None
    sector: Id | None = None
    domain: Domain | None = None
    class_: Annotated[Literal["unit-value", "policy-reference"], Field(alias="class")] = (
        "unit-value"
    )
    is_transfer: bool = False
    includes: Annotated[tuple[Resource, ...], Field(strict=False)] | None = None
    composition: Literal["item", "bundle"] = "item"
    market_price: bool | None = None
    discount_class: PlainText | None = None
    editions: Several[Edition]

    @property
    def current(self) -> Edition:
        """The edition that holds; the last one where none is marked as current."""
        return next((e for e in self.editions if e.status == "current"), self.editions[-1])


class MethodParameter(Entry):
    """A number of a method that is no amount of money."""

    code: PlainText | None = None
    value: EditionValue
    unit: PlainText
    edition: EditionName
    source: Id
    place: PlainText | None = None
    verification: Verification
    last_checked: Date
    licence: PlainText = NOT_STATED
    note: Text | None = None


class Indicator(Entry):
    """Something that can be measured, and what one unit of it is worth.

    Attributes
    ----------
    direction : {"increase", "decrease"}
        Of the quantity in the real world. The quantity of a case is positive for what the
        indicator is called: ten hospital days avoided is 10.
    horizon : {"short", "medium", "long"}
        How long until the impact shows: under 3 years, 3 to 10, above 10.
    unit_value : str or None
        Id of a value, or id and edition; None: not in euros unless the case gives a price.
    falls_to : str or None
        Kind of actor, instead of the value's.
    codes : Mapping[str, str]
        Codes of other systems, for example the target of a sustainable development goal.
    """

    measurement: Literal["quantitative", "qualitative"]
    unit: PlainText
    direction: Literal["increase", "decrease"]
    domain: Domain
    horizon: Literal["short", "medium", "long"]
    measure: Literal["stock", "flow", "cumulative", "ratio"]
    counts_people: bool
    unit_value: Id | None = None
    falls_to: Id | None = None
    discount_class: PlainText | None = None
    codes: Map[PlainText, PlainText] = Field(default_factory=dict)
    source: Id | None = None
    licence: PlainText = NOT_STATED
    origin: PlainText
