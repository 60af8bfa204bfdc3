"""The indicators that a case follows: what the case says about each, and else the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.model.case import Case
from impactmonitor.model.entries import Indicator
from impactmonitor.model.lines import Domain, measured_by_of
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.monitoring import Direction, Frequency, IndicatorPlan, Measure
from impactmonitor.model.numbers import in_figures
from impactmonitor.model.record import Text
from impactmonitor.problems import Problem, nearest

LEVELS: frozenset[Measure] = frozenset({"stock", "ratio"})
"""Measures that are no quantity by themselves: so many at a moment, so many out of so many."""


@dataclass(frozen=True, slots=True)
class MonitoredIndicator:
    """An indicator that a case follows, with everything looked up.

    Attributes
    ----------
    id : str
        In the case, in the catalogue, or in both.
    measure : {"stock", "flow", "cumulative", "ratio"}
        How its figures are added up.
    direction : {"increase", "decrease"}
        Where the figures should go.
    counts_people : bool
        Whether small numbers are hidden in what is exported; True where nobody says.
    unit : str or None
        Of the figures; None for a ratio or where nobody says.
    every : {"year", "quarter", "month"}
        How often it is due.
    baseline : float or None
        The figure before the start; None where it was not stated, which is not 0.
    target : float or None
        What is to be reached in the end; None where it was not stated. Never a sum of targets.
    target_period : str or None
        By when; None: in the last year of the case.
    """

    id: str
    measure: Measure
    direction: Direction = "increase"
    counts_people: bool = True
    title: Text | None = None
    description: Text | None = None
    unit: str | None = None
    domain: Domain | None = None
    every: Frequency = "year"
    baseline: float | None = None
    baseline_numerator: float | None = None
    baseline_denominator: float | None = None
    target: float | None = None
    target_period: str | None = None
    source: str | None = None


def monitored(
    case: Case, catalogue: Catalogue
) -> tuple[Mapping[str, MonitoredIndicator], list[Problem]]:
    """The indicators of a case, with what it says itself and else what the catalogue says.

    A flow and a cumulative count should go up unless the case says otherwise: in the catalogue a
    direction is that of the world (fewer hospital days), and the figures are those of the
    indicator as it is called (hospital days avoided). Levels go where the catalogue says.

    Parameters
    ----------
    case : Case
        Its own rules are not checked here.
    catalogue : Catalogue
        With the user's own folders in it.

    Returns
    -------
    indicators : Mapping[str, MonitoredIndicator]
        Those of the monitoring in its order, then those that only measurements, effects and
        forecasts name, by name. The ones that are not known are left out.
    problems : list of Problem
        All errors at once: unknown indicators and measures, ratios without their parts, levels
        that measure an effect without a factor, end targets against the direction.

    Examples
    --------
    >>> from impactmonitor.catalogue import load_catalogue
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "measurements": [{"indicator": "hospital-days-avoided", "period": 2025, "value": 8}],
    ... })
    >>> found, problems = monitored(case, load_catalogue())
    >>> found["hospital-days-avoided"].measure, found["hospital-days-avoided"].direction, problems
    ('flow', 'increase', [])
    """
    plans, known = monitoring_of(case).indicators, catalogue.indicators
    found: dict[str, MonitoredIndicator] = {}
    problems: list[Problem] = []
    for name, path in _named(case).items():
        plan = plans.get(name, IndicatorPlan())
        measure = plan.measure or (known[name].measure if name in known else None)
        if measure is not None:
            found[name] = _indicator(name, measure, plan, known.get(name))
        elif name in plans:
            problems.append(Problem("measure-missing", path, {"id": name}))
        else:
            params = {"id": name, "nearest": nearest(name, [*plans, *known])}
            premises = (f"monitoring.indicators.{name}",)
            problems.append(Problem("unknown-measured-indicator", path, params, premises=premises))
    problems += [*_forms(case, found), *_levels(case, found), *_targets(found)]
    return found, problems


def _named(case: Case) -> dict[str, str]:
    """The indicators that a case names, each with the first place where it does."""
    monitoring = monitoring_of(case)
    others: dict[str, str] = {}
    for i, record in enumerate(case.measurements):
        if record.indicator is not None:
            others.setdefault(record.indicator, f"measurements.{i}.indicator")
    for name, effect in case.effects.items():
        if effect.measured_by is not None:
            end = "" if isinstance(effect.measured_by, str) else ".indicator"
            of = measured_by_of(effect.measured_by).indicator
            others.setdefault(of, f"effects.{name}.measured_by{end}")
    for i, forecast in enumerate(monitoring.forecasts):
        if forecast.indicator is not None:
            others.setdefault(forecast.indicator, f"monitoring.forecasts.{i}.indicator")
    named = {name: f"monitoring.indicators.{name}" for name in monitoring.indicators}
    return named | {name: others[name] for name in sorted(others) if name not in named}


def _indicator(
    name: str, measure: Measure, plan: IndicatorPlan, entry: Indicator | None
) -> MonitoredIndicator:
    usual = entry.direction if entry is not None and measure in LEVELS else "increase"
    people = plan.counts_people
    if people is None:
        people = entry is None or entry.counts_people
    baseline = plan.baseline
    if plan.baseline_numerator is not None and plan.baseline_denominator:
        baseline = plan.baseline_numerator / plan.baseline_denominator
    return MonitoredIndicator(
        name,
        measure,
        plan.direction or usual,
        people,
        title=plan.title or (entry.title if entry else None),
        description=plan.description or (entry.description if entry else None),
        unit=plan.unit or (entry.unit if entry else None),
        domain=plan.domain or (entry.domain if entry else None),
        every=plan.every or "year",
        baseline=baseline,
        baseline_numerator=plan.baseline_numerator,
        baseline_denominator=plan.baseline_denominator,
        target=plan.target,
        target_period=plan.target_period,
        source=plan.source,
    )


def _forms(case: Case, found: Mapping[str, MonitoredIndicator]) -> Iterator[Problem]:
    """A ratio is written as numerator and denominator, and nothing else is."""
    for i, record in enumerate(case.measurements):
        indicator = found.get(record.indicator or "")
        if indicator is None:
            continue
        path, params = f"measurements.{i}", {"id": indicator.id}
        premises = (f"monitoring.indicators.{indicator.id}",)
        if indicator.measure == "ratio" and record.value is not None:
            yield Problem("ratio-needs-parts", f"{path}.value", params, premises=premises)
        if indicator.measure != "ratio" and record.numerator is not None:
            yield Problem("parts-of-no-ratio", f"{path}.numerator", params, premises=premises)


def _levels(case: Case, found: Mapping[str, MonitoredIndicator]) -> Iterator[Problem]:
    """A level measures the quantity of an effect through a named factor only."""
    for name, effect in case.effects.items():
        if effect.measured_by is None:
            continue
        measured = measured_by_of(effect.measured_by)
        indicator = found.get(measured.indicator)
        if indicator is not None and indicator.measure in LEVELS and not measured.factors:
            params = {"id": indicator.id, "measure": indicator.measure}
            premises = (f"monitoring.indicators.{indicator.id}",)
            yield Problem(
                "level-without-factor", f"effects.{name}.measured_by", params, premises=premises
            )


def _targets(found: Mapping[str, MonitoredIndicator]) -> Iterator[Problem]:
    """An end target lies in the direction of the indicator; that of a flow is a total."""
    for name, one in found.items():
        if one.measure == "flow" or one.baseline is None or one.target is None:
            continue
        if is_against(one.direction, one.baseline, one.target):
            params = {"id": name, "direction": one.direction,
                      "baseline": in_figures(one.baseline),
                      "target": in_figures(one.target)}  # fmt: skip
            premises = (f"monitoring.indicators.{name}.baseline",)
            path = f"monitoring.indicators.{name}.target"
            yield Problem("target-against-direction", path, params, premises=premises)


def is_against(direction: Direction, baseline: float, target: float) -> bool:
    """Whether a target lies on the other side of a baseline than it should.

    Examples
    --------
    >>> is_against("decrease", baseline=100, target=120), is_against("decrease", 100, 100)
    (True, False)
    """
    return target < baseline if direction == "increase" else target > baseline
