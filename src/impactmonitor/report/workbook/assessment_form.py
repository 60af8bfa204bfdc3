"""The sheet on which one assessor answers the questions of a framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from impactmonitor.intake.workbook.assessing import (
    ASSESSOR_ROW,
    ID_COLUMN,
    QUESTIONS_TOP,
    letter_of,
)
from impactmonitor.intake.workbook.assessments import WORDS
from impactmonitor.intake.workbook.filled import Content, Filled, Link, Row, Unknown
from impactmonitor.intake.workbook.layout import ANSWER_AT, ASSESSMENT, ASSESSOR, At, SheetId
from impactmonitor.intake.workbook.words import word
from impactmonitor.messages import Language
from impactmonitor.report.workbook.assessment_rows import (
    GROUP,
    TEXT,
    TITLE,
    AssessmentRows,
)
from impactmonitor.report.workbook.book import Book, Choice, Scalar
from impactmonitor.report.workbook.scores_asked import Asked, Question, Scale
from impactmonitor.report.workbook.sizing import height_of

MEANING = ANSWER_AT + 1
PLACE, NUMBER, STATE, VALUE = range(14, 18)
"""Columns beside the table: what follows from an answer."""

NONE = -1e300
"""Below every level and number: what does not contribute."""

UNANSWERED, KNOWN, AWAY, DOUBTFUL = range(4)
"""States of an answer; the last is one that says that nobody knows."""

WIDTHS = {
    GROUP: 22.0, TITLE: 34.0, TEXT: 44.0, ANSWER_AT: 26.0, MEANING: 46.0, 6: 32.0, 7: 36.0,
    8: 13.0, 9: 32.0, 10: 12.0, 11: 12.0, ID_COLUMN: 16.0, 13: 3.0,
} | dict.fromkeys(range(PLACE, VALUE + 1), 11.0)  # fmt: skip
_STYLES = {"date": "input_date", "float": "input_number"}


@dataclass(frozen=True, slots=True)
class _Choices:
    """Rows with what can be chosen, from the first to the last."""

    top: int
    bottom: int


class AssessmentForm:
    """Writes the sheet of an assessor.

    Parameters
    ----------
    book : Book
        Gets the cells.
    sheet : str
        The sheet.
    asked : Asked
        The framework.
    filled : Filled
        What is already filled in.

    Attributes
    ----------
    answers : dict of str to At
        The cell of each answer, by indicator.
    """

    def __init__(self, book: Book, sheet: SheetId, asked: Asked, filled: Filled) -> None:
        self.rows = rows = AssessmentRows(book, sheet, asked)
        self.book, self.sheet, self.layout = book, sheet, book.layout
        self.answers = dict[str, At]()
        rows.page.widths |= WIDTHS
        rows.page.frozen = (QUESTIONS_TOP, TITLE)
        rows.page.repeated = (QUESTIONS_TOP, QUESTIONS_TOP)
        rows.put(1, 1, f"{asked.title} ({letter_of(sheet)})", "title")
        rows.put(2, 1, rows.text("form.intro"), "intro")
        self._name(filled.forms.get((sheet, ASSESSOR.key)))
        rows.write_questions((GROUP, TITLE, TEXT))
        self._heads()
        self._choices = self._scales()
        given = filled.answers.get(sheet, [])
        for i, question in enumerate(rows.questions):
            self._question(i, question, given[i] if i < len(given) else {})
        rows.page.last_printed = (self._bottom - 1, ID_COLUMN - 1)

    def _name(self, content: Content) -> None:
        rows, label = self.rows, self.rows.text("fields.assessor.label")
        rows.put(ASSESSOR_ROW, TITLE, label, "label")
        value = content if isinstance(content, str) else None
        at = rows.put(ASSESSOR_ROW, ANSWER_AT, value, "input_text")
        help_text = rows.text("fields.assessor.help")
        rows.page.choices[at.row, at.column, at.row, at.column] = Choice(
            "any", "", label, help_text
        )

    def _heads(self) -> None:
        rows = self.rows
        for column in ASSESSMENT:
            at = self.layout.answer_cell(self.sheet, column.key, 0)
            label, help_text = (
                rows.text(f"fields.{column.key}.{part}") for part in ("label", "help")
            )
            style = "expert_head" if column.kind == "float" else "head"
            rows.put(QUESTIONS_TOP, at.column, label, style)
            if column.key != "answer":
                place = (rows.first, at.column, rows.last, at.column)
                rows.page.choices[place] = Choice("any", "", label, help_text)
        rows.put(QUESTIONS_TOP, MEANING, rows.text("heads.meaning"), "head")
        rows.put(QUESTIONS_TOP, ID_COLUMN, rows.text("heads.id"), "small_head")
        for i, name in enumerate(("place", "number", "state", "value"), start=PLACE):
            rows.put(QUESTIONS_TOP, i, rows.text(f"heads.{name}"), "small_head")

    # what can be chosen -----------------------------------------------------------------------

    def _scales(self) -> Mapping[str, _Choices]:
        """Each scale once below the questions; the words stand at the end of each."""
        rows, row = self.rows, self.rows.last + 3
        rows.put(row - 1, TITLE, rows.text("form.scales"), "section")
        found = dict[str, _Choices]()
        for scale in {_key(q.scale): q.scale for q in rows.questions}.values():
            title = scale.title if scale.rungs else rows.text("form.numbers")
            rows.put(row, TITLE, title, "label")
            for i, rung in enumerate(scale.rungs, start=1):
                name = f"{i} - {rung.title}" if rung.title else f"{i}"
                self._choice(row, name, rung.text, i, KNOWN)
                row += 1
            first = row - len(scale.rungs)
            for code, state in (("none", KNOWN), ("not_applicable", AWAY)):
                about, number = rows.text(f"words.{code}_about"), NONE if state == KNOWN else None
                self._choice(row, rows.word(code), about, number, state)
                row += 1
            unknown = word("unknown", "unknown", rows.language)
            self._choice(row, unknown, rows.text("words.unknown_about"), None, DOUBTFUL)
            found[_key(scale)] = _Choices(first, row)
            row += 2
        self._bottom = row
        return found

    def _choice(self, row: int, name: str, about: str, number: float | None, state: int) -> None:
        self.rows.put(row, ANSWER_AT, name, "origin")
        self.rows.put(row, MEANING, about, "paragraph")
        if number is not None:
            self.rows.put(row, NUMBER, number, "calculation")
        self.rows.put(row, STATE, state, "calculation")

    def _of(self, choices: _Choices, column: int) -> str:
        return self.rows.span(choices.top, column, choices.bottom, column)

    # questions --------------------------------------------------------------------------------

    def _question(self, index: int, question: Question, given: Row) -> None:
        rows, row = self.rows, self.rows.first + index
        rows.put(row, ID_COLUMN, question.id, "note")
        choices = self._choices[_key(question.scale)]
        is_level = bool(question.scale.rungs)
        for column in ASSESSMENT:
            at = self.layout.answer_cell(self.sheet, column.key, index)
            if column.kind == "float" and is_level:
                continue
            usual = "input_text" if is_level or column.key != "answer" else "input_number"
            value = given.get(column.key)
            if column.key == "answer":
                value = self._shown(question.scale, value)
                self.answers[question.id] = at
            self.book.put(at, _plain(value, rows.language), _STYLES.get(column.kind, usual))
        self._offer(row, question, choices)
        self._follow(row, choices, is_level)
        texts = [question.title, question.text, *(rung.text for rung in question.scale.rungs)]
        widths = [WIDTHS[TITLE], WIDTHS[TEXT], *([WIDTHS[MEANING]] * len(question.scale.rungs))]
        rows.page.heights[row] = max(map(height_of, texts, widths))

    def _shown(self, scale: Scale, given: Content) -> Content:
        """A level with its title, a word in place of its code."""
        if isinstance(given, str) and given in WORDS:
            return self.rows.word(WORDS[given])
        if scale.rungs and isinstance(given, int | float) and 1 <= given <= len(scale.rungs):
            rung = scale.rungs[int(given) - 1]
            return f"{int(given)} - {rung.title}" if rung.title else f"{int(given)}"
        return given

    def _offer(self, row: int, question: Question, choices: _Choices) -> None:
        rows, cell, names = self.rows, self.rows.ref(row, ANSWER_AT), self._of(choices, ANSWER_AT)
        place = (row, ANSWER_AT, row, ANSWER_AT)
        if question.scale.rungs:
            help_text = rows.text("form.choose")
            rows.page.choices[place] = Choice("list", names, question.title, help_text)
        else:
            check = f"OR(ISNUMBER({cell}),COUNTIF({names},{cell})>0)"
            help_text = rows.text("form.type")
            rows.page.choices[place] = Choice("custom", check, question.title, help_text)

    def _follow(self, row: int, choices: _Choices, is_level: bool) -> None:
        """From an answer to its place in the list, its number, and what sort of answer it is."""
        rows = self.rows
        answer, place, number, state = (
            rows.ref(row, column) for column in (ANSWER_AT, PLACE, NUMBER, STATE)
        )
        names, numbers, states, texts = (
            self._of(choices, column) for column in (ANSWER_AT, NUMBER, STATE, MEANING)
        )
        found = f"IFERROR(MATCH({answer},{names},0),0)"
        if is_level:
            found = f"IFERROR(MATCH({answer},{names},0),IFERROR(MATCH({answer},{numbers},0),0))"
        own, beside = '""', self._is_anything_beside(row)
        if not is_level:
            above, below = (self._ratio(row, key) for key in ("numerator", "denominator"))
            ratio = f'IF(AND(ISNUMBER({above}),N({below})<>0),{above}/N({below}),"")'
            own = f"IF(ISNUMBER({answer}),{answer},{ratio})"
        formulas = {
            PLACE: f'IF({answer}="",0,{found})',
            NUMBER: f"IF({place}>0,INDEX({numbers},{place}),{own})",
            STATE: f"IF({place}>0,INDEX({states},{place}),IF(ISNUMBER({number}),"
            f"1,IF({beside},{self._doubt(choices)},0)))",
            VALUE: f'IF({state}=1,{number},"")',
            MEANING: f'IF({place}>0,INDEX({texts},{place}),"")',
        }
        for column, formula in formulas.items():
            style = "paragraph" if column == MEANING else "calculation"
            rows.work_out(row, column, formula, style)

    def _doubt(self, choices: _Choices) -> str:
        """The cell with the state of what nobody knows."""
        return self.rows.ref(choices.bottom, STATE)

    def _ratio(self, row: int, key: str) -> str:
        at = self.layout.answer_cell(self.sheet, key, 0)
        return self.rows.ref(row, at.column)

    def _is_anything_beside(self, row: int) -> str:
        """Whether somebody wrote something at this question."""
        last = self.layout.answer_cell(self.sheet, ASSESSMENT[-1].key, 0).column
        span = self.rows.span(row, MEANING + 1, row, last)
        return f'OR({self.rows.ref(row, ANSWER_AT)}<>"",COUNTA({span})>0)'


def _key(scale: Scale) -> str:
    """The same scale, and all numbers, offer the same words."""
    return scale.key if scale.rungs else ""


def _plain(content: Content, language: Language) -> Scalar:
    if isinstance(content, Unknown | Link):
        return word("unknown", "unknown", language)
    return content


def write_forms(
    book: Book, asked: Sequence[Asked], filled: Filled
) -> dict[SheetId, AssessmentForm]:
    """The sheets of all assessors of all frameworks."""
    by_id = {one.framework.id: one for one in asked}
    return {
        sheet: AssessmentForm(book, sheet, by_id[one.framework], filled)
        for sheet, one in book.layout.forms.items()
    }
