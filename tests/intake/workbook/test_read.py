"""What is filled in in a workbook becomes a case, and every mistake is named with its cell."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.report.workbook.copying import copied

from impactmonitor import InvalidInput, evaluate, load_case, load_catalogue
from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.intake.reading import Reading, read_file
from impactmonitor.intake.workbook.layout import HEADS_AT, SIGNATURE_AT, WHAT_IF, At, letters
from impactmonitor.report.workbook.book import Book, Cell
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import workbook
from impactmonitor.resources import folder

EXAMPLE = folder("examples") / "fall-prevention-65plus" / "case.yaml"
CASE = load_case(EXAMPLE)


@functools.cache
def _made(language: Any) -> Book:
    return workbook(CASE, load_catalogue(), language, 12).book


def written(language: Any = "nl") -> Book:
    return copied(_made(language))


def saved(book: Book, to: Path, values: Mapping[Any, Any] | None = None) -> Path:
    file = to / "case.xlsx"
    file.write_bytes(to_bytes(book, values or {}, "x"))
    return file


def changed(to: Path, cells: Mapping[At, Any], language: Any = "nl") -> Path:
    """The example with other answers in some cells."""
    book = written(language)
    for at, value in cells.items():
        cell = book.pages[at.sheet].cells.setdefault((at.row, at.column), Cell())
        cell.value, cell.formula = value, None
        if isinstance(value, datetime.date):  # a spreadsheet then shows the cell as a date
            cell.style = "input_date"
    return saved(book, to)


def mistakes(reading: Reading) -> list[tuple[str, str | None, str | None]]:
    found = reading.placed(reading.problems)
    return [(p.code, p.sheet, p.cell) for p in found if p.severity == "error"]


def refusal(file: Path) -> list[tuple[str, str | None, str | None]]:
    with pytest.raises(InvalidInput) as caught:
        read_file(file)
    return [(p.code, p.sheet, p.cell) for p in caught.value.problems]


LAYOUT = written().layout
COST = LAYOUT.cell("costs", "amount", 0)
FLAG = LAYOUT.cell("costs", "in_kind", 0)
SHARE = LAYOUT.cell("effects", "deadweight", 0)


def place(at: At) -> tuple[str, str]:
    return LAYOUT.sheet_name(at.sheet), f"{letters(at.column)}{at.row}"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_workbook_is_read_as_the_case_that_was_written(tmp_path: Path, language: Any) -> None:
    assert load_case(saved(written(language), tmp_path)) == CASE


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("n.a.", "workbook-no-number"),
        ("ongeveer honderd", "workbook-no-number"),
        ("1.234,56", "workbook-number-as-text"),
        ("20%", "workbook-number-as-text"),
        ("€ 1.000", "workbook-number-as-text"),
        (datetime.date(2026, 3, 1), "workbook-date-for-number"),
        (True, "workbook-flag-for-number"),
    ],
)
def test_what_is_no_number(tmp_path: Path, value: Any, expected: str) -> None:
    reading = read_file(changed(tmp_path, {COST: value}))
    assert mistakes(reading) == [(expected, *place(COST))]


def test_all_mistakes_at_once_with_their_cells(tmp_path: Path) -> None:
    title = LAYOUT.field("plan", "title")
    cells = {COST: "n.a.", FLAG: "misschien", SHARE: 20.0, title: None}
    with pytest.raises(InvalidInput) as caught:
        load_and_evaluate(changed(tmp_path, cells), None)
    found = {(p.code, p.sheet, p.cell) for p in caught.value.problems if p.severity == "error"}
    assert found == {
        ("workbook-no-number", *place(COST)),
        ("workbook-not-in-list", *place(FLAG)),
        ("workbook-unanswered", *place(title)),
        ("out-of-range", *place(SHARE)),
        ("net-with-deadweight", *place(SHARE)),
    }


def test_a_mistake_is_named_once(tmp_path: Path) -> None:
    """The missing amount is a consequence of the text in its cell."""
    assert len(mistakes(read_file(changed(tmp_path, {COST: "veel"})))) == 1


def test_words_of_both_languages_are_understood(tmp_path: Path) -> None:
    first = LAYOUT.cell("effects", "domain", 0)
    assert not mistakes(read_file(changed(tmp_path, {first: "Social"})))
    assert not mistakes(read_file(changed(tmp_path, {first: "sociaal"}, "en")))
    assert not mistakes(read_file(changed(tmp_path, {first: "social"})))


def test_a_formula_of_ones_own_counts_with_the_value_that_was_saved(tmp_path: Path) -> None:
    book = written()
    book.pages["costs"].cells[COST.row, COST.column] = Cell(None, "3*4")
    value = {(*place(COST)[:1], COST.row, COST.column): 12}
    case = load_case(saved(book, tmp_path, value))
    assert next(iter(case.costs.values())).amount == 12


def test_a_formula_that_was_never_calculated_is_no_number(tmp_path: Path) -> None:
    import openpyxl

    file = changed(tmp_path, {})
    book = openpyxl.load_workbook(file)
    sheet, cell = place(COST)
    book[sheet][cell] = "=3*4"
    book.save(file)  # keeps no value of any formula
    found = mistakes(read_file(file))
    assert ("workbook-formula-without-value", sheet, cell) in found


def test_an_error_in_a_cell(tmp_path: Path) -> None:
    book = written()
    book.pages["costs"].cells[COST.row, COST.column] = Cell(None, "1/0")
    value = {(*place(COST)[:1], COST.row, COST.column): "#DIV/0!"}
    assert mistakes(read_file(saved(book, tmp_path, value))) == [
        ("workbook-error-cell", *place(COST))
    ]


def test_what_stands_outside_the_cells_is_not_passed_over(tmp_path: Path) -> None:
    below = At("costs", LAYOUT.cell("costs", "amount", 19).row + 1, COST.column)
    beside = At("effects", COST.row, 60)
    found = mistakes(read_file(changed(tmp_path, {below: 5, beside: "let op"})))
    assert found == [("workbook-outside", *place(below)), ("workbook-outside", *place(beside))]


def test_a_row_that_was_put_in_is_noticed(tmp_path: Path) -> None:
    import openpyxl

    file = changed(tmp_path, {})
    book = openpyxl.load_workbook(file)
    book[LAYOUT.sheet_name("costs")].insert_rows(3)
    book.save(file)
    ((problem, sheet, cell),) = refusal(file)
    assert (problem, sheet) == ("workbook-heads-moved", LAYOUT.sheet_name("costs"))
    assert cell is not None


@pytest.mark.parametrize(
    "text",
    ["", "impactmonitor-workbook;1;nl", "impactmonitor-workbook;1;fr;years=3;costs=2"],
)
def test_a_workbook_of_another_kind(tmp_path: Path, text: str) -> None:
    assert refusal(changed(tmp_path, {SIGNATURE_AT: text}))[0][0] == "workbook-not-a-case"


def test_a_workbook_of_a_later_version(tmp_path: Path) -> None:
    text = LAYOUT.signature().replace(";1;", ";7;", 1)
    assert refusal(changed(tmp_path, {SIGNATURE_AT: text}))[0][0] == "workbook-version"


def test_heads_that_nobody_can_vouch_for(tmp_path: Path) -> None:
    found = refusal(changed(tmp_path, {HEADS_AT: "plan=0"}))
    assert {p[0] for p in found} == {"workbook-heads-changed"}


def test_a_sheet_that_is_gone_and_one_that_is_new(tmp_path: Path) -> None:
    import openpyxl

    file = changed(tmp_path, {})
    book = openpyxl.load_workbook(file)
    book.create_sheet("Mijn notities")["A1"] = "let op"
    book.save(file)
    assert "workbook-other-sheet" in {p.code for p in read_file(file).problems}
    del book[LAYOUT.sheet_name("unpriced")]
    book.save(file)
    assert refusal(file)[0][0] == "workbook-sheet-missing"


def test_a_what_if_number_that_is_still_on(tmp_path: Path) -> None:
    reading = read_file(changed(tmp_path, {WHAT_IF["size"]: 2.0}))
    (found,) = [p for p in reading.problems if p.code == "workbook-what-if"]
    assert (found.severity, found.cell) == ("warning", place(WHAT_IF["size"])[1])
    assert reading.case == CASE


# --- Nobody knows -------------------------------------------------------------------------------


def test_a_cost_that_nobody_knows_is_shown_and_not_zero(tmp_path: Path) -> None:
    second = LAYOUT.cell("costs", "amount", 2)
    reading = read_file(changed(tmp_path, {second: "Weet ik niet"}))
    assert mistakes(reading) == []
    assert [p.code for p in reading.problems] == ["workbook-cost-unknown"]
    assert reading.case is not None
    name = list(CASE.costs)[2]
    assert name not in reading.case.costs
    effect = reading.case.effects[name]
    assert (effect.monetised, effect.quantity) == (False, "unknown")
    base = reading.case.model_copy(update={"alternatives": {}})
    assert evaluate(base).amount("costs") < evaluate(CASE).amount("costs")


def test_a_share_that_nobody_knows_is_named(tmp_path: Path) -> None:
    reading = read_file(changed(tmp_path, {SHARE: "I do not know"}))
    found = [p for p in reading.problems if p.code == "workbook-answer-unknown"]
    assert [(p.sheet, p.cell) for p in found] == [place(SHARE)]


def test_people_reached_that_nobody_knows_makes_effects_of_unknown_size(tmp_path: Path) -> None:
    at = LAYOUT.cell("effects", "quantity", 0)
    reached = LAYOUT.field("people", "reached")
    book = written()
    book.pages["effects"].cells[at.row, at.column] = Cell(None, book.ref(reached))
    book.pages["people"].cells[reached.row, reached.column] = Cell("weet ik niet")
    reading = read_file(saved(book, tmp_path))
    assert mistakes(reading) == []
    assert reading.case is not None
    assert next(iter(reading.case.effects.values())).quantity == "unknown"
    book.pages["people"].cells[reached.row, reached.column] = Cell(None)
    assert mistakes(read_file(saved(book, tmp_path))) == [("workbook-reached", *place(reached))]


# --- Cells that take their number from another one ----------------------------------------------


@pytest.mark.parametrize("form", ["{q}", "={q}", "+{q}", "{u}"])
def test_a_link_to_the_people_reached(tmp_path: Path, form: str) -> None:
    at, reached = LAYOUT.cell("effects", "quantity", 0), LAYOUT.field("people", "reached")
    book = written()
    quoted = book.ref(reached)
    formula = form.format(q=quoted, u=quoted.replace("$", ""))
    book.pages["effects"].cells[at.row, at.column] = Cell(None, formula)
    book.pages["people"].cells[reached.row, reached.column] = Cell(250.0)
    case = load_case(saved(book, tmp_path))
    quantity = next(iter(case.effects.values())).quantity
    assert getattr(quantity, "parameter", None) == "bereikt"
    assert case.parameters["bereikt"].value == 250


def test_a_range_chosen_from_the_list(tmp_path: Path) -> None:
    code = next(iter(CASE.costs))
    row = {k: LAYOUT.cell("uncertain", k, 20) for k in ("path", "kind", "a", "b")}
    chosen = {row["path"]: f"{code} · bedrag", row["kind"]: "laag en hoog"}
    case = load_case(changed(tmp_path, {**chosen, row["a"]: 1.0, row["b"]: 1e6}))
    amount = case.costs[code].amount
    assert getattr(amount, "interval", None) is not None
