"""LibreOffice finds in the workbook of a portfolio what the engine finds, also after a change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.report.portfolios import FUND, report_of, told
from tests.spreadsheets import libreoffice

from impactmonitor import load_catalogue
from impactmonitor.intake.portfolio_reading import load_portfolio
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.report.portfolio_book import PortfolioBook
from impactmonitor.report.portfolio_holdings_page import column_of
from impactmonitor.report.portfolio_reported import portfolio_report
from impactmonitor.report.portfolio_words import PortfolioWords
from impactmonitor.report.portfolio_workbook import portfolio_book
from impactmonitor.report.workbook.saving import to_bytes

SPOILT = 999.0
CHANGED = "homes-harbour"
POSITION = {"outstanding": 270_000, "equity": 125_000, "debt": 550_000}
FIXED = {"Changes", "What changed"}
"""Bridges and words of the report as it was made do not move along."""


def with_another_share() -> PortfolioBook:
    """The workbook that the engine makes of a fund in which one share is larger."""
    reading = load_portfolio(FUND)
    plain: dict[str, Any] = reading.portfolio.model_dump(mode="json", by_alias=True)
    plain["holdings"][CHANGED]["positions"]["2026"] |= POSITION
    changed = replace(reading, portfolio=Portfolio.model_validate(plain))
    report = portfolio_report(changed, load_catalogue(), 2026)
    return portfolio_book(PortfolioWords(report, "en"))


def written(made: PortfolioBook, file: Path) -> Path:
    """A file of which every value that it brings along is made wrong."""
    file.write_bytes(to_bytes(made.book, dict.fromkeys(made.values, SPOILT), file.stem))
    return file


def found_in(file: Path, wanted: dict[tuple[str, int, int], Any]) -> dict[Any, Any]:
    book = openpyxl.load_workbook(file, data_only=True)
    return {place: book[place[0]].cell(*place[1:]).value for place in wanted}


def test_every_formula_gives_what_the_engine_gives_also_after_a_share_is_changed(
    tmp_path: Path,
) -> None:
    libreoffice.require()
    report_of()
    dutch, typed, engine = portfolio_book(told("nl")), portfolio_book(told()), with_another_share()
    row, column = typed.row_of(CHANGED), column_of("share")
    typed.book.pages["holdings"].cells[row, column].value = POSITION["outstanding"] / (
        POSITION["equity"] + POSITION["debt"]
    )
    files = [written(dutch, tmp_path / "nl.xlsx"), written(typed, tmp_path / "typed.xlsx")]
    for file in libreoffice.recalculated(files, tmp_path / "again"):
        made = {"nl": dutch, "typed": engine}[file.stem]
        wanted = {
            place: value for place, value in made.values.items()
            if place[0] not in FIXED or file.stem == "nl"
        }  # fmt: skip
        found = found_in(file, wanted)
        assert len(found) > 2000
        for place, value in wanted.items():
            if isinstance(value, str):
                assert (found[place] or "") == value, place
            else:
                assert found[place] == pytest.approx(value, rel=1e-9, abs=1e-6), place
