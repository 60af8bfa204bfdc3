"""What keeps measurements from being added up, all at once and each at its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small import case, cost

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.checks import measurement_problems
from impactmonitor.model.monitoring import Measure

MONITORING = {"dimensions": {"sex": {"categories": {"men": {}, "women": {}}}}}


def found(
    *records: dict[str, Any], measure: Measure = "flow", monitoring: Any = None, **indicator: Any
) -> list[tuple[str, str]]:
    made = case(
        costs={"work": cost()},
        measurements=[
            {"indicator": "trees", "period": "2025", "status": "approved", **one} for one in records
        ],
        monitoring=MONITORING | (monitoring or {}),
    )
    known = {"trees": MonitoredIndicator("trees", measure, **indicator)}
    return [(p.code, p.path) for p in measurement_problems(made, known)]


@pytest.mark.parametrize("measure", ["flow", "ratio"])
def test_a_day_counts_once_in_a_flow_and_a_ratio(measure: Measure) -> None:
    parts = {"value": 1} if measure == "flow" else {"numerator": 1, "denominator": 2}
    year, month = {"period": "2025", **parts}, {"period": "2025-03", **parts}
    later = {"period": "2025-04", **parts}
    assert found(later, year, month, measure=measure) == [
        ("measured-periods-overlap", "measurements.2.period"),
        ("measured-periods-overlap", "measurements.0.period"),
    ]
    other = {"reporter": "b", **month}
    assert found(year, other, measure=measure) == []
    assert found(year, {**month, "status": "draft"}, measure=measure) == []


def test_levels_may_stand_in_a_year_and_in_its_months() -> None:
    records = ({"value": 1}, {"value": 1, "period": "2025-03"})
    assert found(*records, measure="stock") == found(*records, measure="cumulative") == []


@pytest.mark.parametrize(
    ("dates", "is_known"),
    [
        (("2026-01-01", "2026-01-02"), True),
        (("2026-01-01", "2026-01-01"), False),
        ((None, "2026-01-01"), False),
        ((None, None), False),
    ],
)
def test_the_latest_of_two_has_to_be_known(dates: Any, is_known: bool) -> None:
    records = [{"value": 1, **({"date": day} if day else {})} for day in dates]
    wanted = [] if is_known else [("latest-unknown", "measurements.1")]
    assert found(*records, measure="cumulative") == wanted
    assert found(*records) == []
    apart = [{**one, "reporter": who} for one, who in zip(records, "ab", strict=True)]
    assert found(*apart, measure="cumulative") == []
    per_project = found(*apart, measure="cumulative", monitoring={"cumulate_by": "project"})
    assert per_project == wanted


def test_a_restatement_is_no_second_figure() -> None:
    first, second = {"value": 1, "id": "a"}, {"value": 2, "restates": "a", "date": "2026-01-01"}
    assert found(first, second, measure="stock") == []


def test_totals_and_their_parts() -> None:
    men, women = ({"value": 4, "disaggregation": {"sex": sex}} for sex in ("men", "women"))
    assert found({"value": 9}, men, women) == [("parts-differ", "measurements.0")]
    assert found(men) == [("parts-missing", "measurements.0")]
    restated = [{"value": 8, "id": "a"}, {"value": 9, "restates": "a", "date": "2026-01-01"}]
    assert found(*restated, men, women) == [("parts-differ", "measurements.1")]


def test_targets_against_the_direction_are_those_of_everybody_together() -> None:
    mine, yours = ({"target": 6, "reporter": who} for who in "ab")
    assert found(mine, yours, baseline=10) == []
    assert found(mine, baseline=10) == [("target-against-direction", "measurements.0.target")]
    assert found(mine, baseline=10, direction="decrease") == []
    assert found({"target": 6}, direction="decrease") == []


def test_lines_are_checked_like_indicators() -> None:
    line = {"indicator": None, "line": "costs.work", "value": 1}
    assert found(line, {**line, "period": "2025Q2"}) == [
        ("measured-periods-overlap", "measurements.1.period")
    ]


def test_all_at_once_and_nothing_of_what_is_not_known() -> None:
    assert found({"value": 1, "period": "winter"}, {"value": 1, "indicator": "bees"}) == []
    problems = found({"value": 1, "target": 5}, {"value": 2, "target": 6}, {"period": "2025Q1",
                     "value": 2})  # fmt: skip
    assert problems == [
        ("measured-periods-overlap", "measurements.2.period"),
        ("targets-differ", "measurements.1.target"),
    ]


@given(st.permutations(range(4)))
def test_the_same_codes_in_any_order(order: list[int]) -> None:
    records = [
        {"value": 9},
        {"value": 4, "disaggregation": {"sex": "men"}},
        {"value": 4, "disaggregation": {"sex": "women"}},
        {"value": 1, "period": "2025Q1"},
    ]
    codes = sorted(code for code, _ in found(*(records[i] for i in order)))
    assert codes == ["measured-periods-overlap", "parts-differ"]
