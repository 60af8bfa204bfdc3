"""A case with everything it takes from the catalogue looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from impactmonitor.catalogue.theory import TheoryGraph
from impactmonitor.model.case import Case
from impactmonitor.model.entries import CatalogueSource, Edition, Indicator, Scheme, Unit, Value
from impactmonitor.model.figures import Figure

if TYPE_CHECKING:  # read only where a case needs them
    from impactmonitor.catalogue.frameworks import Frameworks


@dataclass(frozen=True, slots=True)
class Step:
    """A discount rate and the time up to which it holds.

    Attributes
    ----------
    until : float
        Years after the start of the base year; infinity for the last step.
    rate : float, Distribution or ParameterReference
        Decimal, above -1.
    path : str
        Where the rate stands: in the case, or in the scheme.
    """

    until: float
    rate: Figure
    path: str


@dataclass(frozen=True, slots=True)
class PriceBasis:
    """The price level of a line and the figures that bring it to that of the case.

    Attributes
    ----------
    currency : str
        The line's own.
    price_year : int or None
        None for a policy reference, which is never rebased.
    index : str
        Id of the price index, empty where none is needed.
    index_from, index_to : float
        Index at the line's and at the case's price year.
    exchange_rate : float
        Units of the case's currency for one of the line's.
    source : str or None
        Where the index comes from: an id of the case or the catalogue, or a text.
    """

    currency: str
    price_year: int | None
    index: str = ""
    index_from: float = 1.0
    index_to: float = 1.0
    exchange_rate: float = 1.0
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedLine:
    """What every line needs beside its own fields."""

    discount_class: str
    price: PriceBasis


@dataclass(frozen=True, slots=True)
class ResolvedEffect(ResolvedLine):
    """An effect with what its indicator and its unit value give.

    Attributes
    ----------
    domain : str or None
        None only for effects that are transfers and name none.
    unit : str
        Of the quantity.
    unit_value : number, year map or None
        Money per unit of the value; None when the effect is not in euros.
    unit_value_path : str
        ``values.ID`` for a catalogue value, else the place in the case.
    unit_factor : float
        Units of the value in one unit of the quantity.
    falls_to, taken_from : Mapping[str, float]
        Shares per actor.
    value, edition : Value, Edition or None
        The catalogue value behind the unit value.
    indicator : Indicator or None
        The indicator that the effect names.
    """

    domain: str | None
    unit: str
    unit_value: Figure | Mapping[int, Figure] | None
    unit_value_path: str
    unit_factor: float
    falls_to: Mapping[str, float]
    taken_from: Mapping[str, float]
    value_id: str | None = None
    value: Value | None = None
    edition: Edition | None = None
    indicator: Indicator | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A case and what it takes from the catalogue.

    Attributes
    ----------
    case : Case
        As it was written.
    catalogue_edition : str
        Of the catalogue in which everything was looked up.
    scheme_id, scheme : str, Scheme or None
        The discount scheme; None where the case gives its own rates.
    schedules : Mapping[str, tuple of Step]
        Discount rates by class, for every class that a line uses, and ``standard``.
    sources, units : Mapping
        All sources and units of the catalogue.
    costs, transfers : Mapping[str, ResolvedLine]
        By line.
    effects : Mapping[str, ResolvedEffect]
        By line.
    may_pay : Mapping[str, bool]
        Whether an actor may be asked to pay others: what it says itself, or else its kind.
    has_income : Mapping[str, bool]
        Whether an actor stands for people, by its kind.
    frameworks : Frameworks or None
        Where the questions stand that the case answers, or that its theory of change names; None
        where there are none.
    theory : TheoryGraph or None
        The theory of change; None where the case has none.
    """

    case: Case
    catalogue_edition: str
    scheme_id: str | None
    scheme: Scheme | None
    schedules: Mapping[str, tuple[Step, ...]]
    sources: Mapping[str, CatalogueSource]
    units: Mapping[str, Unit]
    costs: Mapping[str, ResolvedLine]
    effects: Mapping[str, ResolvedEffect]
    transfers: Mapping[str, ResolvedLine]
    may_pay: Mapping[str, bool] = field(default_factory=dict)
    has_income: Mapping[str, bool] = field(default_factory=dict)
    frameworks: Frameworks | None = None
    theory: TheoryGraph | None = None

    def line(self, name: str) -> ResolvedLine:
        """What was looked up for one line."""
        for lines in (self.costs, self.effects, self.transfers):
            if name in lines:
                return lines[name]
        raise KeyError(name)
