"""Cells and ranges, and what they say of values that are not there yet."""

from __future__ import annotations

import numpy as np
import pytest

from impactmonitor.intake.workbook.grid import (
    EMPTY,
    ERROR,
    NUMBER,
    PENDING,
    TEXT,
    TRUTH,
    UNKNOWN,
    NotReady,
    Sheet,
    caught,
)
from impactmonitor.intake.workbook.scalars import CellError, Fails, UnknownFormula


@pytest.fixture
def sheet() -> Sheet:
    """A1 1, B1 "Ab", A2 TRUE, B2 an error, C2 not yet calculated; C1 is empty."""
    made = Sheet("S")
    values = {(1, 1): 1.0, (1, 2): "Ab", (2, 1): True, (2, 2): CellError.NA, (2, 3): UNKNOWN}
    for (row, column), value in values.items():
        made.cell(row, column).value = value
    made.area(1, 1, 3, 4)
    made.fill()
    return made


def test_kinds_and_numbers(sheet: Sheet) -> None:
    area = sheet.area(1, 1, 2, 3)
    assert area.kinds.tolist() == [[NUMBER, TEXT, EMPTY], [TRUTH, ERROR, PENDING]]
    assert area.numbers.tolist() == [[1, 0, 0], [1, 0, 0]]


def test_a_range_waits_for_its_cells(sheet: Sheet) -> None:
    area = sheet.area(1, 1, 3, 4)
    for read in ("present", "scalars", "lowered"):
        with pytest.raises(NotReady) as needed:
            getattr(area, read)
        assert [str(cell) for cell in needed.value.cells] == ["'S'!C2"]
    with pytest.raises(NotReady):
        sheet.cell(2, 3).area.one()
    sheet.keep(sheet.cell(2, 3), 7.0)
    assert area.present == EMPTY | NUMBER | TEXT | TRUTH | ERROR
    assert area.scalars[:2].tolist() == [[1.0, "Ab", None, None], [True, CellError.NA, 7.0, None]]
    assert area.lowered[0].tolist() == [1.0, "ab", "", ""]
    assert area.first_error() is CellError.NA
    assert sheet.cell(2, 3).area.one() == 7.0


def test_cells_and_ranges_are_the_same_ones_each_time(sheet: Sheet) -> None:
    assert sheet.cell(1, 1) is sheet.cell(1, 1)
    assert sheet.area(1, 1, 2, 2) is sheet.area(1, 1, 2, 2)
    assert np.shares_memory(sheet.area(1, 1, 2, 2).numbers, sheet.numbers)


def test_one_value_of_a_range_of_several(sheet: Sheet) -> None:
    with pytest.raises(UnknownFormula):
        sheet.area(1, 1, 1, 2).one()
    assert sheet.area(3, 3, 3, 3).one() is None


def test_names_of_cells() -> None:
    made = Sheet("It")
    names = {(1, 1): "A1", (3, 26): "Z3", (1, 27): "AA1", (9, 702): "ZZ9", (1, 16384): "XFD1"}
    assert {place: str(made.cell(*place)) for place in names} == {
        place: f"'It'!{name}" for place, name in names.items()
    }


def test_an_empty_sheet_has_no_cells() -> None:
    made = Sheet("S")
    made.fill()
    assert made.kinds.shape == (1, 1)


def test_what_fails_becomes_the_value() -> None:
    def failing(_: object) -> float:
        raise Fails(CellError.REF)

    assert caught(failing)([]) is CellError.REF
