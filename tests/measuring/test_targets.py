"""Targets and baselines, of periods and of the end."""

from __future__ import annotations

import pytest
from tests.measuring.records import period, record

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.aggregating import Aggregation
from impactmonitor.measuring.progress import Progress
from impactmonitor.measuring.targets import (
    baseline_in,
    planned_by_period,
    progress_at_the_end,
    two_targets,
)
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Measure

FLOW, RATIO = Aggregation("flow"), Aggregation("ratio")
Y25, Y26, Q1 = period("2025"), period("2026"), period("2025Q1")


def targets(records: list[Measurement], rule: Aggregation = FLOW) -> dict[str, float]:
    return {p.name: x for p, x in planned_by_period(records, rule, "target").items()}


def test_targets_of_reporters_and_projects_add_up() -> None:
    records = [
        record(target=5, reporter="u1", status="draft"),
        record(target=5, reporter="u1"),
        record(target=7, reporter="u2"),
        record("2026", target=9),
        record(target=3, disaggregation={"sex": "men"}),
    ]
    assert targets(records) == {"2025": 12, "2026": 9}
    assert planned_by_period(records, FLOW, "baseline") == {}


def test_a_ratio_has_one_target() -> None:
    records = [record(target=0.5, reporter="u1"), record(target=0.5, reporter="u2")]
    assert targets(records, RATIO) == {"2025": 0.5}
    assert two_targets(records, RATIO) == []
    (found,) = two_targets([*records, record(target=0.6, reporter="u3")], RATIO)
    assert (found.period, found.first, found.second) == (Y25, 0.5, 0.6)


def test_one_reporter_has_one_target_for_a_period() -> None:
    records = [record(target=5), record(target=6), record("2026", target=6)]
    (found,) = two_targets(records, FLOW)
    assert (found.first, found.second, found.records) == (5, 6, tuple(records[:2]))


@pytest.mark.parametrize(
    ("measure", "direction", "baseline", "wanted"),
    [
        ("flow", "increase", None, 0),
        ("cumulative", "increase", None, 0),
        ("flow", "decrease", None, None),
        ("stock", "increase", None, None),
        ("ratio", "increase", None, None),
        ("stock", "increase", 4, 4),
        ("flow", "decrease", 4, 4),
    ],
)
def test_a_baseline_that_nobody_stated(
    measure: Measure, direction: str, baseline: float | None, wanted: float | None
) -> None:
    one = MonitoredIndicator("trees", measure, direction, baseline=baseline)  # type: ignore[arg-type]
    assert baseline_in(one, Y25, {}) == wanted
    assert baseline_in(one, Y25, {Y25: 2}) == 2
    assert baseline_in(one, Y25, {Y26: 2}) == wanted


def test_the_baseline_of_a_flow_is_that_of_a_period_of_the_same_length() -> None:
    one = MonitoredIndicator("trees", "flow", baseline=4)
    assert baseline_in(one, Q1, {}) is None
    assert baseline_in(MonitoredIndicator("trees", "cumulative", baseline=4), Q1, {}) == 4


def test_the_end_target_is_the_stated_one_and_never_a_sum() -> None:
    """Hikaya: a programme's target is stated, and is not the sum of what periods show."""
    records = [record("2025", target=40), record("2026", target=40)]
    assert sum(targets(records).values()) == 80
    one = MonitoredIndicator("trees", "flow", target=100)
    assert progress_at_the_end(one, 80, is_due=True) == Progress(0.8, "near")
    without = MonitoredIndicator("trees", "flow")
    assert progress_at_the_end(without, 80, is_due=True).lack == "no-target"


def test_before_the_end_only_met_is_said() -> None:
    one = MonitoredIndicator("trees", "cumulative", baseline=10, target=110)
    assert progress_at_the_end(one, 60, is_due=False) == Progress(0.5, "none", "not-due")
    assert progress_at_the_end(one, 110, is_due=False) == Progress(1, "met")
    assert progress_at_the_end(one, None, is_due=False).lack == "no-value"


def test_the_total_of_a_flow_starts_at_nothing() -> None:
    up = MonitoredIndicator("trees", "flow", baseline=30, target=100)
    assert progress_at_the_end(up, 50, is_due=True).share == 0.5
    down = MonitoredIndicator("fires", "flow", "decrease", baseline=30, target=100)
    assert progress_at_the_end(down, 50, is_due=True).lack == "no-baseline"
