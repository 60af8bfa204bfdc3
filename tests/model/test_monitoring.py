"""What a case follows: the form of its records, and what holds by default."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from tests.small import case, cost, gain

from impactmonitor.model.lines import MeasuredBy, measured_by_of
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.monitoring import Monitoring
from impactmonitor.model.validation import problems_of


def problems(**fields: Any) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        Monitoring.model_validate(fields)
    return [(p.code, p.path) for p in problems_of(caught.value, Monitoring)]


def test_what_holds_where_a_case_says_nothing() -> None:
    found = monitoring_of(case(costs={"work": cost()}))
    assert found == Monitoring()
    assert (found.cumulate_by, found.suppress_under) == ("reporter", 5)
    assert (found.thresholds.on_track, found.thresholds.near) == (0.9, 0.7)


def test_both_questions_about_a_period_have_to_be_answered() -> None:
    assert problems(lessons={"2025": {}}) == [
        ("missing-field", "lessons.2025.went_wrong"),
        ("missing-field", "lessons.2025.learned"),
    ]
    assert problems(lessons={"2025Q7": {"went_wrong": "A", "learned": "B"}}) == [
        ("not-a-period", "lessons.2025Q7")
    ]


def test_forms_of_the_other_parts() -> None:
    assert problems(suppress_under=0) == [("too-low", "suppress_under")]
    assert problems(thresholds={"near": 2}) == [("too-high", "thresholds.near")]
    assert problems(dimensions={"sex": {"categories": {}}}) == [
        ("too-few", "dimensions.sex.categories")
    ]
    assert problems(indicators={"trees": {"target": "many"}}) == [
        ("word-for-a-figure", "indicators.trees.target")
    ]
    assert problems(periods={"sy": {"first": "2025-08-01"}}) == [
        ("missing-field", "periods.sy.last")
    ]
    assert problems(indicators={"trees": {"measure": "mean"}}) == [
        ("not-one-of", "indicators.trees.measure")
    ]


def test_measured_by_an_id_or_with_a_share_and_factors() -> None:
    plain = case(effects={"gain": gain(measured_by="trees")}).effects["gain"]
    full = case(
        effects={"gain": gain(measured_by={"indicator": "trees", "factors": {"leaves": 9}})}
    ).effects["gain"]
    assert plain.measured_by == "trees"
    assert full.measured_by is not None
    assert measured_by_of("trees") == MeasuredBy(indicator="trees")
    assert measured_by_of(full.measured_by).factors == {"leaves": 9}
