"""What was measured afterwards of each forecast that was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.monitored import MonitoredIndicator, monitored
from impactmonitor.measuring.aggregating import Aggregation, in_periods
from impactmonitor.measuring.selecting import of_subject, selected
from impactmonitor.measuring.yearly import of_years, yearly_figures
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.measurements import RATE_FIELDS, Measurement
from impactmonitor.model.monitoring import Forecast
from impactmonitor.model.periods import Period
from impactmonitor.problems import InvalidInput, errors
from impactmonitor.tracking.gathering import latest, named_period
from impactmonitor.tracking.measured_case import AMOUNT, QUANTITY


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a case by now."""

    case: Case
    records: Sequence[Measurement]
    indicators: Mapping[str, MonitoredIndicator]
    yearly: Mapping[tuple[str, str], Mapping[int, float]]


def outcomes_of(
    case: Case, catalogue: Catalogue
) -> Iterator[tuple[Forecast, Period, float | None]]:
    """Every forecast of a case with its period and what was measured of it.

    Parameters
    ----------
    case : Case
        That keeps its rules.
    catalogue : Catalogue
        Where its indicators are looked up.

    Yields
    ------
    forecast, period, measured : Forecast, Period, float or None
        In the order of the case; None where the period was not measured completely.

    Raises
    ------
    InvalidInput
        What ``catalogue.monitored`` finds; ``unknown-period``.
    """
    forecasts = monitoring_of(case).forecasts
    if not forecasts:
        return
    indicators, problems = monitored(case, catalogue)
    if any(errors(problems)):
        raise InvalidInput(problems)
    last = latest(case)
    yearly = {} if last is None else yearly_figures(case, indicators, last).figures
    known = _Known(case, selected(case.measurements), indicators, yearly)
    for forecast in forecasts:
        period = named_period(case, forecast.period)
        yield forecast, period, _outcome(known, forecast, period)


def _outcome(known: _Known, forecast: Forecast, period: Period) -> float | None:
    """What was measured: of a line as it is tracked, of an indicator as it is followed."""
    if forecast.line is None:
        indicator = known.indicators.get(forecast.indicator or "")
        if indicator is None:
            return None
        rule = _rule(known.case, indicator)
        return _reported(of_subject(known.records, indicator.id), rule, period)
    usual = QUANTITY if forecast.line.startswith("effects.") else AMOUNT
    name = forecast.field or usual
    if period.is_whole_year:
        return known.yearly.get((forecast.line, name), {}).get(period.first.year)
    own = monitoring_of(known.case).periods
    rule = Aggregation("ratio" if name in RATE_FIELDS else "flow", own=own)
    return _reported(of_subject(known.records, forecast.line, name), rule, period)


def _rule(case: Case, indicator: MonitoredIndicator) -> Aggregation:
    monitoring = monitoring_of(case)
    return Aggregation(indicator.measure, monitoring.cumulate_by, monitoring.periods)


def _reported(records: Sequence[Measurement], rule: Aggregation, period: Period) -> float | None:
    """The figure of a period; of a level only where somebody reported about that very period.

    Of a year, everybody who reported has reported all of it; of a shorter period likewise, or
    there is a figure of that period itself.
    """
    about = [r for r in records if _lies_in(rule.period(r), period)]
    if not about:
        return None
    if period.is_whole_year and not rule.stands:
        return of_years(records, rule).values.get(period.first.year)
    if not any(rule.period(r).last == period.last for r in about):
        return None
    found = in_periods(records, rule, [period]).get(period)
    return None if found is None else found.value


def _lies_in(inner: Period, outer: Period) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last
