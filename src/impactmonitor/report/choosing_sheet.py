"""The sheet of a choice that is being made: its columns and the rows of its candidates."""

from __future__ import annotations

from dataclasses import dataclass

from impactmonitor.intake.workbook.layout import At, SheetId
from impactmonitor.portfolio.chosen import Considered
from impactmonitor.report.choosing_words import ChoiceWords
from impactmonitor.report.report_book import TABLE_ROW, ReportBook, ReportLayout
from impactmonitor.report.workbook.book import Book, Choice

SHEET: SheetId = "choice"
FIRST = TABLE_ROW + 1


@dataclass
class ChoosingSheet(ReportBook):
    """A sheet that is being made.

    Attributes
    ----------
    words : ChoiceWords
        The choice with its words.
    columns : tuple of str
        What the columns hold, by the key of their head; ``theme:ID`` for the share of a theme.
    """

    words: ChoiceWords
    columns: tuple[str, ...]

    @classmethod
    def of(cls, words: ChoiceWords) -> ChoosingSheet:
        """An empty sheet with the columns that the choice asks for."""
        selection = words.selection
        columns = ["candidate", "choice", "amount", "share", "present", "value", "loss"]
        if selection.framework is not None:
            columns += ["score", "points"]
        if selection.terms.financial_return is not None:
            columns.append("return")
        columns += [f"theme:{theme}" for theme in selection.terms.themes]
        title = words.text("workbook.sheet")
        layout = ReportLayout(words.language, titles=((SHEET, title),))
        return cls(Book(layout), words, tuple(columns))

    @property
    def candidates(self) -> list[Considered]:
        """A row for each, the chosen ones first."""
        chosen = self.words.selection.chosen or ()
        every = self.words.selection.candidates.values()
        return sorted(every, key=lambda one: (one.id not in chosen, one.id))

    @property
    def last(self) -> int:
        """The row of the last candidate."""
        return TABLE_ROW + len(self.candidates)

    def text(self, key: str, **params: object) -> str:
        """A text of the workbook."""
        return self.words.text(f"workbook.{key}", **params)

    def at(self, row: int, column: str | int) -> At:
        """A cell, by what its column holds or by its number."""
        number = column if isinstance(column, int) else self.columns.index(column) + 1
        return At(SHEET, row, number)

    def ref(self, row: int, column: str | int) -> str:
        """The address of a cell in a formula."""
        return self.here(SHEET, row, self.at(row, column).column)

    def rows(self, column: str) -> str:
        """The address of what all candidates have in a column."""
        number = self.at(FIRST, column).column
        return self.column(SHEET, number, (FIRST, self.last), within=SHEET)

    def row_of(self, name: str) -> int:
        """The row of a candidate."""
        return FIRST + [one.id for one in self.candidates].index(name)

    def ask(self, row: int) -> None:
        """Have the mark of a candidate take 1 or 0 only."""
        cell, said = self.ref(row, "choice"), self.text("one")
        column = self.at(row, "choice").column
        self.page(SHEET).choices[row, column, row, column] = Choice(
            "custom", f"OR({cell}=0,{cell}=1)", self.text("choice"), said
        )
