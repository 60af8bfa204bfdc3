"""The sheet of an assessor: what it offers, and what follows from an answer."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import openpyxl
import pytest
from tests.report.workbook.scored import AWAY, FILLED, after, first_form, typed, written

from impactmonitor.intake.workbook.assessing import QUESTIONS_TOP, form_sheet
from impactmonitor.intake.workbook.layout import ANSWER_AT, ASSESSMENT, At
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.report.workbook.assessment_form import MEANING, STATE, VALUE
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import Written


@cache
def made(language: Language = "en") -> Written:
    return written(FILLED, {"first": 4}, language)


def beside(name: str, answer: Any, column: int, more: dict[At, Any] | None = None) -> Any:
    one = made()
    at = first_form(one, "test").answers[name]
    cells = typed(one, {name: answer}) | (more or {})
    return after(one, cells)[one.book.layout.sheet_name(at.sheet), at.row, column]


def label(name: str, level: int) -> str:
    """What the list of a question offers for a level."""
    cells = made().book.pages[first_form(made(), "test").sheet].cells
    texts = (c.value for (_, column), c in cells.items() if column == ANSWER_AT)
    return next(t for t in texts if isinstance(t, str) and t.startswith(f"{level} - "))


@pytest.mark.parametrize(("answer", "state", "value"), [
    (2, 1, 2), ("none", 1, -1e300), (AWAY, 2, ""), ("unknown", 3, ""), (None, 0, ""),
    (9, 3, ""), ("a lot", 3, ""), (2.5, 3, ""),
])  # fmt: skip
def test_what_sort_of_answer_it_is(answer: Any, state: int, value: Any) -> None:
    assert beside("say", answer, STATE) == state
    assert beside("say", answer, VALUE) == value


@pytest.mark.parametrize(("answer", "state", "value"), [
    (12.5, 1, 12.5), (-4, 1, -4), ("none", 1, -1e300), (AWAY, 2, ""), ("unknown", 3, ""),
    (None, 0, ""), ("many", 3, ""),
])  # fmt: skip
def test_an_answer_to_a_question_for_a_number(answer: Any, state: int, value: Any) -> None:
    assert beside("trees", answer, STATE) == state
    assert beside("trees", answer, VALUE) == value


def test_a_level_is_chosen_by_its_title_and_explained_in_words() -> None:
    assert beside("say", label("say", 3), VALUE) == 3
    assert beside("say", label("say", 3), MEANING) == "It is like 3"


def test_a_ratio_counts_where_there_is_no_number() -> None:
    one = made()
    form = first_form(one, "test")
    index = form.answers["trees"].row - QUESTIONS_TOP - 1
    above, below = (
        one.book.layout.answer_cell(form.sheet, key, index) for key in ("numerator", "denominator")
    )
    assert beside("trees", None, VALUE, {above: 50, below: 4}) == 12.5
    assert beside("trees", None, VALUE, {above: 50, below: 0}) == ""
    assert beside("trees", None, STATE, {above: 50}) == 3


def test_a_reason_without_an_answer_says_that_nobody_knows() -> None:
    at = made().book.layout.answer_cell(form_sheet(0, 0), "reason", 0)
    assert beside("say", None, STATE, {at: "We looked"}) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_sheet_is_blank_and_open(language: Language) -> None:
    one = made(language)
    layout, first, second = one.book.layout, form_sheet(0, 0), form_sheet(0, 1)
    data = to_bytes(one.book, one.values, "x")
    file = openpyxl.load_workbook(io.BytesIO(data))
    mine, other = (file[layout.sheet_name(sheet)] for sheet in (first, second))
    answered = 0
    for index, question in enumerate(layout.assessed[0].questions):
        for column in ASSESSMENT:
            if column.kind == "float" and question.levels:
                continue
            at = layout.answer_cell(second, column.key, index)
            assert other.cell(at.row, at.column).value is None
            assert other.cell(at.row, at.column).protection.locked is False
        at = layout.answer_cell(first, "answer", index)
        answered += mine.cell(at.row, at.column).value is not None
    assert answered == len(FILLED)
    kinds = {r.type for r in other.data_validations.dataValidation}
    assert {"list", "custom"} <= kinds
