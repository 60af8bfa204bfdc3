"""How far texts reach, how high their rows are, and how columns divide over printed pages."""

from __future__ import annotations

import pytest

from impactmonitor.report.workbook.book import Cell, Chart, Page
from impactmonitor.report.workbook.sizing import (
    LANDSCAPE,
    LINE_HEIGHT,
    READABLE,
    extent,
    height_of,
    heights,
    printed,
    reach,
)

STYLES = {
    "intro": {"text_wrap": True},
    "name": {"text_wrap": True},
    "plain": {},
    "title": {"font_size": 22.0},
}


def test_a_text_reaches_over_empty_cells_until_it_can_be_read():
    page = Page(cells={(2, 1): Cell("text", None, "intro")}, widths=dict.fromkeys(range(1, 9), 30))
    assert reach(page, 2, 1) == -(-READABLE // 30)
    page.cells[2, 3] = Cell("in the way")
    assert reach(page, 2, 1) == 2
    assert reach(Page(widths={1: 20.0}), 2, 1) == 1


def test_a_row_is_as_high_as_its_highest_text():
    words = "word " * 30
    page = Page(
        cells={
            (1, 1): Cell("short", None, "name"), (1, 2): Cell(words, None, "name"),
            (2, 1): Cell(words, None, "plain"), (3, 1): Cell(None, "A1", "name"),
            (4, 1): Cell("large", None, "title"), (5, 1): Cell("short", None, "name"),
            (6, 1): Cell(3.5, None, "name"),
        },
        widths={1: 20.0, 2: 30.0},
        heights={5: 45.0},
    )  # fmt: skip
    found = heights(page, STYLES, {(3, 1): words})
    assert found[1] == height_of(words, 30.0) > LINE_HEIGHT
    assert 2 not in found  # it runs on over its neighbours
    assert found[3] == height_of(words, 20.0) > found[1]
    assert found[4] == 2 * LINE_HEIGHT
    assert found[5] == 45.0
    assert 6 not in found


@pytest.mark.parametrize("size", [9.0, 11.0, 18.0])
def test_a_bold_or_a_larger_text_needs_no_less_room(size):
    words = "word " * 40
    assert height_of(words, 30, size, is_bold=True) >= height_of(words, 30, size)
    assert height_of(words, 30, size) >= height_of(words, 60, size)
    assert height_of("", 30, size) == round(LINE_HEIGHT * size / 11, 2)
    twice = 2 * height_of("one", 30, size)
    assert height_of("one\ntwo", 30, size) == pytest.approx(twice, abs=0.02)


def page_of(*widths: float) -> Page:
    places = range(1, len(widths) + 1)
    return Page(
        cells={(1, i): Cell("x") for i in places},
        widths=dict(zip(places, widths, strict=True)),
        frozen=(1, 1),
        smallest=0.5,
    )


def test_a_narrow_sheet_is_one_page_at_full_size():
    assert printed(page_of(20, 20)) == ([], 100)


def test_a_wide_sheet_is_divided_and_each_page_repeats_the_first_column():
    half = LANDSCAPE / 2
    breaks, scale = printed(page_of(half, *[half] * 6))
    assert breaks == [4]  # four halves at half the size; then the first column and three more
    assert scale == 50


def test_a_break_that_was_asked_for_is_made():
    page = page_of(20, 20, 20)
    page.column_breaks = [2]
    assert printed(page) == ([2], 100)


def test_what_is_not_printed_takes_no_room():
    page = page_of(20, 20, *[LANDSCAPE] * 4)
    page.last_printed = (10, 2)
    assert printed(page) == ([], 100)


def test_what_is_printed_reaches_as_far_as_cells_long_texts_and_pictures():
    page = Page(cells={(2, 1): Cell("text", None, "intro"), (9, 2): Cell(1.0)}, widths={3: 20.0})
    assert extent(page) == (9, 3)
    page.charts.append(Chart("bar", "", "title", "about", (), (12, 2), (240, 100)))
    row, column = extent(page)
    assert row >= 12 + 100 / 20
    assert column >= 4
    assert extent(Page()) == (1, 1)
