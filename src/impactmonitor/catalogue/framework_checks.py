"""Whether frameworks and scales fit together and into the catalogue, all mistakes at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.reading import Contents, Found
from impactmonitor.catalogue.units import multiplier
from impactmonitor.model.entries import Indicator
from impactmonitor.model.frameworks import Framework, FrameworkIndicator, Level, Scale, scores_of
from impactmonitor.problems import MAX_PROBLEMS, Problem, nearest

FEWEST_LEVELS = 2


def check_frameworks(contents: Contents, catalogue: Catalogue) -> list[Problem]:
    """Every reference that leads nowhere, and every entry that contradicts itself.

    Parameters
    ----------
    contents : Contents
        All frameworks and scales.
    catalogue : Catalogue
        Sources, units, values and indicators that they may name.

    Returns
    -------
    list of Problem
        Errors with file, path and line; one per mistake.
    """
    checker = _Checker(contents, catalogue)
    by_place = {(p.path, p.code): p for p in checker.all()}
    return list(by_place.values())[:MAX_PROBLEMS]


class _Checker:
    """Looks up references among frameworks, and in one catalogue."""

    def __init__(self, contents: Contents, catalogue: Catalogue) -> None:
        self.contents = contents
        self.catalogue = catalogue

    def all(self) -> Iterator[Problem]:
        for found in self.contents.sections["scales"].values():
            if isinstance(found.entry, Scale):
                yield from self._source(found, "source", found.entry.source)
                yield from _levels(found, "levels", found.entry.levels)
        for found in self.contents.sections["frameworks"].values():
            if isinstance(found.entry, Framework):
                yield from self._framework(found, found.entry)

    def _source(self, found: Found, field: str, name: str | None) -> Iterator[Problem]:
        known = self.catalogue.sources
        yield from _reference(found, "catalogue-unknown-source", field, name, known)

    def _framework(self, found: Found, framework: Framework) -> Iterator[Problem]:
        yield from self._source(found, "source", framework.source)
        medium, long = framework.horizon_bounds
        if medium >= long:
            params = {"medium": f"{medium:g}", "long": f"{long:g}"}
            yield found.problem("framework-bounds-not-ascending", "horizon_bounds", **params)
        yield from _groups(found, framework)
        yield from _purpose(found, framework)
        if framework.purpose == "readiness":
            yield from self._readiness(found, framework)
        for name, indicator in framework.indicators.items():
            yield from self._indicator(found, f"indicators.{name}", indicator)

    def _readiness(self, found: Found, framework: Framework) -> Iterator[Problem]:
        """The lowest of several levels says something only where their scales are as long."""
        lengths: dict[str, int] = {}
        for name, indicator in framework.indicators.items():
            field = f"indicators.{name}"
            if indicator.kind != "qualitative":
                yield found.problem("framework-readiness-number", f"{field}.kind")
            elif levels := self._levels_of(indicator):
                lengths[field] = len(levels)
                first = next(iter(lengths.values()))
                if len(levels) != first:
                    params = {"count": len(levels), "first": first}
                    yield found.problem("framework-readiness-levels", field, **params)

    def _levels_of(self, indicator: FrameworkIndicator) -> Sequence[Level]:
        """The levels of an indicator; none where its scale is not there."""
        if indicator.levels is not None:
            return indicator.levels
        scale = self.contents.sections["scales"].get(indicator.scale or "")
        return scale.entry.levels if scale and isinstance(scale.entry, Scale) else ()

    # indicators --------------------------------------------------------------------------------

    def _indicator(
        self, found: Found, field: str, indicator: FrameworkIndicator
    ) -> Iterator[Problem]:
        known = self.catalogue.indicators
        name = indicator.indicator
        yield from self._source(found, f"{field}.source", indicator.source)
        code = "catalogue-unknown-indicator"
        yield from _reference(found, code, f"{field}.indicator", name, known)
        if ("scales", indicator.scale) not in self.contents.broken:
            scales, at = self.contents.sections["scales"], f"{field}.scale"
            yield from _reference(found, "framework-unknown-scale", at, indicator.scale, scales)
        if indicator.levels is not None:
            yield from _levels(found, f"{field}.levels", indicator.levels)
        same = known.get(name or "")
        if same is not None and same.measurement != indicator.kind:
            params = {"kind": same.measurement, "id": same.id}
            yield found.problem("framework-other-kind", f"{field}.kind", **params)
        elif indicator.kind == "quantitative":
            yield from self._unit(found, field, indicator, same)
            yield from self._price(found, field, indicator, same)
        else:
            for key in ("unit", "unit_value"):
                if getattr(indicator, key) is not None:
                    yield found.problem("framework-level-with-unit", f"{field}.{key}", key=key)

    def _unit(
        self, found: Found, field: str, indicator: FrameworkIndicator, same: Indicator | None
    ) -> Iterator[Problem]:
        """A number has a unit, which it shares with the catalogue's indicator."""
        if indicator.unit is None:
            if indicator.indicator is None:
                yield found.problem("framework-unit-missing", field)
        elif self.catalogue.unit(indicator.unit) is None:
            near = nearest(indicator.unit, self.catalogue.units)
            params = {"id": indicator.unit, "nearest": near}
            yield found.problem("catalogue-unknown-unit", f"{field}.unit", **params)
        elif same is not None and not self._convert(indicator.unit, same.unit):
            if indicator.measure == "ratio":
                return  # a share or an average of that thing
            params = {"unit": indicator.unit, "other": same.unit, "id": same.id}
            yield found.problem("framework-other-unit", f"{field}.unit", **params)

    def _price(
        self, found: Found, field: str, indicator: FrameworkIndicator, same: Indicator | None
    ) -> Iterator[Problem]:
        """A unit value is there, and is per unit of the number."""
        name = indicator.unit or (same.unit if same is not None else None)
        value = self.catalogue.value(indicator.unit_value) if indicator.unit_value else None
        if value is None:
            code = "catalogue-unknown-value"
            known = self.catalogue.values
            yield from _reference(found, code, f"{field}.unit_value", indicator.unit_value, known)
        elif name is not None and not self._convert(name, value[0].unit):
            params = {"unit": name, "other": value[0].unit, "value": value[0].id}
            yield found.problem("catalogue-unit-mismatch", f"{field}.unit_value", **params)

    def _convert(self, name: str, other: str) -> bool:
        """Whether two units are one, or convert; also where one of them is not known."""
        unit, second = self.catalogue.unit(name), self.catalogue.unit(other)
        return unit is None or second is None or multiplier(unit, second) is not None


