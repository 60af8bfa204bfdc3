"""Write the form in which somebody reports once: only what is due, beside what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from impactmonitor import messages
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.monitored import MonitoredIndicator, monitored
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.update_form import (
    ANSWERS,
    FIRST_ROW,
    HEADS_ROW,
    KNOWN,
    LESSON_COLUMN,
    LESSONS,
    MAX_QUESTIONS,
    SIGNATURE_AT,
    STATUS_TOP,
    FormLayout,
    Row,
    Signature,
    mark_of,
)
from impactmonitor.intake.workbook.layout import At
from impactmonitor.intake.workbook.words import WORDS, word
from impactmonitor.measuring.due import Question, due
from impactmonitor.messages import Language
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.periods import Period
from impactmonitor.model.record import in_language
from impactmonitor.problems import InvalidInput, Problem
from impactmonitor.report.form_facts import Facts, Known
from impactmonitor.report.workbook.book import Area, Book, Choice
from impactmonitor.report.workbook.saving import to_bytes

WIDTHS: Sequence[float] = (
    43.0, 11.0, 24.0, 22.0, 16.0, 16.0, 12.0,  # what is known
    13.0, 13.0, 13.0, 13.0, 18.0, 12.0, 12.0, 28.0, 20.0, 24.0, 14.0,
)  # fmt: skip
_NUMBERS = ("value", "numerator", "denominator")
_CELLS: Mapping[str, Sequence[str]] = {
    "value": ("value",), "ratio": ("numerator", "denominator"), "either": _NUMBERS,
}  # fmt: skip


def update_form(
    result: Evaluation,
    catalogue: Catalogue,
    period: Period,
    language: Language,
    reporter: str | None = None,
) -> tuple[bytes, int]:
    """The form for one period of a case.

    Parameters
    ----------
    result : Evaluation
        Of the case, for what was planned.
    catalogue : Catalogue
        Where its indicators are looked up.
    period : Period
        That is reported.
    language : {"nl", "en"}
        Of all words.
    reporter : str or None
        Who reports: the name is filled in, and last time is their own figure.

    Returns
    -------
    tuple of bytes and int
        An .xlsx file, and how many questions it asks.

    Raises
    ------
    InvalidInput
        ``nothing-due``, ``too-many-questions``.
    """
    indicators, _ = monitored(result.case, catalogue)
    questions = due(result.case, indicators, period)
    if not questions:
        raise InvalidInput([Problem("nothing-due", params={"period": period.name})])
    if len(questions) > MAX_QUESTIONS:
        params = {"period": period.name, "count": len(questions), "most": MAX_QUESTIONS}
        raise InvalidInput([Problem("too-many-questions", params=params)])
    form = _Form(result, indicators, questions, period, language, reporter)
    title = in_language(result.case.title, language)
    return to_bytes(form.book, form.values, title), len(questions)


class _Form:
    """Writes the three sheets; the cells stand in ``book``."""

    def __init__(
        self,
        result: Evaluation,
        indicators: Mapping[str, MonitoredIndicator],
        questions: Sequence[Question],
        period: Period,
        language: Language,
        reporter: str | None,
    ) -> None:
        self.case, self.period, self.language = result.case, period, language
        self.reporter, self.questions = reporter, questions
        self.layout = FormLayout(language)
        self.book = Book(self.layout)
        self.values: dict[tuple[str, int, int], object] = {}
        self.facts = Facts(result, indicators, language, reporter)
        self.last = FIRST_ROW + len(questions) - 1
        self._marks()
        self._lessons()
        self._top()
        self._heads()
        for i, question in enumerate(questions):
            self._question(i, question, self.facts.known(question))
        self._offer()

    def _text(self, key: str, **params: object) -> str:
        return messages.text(f"update.form.{key}", self.language, **params)

    def _put(self, row: int, column: int, value: str | float | None, style: str) -> At:
        return self.book.put(At("figures", row, column), value, style)

    def _marks(self) -> None:
        """By what a form is known again, and the words of its one list."""
        put, page = self.book.put, self.book.pages["marks"]
        page.widths |= {1: 44.0, 2: 60.0}
        rows = [Row(q.of, q.field, q.period.name, q.cell, q.form) for q in self.questions]
        self.keys = [row.key for row in rows]
        mark = mark_of(self.keys)
        signature = Signature(self.language, self.case.id, self.period.name, len(rows), mark)
        put(At("marks", 1, 1), self._text("signature"), "paragraph")
        put(SIGNATURE_AT, signature.text, "note")
        put(At("marks", STATUS_TOP - 1, 1), self._text("statuses"), "head")
        for i, name in enumerate(WORDS["report_statuses"]):
            said = word("report_statuses", name, self.language)
            put(At("marks", STATUS_TOP + i, 1), said, "list")

    def _lessons(self) -> None:
        """What has to be answered in every form; what others wrote before stands there already."""
        put, page = self.book.put, self.book.pages["lessons"]
        page.widths |= {1: 30.0, 2: 80.0, 3: 50.0}
        put(At("lessons", 1, 1), self._text("sheets.lessons.title"), "title")
        put(At("lessons", 2, 1), self._text("sheets.lessons.intro"), "intro")
        before = monitoring_of(self.case).lessons.get(self.period.name)
        for column in LESSONS:
            at, key = self.layout.lesson_at(column.key), f"lessons.{column.key}"
            label, help_text = self._text(f"{key}.label"), self._text(f"{key}.help")
            known = None if before is None else getattr(before, column.key)
            put(At("lessons", at.row, 1), label, "label")
            put(at, in_language(known, self.language) or None, "input_text")
            put(At("lessons", at.row, 3), help_text, "help")
            page.heights[at.row] = 120.0
            place = (at.row, at.column, at.row, at.column)
            page.choices[place] = Choice("any", "", label, help_text)
            page.marked[place] = f"LEN(TRIM({self.book.ref(at, within='lessons', fix='')}))=0"
        self.lessons_left = 0 if before is not None else len(LESSONS)

    def _top(self) -> None:
        page, case = self.book.pages["figures"], self.case
        page.widths |= dict(enumerate(WIDTHS, start=1))
        page.frozen = (HEADS_ROW, 3)
        page.repeated = (HEADS_ROW, HEADS_ROW)
        page.column_breaks = [self.layout.answer_at(0, "status").column]
        page.last_printed = (self.last, len(WIDTHS) - 1)
        self._put(1, 1, self._text("title"), "title")
        self._put(2, 1, self._text("intro"), "intro")
        self._put(4, 1, self._text("case"), "label")
        self._put(4, 2, f"{in_language(case.title, self.language)} ({case.id})", "wide")
        self._put(5, 1, self._text("period"), "label")
        self._put(5, 2, self.facts.name_of(self.period), "wide")
        self._put(6, 1, self._text("answered"), "label")
        spans = [self._span(key) for key in ("value", "numerator")]
        count = "+".join(f'({span}<>"")' for span in spans)
        self._work_out(6, f"SUMPRODUCT(--({count}>0))", 0)
        self._put(6, 3, self._text("out_of", count=len(self.questions)), "paragraph")
        self._put(7, 1, self._text("lessons_left"), "label")
        first, last = (self.layout.lesson_at(c.key) for c in (LESSONS[0], LESSONS[-1]))
        span = self.book.area(Area("lessons", first.row, LESSON_COLUMN, last.row, LESSON_COLUMN))
        self._work_out(7, f"SUMPRODUCT(--(LEN(TRIM({span}))=0))", self.lessons_left)
        self._put(7, 3, self._text("lessons_where"), "paragraph")
        page.marked[7, 2, 7, 2] = "$B$7>0"

    def _work_out(self, row: int, formula: str, value: int) -> None:
        self.book.work_out(At("figures", row, 2), formula, "whole")
        self.values[self.layout.sheet_name("figures"), row, 2] = value

    def _span(self, key: str) -> str:
        column = self.layout.answer_at(0, key).column
        return self.book.area(Area("figures", FIRST_ROW, column, self.last, column),
                              within="figures")  # fmt: skip

    def _heads(self) -> None:
        for column, name in enumerate(KNOWN, start=1):
            style = "number_head" if name in ("target", "before") else "head"
            self._put(HEADS_ROW, column, self._text(f"known.{name}.label"), style)
        for answer in ANSWERS:
            column = self.layout.answer_at(0, answer.key).column
            self._put(HEADS_ROW, column, self._text(f"answers.{answer.key}.label"), "head")
        key = self.layout.key_at(0).column
        self._put(HEADS_ROW, key, self._text("answers.key.label"), "small_head")

    def _question(self, index: int, question: Question, known: Known) -> None:
        """What is known of a figure, and the cells for its answer."""
        row = FIRST_ROW + index
        shown = (known.title, question.period.name, known.category, known.unit, known.target,
                 known.before, known.before_period)  # fmt: skip
        for column, value in enumerate(shown, start=1):
            style = "amount" if isinstance(value, float) else "origin"
            if isinstance(value, float) and known.is_share:
                style = "percent"
            elif isinstance(value, float) and value.is_integer():
                style = "number"
            self._put(row, column, value, "paragraph" if column == 1 else style)
        self.book.put(self.layout.key_at(index), self.keys[index], "note")
        prefilled = {"reporter": self.reporter, "project": known.project}
        for answer in ANSWERS:
            if not self._is_asked(answer.key, question):
                continue
            style = "input_date" if answer.kind == "date" else "input_text"
            if answer.kind == "float":
                is_share = known.is_share and answer.key == "value"
                style = "input_percent" if is_share else "input_number"
            self.book.put(
                self.layout.answer_at(index, answer.key), prefilled.get(answer.key), style
            )

    def _is_asked(self, key: str, question: Question) -> bool:
        if key in _NUMBERS:
            return key in _CELLS[question.form]
        if key == "differs_because":
            return not question.cell and (question.of, question.field) in self._broken_down
        return True

    @property
    def _broken_down(self) -> set[tuple[str, str | None]]:
        return {(q.of, q.field) for q in self.questions if q.cell}

    def _offer(self) -> None:
        """What may be typed in each column, and a mark where it is something else."""
        page = self.book.pages["figures"]
        for answer in ANSWERS:
            at = self.layout.answer_at(0, answer.key)
            place = (FIRST_ROW, at.column, self.last, at.column)
            key = f"answers.{answer.key}"
            label, help_text = self._text(f"{key}.label"), self._text(f"{key}.help")
            cell = self.book.ref(at, within="figures", fix="")
            choice = Choice("any", "", label, help_text)
            if answer.kind == "float":
                choice = Choice("custom", f"ISNUMBER({cell})", label, help_text)
                page.marked[place] = f"ISTEXT({cell})"
            elif answer.key == "status":
                bottom = STATUS_TOP + len(WORDS["report_statuses"]) - 1
                words = self.book.area(Area("marks", STATUS_TOP, 1, bottom, 1))
                choice = Choice("list", words, label, help_text)
            page.choices[place] = choice
