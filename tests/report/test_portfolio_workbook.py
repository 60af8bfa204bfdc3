"""The workbook of a portfolio: live sums over one table, checks in sight, no text as a formula."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest
from tests.report.portfolios import report_of, told

from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.portfolio.rollup import TAGGED
from impactmonitor.report.portfolio_book import HOLDINGS, LEDGER, SHEETS
from impactmonitor.report.portfolio_holdings_page import column_of
from impactmonitor.report.portfolio_workbook import portfolio_book, portfolio_workbook
from impactmonitor.report.report_book import TABLE_ROW


@cache
def file(language: Language = "en") -> bytes:
    return portfolio_workbook(told(language))


@cache
def opened(language: Language = "en", formulas: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(file(language)), data_only=not formulas)


def cells(sheet: str) -> list[Any]:
    return [cell for row in opened(formulas=True)[sheet].iter_rows() for cell in row]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_sheet_for_each_subject(language: Language) -> None:
    titles = [told(language).text(f"sheets.{sheet}") for sheet in SHEETS]
    assert opened(language).sheetnames == titles


def test_every_row_of_the_one_table_is_in_the_ledger() -> None:
    sheet, rows = opened()["Ledger"], report_of().result.rows
    assert sheet.max_row == TABLE_ROW + len(rows)
    for number, one in enumerate(rows, TABLE_ROW + 1):
        assert sheet.cell(number, LEDGER.index("line") + 1).value == one.line
        found = sheet.cell(number, LEDGER.index("attributed") + 1).value
        assert found == pytest.approx(one.attributed)


def test_the_part_of_the_fund_is_a_formula_of_amount_and_share() -> None:
    sheet = opened(formulas=True)["Ledger"]
    share, attributed = (
        sheet.cell(TABLE_ROW + 1, LEDGER.index(name) + 1).value for name in ("share", "attributed")
    )
    assert share == """=IF(ISNUMBER('Holdings'!$F$5),'Holdings'!$F$5,"")"""
    assert attributed == '=IF(ISNUMBER(L5),K5*L5,"")'


def test_only_the_shares_can_be_typed_over() -> None:
    for title in opened().sheetnames:
        assert opened()[title].protection.sheet
        unlocked = {c.column for c in cells(title) if not c.protection.locked}
        wanted = {column_of("share"), column_of("commitment")} if title == "Holdings" else set()
        assert unlocked == wanted, title


def test_totals_stand_as_the_engine_has_them() -> None:
    sheet, totals = opened()["Holdings"], report_of().result.totals
    row = TABLE_ROW + len(report_of().result.holdings) + 1
    found = {name: sheet.cell(row, column_of(name)).value for name in HOLDINGS}
    assert found["net"] == pytest.approx(totals["period"].total.net)
    assert found["plan_net"] == pytest.approx(totals["plan"].total.net)
    assert found["life_net"] == pytest.approx(totals["lifetime"].total.net)
    assert found["outstanding"] == pytest.approx(report_of().result.outstanding)


def test_every_table_has_a_check_in_sight() -> None:
    """Of six dimensions seven columns; of holdings six; of actors five; heat and three bridges."""
    fine = told().text("workbook.adds_up")
    count = sum(cell.value == fine for sheet in opened() for row in sheet.iter_rows()
                for cell in row)  # fmt: skip
    assert count == (len(TAGGED) + 1) * 7 + 6 + 5 + 1 + 3


def test_the_heat_map_does_not_rest_on_colour_alone() -> None:
    found = [cell for cell in cells("Heat map") if "▲" in (cell.number_format or "")]
    assert len(found) == len(report_of().result.holdings) * 5
    assert all("▼" in cell.number_format for cell in found)
    assert "▲" in str(opened()["Heat map"].cell(TABLE_ROW + len(report_of().result.holdings) + 4,
                                                1).value)  # fmt: skip


def test_pictures_are_native_and_described() -> None:
    pictured = [sheet.title for sheet in opened() if sheet._charts]
    assert pictured == ["Results", "Actors", "What changed"]


def test_sheets_can_be_printed() -> None:
    for sheet in opened():
        assert sheet.print_area
        assert sheet.page_setup.fitToHeight is not None or sheet.page_setup.scale
    for title in ("Holdings", "Ledger", "Heat map", "Actors"):
        assert opened()[title].print_title_rows == f"${TABLE_ROW}:${TABLE_ROW}"
        assert opened()[title].freeze_panes


def test_text_of_the_file_is_never_a_formula() -> None:
    """A title, a note and a region that a spreadsheet would calculate."""
    words = told()
    evil = "=1+1"
    result = words.report.result
    named = {
        name: replace(one, title=evil, holding=one.holding.model_copy(update={"note": evil}))
        for name, one in result.holdings.items()
    }
    portfolio = result.portfolio.model_copy(update={"title": evil})
    changed = replace(result, holdings=named, portfolio=portfolio)
    made = portfolio_book(replace(words, report=replace(words.report, result=changed)))
    formulas = [
        cell.formula for page in made.book.pages.values() for cell in page.cells.values()
        if cell.formula is not None
    ]  # fmt: skip
    assert not [formula for formula in formulas if evil in formula or evil[1:] == formula]
    data = portfolio_workbook(replace(words, report=replace(words.report, result=changed)))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Holdings"]
    title = sheet.cell(TABLE_ROW + 1, 1)
    assert (title.data_type, title.value.startswith(evil)) == ("s", True)


def test_a_first_report_has_no_bridge_and_no_empty_picture() -> None:
    data = portfolio_workbook(told(period=2025))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["What changed"]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert told().text("workbook.no_earlier_report") in texts
    assert not sheet._charts
