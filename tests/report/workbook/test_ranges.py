"""A simulation in a workbook is out of date once a range is another one, totals or no totals."""

from __future__ import annotations

from typing import Any

import pytest
from tests.report.simulated import UNSURE, certain, unsure
from tests.report.workbook.comparing import live
from tests.report.workbook.test_simulated import written_of
from tests.small import gain

from impactmonitor.intake.workbook.calculate import Calculator
from impactmonitor.report.workbook.writing import Written


def status_after(written: Written, changes: dict[tuple[str, str, int], Any]) -> Any:
    """What the sheet says of itself after cells were changed: by table, column and row."""
    layout = written.book.layout
    constants = written.book.constants()
    for (table, key, index), value in changes.items():
        at = layout.cell(table, key, index)
        constants[layout.sheet_name(at.sheet), at.row, at.column] = value
    names = {
        n: (layout.sheet_name(a.sheet), a.row, a.column) for n, a in written.book.names.items()
    }
    calculator = Calculator(constants, written.book.formulas(), names)
    at = written.outcome.places.cells["computed.status"]
    return calculator.value((layout.sheet_name(at.sheet), at.row, at.column))


@pytest.fixture(scope="module")
def written() -> Written:
    help_ = {**UNSURE["effects"]["help"], "quantity": {"pert": [0, 10, 20]}}
    found = written_of(unsure(effects={"help": help_}))
    assert live(found)["computed.status"] == "UP TO DATE"
    return found


def rows_of(written: Written, table: str, key: str) -> list[Any]:
    layout, pages = written.book.layout, written.book.pages
    places = [layout.cell(table, key, i) for i in range(layout.rows[table])]
    cells = [pages[at.sheet].cells.get((at.row, at.column)) for at in places]
    return [None if cell is None else cell.value for cell in cells]


def test_other_ranges_with_the_same_expected_value(written):
    row = rows_of(written, "uncertain", "c").index(20)
    changes = {("uncertain", "a", row): 5, ("uncertain", "c", row): 15}
    assert str(status_after(written, changes)).startswith("OUT OF DATE")
    assert status_after(written, {}) == "UP TO DATE"


def test_a_range_that_came_and_one_that_went(written):
    free = rows_of(written, "uncertain", "a").index(None)
    new = {("uncertain", "a", free): 1}
    assert str(status_after(written, new)).startswith("OUT OF DATE")
    row = rows_of(written, "uncertain", "a").index(0)
    gone = {("uncertain", key, row): None for key in ("path", "kind", "a", "b", "c")}
    assert str(status_after(written, gone)).startswith("OUT OF DATE")


def test_another_distribution_with_the_same_numbers(written):
    row = rows_of(written, "uncertain", "c").index(20)
    other = {("uncertain", "kind", row): "low, most likely, high (triangle)"}
    assert str(status_after(written, other)).startswith("OUT OF DATE")


def test_low_and_high_of_an_effect_and_correlations(written):
    assert str(status_after(written, {("effects", "low", 0): 1})).startswith("OUT OF DATE")
    assert str(status_after(written, {("correlations", "rho", 0): 0.5})).startswith("OUT OF DATE")


def test_a_workbook_without_ranges_notices_the_first_one():
    found = written_of(certain(effects={"help": gain(3, 50)}))
    assert live(found)["computed.status"] == "UP TO DATE"
    assert str(status_after(found, {("effects", "low", 0): 1})).startswith("OUT OF DATE")
