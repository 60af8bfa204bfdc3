"""LibreOffice finds in the workbook of a choice what the engine finds."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.portfolio.offered import fund
from tests.portfolio.test_choosing import chosen
from tests.report.test_choosing_workbook import LIMITS, OFFERED
from tests.spreadsheets import libreoffice

from impactmonitor.report.choosing_workbook import choosing_sheet
from impactmonitor.report.workbook.saving import to_bytes

SPOILT = 999.0


def test_every_formula_gives_what_the_engine_gives(tmp_path: Path) -> None:
    """Every value that the file brings along is made wrong first; one choice breaks its limits."""
    libreoffice.require()
    selection = chosen(fund(tmp_path, OFFERED, limits=LIMITS), budget=105, floor=100)
    kept, changed = choosing_sheet(selection, "nl"), choosing_sheet(selection, "nl")
    changed.put(changed.at(changed.row_of("roof"), "choice"), 1, "input_whole")
    files = []
    for name, one in {"kept": kept, "changed": changed}.items():
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(to_bytes(one.book, dict.fromkeys(one.values, SPOILT), name))
    first, second = libreoffice.recalculated(files, tmp_path / "again")
    book = openpyxl.load_workbook(first, data_only=True)
    found = {place: book[place[0]].cell(*place[1:]).value for place in kept.values}
    numbers = {k: v for k, v in kept.values.items() if not isinstance(v, str)}
    assert {k: found[k] for k in numbers} == pytest.approx(numbers, rel=1e-9, abs=1e-9)
    assert {k: v for k, v in found.items() if k not in numbers} == {
        k: v for k, v in kept.values.items() if isinstance(v, str)
    }
    sheet = openpyxl.load_workbook(second, data_only=True).worksheets[0]
    checks = {row[0].value: row[4].value for row in sheet.iter_rows() if row[4].value}
    # the roof is 60 more than the budget leaves room for, and does not go with the shed
    assert checks["Budget"] == checks["Shed niet samen met Roof"] == "! niet gehaald"
    assert checks["Thema: health"] == checks["Shed heeft Bikes nodig"] == "✓"
