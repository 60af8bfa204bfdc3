"""Operators between single values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.workbook.calculating import value

from impactmonitor.intake.workbook.operators import calculated, decimal_rounded, is_near, order
from impactmonitor.intake.workbook.scalars import CellError, UnknownFormula

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.one_of(FLOATS, st.sampled_from(["", "a", "B", "12"]), st.none())


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("1/0", "#DIV/0!"),
        ("0^-1", "#DIV/0!"),
        ("(-2)^0.5", "#NUM!"),
        ("2^1024", "#NUM!"),
        ("1E200*1E200", "#NUM!"),
        ("1E300/1E-300", "#NUM!"),
        ('1+"a"', "#VALUE!"),
        ('1+""', "#VALUE!"),
        ('"a"+1/0', "#VALUE!"),
        ('"a"&1/0', "#DIV/0!"),
        ("1/0=1/0", "#DIV/0!"),
        ('"12"+1', 13),
        ("TRUE+TRUE", 2),
        ("0.1+0.2=0.3", True),
        ("0.1+0.2<=0.3", True),
        ("0.1+0.2>0.3", False),
        ("0.3>=0.1+0.2", True),
        ("0.3<0.1+0.2", False),
        ("0.3<>0.1+0.2", False),
        ("0.3-0.2-0.1", 0),
        ("1-0.9-0.1+0", 0),
        ("-0.3+(0.1+0.2)", 0),
        ('"a"="A"', True),
        ('"a"<"B"', True),
        ('"a b"<"ab"', True),
        ('""<"a"', True),
        ('9<"1"', True),
        ('"é"="É"', True),
        ('"é"<>"e"', True),
        ("TRUE=TRUE", True),
        ("TRUE>FALSE", True),
        ("TRUE>0", True),
        ('TRUE="a"', False),
        ("4503599627370497=4503599627370496", False),
    ],
)
def test_between_two_values(formula: str, expected: object) -> None:
    assert value(formula) == expected


@pytest.mark.parametrize(
    "formula",
    ["0^0", "(-8)^(1/3)", "0.5^5000", "TRUE=1", "TRUE>5", '"é"<"f"', '"a-b"<"a_b"', 'TRUE>"a"',
     "TRUE&1", '"1.5"*2'],
)  # fmt: skip
def test_where_spreadsheets_differ_there_is_no_value(formula: str) -> None:
    with pytest.raises(UnknownFormula):
        value(formula)


@given(FLOATS, FLOATS, st.sampled_from(["+", "-", "*", "/", "=", "<>", "<", "<=", ">", ">="]))
def test_the_short_way_for_numbers_is_the_long_one(x: float, y: float, sign: str) -> None:
    formula = {"A1": x, "B1": y}
    expected = calculated(sign, x, y)
    result = value(f"A1{sign}B1", **formula)
    assert result == (expected.code if isinstance(expected, CellError) else expected)
    assert type(result) is type(expected) or isinstance(expected, CellError)


@given(SCALARS, SCALARS)
def test_an_order_is_the_opposite_from_the_other_side(x: object, y: object) -> None:
    assert order(x, y) == -order(y, x)
    assert calculated("=", x, y) is not calculated("<>", x, y)
    assert calculated("<", x, y) is calculated(">", y, x)


@given(st.floats(-1e300, 1e300))
def test_a_number_is_near_itself_only(x: float) -> None:
    assert is_near(x, x)
    assert not is_near(x, x * (1 + 1e-12) + 1e-300)


@pytest.mark.parametrize(
    ("value_", "digits", "expected"),
    [(0.5, 0, 1), (-0.5, 0, -1), (2.675, 2, 2.68), (1.005, 2, 1.01), (1234.5, -2, 1200),
     (55, -3, 0), (1e15, 2, 1e15), (0.1 + 0.2, 16, 0.3), (1e-9, 3, 0)],
)  # fmt: skip
def test_rounding_is_half_away_from_zero(value_: float, digits: int, expected: float) -> None:
    assert float(decimal_rounded(value_, digits)) == expected
