"""The lists of what can be suggested give the right rows for every choice."""

from __future__ import annotations

import pytest
from tests.report.workbook.suggested_rows import Shown, blank, choosing, offered, offers

from impactmonitor import load_catalogue
from impactmonitor.intake.workbook.layout import Layout
from impactmonitor.intake.workbook.suggested import CHOSEN, SUGGESTED, shown
from impactmonitor.report.workbook.book import Book
from impactmonitor.report.workbook.listing import ListWriter
from impactmonitor.report.workbook.offering import FACTS, NOTHING, Offering


@pytest.fixture(scope="module")
def offering() -> Offering:
    writer = ListWriter(Book(Layout("en", years=2)), load_catalogue(), ())
    return Offering(writer, offers("en"))


def test_every_choice_finds_its_own_suggestions() -> None:
    """Looked up by formulas, and by hand in what is offered."""
    for topic, group in offers("nl").pairs:
        cells = Shown(blank("nl"), choosing("nl", topic, group))
        effects, indicators = offered("nl", topic, group)
        wanted = [each.title for each in (*effects, *indicators)]
        titles = [cells.at(shown(i, "title")) for i in range(SUGGESTED)]
        assert titles == wanted + [""] * (SUGGESTED - len(wanted)), (topic, group)


@pytest.mark.parametrize(
    ("topic", "group"),
    [(None, None), ("Fall prevention", None), (None, "Older people"),
     ("Fall prevention", "Employees"), ("Fall prevention", "Choose a topic first"), ("x", "y")],
)  # fmt: skip
def test_half_a_choice_or_a_strange_one_finds_nothing(topic: str | None, group: str | None) -> None:
    cells = Shown(blank("en"), {CHOSEN["topic"]: topic, CHOSEN["group"]: group})
    assert {cells.at(shown(i, "title")) for i in range(SUGGESTED)} == {""}


def test_a_suggestion_is_written_once(offering: Offering) -> None:
    rows = offering.lists.area("suggestions", "title")
    assert rows.bottom - rows.top == len(offering.offers.offers)
    cells = offering.book.pages["lists"].cells
    assert (rows.top + NOTHING - 1, rows.left) not in cells, "the first row says nothing"


def test_numbers_take_one_formula_each(offering: Offering) -> None:
    left = offering.lists.area("topics", "title").left
    formulas = [
        cell.formula
        for (_, column), cell in offering.book.pages["lists"].cells.items()
        if column >= left and cell.formula is not None
    ]
    assert len(formulas) == 1 + sum(offering.rows.values())
    assert offering.rows == {"shown": SUGGESTED, "effects": 5, "unpriced": 5}


def test_what_is_said_comes_from_the_column_of_the_fact(offering: Offering) -> None:
    for fact in FACTS:
        area = offering.book.area(offering.lists.area("suggestions", fact))
        assert offering.said("effects", 0, fact).startswith(f"T(INDEX({area},")
    places = {offering.said(of, 0, "title") for of in offering.rows}
    assert len(places) == len(offering.rows)
