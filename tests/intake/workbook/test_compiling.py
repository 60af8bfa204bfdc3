"""A range is taken where a function takes one, and is refused elsewhere."""

from __future__ import annotations

import pytest
from tests.intake.workbook.calculating import calculator, key, value

from impactmonitor.intake.workbook.compiling import Compiler
from impactmonitor.intake.workbook.formula import cut
from impactmonitor.intake.workbook.grid import Sheet
from impactmonitor.intake.workbook.scalars import UnknownFormula

CELLS = {"A1": 1, "A2": 2, "B1": 10, "B2": 20, "C1": True}


@pytest.mark.parametrize(
    "formula",
    ["A1:A2", "A1:A2+1", "A1:A1", "ABS(A1:A2)", "IF(A1:A2>0,1,0)", "A1:A2&A1", "-A1:A2",
     "SUMPRODUCT(IF(A1:A2>0,1,0)*A1:A2)", "SUMPRODUCT(IFERROR(A1:A2/0,0)*1)", "LEN(A1:A2)",
     "CHOOSE(1,A1:A2,B1:B2)", "SUMPRODUCT(SUMIFS(A1:A2,A1:A2,A1:A2))", "MAX(A1:A2*B1:B2)",
     "SUMPRODUCT(CHOOSE(A1:A2,1,2))", "MATCH(A1:A2,A1:A2,0)"],
)  # fmt: skip
def test_a_range_where_one_value_is_expected(formula: str) -> None:
    with pytest.raises(UnknownFormula):
        value(formula, **CELLS)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUMPRODUCT(A1:A2*B1:B2)", 50),
        ("SUMPRODUCT(ABS(-A1:A2))", 3),
        ("SUMPRODUCT(MAX(A1:A2*B1:B2))", 40),
        ("SUMPRODUCT(SUM(A1:A2*2,1))", 7),
        ("SUMPRODUCT((A1:A2)*IF(C1,3,0))", 9),
        ("SUMPRODUCT(A1:A2*MATCH(20,B1:B2,0))", 6),
        ('SUMPRODUCT(A1:A2*SUMIFS(B1:B2,A1:A2,">1"))', 60),
        ("SUMPRODUCT(CHOOSE(2,A1:A2,B1:B2)*A1:A2)", 50),
        ("SUM(CHOOSE(2,A1:A2,B1:B2))", 30),
        ("SUM(CHOOSE(3,A1:A2,B1:B2))", "#VALUE!"),
        ("SUM(CHOOSE(1,A1,B1),1)", 2),
        ("SUMPRODUCT(ROW(A1:A2)*A1:A2)", 5),
        ("SUMPRODUCT(A1*2)", 2),
        ("SUM(A1:A1)", 1),
    ],
)
def test_arrays_inside_a_function_that_takes_them(formula: str, expected: object) -> None:
    assert value(formula, **CELLS) == expected


def test_a_program_runs_again_with_other_references() -> None:
    sheet = Sheet("S")
    cells = [sheet.cell(row, 1) for row in (1, 2, 3)]
    for cell, number in zip(cells, (1.0, 2.0, 4.0), strict=True):
        cell.value = number
    sheet.fill()
    program = Compiler({}).program(cut("A1*10+A2")[0])
    assert program([None, cells[0], cells[1]]) == 12
    assert program([None, cells[1], cells[2]]) == 24


def test_formulas_of_one_shape_share_a_program() -> None:
    sheet = calculator({"A1": 1, **{f"{new}1": f"={old}1*2" for old, new in ("AB", "BC", "CD")}})
    assert sheet.value(key("D1")) == 8
    assert len(sheet._programs) == 1
