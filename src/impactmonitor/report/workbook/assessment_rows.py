"""What the sheets about one framework share: its questions in rows, and where things stand."""

from __future__ import annotations

from collections.abc import Sequence

from impactmonitor import messages
from impactmonitor.intake.workbook.assessing import QUESTIONS_TOP, Assessed
from impactmonitor.intake.workbook.assessing import Question as Place
from impactmonitor.intake.workbook.layout import At, SheetId
from impactmonitor.report.workbook.book import Area, Book, Scalar
from impactmonitor.report.workbook.scores_asked import Asked, Question

GROUP, TITLE, TEXT = 1, 2, 3
"""Columns with the group of a question, what it is called, and what is asked."""


def assessed_of(asked: Sequence[Asked]) -> tuple[Assessed, ...]:
    """The frameworks as a layout has them, their questions in the order of their groups."""
    return tuple(
        Assessed(
            one.framework.id,
            tuple(Place(q.id, len(q.scale.rungs)) for theme in one.themes for q in theme.questions),
        )
        for one in asked
    )


class AssessmentRows:
    """Writes pieces of a sheet about a framework.

    Parameters
    ----------
    book : Book
        Gets the cells.
    sheet : str
        The sheet.
    asked : Asked
        The framework in words.

    Attributes
    ----------
    questions : list of Question
        From the top down.
    first, last : int
        Rows with questions.
    """

    def __init__(self, book: Book, sheet: SheetId, asked: Asked) -> None:
        self.book, self.sheet, self.asked = book, sheet, asked
        self.page, self.language = book.pages[sheet], book.layout.language
        self.questions: list[Question] = [q for theme in asked.themes for q in theme.questions]
        self.first = QUESTIONS_TOP + 1
        self.last = QUESTIONS_TOP + len(self.questions)

    def text(self, key: str) -> str:
        """A text of these sheets."""
        return messages.text(f"workbook.assessment.{key}", self.language)

    def word(self, name: str) -> str:
        """What can stand in place of an answer, as the sheet with scores says it."""
        return messages.text(f"workbook.scores.answers.{name}", self.language)

    def put(self, row: int, column: int, value: Scalar, style: str) -> At:
        """Set a value; returns where."""
        return self.book.put(At(self.sheet, row, column), value, style)

    def work_out(self, row: int, column: int, formula: str, style: str) -> At:
        """Set a formula; returns where."""
        return self.book.work_out(At(self.sheet, row, column), formula, style)

    def ref(self, row: int, column: int) -> str:
        """The address of a cell of this sheet."""
        return self.book.ref(At(self.sheet, row, column), within=self.sheet)

    def span(self, top: int, left: int, bottom: int, right: int) -> str:
        """The address of a rectangle of this sheet."""
        return self.book.area(Area(self.sheet, top, left, bottom, right), within=self.sheet)

    def write_questions(self, columns: Sequence[int]) -> None:
        """Heads and names of the questions; each group is named at its first question."""
        values = {
            GROUP: [
                theme.title if i == 0 else ""
                for theme in self.asked.themes
                for i, _ in enumerate(theme.questions)
            ],
            TITLE: [question.title for question in self.questions],
            TEXT: [question.text for question in self.questions],
        }
        styles = {GROUP: "strong_wrapped", TITLE: "name", TEXT: "paragraph"}
        heads = {GROUP: "group", TITLE: "title", TEXT: "question"}
        for column in columns:
            self.put(QUESTIONS_TOP, column, self.text(f"heads.{heads[column]}"), "head")
            for row, value in enumerate(values[column], start=self.first):
                if value:
                    self.put(row, column, value, styles[column])
