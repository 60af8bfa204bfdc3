"""What is wrong with the measurements of a case once it is known what kind of figures they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from impactmonitor.catalogue.monitored import MonitoredIndicator, is_against
from impactmonitor.measuring.aggregating import Aggregation, Series
from impactmonitor.measuring.agreeing import disagreements, missing_parts
from impactmonitor.measuring.figures import Figure
from impactmonitor.measuring.people_tables import category_name
from impactmonitor.measuring.selecting import of_subject, selected
from impactmonitor.measuring.targets import baseline_in, planned_by_period, two_targets
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.measurements import RATE_FIELDS, Measurement
from impactmonitor.model.monitoring import Measure, Monitoring
from impactmonitor.model.numbers import in_figures
from impactmonitor.model.periods import Period, period_of
from impactmonitor.problems import Problem, listed

MAX_NAMED = 5
"""How many categories a sentence names."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """An indicator or a number of a line, with its records."""

    name: str
    rule: Aggregation
    records: Sequence[Measurement]
    places: Mapping[int, str]
    indicator: MonitoredIndicator | None
    monitoring: Monitoring

    @property
    def counted(self) -> tuple[Measurement, ...]:
        return selected(self.records)

    def path(self, record: Measurement) -> str:
        """Where a record stands; a restatement is found by its name, as its date was moved."""
        if id(record) in self.places:
            return self.places[id(record)]
        return next(self.places[id(r)] for r in self.records if r.id == record.id)


def measurement_problems(case: Case, indicators: Mapping[str, MonitoredIndicator]) -> list[Problem]:
    """Everything that keeps the measurements of a case from being added up, at once.

    Parameters
    ----------
    case : Case
        That keeps its own rules.
    indicators : Mapping[str, MonitoredIndicator]
        As ``catalogue.monitored.monitored`` gives them.

    Returns
    -------
    list of Problem
        Errors: periods that overlap, figures of which the latest is not known, totals that are
        not the sum of their parts, parts without the others, two targets, and targets against
        the direction.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "measurements": [{"line": "costs.work", "period": period, "value": 40,
    ...                       "status": "approved"} for period in ("2025", "2025Q2")],
    ... })
    >>> [(p.code, p.path) for p in measurement_problems(case, {})]
    [('measured-periods-overlap', 'measurements.1.period')]
    """
    return listed(
        problem
        for subject in _subjects(case, indicators)
        for check in CHECKS
        for problem in check(subject)
    )


def _subjects(case: Case, indicators: Mapping[str, MonitoredIndicator]) -> Iterator[_Subject]:
    monitoring = monitoring_of(case)
    own = monitoring.periods
    known = [r for r in case.measurements if period_of(r.period, own) is not None]
    places = {id(r): f"measurements.{i}" for i, r in enumerate(case.measurements)}
    for name, field in sorted({(r.of, r.measured_field or "") for r in known}):
        records = of_subject(known, name, field or None)
        indicator = indicators.get(name)
        if field:
            measure: Measure = "ratio" if field in RATE_FIELDS else "flow"
            rule = Aggregation(measure, own=own)
            yield _Subject(f"{name}.{field}", rule, records, places, None, monitoring)
        elif indicator is not None:
            rule = Aggregation(indicator.measure, monitoring.cumulate_by, own)
            yield _Subject(name, rule, records, places, indicator, monitoring)


def _overlaps(subject: _Subject) -> Iterator[Problem]:
    """A flow and a ratio count every day once, for each reporter in each project."""
    if subject.rule.stands:
        return
    found: dict[Series, dict[Period, Measurement]] = {}
    for record in subject.counted:
        periods = found.setdefault(subject.rule.series(record), {})
        periods.setdefault(subject.rule.period(record), record)
    for series in found.values():
        ordered = sorted(series, key=_by_start)
        longest = ordered[0]
        for period in ordered[1:]:
            if period.overlaps(longest):
                params = {"id": subject.name, "first": longest.name, "second": period.name}
                path = f"{subject.path(series[period])}.period"
                yield Problem("measured-periods-overlap", path, params)
            longest = max(longest, period, key=lambda one: one.last)


def _by_start(period: Period) -> tuple[int, int, str]:
    """The earliest first, and of those the longest."""
    return period.first.toordinal(), -period.last.toordinal(), period.name


def _latest(subject: _Subject) -> Iterator[Problem]:
    """Of several figures that do not add up it is known which is the latest."""
    if subject.rule.measure == "flow":
        return
    groups: dict[tuple[object, ...], list[Measurement]] = {}
    for record in subject.counted:
        key = (subject.rule.series(record), subject.rule.period(record), record.cell)
        groups.setdefault(key, []).append(record)
    for several in groups.values():
        dates = [record.date for record in several if record.date is not None]
        is_known = len(dates) == len(several) and dates.count(max(dates)) == 1
        if len(several) > 1 and not is_known:
            params = {"id": subject.name, "period": several[0].period}
            yield Problem("latest-unknown", subject.path(several[-1]), params)


def _parts(subject: _Subject) -> Iterator[Problem]:
    dimensions = subject.monitoring.dimensions
    for found in disagreements(subject.counted, subject.rule, dimensions):
        params = {
            "id": subject.name,
            "period": found.period.name,
            "dimensions": ", ".join(found.dimensions),
            "total": _shown(found.total),
            "parts": _shown(found.parts),
        }
        yield Problem("parts-differ", subject.path(found.record), params)
    for lack in missing_parts(subject.counted, subject.rule, dimensions):
        named = [category_name(cell) for cell in lack.missing[:MAX_NAMED]]
        more = ["…"] if len(lack.missing) > MAX_NAMED else []
        params = {
            "id": subject.name,
            "period": lack.period.name,
            "categories": "; ".join([*named, *more]),
        }
        yield Problem("parts-missing", subject.path(lack.record), params)


def _shown(figure: Figure) -> str:
    if figure.numerator is not None and figure.denominator is not None:
        return f"{in_figures(figure.numerator)}/{in_figures(figure.denominator)}"
    return in_figures(figure.value or 0.0)


def _targets(subject: _Subject) -> Iterator[Problem]:
    """One target per reporter and period, in the direction of the indicator."""
    for found in two_targets(subject.records, subject.rule):
        params = {"id": subject.name, "period": found.period.name,
                  "first": in_figures(found.first), "second": in_figures(found.second)}  # fmt: skip
        yield Problem("targets-differ", f"{subject.path(found.records[-1])}.target", params)
    indicator = subject.indicator
    if indicator is None:
        return
    targets = planned_by_period(subject.records, subject.rule, "target")
    baselines = planned_by_period(subject.records, subject.rule, "baseline")
    for period, target in targets.items():
        baseline = baseline_in(indicator, period, baselines)
        if baseline is not None and is_against(indicator.direction, baseline, target):
            record = next(r for r in subject.records
                          if r.period == period.name and r.target is not None)  # fmt: skip
            params = {"id": indicator.id, "direction": indicator.direction,
                      "baseline": in_figures(baseline), "target": in_figures(target)}  # fmt: skip
            path = f"{subject.path(record)}.target"
            premises = (f"monitoring.indicators.{indicator.id}",)
            yield Problem("target-against-direction", path, params, premises=premises)


CHECKS: tuple[Callable[[_Subject], Iterator[Problem]], ...] = (
    _overlaps,
    _latest,
    _parts,
    _targets,
)
