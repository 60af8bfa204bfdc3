"""LibreOffice finds what actors keep, as the engine does."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from tests.report.workbook.comparing import (
    TOLERANCE,
    differences,
    places,
    size_of,
    wanted,
    written_of,
)
from tests.report.workbook.test_keeping import REST, SPECIAL, actors
from tests.small import case
from tests.spreadsheets import libreoffice

from impactmonitor import evaluate, load_catalogue
from impactmonitor.report.workbook.saving import to_bytes

SPOILT = 999


def test_what_actors_keep_when_people_leave(tmp_path: Path) -> None:
    """Every value that the file brings along is made wrong first."""
    libreoffice.require()
    catalogue = load_catalogue()
    evaluation = evaluate(case(actors=actors(**SPECIAL["two who keep less each year"]), **REST))
    written = written_of(evaluation, catalogue, "nl")
    file = tmp_path / "keeping.xlsx"
    file.write_bytes(to_bytes(written.book, dict.fromkeys(written.values, SPOILT), "keeping"))
    (again,) = libreoffice.recalculated([file], tmp_path / "again")
    book, names = openpyxl.load_workbook(again, data_only=True), written.book.layout.sheet_names
    shown = {
        path: book[names[at.sheet]].cell(at.row, at.column).value
        for path, at in places(written).items()
    }
    cells = {path: "" if value is None else value for path, value in shown.items()}
    found = differences(cells, wanted(written, evaluation), size_of(evaluation))
    assert {path: f for path, f in found.items() if f[2] > TOLERANCE} == {}
    assert {path: v for path, v in cells.items() if path.startswith("checks.") and v} == {}
