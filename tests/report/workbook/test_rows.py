"""Rows follow each other, and pictures get room."""

from __future__ import annotations

from typing import Any

import pytest
from tests.report.simulated import certain
from tests.report.workbook.test_simulated import written_of

from impactmonitor.intake.workbook.layout import Layout
from impactmonitor.report.workbook.book import Book, Chart
from impactmonitor.report.workbook.rows import Rows


class Sheet:
    """As much of an answer as rows need."""

    def __init__(self) -> None:
        self.book = Book(Layout("en"))

    def text(self, key: str) -> str:
        return key


@pytest.fixture
def rows() -> Rows:
    answer: Any = Sheet()
    return Rows(answer, 4)


def values(rows: Rows) -> dict[tuple[int, int], Any]:
    return {place: cell.value for place, cell in rows.book.pages["computed"].cells.items()}


def test_labels_titles_and_tables_go_down(rows):
    rows.add(("engine", "1.0"))
    rows.section("rates")
    rows.heads_of_numbers("Year", "Low", "High")
    top = rows.table([("2025", 1.0, 2.0), ("2026", 3.0, 4.0)], "name", "money", "money")
    rows.sentence("That is all.")
    assert values(rows) == {
        (5, 1): "computed.engine", (5, 2): "1.0", (7, 1): "computed.rates",
        (8, 1): "Year", (8, 2): "Low", (8, 3): "High",
        (9, 1): "2025", (9, 2): 1.0, (9, 3): 2.0, (10, 1): "2026", (10, 2): 3.0, (10, 3): 4.0,
        (11, 1): "That is all.",
    }  # fmt: skip
    assert top == 9


def test_heads_of_numbers_stand_right(rows):
    rows.heads("computed.what", "computed.stored")
    cells = rows.book.pages["computed"].cells
    assert [cells[5, column].style for column in (1, 2)] == ["head", "number_head"]


def test_a_column_as_it_stands_in_a_formula(rows):
    top = rows.table([(1.0,), (2.0,)], "money")
    assert rows.area(top, 1) == "'Computed, not live'!$A$5:$A$6"


def test_a_picture_gets_room_below(rows):
    rows.draw(Chart("bar", "", "t", "a", (), (0, 0), (900, 205)))
    (chart,) = rows.book.pages["computed"].charts
    assert chart.at == (6, 1)
    rows.sentence("below")
    assert max(row for row, _ in values(rows)) >= 6 + 11


def test_the_real_sheet_is_made_of_them():
    assert (4, 1) in written_of(certain()).book.pages["computed"].cells
