"""The sheet that lays the assessors of a framework side by side, and takes the middle answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from impactmonitor.intake.workbook.assessing import (
    ASSESSOR_ROW,
    QUESTIONS_TOP,
    beside_sheet,
    form_sheet,
    letter_of,
)
from impactmonitor.intake.workbook.layout import ANSWER_AT, At, SheetId
from impactmonitor.report.workbook.assessment_agreement import Agreement
from impactmonitor.report.workbook.assessment_form import (
    AWAY,
    DOUBTFUL,
    KNOWN,
    NONE,
    STATE,
    VALUE,
)
from impactmonitor.report.workbook.assessment_rows import GROUP, TITLE, AssessmentRows
from impactmonitor.report.workbook.book import Book
from impactmonitor.report.workbook.scores_asked import Asked
from impactmonitor.report.workbook.sizing import height_of

FIRST = 3
"""Column of the first assessor."""

USUAL_ROW = 3
"""Row with what an assessor without a name is called."""

ANSWER_WIDTH, WHY_WIDTH = 26.0, 38.0
_FIXED: Mapping[str, float | str] = {
    "middle": 0.5, "none": NONE, "known": KNOWN, "away": AWAY, "doubtful": DOUBTFUL,
    "between": "; ",
}  # fmt: skip
"""What formulas take from cells."""

_WORDS = ("no_contribution", "not_applicable")
"""Words that they take from cells too."""


class Beside:
    """Writes the sheet.

    Parameters
    ----------
    book : Book
        Gets the cells; the sheets of the assessors stand in it.
    number : int
        Which of the frameworks, from 0.
    asked : Asked
        The framework.

    Attributes
    ----------
    combined : dict of str to At
        The middle answer to each question, the lower of two; by indicator.
    agreement : At
        How far the assessors agree beyond chance.
    """

    def __init__(self, book: Book, number: int, asked: Asked) -> None:
        self.book, self.asked = book, asked
        self.sheet = beside_sheet(number)
        self.rows = rows = AssessmentRows(book, self.sheet, asked)
        count = book.layout.assessed[number].assessors
        self.forms: list[SheetId] = [form_sheet(number, slot) for slot in range(count)]
        self.spread = FIRST + 2 * count
        self.together = self.spread + 1
        self.states = self.together + 2
        self.values = self.states + count
        self.levels = self.values + count
        self.combined = dict[str, At]()
        rows.page.widths |= {GROUP: 22.0, TITLE: 40.0, self.spread: 16.0, self.together: 24.0,
                             self.together + 1: 3.0}  # fmt: skip
        rows.page.widths |= dict.fromkeys(range(FIRST, self.spread, 2), ANSWER_WIDTH)
        rows.page.widths |= dict.fromkeys(range(FIRST + 1, self.spread, 2), WHY_WIDTH)
        rows.page.frozen = (QUESTIONS_TOP, TITLE)
        rows.page.repeated = (QUESTIONS_TOP, QUESTIONS_TOP)
        rows.put(1, 1, f"{rows.text('beside.title')}: {asked.title}", "title")
        rows.put(2, 1, rows.text("beside.intro"), "intro")
        rows.write_questions((GROUP, TITLE))
        self._fixed()
        self._heads()
        for row in range(rows.first, rows.last + 1):
            self._question(row)
        self._summary(rows.last + 3)
        rows.page.last_printed = (rows.last + 7, self.together)

    def _fixed(self) -> None:
        """Constants of the calculation, beside what is printed."""
        words = dict(zip(_WORDS, map(self.rows.word, ("none", "not_applicable")), strict=True))
        for i, (name, value) in enumerate({**_FIXED, **words}.items()):
            self.rows.put(1, self.states + i, self.rows.text(f"fixed.{name}"), "small_head")
            self.rows.put(2, self.states + i, value, "calculation")

    def _constant(self, name: str) -> str:
        return self.rows.ref(2, self.states + [*_FIXED, *_WORDS].index(name))

    def _heads(self) -> None:
        rows = self.rows
        for slot, form in enumerate(self.forms):
            name = self.book.ref(At(form, ASSESSOR_ROW, ANSWER_AT))
            usual = f"{rows.text('form.assessor')} {letter_of(form)}"
            rows.put(USUAL_ROW, self.states + slot, usual, "calculation")
            title = f'IF(T({name})="",{rows.ref(USUAL_ROW, self.states + slot)},T({name}))'
            rows.work_out(QUESTIONS_TOP, FIRST + 2 * slot, title, "head")
            rows.put(QUESTIONS_TOP, FIRST + 2 * slot + 1, rows.text("heads.why"), "head")
            for left, name in ((self.states, "state"), (self.values, "value"),
                               (self.levels, "level")):  # fmt: skip
                head = f"{rows.text(f'heads.{name}')} {letter_of(form)}"
                rows.put(QUESTIONS_TOP, left + slot, head, "small_head")
        rows.put(QUESTIONS_TOP, self.spread, rows.text("heads.spread"), "number_head")
        rows.put(QUESTIONS_TOP, self.together, rows.text("heads.together"), "head")

    def _question(self, row: int) -> None:
        rows, question = self.rows, self.rows.questions[row - self.rows.first]
        none, known = self._constant("none"), self._constant("known")
        for slot, form in enumerate(self.forms):
            column = FIRST + 2 * slot
            answer = self.book.ref(At(form, row, ANSWER_AT))
            shown = f'IF({answer}="","",{answer})'
            rows.work_out(row, column, shown, "origin")
            rows.work_out(row, column + 1, self._why(form, row), "paragraph")
            state, value = (rows.ref(row, left + slot) for left in (self.states, self.values))
            rows.work_out(row, self.states + slot, self.book.ref(At(form, row, STATE)),
                          "calculation")  # fmt: skip
            rows.work_out(row, self.values + slot, self.book.ref(At(form, row, VALUE)),
                          "calculation")  # fmt: skip
            is_level = f"IF({value}={none},0,IF({state}={known},1,0))"
            rows.work_out(row, self.levels + slot, f'IF({is_level}=1,{value},"")', "calculation")
        if question.scale.rungs:
            levels = self._span(row, self.levels)
            apart = f'IF(COUNT({levels})>1,MAX({levels})-MIN({levels}),"")'
            rows.work_out(row, self.spread, apart, "whole")
        at = rows.work_out(row, self.together, self._middle(row), "origin")
        self.combined[question.id] = at
        texts = [question.title, *(rung.text for rung in question.scale.rungs[:1])]
        rows.page.heights[row] = max(height_of(text, ANSWER_WIDTH) for text in texts)

    def _why(self, form: SheetId, row: int) -> str:
        """Reason and evidence of an assessor in one text."""
        index = row - self.rows.first
        cells = [
            self.book.ref(self.book.layout.answer_cell(form, key, index))
            for key in ("reason", "evidence")
        ]
        both = f'IF(OR(T({cells[0]})="",T({cells[1]})=""),"",{self._constant("between")})'
        return f"T({cells[0]})&{both}&T({cells[1]})"

    def _span(self, row: int, left: int) -> str:
        return self.rows.span(row, left, row, left + len(self.forms) - 1)

    def _middle(self, row: int) -> str:
        """The middle answer; what does not apply only where nobody says anything else."""
        values, states = self._span(row, self.values), self._span(row, self.states)
        away, doubtful = (
            f"COUNTIF({states},{self._constant(name)})" for name in ("away", "doubtful")
        )
        rank = f"INT((COUNT({values})+1)*{self._constant('middle')})"
        middle = f"SMALL({values},{rank})"
        none, not_applicable = map(self._constant, _WORDS)
        silent = f'IF(AND({away}>0,{doubtful}=0),{not_applicable},"")'
        found = f"IF({middle}={self._constant('none')},{none},{middle})"
        return f"IF(COUNT({values})=0,{silent},{found})"

    def _summary(self, top: int) -> None:
        """How many questions two or more answered, and how often they chose alike."""
        rows = self.rows
        spreads = rows.span(rows.first, self.spread, rows.last, self.spread)
        formulas = {
            "both": f"COUNT({spreads})",
            "equal": f"COUNTIF({spreads},0)",
            "one": f"COUNTIF({spreads},1)",
            "more": f"COUNT({spreads})-COUNTIF({spreads},0)-COUNTIF({spreads},1)",
        }
        for i, (name, formula) in enumerate(formulas.items(), start=top):
            rows.put(i, TITLE, rows.text(f"beside.{name}"), "label")
            rows.work_out(i, FIRST, formula, "whole")
        self.agreement = At(self.sheet, top + len(formulas), FIRST)
        rows.put(self.agreement.row, TITLE, rows.text("agreement.title"), "label")
        rows.put(self.agreement.row, FIRST + 1, rows.text("agreement.about"), "paragraph")
        half = self._constant("middle")
        Agreement(rows, self.levels, len(self.forms), half).write_alpha(self.agreement)


def write_beside(book: Book, asked: Sequence[Asked]) -> dict[str, Beside]:
    """The sheets side by side, by framework."""
    by_id = {one.framework.id: one for one in asked}
    return {
        one.framework: Beside(book, number, by_id[one.framework])
        for number, one in enumerate(book.layout.assessed)
    }
