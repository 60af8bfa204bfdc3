"""Plan against result as it may be shown: without small numbers of people and what tells them.

An amount of money can tell how many people there were: so many euros each. An amount is therefore
hidden as soon as it depends on a hidden number. Whether it does is found by trying: the hidden
numbers are replaced by others that have nothing to do with them, and everything is worked out
again. What is another amount then is hidden; of the rest the amount of that second time is shown,
so that not even its last digit depends on what is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.monitored import monitored
from impactmonitor.measuring.selecting import View
from impactmonitor.model.lines import measured_by_of
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.monitoring import Lesson
from impactmonitor.model.periods import Period, period_of
from impactmonitor.report.followed import Followed, followed
from impactmonitor.tracking.gathering import gathered, named_period
from impactmonitor.tracking.measured_case import QUANTITY
from impactmonitor.tracking.parts import TOTALS, Account, Part
from impactmonitor.tracking.steps import tracked as track_again
from impactmonitor.tracking.tracked import Tracked, YearFigure

PARTS = ("realised", "expected", "planned")
_FACTORS = ("scale", "spread")
_ROUNDING = 1e-12
ACCOUNT = tuple(field.name for field in fields(Account))

Amounts = Mapping[tuple[str, ...], float | None]
"""Amounts by their place: which result, which part, and which total, actor or line."""


@dataclass(frozen=True)
class ShownTrack:
    """Plan against result, of which everything may be shown.

    Attributes
    ----------
    tracked : Tracked
        For what is no figure: titles, periods, warnings. Its own amounts may not be shown.
    view : {"restated", "first_reported"}
        Which view was asked for.
    amounts : Mapping
        None where an amount is hidden. Places: ``(part, "totals", name)``, ``(part, "actors",
        actor, name)`` and ``(part, "lines", line)`` of the result, the same after ``"plan"``;
        ``("bridge", step, ...)`` for totals and actors; ``("scale", effect)`` and ``("spread",
        effect)`` of a reforecast.
    figures : tuple of YearFigure
        Planned and measured; ``measured`` is None where it is hidden as well.
    hidden_figures : frozenset of (str, str, int)
        Line, field and year of what is hidden.
    indicators : Mapping[str, Followed]
    lessons : Mapping[str, Lesson]
        Of the periods up to the one that was asked for.
    unanswered : tuple of str
        Measured years of which nobody said what went wrong and what was learned.
    """

    tracked: Tracked
    view: View
    amounts: Amounts
    figures: tuple[YearFigure, ...]
    hidden_figures: frozenset[tuple[str, str, int]]
    indicators: Mapping[str, Followed]
    lessons: Mapping[str, Lesson]
    unanswered: tuple[str, ...]

    @property
    def is_suppressed(self) -> bool:
        """Whether any amount, figure or indicator is hidden."""
        return bool(self.hidden_figures) or any(i.is_suppressed for i in self.indicators.values())

    def total(self, part: str, name: str = "net_present_value") -> float | None:
        """A total of a part of the result."""
        return self.amounts[part, "totals", name]

    def planned_total(self, part: str, name: str = "net_present_value") -> float | None:
        """A total of a part of the plan."""
        return self.amounts["plan", part, "totals", name]

    def whole(self, name: str = "net_present_value", of_plan: bool = False) -> float | None:
        """A total of all parts together; None where one of them is hidden."""
        total = self.planned_total if of_plan else self.total
        found = [x for part in PARTS if (x := total(part, name)) is not None]
        return sum(found) if len(found) == len(PARTS) else None


def shown_track(tracked: Tracked, catalogue: Catalogue, view: View = "restated") -> ShownTrack:
    """What may be shown of plan against result.

    Parameters
    ----------
    tracked : Tracked
        As ``track`` gives it.
    catalogue : Catalogue
        With which it was made.
    view : {"restated", "first_reported"}
        With which it was made.

    Returns
    -------
    ShownTrack

    Examples
    --------
    >>> from impactmonitor import load_catalogue, track
    >>> from impactmonitor.model.case import Case
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1,
    ...     "actors": {"city": {"kind": "municipality"}, "people": {"kind": "citizen"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "effects": {"help": {"quantity": 9, "unit_value": 50, "falls_to": "people",
    ...                          "domain": "social", "measured_by": "helped"}},
    ...     "monitoring": {"indicators": {"helped": {"measure": "flow"}}},
    ...     "measurements": [
    ...         {"indicator": "helped", "period": 2025, "value": 3, "status": "approved"}],
    ... })
    >>> catalogue = load_catalogue()
    >>> found = shown_track(track(case, catalogue, 2025), catalogue)
    >>> found.total("realised", "benefits") is None, found.total("realised", "costs")
    (True, 100.0)
    """
    case = tracked.plan.case
    as_of = named_period(case, tracked.as_of)
    indicators = followed(case, monitored(case, catalogue)[0], as_of, view)
    hidden = _hidden_figures(tracked, indicators)
    amounts = _told(dict(_amounts(tracked)), tracked, catalogue, view, hidden)
    figures = tuple(
        replace(one, measured=None) if (one.line, one.field, one.year) in hidden else one
        for one in tracked.figures
    )
    lessons = _lessons(tracked, as_of)
    return ShownTrack(tracked, view, amounts, figures, hidden, indicators,
                      lessons, _unanswered(tracked, lessons, as_of))  # fmt: skip


def _hidden_figures(
    tracked: Tracked, indicators: Mapping[str, Followed]
) -> frozenset[tuple[str, str, int]]:
    """Figures of effects that are measured by a number of people that is hidden."""
    found = set()
    for name, effect in tracked.plan.case.effects.items():
        if effect.measured_by is None:
            continue
        one = indicators.get(measured_by_of(effect.measured_by).indicator)
        path, years = f"effects.{name}", one.hidden_years if one is not None else ()
        found |= {
            (f.line, f.field, f.year)
            for f in tracked.figures
            if (f.line, f.field) == (path, QUANTITY) and f.year in years and f.measured is not None
        }
    return frozenset(found)


def _amounts(tracked: Tracked) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every amount that is shown, by its place."""
    for part in PARTS:
        for place, amount in _of_part(getattr(tracked.parts, part)):
            yield (part, *place), amount
        for place, amount in _of_part(getattr(tracked.plan_parts, part)):
            yield ("plan", part, *place), amount
    for step in tracked.bridge:
        for name in TOTALS:
            yield ("bridge", step.step, "totals", name), step.totals[name]
        for actor, account in step.actors.items():
            for name in ACCOUNT:
                yield ("bridge", step.step, "actors", actor, name), getattr(account, name)
    for effect, rebased in tracked.learned.rebased.items():
        yield ("scale", effect), rebased.scale
        yield ("spread", effect), rebased.kept_spread


