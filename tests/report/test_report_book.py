"""What all workbooks of reports share: names of sheets, cells, and what formulas give."""

from __future__ import annotations

import io
from dataclasses import dataclass

import openpyxl
import pytest

from impactmonitor.intake.workbook.layout import At
from impactmonitor.report.comparing_sheets import SHEETS as COMPARED
from impactmonitor.report.portfolio_book import SHEETS as PORTFOLIO
from impactmonitor.report.report_book import (
    NOTHING,
    TABLE_ROW,
    ReportBook,
    ReportLayout,
    on_one_line,
)
from impactmonitor.report.track_workbook import SHEETS as TRACKED
from impactmonitor.report.workbook.book import Book
from impactmonitor.report.workbook.saving import to_bytes

LAYOUT = ReportLayout("en", titles=(("sums", "The sums"), ("rest", "It's more")))
MOST_OF_A_NAME = 31
"""Characters that Excel allows in the name of a sheet."""


@dataclass
class Discreet(ReportBook):
    """A report in which some numbers may not be shown."""

    @property
    def absent(self) -> str:
        return "hidden"


def made() -> ReportBook:
    return ReportBook(Book(LAYOUT))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("sheets", "texts"),
    [
        (TRACKED, "track.sheets"),
        (COMPARED, "comparing.workbook.sheets"),
        (PORTFOLIO, "portfolio_report.sheets"),
    ],
)
def test_every_report_has_names_of_sheets_that_a_spreadsheet_takes(language, sheets, texts):
    layout = ReportLayout.named(language, sheets, texts)
    assert layout.sheets == sheets
    names = [layout.sheet_name(sheet) for sheet in sheets]
    assert len({name.lower() for name in names}) == len(names)
    assert all(
        0 < len(name) <= MOST_OF_A_NAME and not set(name) & set("[]:*?/\\") for name in names
    )


def test_a_sheet_starts_with_its_title_what_it_shows_and_its_heads():
    one = made()
    one.start("sums", "=Title", "About it.", (20, 40))
    assert one.heads("sums", TABLE_ROW, ["Name", "Unit", "Own vo-\nlume"], texts=2) == TABLE_ROW + 1
    cells = one.page("sums").cells
    assert {place: (cell.value, cell.style) for place, cell in cells.items()} == {
        (1, 1): ("=Title", "title"), (2, 1): ("About it.", "intro"),
        (4, 1): ("Name", "head"), (4, 2): ("Unit", "head"), (4, 3): ("Own volume", "number_head"),
    }  # fmt: skip
    assert one.page("sums").widths == {1: 20, 2: 40}
    assert not one.book.formulas()


@pytest.mark.parametrize(("widths", "is_portrait"), [((40, 55), True), ((40, 56), False)])
def test_only_a_narrow_sheet_is_printed_upright(widths, is_portrait):
    one = made()
    one.start("sums", "Title", "About.", widths)
    assert one.page("sums").is_portrait is is_portrait


def test_heads_stay_in_view_and_stand_on_every_page():
    one = made()
    one.keep("sums", columns=2)
    assert one.page("sums").frozen == (TABLE_ROW, 2)
    assert one.page("sums").repeated == (TABLE_ROW, TABLE_ROW)


@pytest.mark.parametrize(("kind", "shown"), [(ReportBook, NOTHING), (Discreet, "hidden")])
def test_no_number_is_not_zero_and_has_no_formula(kind, shown):
    one = kind(Book(LAYOUT))
    one.put(At("sums", 5, 1), None)
    one.work_out(At("sums", 6, 1), "1+1", None)
    one.put(At("sums", 7, 1), 0.0)
    assert [one.page("sums").cells[row, 1].value for row in (5, 6, 7)] == [shown, shown, 0.0]
    assert not one.values
    assert not one.book.formulas()


def test_a_formula_is_written_with_what_it_gives_and_a_text_is_never_one():
    one = made()
    one.say(At("sums", 4, 1), "=1+1")
    one.put(At("sums", 5, 1), 3.0)
    one.put(At("sums", 6, 1), 4.0)
    one.work_out(At("sums", 7, 1), f"SUM({one.column('sums', 1, (5, 6), 'sums')})", 7.0)
    one.work_out(At("rest", 1, 1), f"SUM({one.column('sums', 1, (5, 6))})", 7.0)
    file = io.BytesIO(to_bytes(one.book, one.values, "sums"))
    formulas, values = openpyxl.load_workbook(file), openpyxl.load_workbook(file, data_only=True)
    assert [formulas["The sums"].cell(row, 1).data_type for row in (4, 5, 7)] == ["s", "n", "f"]
    assert formulas["The sums"]["A7"].value == "=SUM($A$5:$A$6)"
    assert formulas["It's more"]["A1"].value == "=SUM('The sums'!$A$5:$A$6)"
    assert values["The sums"]["A7"].value == values["It's more"]["A1"].value == 7


def test_a_cell_on_the_same_sheet_moves_along():
    one = made()
    assert one.here("sums", 5, 2) == "B5"


@pytest.mark.parametrize(
    ("head", "shown"),
    [("Gelijk-\ngetrokken", "Gelijkgetrokken"), ("Kans op\nverlies", "Kans op verlies"),
     ("Baten-kosten", "Baten-kosten")],
)  # fmt: skip
def test_a_head_without_the_breaks_of_a_screen(head, shown):
    assert on_one_line(head) == shown
