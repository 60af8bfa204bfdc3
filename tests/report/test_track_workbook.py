"""The workbook of plan against result: the same numbers, live sums, nothing hidden in it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from tests.report.tracked import HELPED, measured, shown
from tests.tracking.recorded import record

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.track_shown import ShownTrack
from impactmonitor.report.track_workbook import SHEETS, track_book, track_workbook
from impactmonitor.tracking.bridging import STEPS


def opened(one: ShownTrack, language: str = "en", formulas: bool = False) -> Any:
    data = io.BytesIO(track_workbook(one, language))
    return openpyxl.load_workbook(data, data_only=not formulas)


def table(sheet: Any, first: str) -> dict[str, list[Any]]:
    """The rows below a head, by what stands in their first cell."""
    found: dict[str, list[Any]] = {}
    rows = list(sheet.iter_rows(values_only=True))
    top = next(i for i, row in enumerate(rows) if row[0] == first)
    for row in rows[top + 1 :]:
        if row[0] is None:
            break
        found.setdefault(row[0], list(row[1:]))
    return found


def test_one_sheet_for_each_subject():
    one = shown(measured())
    assert opened(one).sheetnames == [
        "Summary", "By actor", "Bridge", "Indicators", "By line", "Lessons", "Warnings",
    ]  # fmt: skip
    assert len(opened(one, "nl").sheetnames) == len(SHEETS)


def test_the_summary_starts_with_the_honest_sentence():
    sheet = opened(shown(measured()))["Summary"]
    assert sheet["A3"].value.startswith("Far below plan")
    parts = table(sheet, "Part")
    assert parts["Realised, up to and with 2026"][:5] == [1300, 1550, 250, 800, -550]
    assert parts["Together"][:5] == [2500, 3550, 1050, 1600, -550]


def test_plan_against_result_by_actor():
    one = shown(measured(discount={"rate": 0.03}))
    rows = table(opened(one)["By actor"], "Actor")
    for actor, title in (("city", "City"), ("people", "People")):
        for column, name in ((5, "costs"), (6, "benefits"), (8, "net"), (11, "cash_net")):
            amount = one.amounts["realised", "actors", actor, name]
            assert rows[title][column - 1] == pytest.approx(amount, rel=1e-9, abs=1e-9)
    together = rows["All actors together"]
    assert together[7] == pytest.approx(one.total("realised"), rel=1e-9)
    assert together[8] == pytest.approx(one.total("realised") - one.planned_total("realised"))


def test_the_bridge_adds_up_by_formula():
    one = shown(measured())
    live = opened(one, formulas=True)["Bridge"]
    result = next(row for row in live.iter_rows() if row[0].value == "Result")
    assert [cell.value for cell in result[1:5]] == [f"=SUM({c}5:{c}11)" for c in "BCDE"]
    rows = table(opened(one)["Bridge"], "Step")
    assert (
        rows["Numbers reached"][0]
        == one.amounts["bridge", "quantity", "totals", "net_present_value"]
    )
    assert rows["Result"][0] == one.total("realised")
    assert len(rows) == len(STEPS) + 2


def test_progress_with_marks_words_and_pictures():
    book = opened(shown(measured()))
    rows = [row for row in book["Indicators"].iter_rows(min_row=5, values_only=True) if row[8]]
    assert [row[8] for row in rows[:3]] == ["○ behind", "● on track", "– not due"]
    assert rows[0][2:5] == (0, 100, 60)
    assert rows[0][7] == 0.6
    assert len(opened(shown(measured()), formulas=True)["Indicators"]._charts) == 2


def test_lessons_and_what_is_still_to_be_answered():
    rows = table(opened(shown(measured()))["Lessons"], "Period")
    assert rows["2025"][:2] == ["A slow start.", "Call people."]
    assert "still to be answered" in rows["2026"][0]


def test_every_picture_is_described():
    """Bars for actors, a waterfall, and one picture for each indicator."""
    made = track_book(shown(measured()), "nl")
    charts = [chart for page in made.book.pages.values() for chart in page.charts]
    assert len(charts) == 4
    assert all(len(chart.description) > 40 for chart in charts)
    with zipfile.ZipFile(io.BytesIO(track_workbook(shown(measured()), "nl"))) as parts:
        drawn = "".join(
            parts.read(name).decode() for name in parts.namelist() if "drawings/drawing" in name
        )
    assert drawn.count('descr="') == len(charts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sheet_holds_what_is_hidden(language):
    """Two cases that differ only in a small number of people give the same workbook."""

    def cells(count: int) -> list[Any]:
        one = shown(measured(record(HELPED, 2025, count, target=50)), 2025)
        return [
            [cell for row in opened(one, language, formulas)[name].iter_rows(values_only=True)
             for cell in row]
            for name in opened(one, language).sheetnames
            for formulas in (False, True)
        ]  # fmt: skip

    assert cells(2) == cells(4)
    word = "hidden" if language == "en" else "verborgen"
    assert sum(cell == word for sheet in cells(2) for cell in sheet) > 10


def test_a_text_is_never_a_formula():
    title = "=1+1"
    lesson = {"went_wrong": "=cmd()", "learned": "@SUM(1)"}
    monitoring = {"indicators": {HELPED: {"measure": "flow", "title": "+1"}},
                  "lessons": {"2025": lesson}}  # fmt: skip
    one = shown(measured(record(HELPED, 2025, 90), title=title, monitoring=monitoring), 2025)
    book = opened(one, formulas=True)
    assert book["Summary"]["A1"].value == title
    assert book["Summary"]["A1"].data_type == "s"
    typed = {c.value: c.data_type for row in book["Lessons"].iter_rows() for c in row if c.value}
    assert (typed["=cmd()"], typed["@SUM(1)"]) == ("s", "s")


def test_each_sheet_is_made_to_be_printed():
    book = opened(shown(measured()))
    for sheet in book.worksheets:
        assert sheet.print_area
        assert sheet.page_setup.paperSize == 9
        assert not re.search(r"[\[\]:*?/\\]", sheet.title)
