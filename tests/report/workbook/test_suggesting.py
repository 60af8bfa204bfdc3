"""What a choice fills in, what gives way to what people type, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from tests.report.workbook.suggested_rows import Shown, blank, choosing, offered

from impactmonitor import load_case, load_catalogue
from impactmonitor.intake.workbook.filled import Filled, Link
from impactmonitor.intake.workbook.layout import TABLE, At
from impactmonitor.intake.workbook.suggested import AREA, CHOSEN, SHEET, STATUS, SUGGESTED, shown
from impactmonitor.messages import Language, text
from impactmonitor.report.workbook.offering import FACTS
from impactmonitor.report.workbook.suggesting import FILLED_IN, free_row
from impactmonitor.report.workbook.writing import workbook
from impactmonitor.resources import folder

LANGUAGES: tuple[Language, ...] = ("nl", "en")
UNKNOWN = {"nl": "weet ik niet", "en": "I do not know"}
NOT_LOCAL = {"nl": "niet lokaal", "en": "not local"}
FALLS = ("fall-prevention", "older-people")
EXAMPLE = folder("examples") / "fall-prevention-65plus" / "case.yaml"
MOST_FORMULAS = 140


def at(table: str, key: str, index: int, language: Language = "en") -> At:
    return blank(language).book.layout.cell(table, key, index)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_a_suggestion(language: Language) -> None:
    cells = Shown(blank(language), choosing(language, *FALLS))
    effects, indicators = offered(language, *FALLS)
    for place, offer in enumerate((*effects, *indicators)):
        for key in ("title", "unit", "why", "domain", "known", "evidence"):
            assert cells.at(shown(place, key)) == getattr(offer, key)
        assert cells.at(shown(place, "mark")) == NOT_LOCAL[language]
    assert cells.at(STATUS) == text("workbook.suggesting.status.done", language)


def test_without_a_choice_nothing_is_said_and_nothing_is_filled_in() -> None:
    cells = Shown(blank("en"), {})
    assert cells.at(STATUS) == text("workbook.suggesting.status.topic", "en")
    for place in range(SUGGESTED):
        assert cells.at(shown(place, "title")) == cells.at(shown(place, "mark")) == ""
    for table, columns in FILLED_IN.items():
        for index in range(6):
            found = cells.row(table, index, *columns, "code")
            assert set(found) <= {"", None}


def test_a_topic_alone_asks_for_a_target_group() -> None:
    chosen = choosing("en", *FALLS)
    cells = Shown(blank("en"), {CHOSEN["topic"]: chosen[CHOSEN["topic"]]})
    assert cells.at(STATUS) == text("workbook.suggesting.status.group", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_effects_come_in_the_first_rows(language: Language) -> None:
    cells = Shown(blank(language), choosing(language, *FALLS))
    effects, _ = offered(language, *FALLS)
    for index, offer in enumerate(effects):
        found = dict(zip(FILLED_IN["effects"], cells.row("effects", index, *FILLED_IN["effects"]),
                         strict=True))  # fmt: skip
        assert found["title"] == offer.title
        assert found["domain"] == offer.domain
        assert found["per_person"] == UNKNOWN[language]
        assert found["unit"] == offer.counted
        assert found["note"].lower().startswith(NOT_LOCAL[language])
        assert offer.known in found["note"]
        assert cells.row("effects", index, "code") == [offer.title[:60]]
    assert cells.row("effects", len(effects), "title") == [None]


def test_what_only_a_card_counts_has_a_domain_and_a_unit() -> None:
    cells = Shown(blank("nl"), choosing("nl", "healthy-weight", "adults"))
    title, domain, indicator, unit = cells.row("effects", 0, "title", "domain", "indicator", "unit")
    assert (domain, indicator, unit) == ("sociaal", "", "nieuw geval van diabetes"), title


def test_indicators_come_on_the_sheet_of_what_is_not_in_money() -> None:
    cells = Shown(blank("en"), choosing("en", *FALLS))
    _, indicators = offered("en", *FALLS)
    for index, offer in enumerate(indicators):
        title, quantity, note = cells.row("unpriced", index, "title", "quantity", "note")
        assert (title, quantity) == (offer.title, UNKNOWN["en"])
        assert note.startswith("Not local")
        assert "prevention-core-set." in note
    assert cells.row("unpriced", len(indicators), "title", "quantity", "note") == ["", "", ""]


def test_the_size_is_that_of_the_people_reached_and_no_euro_comes_of_it() -> None:
    """A suggestion is no finding: until somebody gives a number there is no benefit."""
    written = blank("en")
    layout = written.book.layout
    plan = {"title": "Plan", "base_year": 2026, "horizon": 2, "price_year": 2025}
    typed = {layout.field("plan", key): value for key, value in plan.items()}
    typed |= {layout.field("people", "reached"): 200, **choosing("en", *FALLS)}
    cells = Shown(written, typed, is_whole=True)
    assert cells.row("effects", 0, "quantity") == [200]
    benefits = written.outcome.places.cells["totals.benefits"]
    assert cells.at(benefits) == 0
    fifth = layout.cell("effects", "per_person", 4)  # hours of informal care
    assert Shown(written, {**typed, fifth: 3}, is_whole=True).at(benefits) > 0


@pytest.mark.parametrize("title", ["Walks", None])
@pytest.mark.parametrize("table", FILLED_IN)
def test_nothing_of_a_suggestion_stays_under_another_title(table: str, title: str | None) -> None:
    others = [key for key in FILLED_IN[table] if key != "title"]
    chosen = choosing("en", *FALLS)
    assert "" not in Shown(blank("en"), chosen).row(table, 0, others[0], others[-1])
    cells = Shown(blank("en"), {**chosen, at(table, "title", 0): title})
    assert cells.row(table, 0, *others) == [""] * len(others)
    assert cells.row(table, 1, "title") != [""], "the next row keeps its own"


def test_what_is_typed_goes_first_and_the_rest_of_the_row_stays() -> None:
    typed = {at("effects", "per_person", 0): 0.1, at("effects", "domain", 0): "social"}
    cells = Shown(blank("en"), {**choosing("en", *FALLS), **typed})
    effects, _ = offered("en", *FALLS)
    found = cells.row("effects", 0, "title", "domain", "per_person", "indicator")
    assert found == [effects[0].title, "social", 0.1, "Treated falls avoided"]


def test_a_waiting_cell_is_no_text_where_a_number_belongs() -> None:
    written = blank("en")
    check = written.outcome.places.cells["checks.numbers"]
    for typed in ({}, choosing("en", *FALLS)):
        assert Shown(written, typed, is_whole=True).at(check) == 0
    wrong = {at("effects", "per_person", 0): "much"}
    typed = {**choosing("en", *FALLS), **wrong}
    assert Shown(written, typed, is_whole=True).at(check) == 1


# --- Where it is written ------------------------------------------------------------------------


def test_it_takes_few_formulas() -> None:
    """Counted by leaving out everything that looks in the lists of suggestions."""
    book = blank("en").book
    lists = book.layout.sheet_name("lists")
    top, left, bottom, right = AREA
    rows = [
        cell.formula
        for cell in (
            book.pages[TABLE[table].sheet].cells[place.row, place.column]
            for table, columns in FILLED_IN.items()
            for key in columns
            for place in (at(table, key, i) for i in range(book.layout.rows[table]))
        )
        if cell.formula is not None and f"T(INDEX('{lists}'!" in cell.formula
    ]
    beside = [
        cell
        for (row, column), cell in book.pages[SHEET].cells.items()
        if top <= row <= bottom and left <= column <= right and cell.formula is not None
    ]
    numbers = [
        formula
        for (sheet, *_), formula in book.formulas().items()
        if sheet == lists and formula.startswith(("IFERROR(MATCH(", "INDEX("))
    ]
    assert len(rows) == 5 * len(FILLED_IN["effects"]) + 5 * len(FILLED_IN["unpriced"])
    assert len(rows) + len(beside) + len(numbers) <= MOST_FORMULAS


def test_two_lists_to_choose_from() -> None:
    choices = blank("en").book.pages[SHEET].choices
    topic, group = (choices[a.row, a.column, a.row, a.column] for a in CHOSEN.values())
    assert topic.kind == group.kind == "list"
    assert group.source.startswith("OFFSET(")
    assert "INDIRECT" not in group.source
    assert len(group.source) < 255
    assert len(group.message) <= 240


def test_a_row_with_a_suggestion_can_be_typed_over_and_stands_out() -> None:
    book = blank("en").book
    for table in FILLED_IN:
        page = book.pages[TABLE[table].sheet]
        for key in FILLED_IN[table]:
            place = at(table, key, 0)
            assert page.cells[place.row, place.column].style.startswith("link")
        ((area, (column, words)),) = page.set_apart.items()
        assert area[0] == at(table, "title", 0).row
        assert column == at(table, "note", 0).column
        assert words == "Not local"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_starts_with_the_words_that_set_it_apart(language: Language) -> None:
    start = text("workbook.suggesting.note_start", language)
    assert text("workbook.suggesting.note", language, known="x").startswith(start)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_in_a_formula_is_no_longer_than_a_spreadsheet_takes(language: Language) -> None:
    for key in ("topic", "group", "done"):
        words = text(f"workbook.suggesting.status.{key}", language)
        assert 0 < len(words) <= 255
        assert '"' not in words


@pytest.mark.parametrize("row", ["nothing", "more"])
def test_the_first_free_row(row: str) -> None:
    filled = Filled()
    assert free_row(filled, "unpriced") == 0
    filled.add("effects", title="Walks")
    filled.add("effects", quantity=Link("reached"))
    if row == "more":
        filled.add("effects", quantity=3.0)
    assert free_row(filled, "effects") == (3 if row == "more" else 1)


def test_suggestions_come_below_the_effects_of_a_case() -> None:
    case, chosen = load_case(EXAMPLE), ("loneliness", "older-people")
    written = workbook(case, load_catalogue(), "en", 12, chosen=chosen)
    cells = Shown(written, {})
    effects, _ = offered("en", *chosen)
    titles = [cells.row("effects", i, "title")[0] for i in range(40)]
    first = titles.index(effects[0].title)
    assert titles[first : first + len(effects)] == [each.title for each in effects]
    assert all(titles[:first])
    plain = Shown(workbook(case, load_catalogue(), "en", 12), {})
    assert plain.row("effects", first, "title") == [""]


def test_where_there_is_no_room_nothing_is_filled_in() -> None:
    case: Any = load_case(EXAMPLE)
    effect = next(iter(case.effects.values()))
    many = {f"e{i}": effect for i in range(39)}
    without = {"overlaps": {}, "scenarios": {}, "alternatives": {}, "theory": None}
    full = case.model_copy(update={"effects": many, **without})
    book = workbook(full, load_catalogue(), "en", 12, chosen=FALLS).book
    found = [
        i
        for i in range(book.layout.rows["effects"])
        for place in [book.layout.cell("effects", "title", i)]
        if book.pages["effects"].cells[place.row, place.column].formula is not None
    ]
    assert found == [39]


def test_every_fact_that_is_filled_in_is_in_the_lists() -> None:
    assert {fact for columns in FILLED_IN.values() for fact in columns.values()} <= set(FACTS)
