"""What was measured of each line of a case, by complete calendar year.

A year of which a part was not reported is left out, and is listed: nothing reported is not 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.aggregating import Aggregation, Series, by_series, in_periods
from impactmonitor.measuring.figures import Figure
from impactmonitor.measuring.selecting import View, of_subject, selected, up_to
from impactmonitor.model.case import Case
from impactmonitor.model.lines import Effect, MeasuredBy, measured_by_of
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.measurements import RATE_FIELDS, Measurement
from impactmonitor.model.monitoring import Measure
from impactmonitor.model.periods import Period, is_covered, missing_parts, period_of

LineField = tuple[str, str]
"""Path of a line such as ``effects.fewer-falls``, and one of its numbers."""


@dataclass(frozen=True, slots=True)
class IncompleteYear:
    """A year of which something was measured, but not enough.

    Attributes
    ----------
    path, field : str
        The line and its number.
    year : int
        Calendar year.
    missing : tuple of str
        Names of the quarters or months of which somebody who reported did not report. For a
        running count also the year before, without which the increase is not known.
    """

    path: str
    field: str
    year: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearlyFigures:
    """What was measured by complete year.

    Attributes
    ----------
    figures : Mapping
        By line and number, then by calendar year. ``quantity``: in units of the effect, gross,
        with all factors of the effect already in it. ``amount``: as the line writes its own, in
        its currency, price year and prices. ``unit_value``: money per unit, likewise. Shares:
        from 0 to 1.
    incomplete : tuple of IncompleteYear
        What was left out.
    """

    figures: Mapping[LineField, Mapping[int, float]]
    incomplete: tuple[IncompleteYear, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """Figures by calendar year, and what is missing in other years.

    Attributes
    ----------
    values : Mapping[int, float]
        Of each complete year.
    gaps : Mapping[int, tuple of str]
        Of each other year of which something was reported, what was not.
    """

    values: Mapping[int, float]
    gaps: Mapping[int, tuple[str, ...]]

    def times(self, factor: float) -> Years:
        """The same in another unit."""
        return Years({year: value * factor for year, value in self.values.items()}, self.gaps)


def yearly_figures(
    case: Case,
    indicators: Mapping[str, MonitoredIndicator],
    as_of: Period,
    view: View = "restated",
) -> YearlyFigures:
    """What was measured of each line, by complete year.

    Parameters
    ----------
    case : Case
        With its measurements; only the approved ones count.
    indicators : Mapping[str, MonitoredIndicator]
        As ``catalogue.monitored.monitored`` gives them.
    as_of : Period
        Figures about periods that end later are not used.
    view : {"restated", "first_reported"}
        What is known now, or what was reported first.

    Returns
    -------
    YearlyFigures
        Through records of a line itself: the sum of a year, and of prices and shares the sum of
        numerators over the sum of denominators. Through ``measured_by``: of a flow the sum of
        the year, of a cumulative count its increase in the year, of a stock its figure at the end
        of the year, of a ratio that of the year; times the share and the factors.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "measurements": [{"line": "costs.work", "period": period, "value": 40,
    ...                       "status": "approved"} for period in ("2025Q1", "2025Q2", "2026")],
    ... })
    >>> found = yearly_figures(case, {}, period_of("2026"))
    >>> found.figures
    {('costs.work', 'amount'): {2026: 40.0}}
    >>> [(one.year, one.missing) for one in found.incomplete]
    [(2025, ('2025Q3', '2025Q4'))]
    """
    monitoring = monitoring_of(case)
    chosen = up_to(selected(case.measurements, view), as_of, monitoring.periods)
    figures: dict[LineField, dict[int, float]] = {}
    incomplete: list[IncompleteYear] = []

    def keep(path: str, field: str, found: Years) -> None:
        if found.values:
            figures[path, field] = dict(sorted(found.values.items()))
        incomplete.extend(
            IncompleteYear(path, field, year, gaps) for year, gaps in sorted(found.gaps.items())
        )

    for path, field in sorted({(r.line, r.measured_field) for r in chosen if r.line}):
        measure: Measure = "ratio" if field in RATE_FIELDS else "flow"
        records = of_subject(chosen, path, field)
        keep(path, str(field), of_years(records, Aggregation(measure, own=monitoring.periods)))
    for name, effect in case.effects.items():
        if effect.measured_by is None:
            continue
        measured = measured_by_of(effect.measured_by)
        indicator = indicators.get(measured.indicator)
        if indicator is not None:
            rule = Aggregation(indicator.measure, monitoring.cumulate_by, monitoring.periods)
            found = of_years(
                of_subject(chosen, indicator.id),
                rule,
                start=indicator.baseline or 0.0,
                first_year=first_year(effect, case),
            )
            keep(f"effects.{name}", "quantity", found.times(weight(measured)))
    return YearlyFigures(figures, tuple(incomplete))


def weight(measured: MeasuredBy) -> float:
    """What one unit of an indicator is in units of an effect: its share times all factors.

    Examples
    --------
    >>> weight(MeasuredBy(indicator="members", share=0.5, factors={"visits each": 4}))
    2.0
    """
    return measured.share * math.prod(measured.factors.values())


def first_year(effect: Effect, case: Case) -> int:
    """The first calendar year in which an effect has people to reach."""
    if isinstance(effect.quantity, Mapping):
        return min(effect.quantity)
    return effect.first_year or case.base_year


def of_years(
    records: Sequence[Measurement],
    rule: Aggregation,
    start: float = 0.0,
    first_year: int | None = None,
) -> Years:
    """The figure of each complete year, and what is missing in the other ones.

    Parameters
    ----------
    records : sequence of Measurement
        Selected records of one indicator or one number of a line.
    rule : Aggregation
        How they are added up. Of a cumulative count the figure of a year is its increase.
    start : float
        Where a cumulative count stood before its first year.
    first_year : int or None
        The first year of a cumulative count: before it there is nothing to be missed. None: the
        first year of which something was reported.

    Returns
    -------
    Years
        A ratio of nobody out of nobody is a gap.
    """
    series = by_series(records, rule)
    years = sorted({p.year for one in series.values() for p in one if p.year is not None}
                   | {y for one in series.values() for p in one for y in p.years})  # fmt: skip
    gaps = {year: gap for year in years if (gap := _missing(year, series))}
    ends = in_periods(records, rule, [_year(year) for year in years])
    complete = {year: ends[_year(year)] for year in years
                if year not in gaps and _year(year) in ends}  # fmt: skip
    if rule.measure == "cumulative":
        first = years[0] if first_year is None and years else first_year
        return _increases(complete, gaps, start, first)
    values = {year: f.value for year, f in complete.items() if f.value is not None}
    empty = {year: (str(year),) for year, f in complete.items() if f.value is None}
    return Years(values, gaps | empty)


def _year(year: int) -> Period:
    found = period_of(str(year))
    assert found is not None
    return found


def _missing(year: int, series: Mapping[Series, Iterable[Period]]) -> tuple[str, ...]:
    """What somebody who reported about a year did not report about it."""
    missing: set[str] = set()
    for periods in series.values():
        about = [p for p in periods if year in p.years]
        if about and not is_covered(year, about):
            missing.update(missing_parts(year, about))
    return tuple(sorted(missing))


def _increases(
    ends: Mapping[int, Figure],
    gaps: Mapping[int, tuple[str, ...]],
    start: float,
    first_year: int | None,
) -> Years:
    """What a running count grew by in each year; the year before has to be known too."""
    values: dict[int, float] = {}
    missing = dict(gaps)
    for year, end in ends.items():
        before = ends.get(year - 1)
        is_first = first_year is None or year <= first_year
        level = before.value if before is not None else start if is_first else None
        if end.value is None or level is None:
            missing[year] = (str(year - 1),)
        else:
            values[year] = end.value - level
    return Years(values, missing)
