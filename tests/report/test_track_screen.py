"""Plan against result on screen: within the width, in both languages, the same as the JSON."""

from __future__ import annotations

import re

import pytest
from rich.table import Table
from tests.report.test_screen import cut_off, headers, printed, rows
from tests.report.tracked import HELPED, measured, shown
from tests.small import cost
from tests.tracking.recorded import record

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.track_figures_screen import MOST_FIGURES
from impactmonitor.report.track_screen import STRIP, track_screen, waterfall
from impactmonitor.report.track_shown import ShownTrack


def text(one: ShownTrack, language: str = "en", width: int = 80) -> str:
    return printed(track_screen(one, language), width)


def tables(one: ShownTrack, language: str = "en") -> list[Table]:
    return [part for part in track_screen(one, language) if isinstance(part, Table)]


def cells(table: Table) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows(table)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen_or_cut_off(language):
    large = measured(costs={"work": cost(6_000_000, years=4)})
    small = measured(record(HELPED, 2025, 3), record("costs.work", 2025, 700))
    for one in (shown(measured()), shown(large), shown(small, 2025)):
        for width in (80, 120):
            said = text(one, language, width)
            assert max(len(line) for line in said.splitlines()) <= width
            assert "…" not in said
            assert not re.search(r"\b(nan|None|inf|True|False)\b", said)
        assert [cell for table in tables(one, language)[:4] for cell in cut_off(table)] == []


def test_the_order_of_what_is_told():
    said = text(shown(measured()))
    order = ["Far below plan", "Realised, expected", "From plan to result", "by actor",
             "Planned and measured", "Progress by indicator", "Measured by category",
             "What was learned", "To look at", "Price level"]  # fmt: skip
    places = [said.index(part) for part in order]
    assert places == sorted(places)


def test_three_parts_beside_those_of_the_plan():
    table = tables(shown(measured()))[0]
    assert headers(table)[1:] == ["Costs", "Benefits", "Net", "Plan,\nnet", "Difference"]
    found = {row[0]: row[1:] for row in cells(table)}
    assert found["Realised, up to and with 2026"] == ["1,300", "1,550", "250", "800", "-550"]
    assert found["Together"] == ["2,500", "3,550", "1,050", "1,600", "-550"]


def test_a_waterfall_from_plan_to_result():
    table = cells(tables(shown(measured()))[1])
    amounts = {row[0]: row[2] for row in table}
    assert (amounts["Plan"], amounts["Numbers reached"], amounts["Result"]) == (
        "€800",
        "-€450",
        "€250",
    )
    pictures = {row[0]: row[1] for row in table}
    assert pictures["Plan"].count("█") == STRIP - 1
    assert "░" in pictures["Numbers reached"]
    assert set(pictures["Value of each"]) <= {"|", " "}


def test_a_waterfall_below_zero():
    assert waterfall(0.0, -10.0, -10.0, 0.0) == "░" * (STRIP - 1) + "|"
    assert waterfall(0.0, 0.0, 0.0, 0.0).strip() == "|"
    assert len(waterfall(-5.0, 7.0, -10.0, 10.0)) == STRIP


def test_progress_has_a_mark_a_word_and_a_colour():
    table = tables(shown(measured()))[4]
    lights = list(table.columns[-1].cells)
    assert [str(light) for light in lights] == [
        "○ behind", "● on track", "– not due", "◐ nearly", "– not due",
    ]  # fmt: skip
    assert str(lights[0].style) == "red"


def test_what_is_hidden_stands_nowhere():
    said = text(shown(measured(record(HELPED, 2025, 3, target=100)), 2025))
    assert "hidden" in said
    assert "fewer than 5 people" in said
    assert not re.search(r"(?<![\d,.])(3|30|-970|3%)(?![\d,.%])", said)


@pytest.mark.parametrize(("language", "word"), [("en", "not measured"), ("nl", "niet gemeten")])
def test_where_the_plan_stands_in_place_of_a_measurement(language, word):
    found = cells(tables(shown(measured()), language)[3])
    assert [row[3] for row in found if row[0] == "work"] == ["700", word]


def test_of_many_figures_the_last_ones():
    records = [record(HELPED, year, 90) for year in range(2025, 2050)]
    one = shown(measured(*records, horizon=30, costs=None), 2049)
    assert len(one.figures) == 25
    found = tables(one)[3]
    assert len(found.rows) == MOST_FIGURES
    assert "earlier figures" in str(found.caption)


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_that_still_have_to_be_answered(language):
    said = " ".join(text(shown(measured()), language).split())
    assert "A slow start." in said
    assert '"lessons", "2026": "went_wrong"' in said
    assert "went_wrong" not in text(shown(measured(), 2025), language)


def test_before_a_year_has_passed_there_is_no_bridge():
    said = text(shown(measured(record(HELPED, "2025Q1", 20)), "2025Q1"))
    assert "From plan to result" not in said
    assert "2025Q1" in said


def test_why_a_total_is_not_the_sum_of_its_parts():
    total = record(HELPED, 2025, 70, differs_because="Some did not say.")
    parts = [record(HELPED, 2025, n, disaggregation={"sex": s})
             for s, n in (("men", 30), ("women", 30))]  # fmt: skip
    said = " ".join(text(shown(measured(total, *parts), 2025)).split())
    assert "because: Some did not say." in said
