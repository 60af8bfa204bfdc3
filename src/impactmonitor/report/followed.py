"""The indicators that a case follows, period by period, without what may not be shown.

Small numbers of people are left out here, before any table is made: what goes to a screen, a file
or another program is made from this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.aggregating import (
    Aggregation,
    by_category,
    over_periods,
)
from impactmonitor.measuring.figures import Figure
from impactmonitor.measuring.people_tables import (
    ALL_PERIODS,
    TableCell,
    category_name,
)
from impactmonitor.measuring.progress import Progress, progress
from impactmonitor.measuring.selecting import View, of_subject, selected, up_to
from impactmonitor.measuring.suppression import is_small
from impactmonitor.measuring.targets import baseline_in, planned_by_period, progress_at_the_end
from impactmonitor.measuring.yearly import of_years
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.periods import Period, period_of
from impactmonitor.model.record import Text
from impactmonitor.report.followed_tables import (
    FollowedTable,
    filled,
    hidden_years,
    listed_periods,
)

NOTHING = Progress(None, "none", "no-value")


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of one period as it may be shown.

    Attributes
    ----------
    period : str
        Its name.
    figure : Figure or None
        None where nothing was measured, and where it is hidden.
    target, baseline : float or None
        Of the period; a baseline that is a small number of people is hidden too.
    progress : Progress
        From the baseline to the target; without share and light where the figure is hidden.
    is_suppressed : bool
        Whether there is a figure that is hidden.
    is_complete : bool
        False for a year of which a part was not reported: its figure is what is known so far.
    """

    period: str
    figure: Figure | None
    target: float | None = None
    baseline: float | None = None
    progress: Progress = NOTHING
    is_suppressed: bool = False
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator with its figures.

    Attributes
    ----------
    indicator : MonitoredIndicator
    periods : tuple of Shown
        Those that were reported or have a target, up to the period that was asked for.
    end : Shown
        Over all periods, beside the stated end target; its period is the one of that target.
    is_due : bool
        Whether the period of the end target has ended.
    categories : Mapping[str, tuple of Shown]
        By category or combination of categories.
    reasons : tuple of (str, Text)
        By period, why a total is not the sum of its parts.
    hidden_years : frozenset of int
        Calendar years of which the figure of everybody, or its increase, is hidden.
    """

    indicator: MonitoredIndicator
    periods: tuple[Shown, ...]
    end: Shown
    is_due: bool
    categories: Mapping[str, tuple[Shown, ...]]
    reasons: tuple[tuple[str, Text], ...] = ()
    hidden_years: frozenset[int] = frozenset()

    @property
    def is_suppressed(self) -> bool:
        """Whether any figure is hidden."""
        every = (*self.periods, self.end, *(one for few in self.categories.values() for one in few))
        return any(one.is_suppressed for one in every)


def followed(
    case: Case,
    indicators: Mapping[str, MonitoredIndicator],
    as_of: Period,
    view: View = "restated",
) -> dict[str, Followed]:
    """Every indicator of a case, with its figures up to a period.

    Parameters
    ----------
    case : Case
        With its measurements.
    indicators : Mapping[str, MonitoredIndicator]
        As ``catalogue.monitored.monitored`` gives them.
    as_of : Period
        Up to which is looked.
    view : {"restated", "first_reported"}
        What is known now, or what was reported first.

    Examples
    --------
    >>> from impactmonitor.catalogue import load_catalogue
    >>> from impactmonitor.catalogue.monitored import monitored
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "monitoring": {"indicators": {"helped": {"measure": "flow", "target": 90}}},
    ...     "measurements": [{"indicator": "helped", "period": year, "value": value, "target": 40,
    ...                       "status": "approved"} for year, value in ((2025, 3), (2026, 38))],
    ... })
    >>> found = followed(case, monitored(case, load_catalogue())[0], period_of("2026"))["helped"]
    >>> [(one.period, one.figure, one.is_suppressed) for one in found.periods]
    [('2025', None, True), ('2026', None, True)]
    >>> found.end.figure.value, found.end.target
    (41.0, 90.0)
    """
    monitoring = monitoring_of(case)
    chosen = up_to(selected(case.measurements, view), as_of, monitoring.periods)
    known = [r for r in case.measurements if period_of(r.period, monitoring.periods) is not None]
    found = {}
    for name, indicator in indicators.items():
        rule = Aggregation(indicator.measure, monitoring.cumulate_by, monitoring.periods)
        records, every = of_subject(chosen, name), of_subject(known, name)
        periods = listed_periods(case, indicator, rule, records, every, as_of)
        table = FollowedTable(indicator, rule, monitoring, records, every, as_of, periods)
        found[name] = _followed(case, filled(table))
    return found


def _followed(case: Case, table: FollowedTable) -> Followed:
    targets = planned_by_period(table.every, table.rule, "target")
    baselines = planned_by_period(table.every, table.rule, "baseline")
    gaps = {} if table.rule.stands else of_years(table.records, table.rule).gaps
    periods = tuple(
        _shown(table, period, targets.get(period), baselines, gaps) for period in table.periods
    )
    end, is_due = _end(case, table)
    categories = {
        category_name(cell): tuple(_of_category(table, category_name(cell)))
        for cell in by_category(table.records)
    }
    reasons = [(r.period, r.differs_because) for r in table.records
               if r.differs_because is not None]  # fmt: skip
    hidden = hidden_years(table)
    return Followed(table.indicator, periods, end, is_due, categories, tuple(reasons), hidden)


def _shown(
    table: FollowedTable,
    period: Period,
    target: float | None,
    baselines: Mapping[Period, float],
    gaps: Mapping[int, object],
) -> Shown:
    """A figure of everybody, with its progress."""
    cell = TableCell("all", "", period.name)
    figure, indicator = table.figures.get(cell), table.indicator
    baseline, is_kept = _baseline(table, baseline_in(indicator, period, baselines))
    is_complete = not (period.is_whole_year and period.first.year in gaps)
    if cell in table.hidden:
        return Shown(period.name, None, target, baseline, NOTHING, True, is_complete)
    value = None if figure is None else figure.value
    made = progress(value, baseline, target, indicator.direction, table.monitoring.thresholds)
    if not is_complete and made.light != "met":
        made = Progress(made.share, "none", made.lack)
    return Shown(period.name, figure, target, baseline, made, is_kept, is_complete)


def _baseline(table: FollowedTable, baseline: float | None) -> tuple[float | None, bool]:
    """A baseline, unless it is a small number of people; and whether it was hidden."""
    indicator, under = table.indicator, table.monitoring.suppress_under
    counted = indicator.baseline_numerator if indicator.measure == "ratio" else baseline
    is_hidden = indicator.counts_people and counted is not None and is_small(counted, under)
    return (None if is_hidden else baseline), is_hidden


def _end(case: Case, table: FollowedTable) -> tuple[Shown, bool]:
    """The figure over all periods beside the end target, and whether that is due."""
    indicator = table.indicator
    by = indicator.target_period or str(case.base_year + case.horizon - 1)
    period = period_of(by, table.monitoring.periods)
    is_due = period is not None and period.last <= table.as_of.last
    baseline, is_kept = _baseline(table, indicator.baseline)
    if TableCell("all", "", ALL_PERIODS) in table.hidden:
        return Shown(by, None, indicator.target, baseline, NOTHING, True), is_due
    figure = over_periods(table.records, table.rule)
    value = None if figure is None else figure.value
    made = progress_at_the_end(indicator, value, is_due, table.monitoring.thresholds)
    return Shown(by, figure, indicator.target, baseline, NOTHING if is_kept else made,
                 is_kept), is_due  # fmt: skip


def _of_category(table: FollowedTable, name: str) -> Iterator[Shown]:
    """The figures of one category in every period in which there is one."""
    for period in table.periods:
        cell = TableCell("category", name, period.name)
        if cell in table.figures:
            is_hidden = cell in table.hidden
            figure = None if is_hidden else table.figures[cell]
            yield Shown(period.name, figure, is_suppressed=is_hidden)
