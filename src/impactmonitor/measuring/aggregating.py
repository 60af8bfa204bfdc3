"""Many records of one indicator to one figure: within a period, over periods, over reporters.

How it goes depends on the measure.

* A *flow* adds up, over everything.
* A *ratio* is the sum of numerators over the sum of denominators, over everything; of several
  figures of one reporter about one period the latest counts.
* A *stock* and a *cumulative* count stand until there is another one. The figure of a period is
  the sum, over series, of the last figure at its end. A series is one reporter in one project
  (the rule of Akvo RSR), or one project whoever reported (``cumulate_by="project"``). Over
  periods it is the figure at the end, never the sum; a late correction of an early period leaves
  later ones alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from impactmonitor.measuring.figures import Figure, figure_of, total
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import CumulateBy, Measure
from impactmonitor.model.periods import Dated, Period, period_of

K = TypeVar("K", bound=Hashable)
Series = tuple[str, ...]
Cell = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Aggregation:
    """How the records of one indicator are added up.

    Attributes
    ----------
    measure : {"stock", "flow", "cumulative", "ratio"}
        What kind of figure it is.
    cumulate_by : {"reporter", "project"}
        Whose last figure of a stock or a cumulative count stands.
    own : Mapping[str, Dated]
        Periods of the case's own.
    """

    measure: Measure
    cumulate_by: CumulateBy = "reporter"
    own: Mapping[str, Dated] = field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """Whether a figure holds until there is another one."""
        return self.measure in ("stock", "cumulative")

    def period(self, record: Measurement) -> Period:
        """The period that a record is about.

        Raises
        ------
        ValueError
            For a period that neither the calendar nor the case has; the rules refuse it.
        """
        found = period_of(record.period, self.own)
        if found is None:
            raise ValueError(f"no such period: {record.period}")
        return found

    def series(self, record: Measurement) -> Series:
        """To which series a record belongs."""
        if self.stands and self.cumulate_by == "project":
            return (record.project or "",)
        return (record.project or "", record.reporter or "")


def moment(record: Measurement) -> tuple[datetime.date, tuple[float, ...], str]:
    """What decides which of two records is the latest: the date.

    Records without a date come first. The rest only serves to choose the same one in whatever
    order they stand, where the rules have refused to choose.
    """
    figures = (record.value, record.numerator, record.denominator)
    values = tuple(x for x in figures if x is not None)
    return record.date or datetime.date.min, values, record.reporter or ""


def of_one_series(records: Iterable[Measurement], rule: Aggregation) -> Figure | None:
    """The figure of records of one series about one period and one category.

    Flows add up; of other figures the latest counts.
    """
    found = list(records)
    if rule.measure == "flow":
        return total(figure_of(r) for r in found)
    return figure_of(max(found, key=moment)) if found else None


def chosen_parts(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Which categories together stand for everybody: the total, else those of one breakdown.

    A breakdown by fewer dimensions goes before one by more, and then the one whose names come
    first. Nothing is ever added up over two breakdowns.

    Examples
    --------
    >>> chosen_parts([(("sex", "men"),), (("sex", "women"),), (("age", "old"), ("sex", "men"))])
    ((('sex', 'men'),), (('sex', 'women'),))
    >>> chosen_parts([(("sex", "men"),), ()])
    ((),)
    """
    known = sorted(set(cells))
    if not known:
        return ()
    dimensions = min((tuple(name for name, _ in cell) for cell in known), key=_coarse)
    return tuple(c for c in known if tuple(name for name, _ in c) == dimensions)


