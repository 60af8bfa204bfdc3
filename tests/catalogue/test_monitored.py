"""The indicators that a case follows: its own words first, then those of the catalogue."""

from __future__ import annotations

from typing import Any

from tests.small import case, cost, gain

from impactmonitor import load_catalogue
from impactmonitor.catalogue.monitored import MonitoredIndicator, is_against, monitored

CATALOGUE = load_catalogue()
DAYS = "hospital-days-avoided"


def found(**fields: Any) -> tuple[dict[str, MonitoredIndicator], list[tuple[str, str]]]:
    indicators, problems = monitored(case(costs={"work": cost()}, **fields), CATALOGUE)
    return dict(indicators), [(p.code, p.path) for p in problems]


def test_what_the_catalogue_says_holds_where_the_case_says_nothing() -> None:
    indicators, problems = found(monitoring={"indicators": {DAYS: {"unit": "night"}}})
    entry = CATALOGUE.indicators[DAYS]
    one = indicators[DAYS]
    assert problems == []
    assert (one.measure, one.domain, one.title) == ("flow", entry.domain, entry.title)
    assert (one.unit, one.every, one.baseline) == ("night", "year", None)
    assert one.counts_people is entry.counts_people is False


def test_figures_of_a_flow_count_as_the_indicator_is_called() -> None:
    """In the catalogue the direction is that of the world: fewer hospital days."""
    assert CATALOGUE.indicators[DAYS].direction == "decrease"
    indicators, _ = found(monitoring={"indicators": {DAYS: {}}})
    assert indicators[DAYS].direction == "increase"
    stated, _ = found(monitoring={"indicators": {DAYS: {"direction": "decrease"}}})
    assert stated[DAYS].direction == "decrease"
    level, _ = found(monitoring={"indicators": {DAYS: {"measure": "stock"}}})
    assert level[DAYS].direction == "decrease"


def test_an_indicator_of_the_case_s_own() -> None:
    plan = {"measure": "ratio", "baseline_numerator": 1, "baseline_denominator": 4, "target": 0.5}
    indicators, problems = found(monitoring={"indicators": {"satisfied": plan}})
    assert problems == []
    one = indicators["satisfied"]
    assert (one.baseline, one.target, one.counts_people) == (0.25, 0.5, True)


def test_everything_that_is_named_is_looked_up_in_one_order() -> None:
    indicators, problems = found(
        effects={"gain": gain(measured_by={"indicator": "falls-avoided"})},
        measurements=[{"indicator": n, "period": 2025} for n in (DAYS, "electricity-saved")],
        monitoring={
            "indicators": {"trees": {"measure": "flow"}},
            "forecasts": [{"indicator": "natural-gas-saved", "period": 2025, "made": "2025-01-01",
                           "mean": 2, "p05": 1, "p95": 3}],
        },
    )  # fmt: skip
    assert problems == []
    named = sorted([DAYS, "electricity-saved", "falls-avoided", "natural-gas-saved"])
    assert list(indicators) == ["trees", *named]


def test_all_problems_at_once_each_at_its_place() -> None:
    record = {"period": 2025, "status": "approved"}
    _, problems = found(
        effects={
            "a": gain(measured_by="bees"),
            "b": gain(measured_by={"indicator": "members"}),
        },
        measurements=[
            {"indicator": "members", "numerator": 1, "denominator": 2, **record},
            {"indicator": "satisfied", "value": 1, **record},
        ],
        monitoring={
            "indicators": {
                "members": {"measure": "stock", "baseline": 5, "target": 4},
                "satisfied": {"measure": "ratio"},
                "trees": {},
            }
        },
    )
    assert problems == [
        ("measure-missing", "monitoring.indicators.trees"),
        ("unknown-measured-indicator", "effects.a.measured_by"),
        ("parts-of-no-ratio", "measurements.0.numerator"),
        ("ratio-needs-parts", "measurements.1.value"),
        ("level-without-factor", "effects.b.measured_by"),
        ("target-against-direction", "monitoring.indicators.members.target"),
    ]


def test_the_end_target_of_a_flow_is_a_total_and_has_no_baseline_to_lie_beyond() -> None:
    plan = {"measure": "flow", "direction": "decrease", "baseline": 5, "target": 20}
    assert found(monitoring={"indicators": {"fires": plan}})[1] == []


def test_against_the_direction() -> None:
    assert [is_against("increase", 5, target) for target in (4, 5, 6)] == [True, False, False]
    assert [is_against("decrease", 5, target) for target in (4, 5, 6)] == [False, False, True]


def test_a_case_that_follows_nothing() -> None:
    assert found() == ({}, [])
