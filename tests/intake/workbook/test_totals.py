"""Sums, counts and extremes: what of a range counts, and what of a value does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.workbook.calculating import value

from impactmonitor.intake.workbook.scalars import UnknownFormula

CELLS = {"A1": 4, "A2": "abc", "A4": "12", "A5": "", "A6": -1.5, "B1": "=1/0", "C1": True}
NONE = {"A1": "abc"}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(A1:A6)", 2.5),
        ("SUM(A1,A2,A3,A4,3)", 7),
        ("SUM(TRUE,1)", 2),
        ('SUM("abc")', "#VALUE!"),
        ("SUM(A1:B6)", "#DIV/0!"),
        ("SUM(A1:A6,B1)", "#DIV/0!"),
        ("SUM(A3:A3)", 0),
        ("PRODUCT(A1:A6)", -6),
        ("PRODUCT(A2:A5)", 0),
        ("PRODUCT(A1,A2)", 4),
        ("AVERAGE(A1:A6)", 1.25),
        ("AVERAGE(A2:A5)", "#DIV/0!"),
        ("MIN(A1:A6)", -1.5),
        ("MIN(A1:A6,-9)", -9),
        ("MIN(A2:A5)", 0),
        ("MAX(A1:A6)", 4),
        ("MAX(A2,-3)", -3),
        ("MAX(A2:A5)", 0),
        ("MAX(0,A1-9)", 0),
        ("MAX(TRUE,0.5)", 1),
        ("COUNT(A1:A6)", 2),
        ("COUNT(A1:B6,7)", 3),
        ("COUNTA(A1:B6)", 6),
        ("COUNTA(A3)", 0),
        ("COUNTBLANK(A1:A6)", 2),
        ("COUNTBLANK(A3)", 1),
        ("SUMPRODUCT(A1:A6)", 2.5),
        ("SUMPRODUCT(A1:A6,A1:A6)", 18.25),
        ("SUMPRODUCT(A1:A6,A1:A5)", "#VALUE!"),
        ("SUMPRODUCT(A1:A2,2)", "#VALUE!"),
        ("SUMPRODUCT(A1,2)", 8),
        ("SUMPRODUCT(A2,2)", 0),
        ("SUMPRODUCT(A1:B6)", "#DIV/0!"),
        ("AND(A1:A6)", True),
        ("AND(A1,A3)", True),
        ("AND(A2:A5)", "#VALUE!"),
        ('AND("abc",TRUE)', "#VALUE!"),
        ("AND(B1,FALSE)", "#DIV/0!"),
        ("AND(C1,A1)", True),
        ("AND(C1,0)", False),
        ("OR(0,A6)", True),
        ("OR(0,FALSE)", False),
        ("AND(IF(C1,TRUE,FALSE))", True),
    ],
)
def test_what_counts(formula: str, expected: object) -> None:
    assert value(formula, **CELLS) == expected


@pytest.mark.parametrize(
    "formula",
    [
        # Excel leaves booleans in ranges out, LibreOffice counts them
        "SUM(C1)", "SUM(A1,C1:C2)", "SUM(C1:C2)", "MAX(C1:C2)", "COUNT(C1:C2)", "SUMPRODUCT(C1:C2)",
        "SUMPRODUCT(A1:A6>0)", "SUMPRODUCT(A1:A6,A1:A6)+SUMPRODUCT((A1:A6>0),A1:A6)", "COUNT(TRUE)",
        # text as an argument is a number in one of them
        'SUM("12")', 'MAX(A1&"")',
        # a choice is a cell in one of them, and a value in the other
        "SUM(IF(TRUE,A2,1))", "SUM(IF(TRUE,A3,1))", "SUM(IFERROR(C1,1))", "SUM(CHOOSE(1,C1))",
        # arrays where only one value is expected
        "SUM(A1:A6*2)", "MAX(ABS(A1:A6))", "AND(A1:A6>0)",
    ],
)  # fmt: skip
def test_where_spreadsheets_differ_there_is_no_value(formula: str) -> None:
    with pytest.raises(UnknownFormula):
        value(formula, **CELLS)


@given(st.lists(st.one_of(st.integers(-1000, 1000), st.none(), st.just("x")), max_size=12))
def test_of_a_range_only_numbers_count(amounts: list) -> None:
    cells = {f"A{i + 1}": each for i, each in enumerate(amounts)}
    numbers = [each for each in amounts if isinstance(each, int)]
    assert value("SUM(A1:A12)", **cells) == sum(numbers)
    assert value("COUNT(A1:A12)", **cells) == len(numbers)
    assert value("COUNTA(A1:A12)", **cells) == sum(each is not None for each in amounts)
    assert value("MAX(A1:A12)", **cells) == max(numbers, default=0)
    assert value("MIN(A1:A12)", **cells) == min(numbers, default=0)
    assert value("SUMPRODUCT(A1:A12,A1:A12)", **cells) == sum(x * x for x in numbers)
