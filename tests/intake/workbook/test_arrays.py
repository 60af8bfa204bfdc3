"""Whole ranges at once give what cell by cell would give."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.workbook.calculating import value

from impactmonitor.intake.workbook.arrays import by_cell, gathered, operated, settled
from impactmonitor.intake.workbook.operators import calculated
from impactmonitor.intake.workbook.scalars import CellError, UnknownFormula

ROWS = st.lists(
    st.one_of(st.floats(-1e6, 1e6), st.sampled_from([0.0, 1.0, 2.0, 0.1 + 0.2, 0.3])),
    min_size=3,
    max_size=3,
)
SIGNS = st.sampled_from(["+", "-", "*", "/", "=", "<>", "<", "<=", ">", ">="])
MIXED = {"A1": 1, "A2": "abc", "A4": 0, "A5": "", "A6": -2.5, "B1": 1, "B2": 2, "B3": 3}
MIXED |= {"B4": 4, "B5": 5, "B6": 6}


@given(ROWS, ROWS, SIGNS)
def test_at_once_is_cell_by_cell(one: list[float], other: list[float], sign: str) -> None:
    x, y = np.array([one]), np.array([other])
    expected = gathered([calculated(sign, *pair) for pair in zip(one, other, strict=True)], (1, 3))
    with np.errstate(all="ignore"):
        result = operated(sign, x, y)
    assert result.dtype == expected.dtype
    assert result.tolist() == expected.tolist()


@given(ROWS, ROWS, SIGNS)
def test_a_row_with_a_column_is_a_table(one: list[float], other: list[float], sign: str) -> None:
    x, y = np.array([one]), np.array([other]).T
    with np.errstate(all="ignore"):
        result = operated(sign, x, y)
    for i, j in itertools.product(range(3), range(3)):
        assert settled(result[i, j]) == calculated(sign, one[j], other[i])


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUMPRODUCT((A1:A6=0)*B1:B6)", 3 + 4),
        ('SUMPRODUCT((A1:A6="")*B1:B6)', 3 + 5),
        ('SUMPRODUCT((A1:A6="ABC")*B1:B6)', 2),
        ('SUMPRODUCT((A1:A6<>"abc")*B1:B6)', 19),
        ("SUMPRODUCT((A1:A6=A2)*B1:B6)", 2),
        ("SUMPRODUCT((A1:A6<0)*B1:B6)", 6),
        ('SUMPRODUCT((A1:A6>"a")*B1:B6)', 2),
        ("SUMPRODUCT(A1:A6*B1:B6)", "#VALUE!"),
        ("SUMPRODUCT(B1:B3/A4:A6)", "#DIV/0!"),
        ("SUMPRODUCT(B1:B3/A3:A3)", "#DIV/0!"),
        ("SUMPRODUCT(B1:B3*(A2&1))", "#VALUE!"),
        ("SUMPRODUCT(2^B1:B3)", 14),
        ("SUMPRODUCT((B1:B3-2)^2)", 2),
        ("SUMPRODUCT((B1:B3-2)^0.5)", "#NUM!"),
        ("SUMPRODUCT(B1:B3^(B1:B3*1000))", "#NUM!"),
        ("SUMPRODUCT(B1:B3*1E308*10)", "#NUM!"),
        ("SUMPRODUCT(LEN(A1:A6&B1:B6))", 1 + 3 + 0 + 1 + 0 + 4 + 6),
        ("SUMPRODUCT(ROUND(B1:B3/2,B1:B3-2))", 0 + 1 + 1.5),
    ],
)
def test_ranges_with_anything_in_them(formula: str, expected: object) -> None:
    assert value(formula, **MIXED) == expected


@pytest.mark.parametrize(
    "formula", ["SUMPRODUCT(B1:B3*B1:B2)", "SUMPRODUCT(ROUND(B1:B3,B1:B2))", "SUMPRODUCT(0^A3:A4)"]
)
def test_sizes_and_powers_on_which_spreadsheets_differ(formula: str) -> None:
    with pytest.raises(UnknownFormula):
        value(formula, **MIXED)


def test_a_function_for_each_cell() -> None:
    result = by_cell(lambda x, y: x + y, [np.array([[1.0, 2.0]]), np.array([[10.0], [20.0]])])
    assert result.tolist() == [[11, 12], [21, 22]]


def test_one_value_is_a_plain_one() -> None:
    for given_, expected in [
        (np.float64(2), 2.0), (np.bool_(True), True), (np.array([[3.0]]), 3.0), (None, None),
        (np.array([[CellError.NA]], dtype=object), CellError.NA),
    ]:  # fmt: skip
        assert settled(given_) == expected
        assert type(settled(given_)) is type(expected)
    with pytest.raises(UnknownFormula):
        settled(np.array([1.0, 2.0]))
