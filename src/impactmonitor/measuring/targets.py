"""Targets and baselines: of a period those of its records, of the end the one that is stated."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.aggregating import Aggregation
from impactmonitor.measuring.progress import Progress, progress
from impactmonitor.measuring.selecting import planned
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Thresholds
from impactmonitor.model.periods import Period

Planned = Literal["target", "baseline"]


@dataclass(frozen=True, slots=True)
class TwoTargets:
    """Two records of which only one can hold.

    Attributes
    ----------
    period : Period
        That both are about.
    first, second : float
        The smaller and the larger one.
    records : tuple of Measurement
        The records that name them.
    """

    period: Period
    first: float
    second: float
    records: tuple[Measurement, ...]


def _by_owner(
    records: Iterable[Measurement], rule: Aggregation, name: Planned
) -> dict[Period, dict[tuple[str, str], list[Measurement]]]:
    """Of everybody, by period and by whose they are: records that name a target or baseline."""
    found: dict[Period, dict[tuple[str, str], list[Measurement]]] = {}
    for record in planned(records):
        if getattr(record, name) is not None and not record.cell:
            owners = found.setdefault(rule.period(record), {})
            owner = record.project or "", record.reporter or ""
            owners.setdefault(owner, []).append(record)
    return found


def planned_by_period(
    records: Iterable[Measurement], rule: Aggregation, name: Planned
) -> dict[Period, float]:
    """What is to be reached in each period, or where it started.

    Targets of different reporters and projects add up as their figures do; those of a ratio are
    one and the same. One reporter may repeat its target in several records.

    Parameters
    ----------
    records : iterable of Measurement
        All records of one indicator, whatever their status: a plan waits for no approval.
    rule : Aggregation
        How they are added up.
    name : {"target", "baseline"}
        Which of the two.

    Returns
    -------
    dict
        By period; a period without any is left out. Where ``two_targets`` finds two that cannot
        both hold, the largest.
    """
    found = {}
    for period, owners in sorted(_by_owner(records, rule, name).items()):
        each = [max(getattr(r, name) for r in several) for several in owners.values()]
        found[period] = max(each) if rule.measure == "ratio" else math.fsum(each)
    return found


def two_targets(
    records: Iterable[Measurement], rule: Aggregation, name: Planned = "target"
) -> list[TwoTargets]:
    """Where one reporter names two targets for a period, or a ratio has two at all."""
    found = []
    for period, owners in sorted(_by_owner(records, rule, name).items()):
        groups = list(owners.values())
        if rule.measure == "ratio":
            groups = [[r for several in groups for r in several]]
        for several in groups:
            values = sorted({getattr(r, name) for r in several})
            if len(values) > 1:
                found.append(TwoTargets(period, values[0], values[-1], tuple(several)))
    return found


def baseline_in(
    indicator: MonitoredIndicator, period: Period, own: Mapping[Period, float]
) -> float | None:
    """The baseline of a period: its own, else that of the indicator, else what goes without saying.

    A flow and a cumulative count that should go up start from 0. The baseline of a flow is that
    of one period as long as ``every`` says, so it does not hold for a shorter or longer one.
    Of a level without a stated baseline it is not known.

    Parameters
    ----------
    indicator : MonitoredIndicator
        With its stated baseline, if any.
    period : Period
        Of which a figure is compared.
    own : Mapping[Period, float]
        What the records of periods name themselves.
    """
    if period in own:
        return own[period]
    if indicator.baseline is not None:
        is_same_length = indicator.measure != "flow" or period.kind == indicator.every
        return indicator.baseline if is_same_length else None
    starts_at_nothing = indicator.measure in ("flow", "cumulative")
    return 0.0 if starts_at_nothing and indicator.direction == "increase" else None


def progress_at_the_end(
    indicator: MonitoredIndicator,
    value: float | None,
    is_due: bool,
    thresholds: Thresholds | None = None,
) -> Progress:
    """Progress of the figure over all periods to the stated end target.

    The target of a flow is a total over all periods, and starts from 0 where it should go up.
    Before the target is due only ``met`` is said: how fast it should go nobody has stated.

    Parameters
    ----------
    indicator : MonitoredIndicator
        With its end target; without one the answer is ``no-target``.
    value : float or None
        Over all periods up to now; see ``aggregating.over_periods``.
    is_due : bool
        Whether the period of the target has ended.
    thresholds : Thresholds or None
        From which share it is on track and near.
    """
    found = progress(value, _start(indicator), indicator.target, indicator.direction, thresholds)
    if is_due or found.lack is not None or found.light == "met":
        return found
    return Progress(found.share, "none", "not-due")


def _start(indicator: MonitoredIndicator) -> float | None:
    """Where the way to an end target starts."""
    goes_up = indicator.direction == "increase"
    if indicator.measure == "flow":  # the total of a flow starts at nothing, whatever a year was
        return 0.0 if goes_up else None
    starts_at_nothing = indicator.measure == "cumulative" and goes_up
    return 0.0 if indicator.baseline is None and starts_at_nothing else indicator.baseline