# --- What needs no catalogue --------------------------------------------------------------------


def _reference(
    found: Found, code: str, field: str, name: str | None, known: Mapping[str, object]
) -> Iterator[Problem]:
    if name is not None and name not in known:
        yield found.problem(code, field, id=name, nearest=nearest(name, known))


def _levels(found: Found, field: str, levels: Sequence[Level]) -> Iterator[Problem]:
    scores = scores_of(levels)
    if len(levels) < FEWEST_LEVELS:
        yield found.problem("scale-too-few-levels", field)
    elif any(low >= high for low, high in pairwise(scores)):
        listed = ", ".join(f"{score:g}" for score in scores)
        yield found.problem("scale-scores-not-ascending", field, scores=listed)


def _groups(found: Found, framework: Framework) -> Iterator[Problem]:
    """References between end-states, groups, indicators and tags, and groups that hold nothing."""
    groups = framework.groups
    code = "framework-unknown-group"
    for name, group in groups.items():
        at, ends = f"groups.{name}.end_state", framework.end_states
        yield from _reference(found, "framework-unknown-end-state", at, group.end_state, ends)
    for name, indicator in framework.indicators.items():
        at = f"indicators.{name}.group"
        yield from _reference(found, code, at, indicator.group, groups)
    for name, tag in framework.tags.items():
        yield from _reference(found, code, f"tags.{name}.group", tag.group, groups)
    used = {indicator.group for indicator in framework.indicators.values()}
    if framework.purpose == "score" and framework.indicators:
        for name in (name for name in groups if name not in used):
            yield found.problem("framework-group-empty", f"groups.{name}", id=name)


def _purpose(found: Found, framework: Framework) -> Iterator[Problem]:
    """Whether a framework holds what it is for, and can give a score."""
    names_only = framework.purpose == "tags"
    if names_only and not framework.tags:
        yield found.problem("framework-tags-missing", "tags")
    if not names_only and not framework.indicators:
        yield found.problem("framework-indicators-missing", "indicators")
    if names_only and framework.indicators:
        yield found.problem("framework-indicators-not-used", "indicators")
    if not names_only and framework.tags:
        yield found.problem("framework-tags-not-used", "tags")
    weights = [i.weight * framework.multiplier_of(name) for name, i in framework.indicators.items()]
    if framework.purpose == "score" and weights and not any(weights):
        yield found.problem("framework-without-weight", "indicators")
