"""The catalogue: everything that can be measured, what it is worth, and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor.catalogue.units import folded, multiplier, unit_names
from impactmonitor.model.entries import (
    ActorKind,
    CatalogueSource,
    DiscountClass,
    Edition,
    EvidenceLevel,
    IndexSeries,
    Indicator,
    MethodParameter,
    Scheme,
    Sector,
    Unit,
    Value,
    ValueDomain,
    VerificationGrade,
)
from impactmonitor.model.lines import Domain
from impactmonitor.problems import Problem

if TYPE_CHECKING:
    from impactmonitor.catalogue.cards import EffectCards
    from impactmonitor.catalogue.frameworks import Frameworks
    from impactmonitor.catalogue.suggestions import Suggestions

_BESIDE = ("frameworks", "effect_cards", "suggestions")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All entries by section and id; read-only.

    Attributes
    ----------
    edition : str
        Name of the shipped catalogue, followed by ``+`` and the name of every folder that adds to
        it, so that a result says which figures it was made from.
    actors, domains, sectors, evidence, verification, units, sources, discount_classes, schemes, \
    indices, values, parameters, indicators : Mapping
        Entries by id, in the order of the files.
    overrides : tuple of Problem
        A warning for every entry of a user's folder that replaces another one.
    folders : tuple of Path
        The user's own folders, for what is read from them only when a case needs it.

    Examples
    --------
    >>> from impactmonitor.catalogue import load_catalogue
    >>> catalogue = load_catalogue()
    >>> catalogue.actors["health-insurer"].title.en
    'Health insurer'
    """

    edition: str
    actors: Mapping[str, ActorKind]
    domains: Mapping[str, ValueDomain]
    sectors: Mapping[str, Sector]
    evidence: Mapping[str, EvidenceLevel]
    verification: Mapping[str, VerificationGrade]
    units: Mapping[str, Unit]
    sources: Mapping[str, CatalogueSource]
    discount_classes: Mapping[str, DiscountClass]
    schemes: Mapping[str, Scheme]
    indices: Mapping[str, IndexSeries]
    values: Mapping[str, Value]
    parameters: Mapping[str, MethodParameter]
    indicators: Mapping[str, Indicator]
    overrides: tuple[Problem, ...] = ()
    folders: tuple[Path, ...] = ()

    def value(self, name: str) -> tuple[Value, Edition] | None:
        """A unit value by its id (the current edition) or by id and edition.

        Parameters
        ----------
        name : str
            ``road-death``, or ``road-death-2018`` for that edition of it.

        Returns
        -------
        tuple of Value and Edition, or None
            None if there is no such value.

        Examples
        --------
        >>> from impactmonitor.catalogue import load_catalogue
        >>> value, edition = load_catalogue().value("road-death-2018")
        >>> value.id, edition.value, edition.price_year
        ('road-death', 2800000.0, 2018)
        """
        value = self.values.get(name)
        return self._by_edition.get(name) if value is None else (value, value.current)

    def default_scheme(self, currency: str) -> str | None:
        """The scheme that a case in this currency takes when it names none, or None.

        Examples
        --------
        >>> from impactmonitor.catalogue import load_catalogue
        >>> load_catalogue().default_scheme("EUR")
        'nl-2026'
        """
        found = [name for name, s in self.schemes.items() if s.default_for == currency]
        return found[-1] if found else None

    def index_for(self, currency: str) -> tuple[str, IndexSeries] | None:
        """The price index of a currency with its id, or None.

        Where there are several, the one that was added last.

        Examples
        --------
        >>> from impactmonitor.catalogue import load_catalogue
        >>> name, index = load_catalogue().index_for("EUR")
        >>> name, index.years[2015]
        ('cpi-nl', 100.0)
        """
        found = [(name, i) for name, i in self.indices.items() if i.currency == currency]
        return found[-1] if found else None

    def unit(self, name: str) -> Unit | None:
        """A unit by its id or by another name of it; None if nobody calls a unit so.

        Examples
        --------
        >>> from impactmonitor.catalogue import load_catalogue
        >>> load_catalogue().unit("uren").id
        'hour'
        """
        return self._units.get(name) or self._units.get(folded(name))

    def convert(self, from_unit: str, to_unit: str) -> float | None:
        """The multiplier between two units: one ``from_unit`` is so many ``to_unit``.

        Two equal names are one unit, also when the catalogue does not know it.

        Returns
        -------
        float or None
            None where the units measure different things or have no fixed ratio.

        Examples
        --------
        >>> from impactmonitor.catalogue import load_catalogue
        >>> catalogue = load_catalogue()
        >>> catalogue.convert("tonne-CO2e", "kg-CO2e"), catalogue.convert("day", "hour")
        (1000.0, None)
        """
        if from_unit == to_unit or folded(from_unit) == folded(to_unit):
            return 1.0
        unit, other = self.unit(from_unit), self.unit(to_unit)
        return multiplier(unit, other) if unit is not None and other is not None else None

    def domain_of(self, value: Value) -> Domain | None:
        """The domain that a value belongs to: its own, or that of its sector.

        Examples
        --------
        >>> from impactmonitor.catalogue import load_catalogue
        >>> catalogue = load_catalogue()
        >>> catalogue.domain_of(catalogue.values["hospital-day"])
        'societal'
        """
        if value.domain is not None:
            return value.domain
        sector = self.sectors.get(value.sector) if value.sector is not None else None
        return sector.domain if sector is not None else None

    @cached_property
    def frameworks(self) -> Frameworks:
        """The frameworks and scales of the same folders, read once a case asks for them."""
        from impactmonitor.catalogue.frameworks import load_frameworks

        return load_frameworks(*self.folders)

    @cached_property
    def effect_cards(self) -> EffectCards:
        """The effect cards of the same folders, read once a case asks for them."""
        from impactmonitor.catalogue.cards import load_cards

        return load_cards(*self.folders)

    @cached_property
    def suggestions(self) -> Suggestions:
        """The suggestions of the same folders, read once somebody asks for them."""
        from impactmonitor.catalogue.suggestions import load_suggestions

        return load_suggestions(*self.folders)

    def read_whole(self) -> None:
        """Read what is left for later now, while the folders are there."""
        for name in _BESIDE:
            getattr(self, name)

    def with_values(self, values: Mapping[str, Value], told: Sequence[Problem] = ()) -> Catalogue:
        """The same catalogue with other values.

        Parameters
        ----------
        values : Mapping[str, Value]
            All of them.
        told : sequence of Problem
            What has to be said about it besides.

        Examples
        --------
        >>> from impactmonitor.catalogue import load_catalogue
        >>> len(load_catalogue().with_values({}).values)
        0
        """
        made = replace(self, values=values, overrides=(*self.overrides, *told))
        # what was read from the folders is not read again: they may be gone
        made.__dict__.update({k: v for k, v in self.__dict__.items() if k in _BESIDE})
        return made

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return unit_names(self.units)

    @cached_property
    def _by_edition(self) -> dict[str, tuple[Value, Edition]]:
        return {
            f"{value.id}-{edition.edition}": (value, edition)
            for value in self.values.values()
            for edition in value.editions
        }
