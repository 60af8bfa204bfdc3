"""The sheet of a choice that is being made: its columns, its cells and what formulas give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from impactmonitor.intake.workbook.layout import At, Layout, SheetId
from impactmonitor.portfolio.chosen import Considered
from impactmonitor.report.choosing_words import ChoiceWords
from impactmonitor.report.workbook.book import Area, Book, Choice, Page, Scalar

SHEET: SheetId = "choice"
TITLE_ROW, ABOUT_ROW, HEAD_ROW, FIRST = 1, 2, 4, 5
NOTHING = "–"


@dataclass(frozen=True)
class ChoosingLayout(Layout):
    """One sheet, and its name.

    Attributes
    ----------
    title : str
        Of the sheet.
    """

    title: str = SHEET

    def sheet_name(self, sheet: SheetId) -> str:
        """The title of the sheet."""
        del sheet
        return self.title

    @cached_property
    def sheets(self) -> tuple[SheetId, ...]:
        """The one sheet."""
        return (SHEET,)


@dataclass
class ChoosingSheet:
    """A sheet that is being made.

    Attributes
    ----------
    words : ChoiceWords
        The choice with its words.
    book : Book
        With the one sheet.
    columns : tuple of str
        What the columns hold, by the key of their head; ``theme:ID`` for the share of a theme.
    values : dict
        What each formula gives, by sheet title, row and column.
    """

    words: ChoiceWords
    book: Book
    columns: tuple[str, ...]
    values: dict[tuple[str, int, int], float | str] = field(default_factory=dict)

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
        layout = ChoosingLayout(words.language, title=words.text("workbook.sheet"))
        return cls(words, Book(layout), tuple(columns))

    @property
    def page(self) -> Page:
        """The sheet itself."""
        return self.book.pages[SHEET]

    @property
    def candidates(self) -> list[Considered]:
        """A row for each, the chosen ones first."""
        chosen = self.words.selection.chosen or ()
        every = self.words.selection.candidates.values()
        return sorted(every, key=lambda one: (one.id not in chosen, one.id))

    @property
    def last(self) -> int:
        """The row of the last candidate."""
        return HEAD_ROW + len(self.candidates)

    def text(self, key: str, **params: object) -> str:
        """A text of the workbook."""
        return self.words.text(f"workbook.{key}", **params)

    def at(self, row: int, column: str | int) -> At:
        """A cell, by what its column holds or by its number."""
        number = column if isinstance(column, int) else self.columns.index(column) + 1
        return At(SHEET, row, number)

    def ref(self, row: int, column: str | int) -> str:
        """The address of a cell in a formula."""
        return self.book.ref(self.at(row, column), within=SHEET, fix="")

    def rows(self, column: str) -> str:
        """The address of what all candidates have in a column."""
        number = self.at(FIRST, column).column
        area = Area(SHEET, FIRST, number, self.last, number)
        return self.book.area(area, within=SHEET)

    def row_of(self, name: str) -> int:
        """The row of a candidate."""
        return FIRST + [one.id for one in self.candidates].index(name)

    def say(self, at: At, text: Scalar, style: str = "name") -> None:
        """A text, which is never a formula."""
        self.book.put(at, text, style)

    def put(self, at: At, value: float | None, style: str) -> None:
        """A number, or a dash where there is none."""
        if value is None:
            self.say(at, NOTHING, "form_unit")
        else:
            self.book.put(at, value, style)

    def work_out(self, at: At, formula: str, value: float | str, style: str) -> None:
        """A formula with what it gives."""
        self.values[self.book.layout.sheet_name(SHEET), at.row, at.column] = value
        self.book.work_out(at, formula, style)

    def heads(self, row: int, heads: Sequence[str], texts: Sequence[int]) -> None:
        """The heads of a table, of which some columns hold text."""
        for column, head in enumerate(heads, 1):
            self.say(self.at(row, column), head, "head" if column in texts else "number_head")

    def ask(self, row: int) -> None:
        """Have the mark of a candidate take 1 or 0 only."""
        cell, said = self.ref(row, "choice"), self.text("one")
        column = self.at(row, "choice").column
        self.page.choices[row, column, row, column] = Choice(
            "custom", f"OR({cell}=0,{cell}=1)", self.text("choice"), said
        )
