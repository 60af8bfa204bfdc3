"""What a holding reached in a period by indicator, and how good its data are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.monitored import MonitoredIndicator, monitored
from impactmonitor.evaluation import Evaluation
from impactmonitor.measuring.aggregating import Aggregation, in_periods
from impactmonitor.measuring.figures import Figure
from impactmonitor.measuring.selecting import View, of_subject, selected
from impactmonitor.measuring.targets import planned_by_period
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.monitoring import Direction, Measure
from impactmonitor.model.periods import Period, period_of
from impactmonitor.model.record import FrozenDict, Text
from impactmonitor.portfolio.cases import Appraisal, Outcome

FEW_PEOPLE = "few-people"


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """What one case reached of one indicator in a period.

    Attributes
    ----------
    id : str
        Of the indicator.
    title, unit : Text, str or None
        As the case or the catalogue has them.
    measure : {"stock", "flow", "cumulative", "ratio"}
        A flow is that of the year; a stock and a running count are those at its end.
    direction : {"increase", "decrease"}
        Where the figures should go.
    counts_people : bool
        Whether small numbers are hidden.
    value : float or None
        Of the whole case. None with a reason.
    numerator, denominator : float or None
        Of a ratio.
    share : float or None
        Of the fund at the end of the period.
    target : float or None
        Of the whole case in this period, else the quantity that the plan has for it.
    is_measured : bool
        False where the plan stands in the place of a measurement.
    reason : str or None
        ``not-measured`` or ``few-people``.
    """

    id: str
    title: Text | None
    unit: str | None
    measure: Measure
    direction: Direction
    counts_people: bool
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    share: float | None = None
    target: float | None = None
    is_measured: bool = False
    reason: str | None = None

    @property
    def attributed(self) -> float | None:
        """The part of the fund; of a ratio the ratio itself, which has no parts.

        Examples
        --------
        >>> one = IndicatorResult("days", None, "day", "flow", "increase", False, 80.0, share=0.25)
        >>> one.attributed
        20.0
        """
        if self.measure == "ratio":
            return self.value
        return self._part(self.value)

    @property
    def attributed_target(self) -> float | None:
        """The part of the fund in the target; of a ratio the target itself."""
        return self.target if self.measure == "ratio" else self._part(self.target)

    def _part(self, figure: float | None) -> float | None:
        return None if figure is None or self.share is None else figure * self.share

    def hidden(self) -> IndicatorResult:
        """The same without its figures: so few people may not be told."""
        return replace(self, value=None, numerator=None, denominator=None, reason=FEW_PEOPLE)


@dataclass(frozen=True, slots=True)
class DataQuality:
    """How good the data of a holding are.

    Attributes
    ----------
    is_measured : bool
        Whether anything of the period was measured.
    measured_share : float or None
        Share of the euros of the period, costs and effects by size, that was measured; None
        where the period has none.
    confirmed_share : float or None
        Benefits that their bearers confirmed / benefits over the whole life, by size; None where
        there are no benefits.
    evidence : Mapping[str, float]
        Share of the effects in euros over the whole life, by size, by strength of evidence,
        the strongest first; empty where there are none.
    gaps : tuple of str
        Lines of the period that were not measured.
    """

    is_measured: bool
    measured_share: float | None
    confirmed_share: float | None
    evidence: Mapping[str, float]
    gaps: tuple[str, ...]


def template_results(
    one: Appraisal, outcome: Outcome, catalogue: Catalogue, period: int, view: View
) -> dict[str, IndicatorResult]:
    """What a case reached of every indicator that it follows or names.

    Parameters
    ----------
    one, outcome : Appraisal, Outcome
        The case as planned, and what was measured of it.
    catalogue : Catalogue
    period : int
        Calendar year.
    view : {"restated", "first_reported"}
        Of restated measurements.

    Returns
    -------
    dict
        By indicator. Where an indicator was not measured and effects of the case name it, their
        quantities in the year stand in its place; ``is_measured`` tells the two apart.
    """
    planned = dict(_of_effects(one.evaluation, outcome, period))
    found = dict(planned)
    for name, result in _followed(one, catalogue, period, view).items():
        stand_in = planned.get(name)
        if result.value is None and stand_in is not None:
            target = result.target if result.target is not None else stand_in.target
            found[name] = replace(stand_in, target=target, counts_people=result.counts_people)
        elif result.target is None and stand_in is not None and stand_in.unit == result.unit:
            found[name] = replace(result, target=stand_in.target)
        else:
            found[name] = result
    return {name: found[name] for name in sorted(found)}


def _followed(
    one: Appraisal, catalogue: Catalogue, period: int, view: View
) -> dict[str, IndicatorResult]:
    """What was reported of the indicators that the case follows."""
    case = one.case
    indicators, _ = monitored(case, catalogue)
    monitoring, year = monitoring_of(case), period_of(str(period))
    assert year is not None
    chosen = selected(case.measurements, view)
    found = {}
    for name, indicator in indicators.items():
        rule = Aggregation(indicator.measure, monitoring.cumulate_by, monitoring.periods)
        figure = in_periods(of_subject(chosen, name), rule, [year]).get(year)
        targets = planned_by_period(of_subject(case.measurements, name), rule, "target")
        found[name] = _reported(indicator, figure, targets, year)
    return found


def _reported(
    indicator: MonitoredIndicator,
    figure: Figure | None,
    targets: Mapping[Period, float],
    year: Period,
) -> IndicatorResult:
    value = None if figure is None else figure.value
    return IndicatorResult(
        indicator.id,
        indicator.title,
        indicator.unit,
        indicator.measure,
        indicator.direction,
        indicator.counts_people,
        value,
        None if figure is None else figure.numerator,
        None if figure is None else figure.denominator,
        target=targets.get(year),
        is_measured=value is not None,
        reason=None if value is not None else "not-measured",
    )


def _of_effects(
    plan: Evaluation, outcome: Outcome, period: int
) -> Iterator[tuple[str, IndicatorResult]]:
    """Quantities of the year by the indicator that effects name."""
    realised = outcome.realised or plan
    quantities = {line.id: line.quantity for line in realised.line_results()}
    planned = {line.id: line.quantity for line in plan.line_results()}
    lines: dict[str, list[str]] = {}
    for name, effect in plan.case.effects.items():
        if effect.indicator is not None:
            lines.setdefault(effect.indicator, []).append(name)
    for indicator, names in lines.items():
        entry = plan.appraised.resolved.effects[names[0]]
        units = {plan.appraised.resolved.effects[name].unit for name in names}
        value = _summed(quantities, names, period) if len(units) == 1 else None
        yield (
            indicator,
            IndicatorResult(
                indicator,
                entry.indicator.title if entry.indicator else None,
                entry.unit,
                "flow",
                "increase",
                entry.indicator is None or entry.indicator.counts_people,
                value,
                target=_summed(planned, names, period),
                is_measured=all(name in outcome.measured for name in names),
                reason=None if value is not None else "not-measured",
            ),
        )


def _summed(
    quantities: Mapping[str, Mapping[int, float] | None], names: list[str], period: int
) -> float | None:
    parts = [quantities.get(name) for name in names]
    known = [each.get(period) for each in parts if each is not None]
    figures = [x for x in known if x is not None]
    return math.fsum(figures) if len(figures) == len(names) else None


def data_quality(
    one: Appraisal, outcome: Outcome, sizes: Mapping[tuple[str, bool], float]
) -> DataQuality:
    """How good the data of a case are in a period.

    Parameters
    ----------
    one, outcome : Appraisal, Outcome
        The case as planned, and what was measured of it.
    sizes : Mapping[tuple of str and bool, float]
        By line and whether it was measured, the size of its amounts in the period.
    """
    whole = math.fsum(sizes.values())
    measured = math.fsum(x for (_, is_measured), x in sizes.items() if is_measured)
    evidence = one.evaluation.evidence_results()
    valued = math.fsum(evidence.values())
    society = one.evaluation.by_perspective["society"]
    confirmed = society.benefits_confirmed / society.benefits if society.benefits > 0 else None
    return DataQuality(
        bool(outcome.measured),
        measured / whole if whole > 0 else None,
        confirmed,
        FrozenDict({grade: x / valued for grade, x in evidence.items()} if valued > 0 else {}),
        tuple(sorted({line for (line, is_measured), x in sizes.items() if x and not is_measured})),
    )
