"""Answers to the questions of frameworks: forms, and what they stand for."""

from typing import Any

import pytest
from pydantic import ValidationError
from tests.small import case, cost

from impactmonitor.model.scores import Assessment, assessments


def answer(value: Any) -> Any:
    found = case(costs={"work": cost()}, scores={"f": {"i": value}})
    return found.scores["f"]["i"]


def test_a_bare_number_is_a_level_where_levels_are_asked() -> None:
    assert assessments(answer(3), is_level=True) == (Assessment(level=3),)
    assert assessments(answer(3), is_level=False) == (Assessment(value=3),)
    assert assessments(answer(2.5), is_level=True) == (Assessment(value=2.5),)
    assert assessments(answer(0), is_level=True) == (Assessment(value=0),)


def test_several_assessors() -> None:
    found = assessments(answer([3, "unknown", {"level": 2, "assessor": "A"}]), is_level=True)
    assert [one.stands_for for one in found] == ["value", "unknown", "value"]
    assert [one.level for one in found] == [3, None, 2]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "unknown"),
        ({"level": 1}, "value"),
        ({"value": 0}, "value"),
        ({"numerator": 0, "denominator": 5}, "value"),
        ({"status": "none"}, "none"),
        ({"status": "not-applicable", "reason": "No roofs"}, "not-applicable"),
    ],
)
def test_what_it_stands_for(fields: dict[str, Any], status: str) -> None:
    assert Assessment.model_validate(fields).stands_for == status


def test_a_ratio_is_a_number() -> None:
    assert Assessment(numerator=1, denominator=4).number == 0.25
    assert Assessment(value=3).number == 3
    assert Assessment(level=3).number is None


@pytest.mark.parametrize("value", ["high", "n.a.", True, None, [], {"level": 0}, {"levl": 1}])
def test_what_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        answer(value)