def _coarse(dimensions: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return len(dimensions), dimensions


def of_everybody(records: Iterable[Measurement], rule: Aggregation) -> Figure | None:
    """The figure of records of one series about one period: the total, or the sum of its parts."""
    cells: dict[Cell, list[Measurement]] = {}
    for record in records:
        cells.setdefault(record.cell, []).append(record)
    parts = (of_one_series(cells[cell], rule) for cell in chosen_parts(cells))
    return total(part for part in parts if part is not None)


def by_series(
    records: Iterable[Measurement], rule: Aggregation
) -> dict[Series, dict[Period, Figure]]:
    """One figure per series and period.

    Parameters
    ----------
    records : iterable of Measurement
        Selected records of one indicator (see ``selecting``), in any order.
    rule : Aggregation
        How they are added up.
    """
    found: dict[tuple[Series, Period], list[Measurement]] = {}
    for record in records:
        found.setdefault((rule.series(record), rule.period(record)), []).append(record)
    result: dict[Series, dict[Period, Figure]] = {}
    for (series, period), several in sorted(found.items(), key=lambda item: item[0]):
        figure = of_everybody(several, rule)
        if figure is not None:
            result.setdefault(series, {})[period] = figure
    return result


def at(series: Mapping[Period, Figure], period: Period, rule: Aggregation) -> Figure | None:
    """The figure of one series in a period.

    A level is the last one at the end of the period; a flow and a ratio are what lies inside it,
    such as the four quarters of a year. None where there is nothing.
    """
    if rule.stands:
        before = [p for p in series if p.last <= period.last]
        return series[max(before)] if before else None
    return total(
        figure for p, figure in series.items() if period.first <= p.first and p.last <= period.last
    )


def in_periods(
    records: Iterable[Measurement], rule: Aggregation, periods: Iterable[Period]
) -> dict[Period, Figure]:
    """The figure of an indicator in each of some periods, over all reporters and projects.

    Parameters
    ----------
    records : iterable of Measurement
        Selected records of one indicator, in any order.
    rule : Aggregation
        How they are added up.
    periods : iterable of Period
        For which a figure is asked; they may contain one another.

    Returns
    -------
    dict
        By period, in their order; a period without any figure is left out.

    Examples
    --------
    Two reporters and a running count: the first is carried over (the numbers of a test of Akvo
    RSR).

    >>> counts = [("2025Q1", "u1", 1, "2025-02-01"), ("2025Q1", "u1", 2, "2025-03-01"),
    ...           ("2025Q1", "u2", 2, "2025-03-01"), ("2025Q2", "u2", 4, "2025-06-01")]
    >>> records = [Measurement.model_validate({"indicator": "trees", "period": p, "reporter": r,
    ...            "value": v, "date": d, "status": "approved"}) for p, r, v, d in counts]
    >>> rule = Aggregation("cumulative")
    >>> quarters = [period_of("2025Q1"), period_of("2025Q2")]
    >>> [figure.value for figure in in_periods(records, rule, quarters).values()]
    [4.0, 6.0]
    """
    series = by_series(records, rule)
    found: dict[Period, Figure] = {}
    for period in sorted(set(periods)):
        figure = total(f for one in series.values() if (f := at(one, period, rule)) is not None)
        if figure is not None:
            found[period] = figure
    return found


def over_periods(records: Iterable[Measurement], rule: Aggregation) -> Figure | None:
    """The figure of an indicator over all periods, reporters and projects.

    Returns
    -------
    Figure or None
        A flow and a ratio add up; a stock and a cumulative count are those at the end. None where
        nothing was measured.
    """
    figures = []
    for series in by_series(records, rule).values():
        figures += [series[max(series)]] if rule.stands else list(series.values())
    return total(figures)


def reported_in(records: Iterable[Measurement], rule: Aggregation) -> tuple[Period, ...]:
    """The periods that records are about, in their order."""
    return tuple(sorted({rule.period(record) for record in records}))


def by_reporter(records: Iterable[Measurement]) -> dict[str, tuple[Measurement, ...]]:
    """The records of each reporter, by name; an empty name where none was given."""
    return _by((record.reporter or "", record) for record in records)


def by_project(records: Iterable[Measurement]) -> dict[str, tuple[Measurement, ...]]:
    """The records of each project, by name; an empty name where none was given."""
    return _by((record.project or "", record) for record in records)


def by_category(records: Iterable[Measurement]) -> dict[Cell, tuple[Measurement, ...]]:
    """The records of each category or combination of categories; without those of everybody."""
    return _by((record.cell, record) for record in records if record.cell)


def _by(pairs: Iterable[tuple[K, Measurement]]) -> dict[K, tuple[Measurement, ...]]:
    found: dict[K, list[Measurement]] = {}
    for key, record in pairs:
        found.setdefault(key, []).append(record)
    ordered = sorted(found.items(), key=lambda item: str(item[0]))
    return {key: tuple(several) for key, several in ordered}
