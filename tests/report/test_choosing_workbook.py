"""The workbook of a choice: its formulas give what the engine gives, and its marks are inputs."""

from __future__ import annotations

import io

import openpyxl
import pytest
from tests.portfolio.offered import candidate, fund
from tests.portfolio.test_choosing import OFFERS, chosen

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.choosing_sheet import FIRST
from impactmonitor.report.choosing_workbook import choosing_sheet, choosing_workbook

LIMITS = {
    "themes": {"health": 60, "energy": 10},
    "financial_return": 0.01,
    "probability_of_loss": 0.5,
}
OFFERED = {
    **{name: (case, {**asked, "financial_return": 0.02}) for name, (case, asked) in OFFERS.items()},
    "shed": candidate(5, 20, 5, financial_return=0, needs=["bikes"], excludes=["roof"]),
}


def cells(selection, language="en"):
    book = openpyxl.load_workbook(io.BytesIO(choosing_workbook(selection, language)))
    (sheet,) = book.worksheets
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def by_name(rows):
    return {row[0]: row for row in rows if row[0] is not None}


def test_a_row_for_each_candidate_with_its_mark(tmp_path):
    found = by_name(cells(chosen(fund(tmp_path, OFFERED), budget=105)))
    assert {name: found[name][1] for name in ("Bikes", "Trees", "Shed", "Roof")} == {
        "Bikes": 1, "Trees": 1, "Shed": 1, "Roof": 0
    }  # fmt: skip
    assert found["Bikes"][2:5] == [50, 0.5, 90]
    assert found["Bikes"][5] == f"=ROUND(E{FIRST}*D{FIRST},2)"


def test_every_limit_is_there_once(tmp_path):
    found = by_name(cells(chosen(fund(tmp_path, OFFERED, limits=LIMITS), budget=105, floor=5000)))
    assert {"Budget", "Floor on the score points", "Theme: health", "Theme: energy",
            "Financial return, weighted by amount", "Highest chance of a loss among the chosen",
            "Shed needs Bikes", "Shed not together with Roof"} <= set(found)  # fmt: skip
    assert "Roof not together with Shed" not in found


@pytest.mark.parametrize("asked", [{}, {"budget": 10}, {"maximise": "score", "floor": 1}])
def test_a_choice_of_the_engine_passes_every_check(tmp_path, asked):
    sheet = choosing_sheet(chosen(fund(tmp_path, OFFERED, limits=LIMITS), **asked), "en")
    said = [value for value in sheet.values.values() if isinstance(value, str)]
    assert len(said) >= 6
    assert set(said) == {"✓"}


def test_who_has_no_score_is_not_for_zero_in_the_sum(tmp_path):
    offers = {**OFFERS, "silent": candidate(1, 500)}
    sheet = choosing_sheet(chosen(fund(tmp_path, offers)), "en")
    total = sheet.at(sheet.last + 1, "points")
    assert sheet.values[sheet.text("sheet"), total.row, total.column] == "–"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_never_becomes_a_formula(tmp_path, language):
    offers = {"a": candidate(10, 5, title="=1+1")}
    found = cells(chosen(fund(tmp_path, offers, title="+cmd"), framework=None), language)
    assert found[FIRST - 1][0] == "=1+1"
    book = openpyxl.load_workbook(
        io.BytesIO(choosing_workbook(chosen(fund(tmp_path, offers)), language))
    )
    assert book.worksheets[0].cell(FIRST, 1).data_type == "s"


def test_without_candidates_there_is_a_sheet_without_sums(tmp_path):
    offers = {"gone": (None, {"amount": 5, "total_funding": 10})}
    assert not choosing_sheet(chosen(fund(tmp_path, offers)), "en").values