def _of_part(part: Part) -> Iterator[tuple[tuple[str, ...], float]]:
    for name in TOTALS:
        yield ("totals", name), part.totals[name]
    for actor, account in part.actors.items():
        for name in ACCOUNT:
            yield ("actors", actor, name), getattr(account, name)
    for line, amount in part.lines.items():
        yield ("lines", line), amount


def _told(
    amounts: dict[tuple[str, ...], float],
    tracked: Tracked,
    catalogue: Catalogue,
    view: View,
    hidden: frozenset[tuple[str, str, int]],
) -> Amounts:
    """The amounts that tell nothing about the hidden figures; None for the others."""
    if not hidden:
        return amounts
    figures: dict[tuple[str, str], dict[int, float]] = {}
    for one in tracked.figures:
        if one.measured is not None:
            figures.setdefault((one.line, one.field), {})[one.year] = one.measured
    for i, (line, field, year) in enumerate(sorted(hidden), 1):
        figures[line, field][year] = 1 + 0.618 * i  # no two the same, so that none cancel out
    counts = None
    if tracked.is_reforecast:
        counts = gathered(tracked.plan.case, catalogue, tracked.as_of, view).counts
    other = dict(_amounts(track_again(
        tracked.plan, catalogue, figures, tracked.last_year, tracked.as_of, counts
    )))  # fmt: skip
    largest = max(1.0, *map(abs, amounts.values()))
    return {
        place: other[place]
        if place in other
        and abs(other[place] - amount) <= _ROUNDING * (1.0 if place[0] in _FACTORS else largest)
        else None
        for place, amount in amounts.items()
    }


def _lessons(tracked: Tracked, as_of: Period) -> dict[str, Lesson]:
    monitoring = monitoring_of(tracked.plan.case)
    found = {name: period_of(name, monitoring.periods) for name in monitoring.lessons}
    ordered = sorted((p, name) for name, p in found.items() if p is not None)
    return {name: monitoring.lessons[name] for p, name in ordered if p.last <= as_of.last}


def _unanswered(tracked: Tracked, lessons: Mapping[str, Lesson], as_of: Period) -> tuple[str, ...]:
    """Measured years that no lesson is about."""
    case = tracked.plan.case
    own = monitoring_of(case).periods
    answered = {y for name in lessons if (p := period_of(name, own)) is not None for y in p.years}
    reported = (period_of(r.period, own) for r in case.measurements if r.counts)
    years = {y for p in reported if p is not None and p.last <= as_of.last for y in p.years}
    return tuple(str(year) for year in sorted(years - answered))
