"""Totals and their parts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measuring.records import AGE, SEX, record

from impactmonitor.measuring.aggregating import Aggregation
from impactmonitor.measuring.agreeing import (
    agrees,
    combinations_of,
    disagreements,
    missing_parts,
)
from impactmonitor.measuring.figures import Figure, ratio
from impactmonitor.model.monitoring import Dimension

FLOW, RATIO = Aggregation("flow"), Aggregation("ratio")
DIMENSIONS = {"sex": SEX, "age": AGE}


def men(value: float, **fields: Any) -> Any:
    return record(value=value, disaggregation={"sex": "men"}, **fields)


def women(value: float, **fields: Any) -> Any:
    return record(value=value, disaggregation={"sex": "women"}, **fields)


def test_a_total_that_is_not_the_sum_of_its_parts() -> None:
    (found,) = disagreements([men(4), women(5), record(value=10)], FLOW, DIMENSIONS)
    assert (found.total, found.parts, found.dimensions) == (Figure(10), Figure(9), ("sex",))
    assert found.period.name == "2025"


@pytest.mark.parametrize(
    "records",
    [
        [men(4), women(6), record(value=10)],
        [men(4), record(value=10)],
        [men(4), women(5)],
        [men(4), women(5), record(value=10, differs_because="Some gave no answer")],
        [men(4, differs_because="Counted later"), women(5), record(value=10)],
        [men(4, reporter="a"), women(5, reporter="a"), record(value=10, reporter="b")],
        [men(0.1), women(0.2), record(value=0.3)],
    ],
)
def test_no_complaint_where_it_agrees_or_says_why_or_cannot_be_known(records: Any) -> None:
    assert disagreements(records, FLOW, DIMENSIONS) == []


def test_a_ratio_agrees_in_both_of_its_parts() -> None:
    halves = [
        record(numerator=1, denominator=2, disaggregation={"sex": sex}) for sex in ("men", "women")
    ]
    assert disagreements([*halves, record(numerator=2, denominator=4)], RATIO, DIMENSIONS) == []
    found = disagreements([*halves, record(numerator=4, denominator=8)], RATIO, DIMENSIONS)
    assert [one.parts for one in found] == [ratio(2, 4)]
    assert not agrees(ratio(0, 0), ratio(0, 1))


def test_parts_without_the_others_give_no_total() -> None:
    (found,) = missing_parts([men(4)], FLOW, DIMENSIONS)
    assert found.missing == ((("sex", "women"),),)
    assert missing_parts([men(4), women(0)], FLOW, DIMENSIONS) == []
    assert missing_parts([men(4), record(value=9)], FLOW, DIMENSIONS) == []
    assert missing_parts([], FLOW, DIMENSIONS) == []


def test_too_many_combinations_are_not_listed() -> None:
    many = Dimension.model_validate({"categories": {f"c{i}": {} for i in range(40)}})
    assert combinations_of(("a", "b"), {"a": many, "b": many}) == ()
    assert combinations_of(("nobody",), DIMENSIONS) == ()


@given(
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(-2, 2),
)
def test_two_dimensions_and_their_crossing(a: int, b: int, c: int, d: int, off: int) -> None:
    """Only the breakdown that does not add up is named."""
    cells = {("old", "men"): a, ("old", "women"): b, ("young", "men"): c, ("young", "women"): d}
    records = [
        record(value=value, disaggregation={"age": age, "sex": sex})
        for (age, sex), value in cells.items()
    ]
    records += [men(a + c + off), women(b + d), record(value=a + b + c + d)]
    found = disagreements(records, FLOW, DIMENSIONS)
    assert [one.dimensions for one in found] == ([("sex",)] if off else [])
