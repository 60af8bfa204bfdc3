"""LibreOffice finds what the engine finds after somebody tried out other terms of instruments."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from tests.report.workbook.comparing import TOLERANCE, differences, places, size_of, wanted
from tests.report.workbook.test_instruments import OTHER, made, typed
from tests.small_instruments import ALL, case
from tests.spreadsheets import libreoffice

from impactmonitor import evaluate, load_catalogue
from impactmonitor.report.workbook.saving import to_bytes

SPOILT = 999


def test_other_terms(tmp_path: Path) -> None:
    """Every value that the file brings along is made wrong first."""
    libreoffice.require()
    terms = {name: fields for one in OTHER.values() for name, fields in one.items()}
    _, one = made(ALL)
    typed(one, terms)
    changed = {key: {**fields, **terms.get(key, {})} for key, fields in ALL.items()}
    evaluation = evaluate(case(changed, discount={"rate": 0.03}), load_catalogue())
    file = tmp_path / "terms.xlsx"
    file.write_bytes(to_bytes(one.book, dict.fromkeys(one.values, SPOILT), "terms"))
    (again,) = libreoffice.recalculated([file], tmp_path / "again")
    book, names = openpyxl.load_workbook(again, data_only=True), one.book.layout.sheet_names
    shown = {
        path: book[names[at.sheet]].cell(at.row, at.column).value
        for path, at in places(one).items()
    }
    cells = {path: "" if value is None else value for path, value in shown.items()}
    found = differences(cells, wanted(one, evaluation), size_of(evaluation))
    assert {path: f for path, f in found.items() if f[2] > TOLERANCE} == {}
    assert {path: v for path, v in cells.items() if path.startswith("checks.") and v} == {}
