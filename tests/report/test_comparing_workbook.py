"""The workbook of a comparison: live bridges that add up, and no text that is a formula."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from tests.report.comparisons import examples, small

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.comparing_sheets import SHEETS
from impactmonitor.report.comparing_workbook import comparing_book, comparing_workbook


def opened(compared: Any, language: str = "en", formulas: bool = False) -> Any:
    data = io.BytesIO(comparing_workbook(compared, language))
    return openpyxl.load_workbook(data, data_only=not formulas)


def table(sheet: Any, title: str) -> list[list[Any]]:
    """The rows below the head that comes under a title."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    top = next(i for i, row in enumerate(rows) if row[0] == title) + 2
    end = next((i for i in range(top, len(rows)) if rows[i][0] is None), len(rows))
    return rows[top:end]


def test_the_bridge_of_each_case_adds_up_live():
    compared = examples()
    title = "From each case's own terms to the levelled net value (EUR)"
    numbers = table(opened(compared)["Overview"], title)[: len(compared.cases)]
    formulas = table(opened(compared, formulas=True)["Overview"], title)
    for row, live, one in zip(numbers, formulas, compared.cases.values(), strict=False):
        assert sum(row[1:7]) == pytest.approx(row[7], rel=1e-9)
        assert row[7] == one.levelled.amount("net_present_value")
        assert row[8] == pytest.approx(one.claimed.amount("net_present_value"))
        assert re.fullmatch(r"=SUM\(B(\d+):G\1\)", live[7])


def test_actors_add_up_to_society():
    compared = small()
    rows = list(opened(compared)["Who pays and benefits"].iter_rows(min_row=5, values_only=True))
    for one in compared.cases.values():
        title = "=Bold" if one.id == "bold" else "Meek"
        own = [row for row in rows if row[0] == title and isinstance(row[6], int | float)]
        kinds, (total,) = own[:-1], own[-1:]
        assert sum(row[6] for row in kinds) == pytest.approx(total[6])
        assert total[6] == pytest.approx(one.levelled.amount("net_present_value"))
        assert total[5] == 0


def test_every_change_stands_there_with_its_place():
    compared = small()
    cells = [row[3] for row in opened(compared)["What was levelled"].iter_rows(values_only=True)]
    for one in compared.cases.values():
        for change in (*one.levelling.changes, *one.levelling.left):
            assert change.path in cells


def test_ranks_and_shares_are_those_of_the_comparison():
    compared = small()
    sheet = opened(compared)["Ranks"]
    for row, name in zip(
        table(sheet, "Ranks on the levelled numbers"), compared.cases, strict=True
    ):
        found = [ranks[name] for ranks in compared.ranks.values()]
        assert [None if cell == "–" else cell for cell in row[1 : 1 + len(found)]] == found
    title = "Share of 64 draws at each rank on net value (seed 1)"
    for row, name in zip(table(sheet, title), compared.cases, strict=True):
        assert tuple(row[1:3]) == compared.robustness.shares[name]


def test_a_text_is_never_a_formula():
    made = comparing_book(small(), "en")
    places = {(sheet, row, column) for sheet, row, column in made.values}
    book = opened(small(), formulas=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert (sheet.title, cell.row, cell.column) in places
    texts = {cell.value for sheet in book.worksheets for row in sheet for cell in row}
    assert {"=Bold", "=us", "=1+1"} <= texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_has_a_name_and_can_be_printed(language):
    book = opened(small(), language)
    assert len(book.sheetnames) == len(SHEETS)
    for sheet in book.worksheets:
        assert sheet.print_area
        assert len(sheet.title) <= 31
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        assert not [cell for cell in cells if "{" in cell or cell == "None"]


def test_the_picture_is_described_and_a_crowd_has_none():
    made = comparing_book(small(), "nl")
    charts = [chart for page in made.book.pages.values() for chart in page.charts]
    assert len(charts) == 1
    assert len(charts[0].description) > 40


def test_without_policy_or_draws():
    book = opened(small(0, is_levelled=False))
    texts = [cell.value for row in book["Ranks"].iter_rows() for cell in row]
    assert not [text for text in texts if str(text).startswith("Share of")]
    heads = [row[0] for row in book["Notes"].iter_rows(values_only=True)]
    assert "Values per unit of the policy" not in heads
