"""IF, IFERROR, CHOOSE and the places of cells."""

from __future__ import annotations

import pytest
from tests.intake.workbook.calculating import FORMULA, value

from impactmonitor.intake.workbook.scalars import UnknownFormula


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("IF(1,2,3)", 2),
        ("IF(0,2,3)", 3),
        ("IF(A9,2,3)", 3),
        ("IF(FALSE,2)", False),
        ("IF(TRUE,,3)", 0),
        ("IF(FALSE,2,)", 0),
        ("IF(1/0,2,3)", "#DIV/0!"),
        ('IF("a",2,3)', "#VALUE!"),
        ("IF(TRUE,1,1/0)", 1),
        ("IF(A1>0,IF(A1>1,2,1),0)", 1),
        ('IF(TRUE,A9)&"x"', "x"),
        ("IF(TRUE,A9)", 0),
        ("IFERROR(1/0,7)", 7),
        ("IFERROR(A1,7)", 1),
        ("IFERROR(A9,7)", 0),
        ("IFERROR(1/0,)", 0),
        ("IFERROR(1/0,1/0)", "#DIV/0!"),
        ('CHOOSE(2,"a","b")', "b"),
        ("CHOOSE(2.9,1,2)", 2),
        ("CHOOSE(0,1,2)", "#VALUE!"),
        ("CHOOSE(3,1,2)", "#VALUE!"),
        ("CHOOSE(1/0,1,2)", "#DIV/0!"),
        ("CHOOSE(1,1,1/0)", 1),
        ("ROW()", FORMULA[1]),
        ("COLUMN()", FORMULA[2]),
        ("ROW($B7)", 7),
        ("COLUMN($B7)", 2),
        ("ROW(B7:C7)", 7),
        ("ROWS(B7:C9)", 3),
        ("COLUMNS(B7:C9)", 2),
        ("ROWS(B7)", 1),
        ("SUMPRODUCT(COLUMN(A1:C1)*ROW(A1:A2))", 18),
    ],
)
def test_what_is_chosen(formula: str, expected: object) -> None:
    assert value(formula, A1=1) == expected


@pytest.mark.parametrize("formula", ["ROW(A1:A3)", "COLUMN(A1:C1)", 'IF("TRUE",1,2)', "ROW(5)"])
def test_where_spreadsheets_differ_there_is_no_value(formula: str) -> None:
    with pytest.raises(UnknownFormula):
        value(formula, A1=1)
