"""The tables of an indicator that are shown, and which of their figures are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.aggregating import Aggregation, by_category, reported_in
from impactmonitor.measuring.figures import Figure
from impactmonitor.measuring.people_tables import (
    ALL_PERIODS,
    TableCell,
    category_name,
    hidden_cells,
    tables,
)
from impactmonitor.measuring.suppression import is_small
from impactmonitor.measuring.targets import planned_by_period
from impactmonitor.measuring.yearly import of_years
from impactmonitor.model.case import Case
from impactmonitor.model.lines import measured_by_of
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Monitoring
from impactmonitor.model.periods import Period, period_of


@dataclass(frozen=True, slots=True)
class FollowedTable:
    """Everything about one indicator that its figures are shown from.

    Attributes
    ----------
    indicator : MonitoredIndicator
    rule : Aggregation
        How its records are added up.
    monitoring : Monitoring
        Of the case.
    records, every : sequence of Measurement
        Those that count, and all of them, with the targets that they name.
    as_of : Period
        Up to which is looked.
    periods : sequence of Period
        Those that are shown.
    figures : Mapping[TableCell, Figure]
        Everything that is shown, where it is not hidden.
    hidden : frozenset of TableCell
        What is not.
    """

    indicator: MonitoredIndicator
    rule: Aggregation
    monitoring: Monitoring
    records: Sequence[Measurement]
    every: Sequence[Measurement]
    as_of: Period
    periods: Sequence[Period]
    figures: Mapping[TableCell, Figure] = field(default_factory=dict)
    hidden: frozenset[TableCell] = frozenset()


def listed_periods(
    case: Case,
    indicator: MonitoredIndicator,
    rule: Aggregation,
    records: Sequence[Measurement],
    every: Sequence[Measurement],
    as_of: Period,
) -> list[Period]:
    """What was reported and what has a target; and years, where a year says something."""
    reported = reported_in(records, rule)
    wanted = {*reported, *planned_by_period(every, rule, "target")}
    if indicator.every == "year" or _measures_an_effect(case, indicator.id):
        years = {year for period in reported for year in period.years}
        wanted |= {p for year in years if (p := period_of(str(year))) is not None}
    known = (period for period in wanted if period.last <= as_of.last)
    # a year is read after its own quarters
    return sorted(known, key=lambda p: (p.last, -p.first.toordinal()))


def _measures_an_effect(case: Case, name: str) -> bool:
    measured = (e.measured_by for e in case.effects.values() if e.measured_by is not None)
    return any(measured_by_of(one).indicator == name for one in measured)


def filled(table: FollowedTable) -> FollowedTable:
    """With the figures that are shown, and which of them are hidden."""
    every = tables(table.records, table.rule, table.periods)
    figures = {cell: figure for cell, figure in every.items() if _is_shown(cell)}
    hidden: frozenset[TableCell] = frozenset()
    if table.indicator.counts_people:
        cells = list(by_category(table.records))
        under = table.monitoring.suppress_under
        hidden = hidden_cells(figures, table.periods, cells, under)
        hidden |= _grown_little(table, figures)
        hidden |= _standing(table, figures, hidden)
    return replace(table, figures=figures, hidden=hidden)


def _is_shown(cell: TableCell) -> bool:
    """Everybody, in each period and over all of them; each category in each period."""
    return cell.by == "all" or (cell.by == "category" and cell.period != ALL_PERIODS)


def _grown_little(
    table: FollowedTable, figures: Mapping[TableCell, Figure]
) -> frozenset[TableCell]:
    """Levels of years in which a running count grew by few people: less the year before tells it.

    Every figure of such a year is hidden, so that no sum of categories tells the level either.
    """
    if table.rule.measure != "cumulative":
        return frozenset()
    grown = of_years(table.records, table.rule, table.indicator.baseline or 0.0).values
    under = table.monitoring.suppress_under
    years = {str(year) for year, people in grown.items() if is_small(abs(people), under)}
    return frozenset(cell for cell in figures if cell.period in years)


def _standing(
    table: FollowedTable, figures: Mapping[TableCell, Figure], hidden: frozenset[TableCell]
) -> frozenset[TableCell]:
    """Other cells that show the same level as a hidden one, since nothing came in between."""
    if not table.rule.stands:
        return frozenset()
    ends = {p.name: p.last for p in table.periods} | {ALL_PERIODS: date.max}

    def level(cell: TableCell) -> tuple[str, str, date]:
        reported = [table.rule.period(r).last for r in _group(table.records, cell)]
        return cell.by, cell.name, max((d for d in reported if d <= ends[cell.period]),
                                       default=date.min)  # fmt: skip

    same = {level(cell) for cell in hidden}
    return frozenset(cell for cell in figures if level(cell) in same)


def _group(records: Sequence[Measurement], cell: TableCell) -> Iterator[Measurement]:
    """The records behind a cell."""
    for record in records:
        if cell.by == "all" or category_name(record.cell) == cell.name:
            yield record


def hidden_years(table: FollowedTable) -> frozenset[int]:
    """Years of which the figure of a line would tell a hidden number of people."""
    hidden = {year for p in table.periods if p.is_whole_year for year in p.years
              if TableCell("all", "", str(year)) in table.hidden}  # fmt: skip
    is_increase = table.rule.measure == "cumulative"
    return frozenset(hidden | {year + 1 for year in hidden if is_increase})
