"""LibreOffice finds in the workbook of plan against result what the engine finds."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.report.tracked import HELPED, measured, shown
from tests.spreadsheets import libreoffice
from tests.tracking.recorded import record

from impactmonitor.report.track_workbook import track_book
from impactmonitor.report.workbook.saving import to_bytes

SPOILT = 999.0


def test_every_formula_gives_what_the_engine_gives(tmp_path: Path) -> None:
    """Every value that the file brings along is made wrong first."""
    libreoffice.require()
    dear = [record(HELPED, 2025, 20, target=100), record("costs.work", 2025, 2700)]
    cases = {
        "usual": shown(measured(discount={"rate": 0.03})),
        "below-zero": shown(measured(*dear), 2025),
        "hidden": shown(measured(record(HELPED, 2025, 3)), 2025),
    }
    made = {name: track_book(one, "nl") for name, one in cases.items()}
    files = []
    for name, one in made.items():
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(to_bytes(one.book, dict.fromkeys(one.values, SPOILT), name))
    for file in libreoffice.recalculated(files, tmp_path / "again"):
        book, wanted = openpyxl.load_workbook(file, data_only=True), made[file.stem].values
        found = {place: book[place[0]].cell(*place[1:]).value for place in wanted}
        assert len(found) > 20
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9)
