"""INDEX and MATCH find what both spreadsheets find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.workbook.calculating import value

from impactmonitor.intake.workbook.scalars import UnknownFormula

CELLS = {
    "A1": 1, "B1": 2, "C1": 3, "A2": 4, "B2": 5, "C2": 6,
    "E1": 1, "E2": "abc", "E4": 0, "E5": "", "E6": "ABD", "E7": "a*c", "E8": "=1/0", "E9": True,
    "F1": 1, "F2": 1, "F3": 2, "F4": 5, "G1": 9, "G2": 7, "G3": 4, "H1": "a", "H2": "b", "H3": "d",
    "I1": 3, "I2": 1, "I3": 2,
}  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("INDEX(A1:C2,2,3)", 6),
        ("INDEX(A1:C1,2)", 2),
        ("INDEX(A1:A2,2)", 4),
        ("INDEX(A1:C2,2.9,1.2)", 4),
        ("INDEX(A1:A1,1)", 1),
        ("INDEX(A1,1)", 1),
        ("INDEX(A1:C2,3,1)", "#REF!"),
        ("INDEX(A1:C2,1,4)", "#REF!"),
        ("INDEX(A1:C2,2)", "#REF!"),
        ("INDEX(A1:C1,4)", "#REF!"),
        ("INDEX(A1:C1,-1)", "#VALUE!"),
        ('INDEX(A1:C1,"x")', "#VALUE!"),
        ("INDEX(E1:E9,8)", "#DIV/0!"),
        ('INDEX(E1:E9,3)&"x"', "x"),
        ("ISBLANK(INDEX(E1:E9,3))", True),
        ("SUM(INDEX(A1:C2,2,0))", 15),
        ("SUM(INDEX(A1:C2,0,2))", 7),
        ("SUM(INDEX(A1:C2,0,0))", 21),
        ("SUM(INDEX(A1:C1,0))", 6),
        ("SUM(INDEX(A1:C2,3,0))", "#REF!"),
        ("SUM(INDEX(E1:E9,2))", 0),
        ("COUNTIF(INDEX(A1:C2,2,0),5)", 1),
        ("COUNTIF(INDEX(A1:C2,5,0),5)", "#REF!"),
        ("ROWS(INDEX(A1:C2,0,1))", 2),
        ("SUMPRODUCT(INDEX(A1:C2,2,0)*A1:C1)", 32),
        ("SUMPRODUCT(INDEX(A1:C2*2,2,0),A1:C1)", 64),
        ("SUMPRODUCT(INDEX(A1:C2,2,2)*A1:C1)", 30),
        ("SUMPRODUCT(INDEX(A1:C2*2,2,2)*A1:C1)", 60),
        ("MATCH(2,A1:C1,0)", 2),
        ("MATCH(4,A1:A2,0)", 2),
        ("MATCH(9,A1:C1,0)", "#N/A"),
        ("MATCH(1,A1:C2,0)", "#N/A"),
        ("MATCH(1/0,A1:C1,0)", "#DIV/0!"),
        ("MATCH(0,E1:E7,0)", 4),
        ('MATCH("ABC",E1:E7,0)', 2),
        ('MATCH("",E1:E7,0)', 5),
        ('MATCH("ab?",E1:E7,0)', 2),
        ('MATCH("a~*c",E1:E7,0)', 7),
        ('MATCH("zz*",E1:E7,0)', "#N/A"),
        ("MATCH(TRUE,E2:E9,0)", 8),
        ("MATCH(TRUE,INDEX(A1:C1>1,0),0)", 2),
        ("MATCH(6,INDEX(A1:C1*2,0),0)", 3),
        ("MATCH(1,F1:F4)", 2),
        ("MATCH(4,F1:F4,1)", 3),
        ("MATCH(9,F1:F4,1)", 4),
        ("MATCH(0,F1:F4,1)", "#N/A"),
        ('MATCH("c",H1:H3,1)', 2),
        ("MATCH(7,G1:G3,-1)", 2),
        ("MATCH(5,G1:G3,-1)", 2),
        ("MATCH(10,G1:G3,-1)", "#N/A"),
        ("MATCH(INDEX(E1:E9,8),A1:C1,0)", "#DIV/0!"),
    ],
)
def test_what_is_found(formula: str, expected: object) -> None:
    assert value(formula, **CELLS) == expected


@pytest.mark.parametrize(
    "formula",
    [
        "INDEX(A1:C2,0,1)", "INDEX(A1:C1,0)+1", "INDEX(A1:C1*2,1)", "SUM(INDEX(A1:C1*2,0))",
        "INDEX(5,1)", "MATCH(E3,A1:C1,0)", "MATCH(1,E9:E9,0)", "MATCH(TRUE,E1:E9,0)",
        'MATCH("*",E1:E7,0)', "MATCH(2,I1:I3,1)", "MATCH(2,F1:F4,-1)", "MATCH(1,E1:E7,1)",
        "MATCH(TRUE,E9:E9,1)", "MATCH(2,A1:C1*1,0)", "MATCH(1,A1,0)", "MATCH(0.3,J1:J2,0)",
        "MATCH(0.3,J1:J3,0)", "MATCH(1,INDEX(A1:A2+{1},0),0)",
    ],
)  # fmt: skip
def test_where_spreadsheets_differ_there_is_no_value(formula: str) -> None:
    with pytest.raises(UnknownFormula):
        value(formula, **CELLS, J1=0.1 + 0.2, J2=0.3, J3="x")


@given(st.lists(st.integers(0, 20), min_size=1, max_size=15), st.integers(-1, 21))
def test_the_first_equal_and_the_last_not_above(numbers: list[int], wanted: int) -> None:
    ordered = sorted(numbers)
    n = len(numbers)
    cells = {f"A{i + 1}": each for i, each in enumerate(numbers)}
    cells |= {f"B{i + 1}": each for i, each in enumerate(ordered)}
    equal = numbers.index(wanted) + 1 if wanted in numbers else "#N/A"
    not_above = sum(each <= wanted for each in ordered) or "#N/A"
    assert value(f"MATCH(C1,A1:A{n},0)", **cells, C1=wanted) == equal
    assert value(f"MATCH(C1,B1:B{n},1)", **cells, C1=wanted) == not_above
