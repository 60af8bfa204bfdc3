"""LibreOffice finds in the workbook of a comparison what the engine finds."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.report.comparisons import examples, small
from tests.spreadsheets import libreoffice

from impactmonitor.report.comparing_workbook import comparing_book
from impactmonitor.report.workbook.saving import to_bytes

SPOILT = 999.0


def test_every_formula_gives_what_the_engine_gives(tmp_path: Path) -> None:
    """Every value that the file brings along is spoilt first."""
    libreoffice.require()
    made = {"examples": comparing_book(examples(), "nl"), "small": comparing_book(small(), "en")}
    files = []
    for name, one in made.items():
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(to_bytes(one.book, dict.fromkeys(one.values, SPOILT), name))
    for file in libreoffice.recalculated(files, tmp_path / "again"):
        book, wanted = openpyxl.load_workbook(file, data_only=True), made[file.stem].values
        found = {place: book[place[0]].cell(*place[1:]).value for place in wanted}
        assert len(found) > 20
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-6)
