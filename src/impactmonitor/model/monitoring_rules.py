"""The rules for what a case follows over time, without the catalogue and without the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from impactmonitor.model.measurement_rules import (
    monitoring_of,
    period_problems,
    subject_problems,
)
from impactmonitor.model.numbers import in_figures
from impactmonitor.problems import Problem

if TYPE_CHECKING:
    from impactmonitor.model.case import Case

Findings = Iterator[Problem]


def _periods(case: Case) -> Findings:
    """A period does not end before it starts."""
    for name, period in monitoring_of(case).periods.items():
        if period.last < period.first:
            params = {"first": period.first.isoformat(), "last": period.last.isoformat()}
            yield Problem("period-ends-first", f"monitoring.periods.{name}.last", params)


def _named_periods(case: Case) -> Findings:
    monitoring = monitoring_of(case)
    for name, plan in monitoring.indicators.items():
        if plan.target_period is not None:
            path = f"monitoring.indicators.{name}.target_period"
            yield from period_problems(case, path, plan.target_period)
            if plan.target is None:
                yield Problem("period-without-target", path)
    for name in monitoring.lessons:
        yield from period_problems(case, f"monitoring.lessons.{name}", name)


def _baselines(case: Case) -> Findings:
    """A baseline is a number or a ratio, and a ratio has both of its parts."""
    for name, plan in monitoring_of(case).indicators.items():
        path = f"monitoring.indicators.{name}"
        parts = (plan.baseline_numerator, plan.baseline_denominator)
        if plan.baseline is not None and parts != (None, None):
            yield Problem("baseline-beside-ratio", path)
        elif (parts[0] is None) != (parts[1] is None):
            yield Problem("half-a-baseline", path)
        elif parts[1] == 0:
            yield Problem("measured-of-nothing", f"{path}.baseline_denominator")


def _thresholds(case: Case) -> Findings:
    thresholds = monitoring_of(case).thresholds
    if thresholds.near > thresholds.on_track:
        params = {"near": in_figures(thresholds.near), "on_track": in_figures(thresholds.on_track)}
        yield Problem("thresholds-order", "monitoring.thresholds", params)


def _forecasts(case: Case) -> Findings:
    for i, forecast in enumerate(monitoring_of(case).forecasts):
        path = f"monitoring.forecasts.{i}"
        yield from subject_problems(case, path, forecast)
        yield from period_problems(case, f"{path}.period", forecast.period)
        if forecast.p05 > forecast.p95:
            values = f"{in_figures(forecast.p05)}, {in_figures(forecast.p95)}"
            yield Problem("not-ascending", f"{path}.p05", {"name": "p05, p95", "values": values})


MONITORING_RULES: tuple[Callable[[Case], Findings], ...] = (
    _periods,
    _named_periods,
    _baselines,
    _thresholds,
    _forecasts,
)
