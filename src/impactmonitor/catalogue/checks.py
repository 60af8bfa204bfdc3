"""Whether the parts of a catalogue fit together, all mistakes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from impactmonitor.catalogue.kinds import Section
from impactmonitor.catalogue.reading import Contents, Found
from impactmonitor.catalogue.units import multiplier, names_of, unit_names
from impactmonitor.model.entries import (
    Edition,
    IndexSeries,
    Indicator,
    MethodParameter,
    Scheme,
    Unit,
    Value,
)
from impactmonitor.problems import MAX_PROBLEMS, Problem, nearest

MAX_COMPARED = 5_000
STANDARD = "standard"


def check(merged: Contents, layers: Sequence[Contents]) -> list[Problem]:
    """Every reference that leads nowhere, and every entry that contradicts itself or another.

    Parameters
    ----------
    merged : Contents
        The whole catalogue, in which references are looked up.
    layers : sequence of Contents
        The folders that it was made of: each may have only one price index per currency.

    Returns
    -------
    list of Problem
        Errors with file, path and line; one per mistake.
    """
    checker = _Checker(merged)
    problems: list[Problem] = [*checker.all(), *_unit_names_taken(merged)]
    for layer in layers:
        problems += _currencies_taken(layer)
    by_place = {(p.path, p.code): p for p in problems}
    return list(by_place.values())[:MAX_PROBLEMS]


class _Checker:
    """Looks up references in one catalogue."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        units = {key: found.entry for key, found in contents.sections["units"].items()}
        self.units = unit_names({k: u for k, u in units.items() if isinstance(u, Unit)})
        self.by_edition = {
            f"{value.id}-{edition.edition}": value
            for value in self._values()
            for edition in value.editions
        }

    def all(self) -> Iterator[Problem]:
        rules: dict[Section, Callable[[Found, Any], Iterator[Problem]]] = {
            "schemes": self._scheme,
            "indices": self._index,
            "values": self._value,
            "parameters": self._parameter,
            "indicators": self._indicator,
        }
        for section, rule in rules.items():
            for found in self.contents.sections[section].values():
                yield from rule(found, found.entry)

    def _values(self) -> Iterator[Value]:
        for found in self.contents.sections["values"].values():
            if isinstance(found.entry, Value):
                yield found.entry

    def _is_known(self, section: Section, name: str | None) -> bool:
        is_there = (
            name in self.contents.sections[section] or (section, name) in self.contents.broken
        )
        return name is None or is_there

    def _reference(
        self, found: Found, section: Section, code: str, field: str, name: str | None
    ) -> Iterator[Problem]:
        if name is not None and not self._is_known(section, name):
            near = _nearest(name, self.contents.sections[section])
            yield found.problem(code, field, id=name, nearest=near)

    def _source(self, found: Found, name: str | None) -> Iterator[Problem]:
        yield from self._reference(found, "sources", "catalogue-unknown-source", "source", name)

    def _unit(self, found: Found, name: str) -> Iterator[Problem]:
        if name not in self.units and ("units", name) not in self.contents.broken:
            near = _nearest(name, self.units)
            yield found.problem("catalogue-unknown-unit", "unit", id=name, nearest=near)

    def _class(self, found: Found, field: str, name: str | None) -> Iterator[Problem]:
        code = "catalogue-unknown-discount-class"
        yield from self._reference(found, "discount_classes", code, field, name)

    def _bearer(self, found: Found, name: str | None) -> Iterator[Problem]:
        code = "catalogue-unknown-actor-kind"
        yield from self._reference(found, "actors", code, "falls_to", name)

    # entries ----------------------------------------------------------------------------------

    def _scheme(self, found: Found, scheme: Scheme) -> Iterator[Problem]:
        yield from self._source(found, scheme.source)
        if STANDARD not in scheme.rates:
            yield found.problem("catalogue-standard-rate-missing", "rates", id=scheme.id)
        for name, steps in scheme.rates.items():
            field = f"rates.{name}"
            yield from self._class(found, field, name)
            untils = [step.until for step in steps]
            if untils[-1] is not None or None in untils[:-1]:
                yield found.problem("catalogue-last-step", field)
            else:
                bounds = [until for until in untils if until is not None]
                if any(a >= b for a, b in pairwise(bounds)):
                    listed = ", ".join(str(b) for b in bounds)
                    yield found.problem("catalogue-steps-not-ascending", field, untils=listed)

    def _index(self, found: Found, index: IndexSeries) -> Iterator[Problem]:
        yield from self._source(found, index.source)
        for position, year in enumerate(index.provisional):
            if year not in index.years:
                yield found.problem(
                    "catalogue-provisional-year", f"provisional.{position}", year=year
                )

    def _parameter(self, found: Found, parameter: MethodParameter) -> Iterator[Problem]:
        yield from self._source(found, parameter.source)
        yield from self._unit(found, parameter.unit)

    def _indicator(self, found: Found, indicator: Indicator) -> Iterator[Problem]:
        yield from self._source(found, indicator.source)
        yield from self._unit(found, indicator.unit)
        yield from self._bearer(found, indicator.falls_to)
        yield from self._class(found, "discount_class", indicator.discount_class)
        name = indicator.unit_value
        value = self._value_named(name)
        if value is not None:
            yield from self._same_unit(found, indicator, value)
        elif name is not None and ("values", name) not in self.contents.broken:
            near = _nearest(name, self.contents.sections["values"])
            yield found.problem("catalogue-unknown-value", "unit_value", id=name, nearest=near)

    def _value_named(self, name: str | None) -> Value | None:
        found = self.contents.sections["values"].get(name or "")
        entry = found.entry if found is not None else self.by_edition.get(name or "")
        return entry if isinstance(entry, Value) else None

    def _same_unit(self, found: Found, indicator: Indicator, value: Value) -> Iterator[Problem]:
        unit, other = self.units.get(indicator.unit), self.units.get(value.unit)
        if unit is not None and other is not None and multiplier(unit, other) is None:
            params = {"unit": unit.id, "other": other.id, "value": value.id}
            yield found.problem("catalogue-unit-mismatch", "unit", **params)

    def _value(self, found: Found, value: Value) -> Iterator[Problem]:
        yield from self._unit(found, value.unit)
        yield from self._bearer(found, value.falls_to)
        yield from self._class(found, "discount_class", value.discount_class)
        sector = value.sector
        yield from self._reference(found, "sectors", "catalogue-unknown-sector", "sector", sector)
        if value.domain is None and sector is None:
            yield found.problem("catalogue-domain-missing")
        yield from self._editions(found, value)

    def _editions(self, found: Found, value: Value) -> Iterator[Problem]:
        names = [edition.edition for edition in value.editions]
        current = [e.edition for e in value.editions if e.status == "current"]
        if len(current) != 1:
            code = "catalogue-several-current" if current else "catalogue-no-current"
            yield found.problem(code, "editions", editions=", ".join(current))
        for index, edition in enumerate(value.editions):
            if edition.edition in names[:index]:
                params = {"edition": edition.edition}
                yield found.edition_problem("catalogue-edition-twice", index, "edition", **params)
            yield from self._edition(found, value, index, edition)

    def _edition(
        self, found: Found, value: Value, index: int, edition: Edition
    ) -> Iterator[Problem]:
        if not self._is_known("sources", edition.source):
            near = _nearest(edition.source, self.contents.sections["sources"])
            params = {"id": edition.source, "nearest": near}
            yield found.edition_problem("catalogue-unknown-source", index, "source", **params)
        is_reference = value.class_ == "policy-reference"
        if is_reference != (edition.price_year is None):
            name = (
                "catalogue-price-year-not-used" if is_reference else "catalogue-price-year-missing"
            )
            yield found.edition_problem(name, index, "price_year")
        figures = [edition.low, edition.value, edition.high]
        bounds = [f for f in figures if isinstance(f, float | int)]
        if bounds != sorted(bounds):
            listed = ", ".join(f"{b:g}" for b in bounds)
            yield found.edition_problem("catalogue-range-order", index, "value", values=listed)
        other = f"{value.id}-{edition.edition}"
        if other in self.contents.sections["values"]:
            yield found.edition_problem("catalogue-value-ambiguous", index, "edition", id=other)


def _nearest(name: str, known: Iterable[str]) -> str:
    """The nearest name; not among so many names that looking for it takes longer than reading."""
    names = list(known)
    return nearest(name, names) if len(names) <= MAX_COMPARED else ""


def _unit_names_taken(contents: Contents) -> Iterator[Problem]:
    """Names that two units both claim."""
    owners: dict[str, str] = {}
    for found in contents.sections["units"].values():
        if isinstance(found.entry, Unit):
            for position, name in enumerate(names_of(found.entry)):
                owner = owners.setdefault(name, found.entry.id)
                if owner != found.entry.id:
                    field = f"aliases.{position - 1}" if position else ""
                    params = {"name": name, "unit": owner}
                    yield found.problem("catalogue-unit-name-taken", field, **params)


def _currencies_taken(layer: Contents) -> Iterator[Problem]:
    """Price indices of one folder for one currency: nobody could tell which of them holds."""
    owners: dict[str, str] = {}
    for found in layer.sections["indices"].values():
        if isinstance(found.entry, IndexSeries):
            currency = found.entry.currency
            owner = owners.setdefault(currency, found.entry.id)
            if owner != found.entry.id:
                params = {"currency": currency, "id": owner}
                yield found.problem("catalogue-two-indices", "currency", **params)
