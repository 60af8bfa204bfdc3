"""What all sheets of a comparison have: heads, cells with values, formulas with results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from impactmonitor.intake.workbook.layout import At, Layout, SheetId
from impactmonitor.report.comparing_words import ComparingWords
from impactmonitor.report.workbook.book import Area, Book, Page, Scalar

SHEETS: tuple[SheetId, ...] = ("overview", "actors", "ranks", "levelled", "unpriced", "notes")
TITLE_ROW, ABOUT_ROW, FIRST_ROW = 1, 2, 4
NOTHING = "–"


@dataclass(frozen=True)
class ComparingLayout(Layout):
    """The sheets of this workbook and their names.

    Attributes
    ----------
    titles : tuple of str
        In the order of ``SHEETS``.
    """

    titles: tuple[str, ...] = SHEETS

    def sheet_name(self, sheet: SheetId) -> str:
        """The title of a sheet."""
        return self.titles[SHEETS.index(sheet)]

    @cached_property
    def sheets(self) -> tuple[SheetId, ...]:
        """All sheets, in their order."""
        return SHEETS


@dataclass
class ComparingBook:
    """A workbook that is being made.

    Attributes
    ----------
    book : Book
        Its sheets.
    words : ComparingWords
        The comparison with its words.
    values : dict
        What each formula gives, by sheet title, row and column.
    """

    book: Book
    words: ComparingWords
    values: dict[tuple[str, int, int], float] = field(default_factory=dict)

    def text(self, key: str, **params: object) -> str:
        """A text of the workbook."""
        return self.words.text(f"workbook.{key}", **params)

    def page(self, sheet: SheetId) -> Page:
        """A sheet."""
        return self.book.pages[sheet]

    def start(self, sheet: SheetId, widths: Sequence[float]) -> None:
        """The title of a sheet, what it shows, and how wide its columns are."""
        self.say(At(sheet, TITLE_ROW, 1), self.text(f"titles.{sheet}"), "title")
        self.say(At(sheet, ABOUT_ROW, 1), self.text(f"about.{sheet}"), "intro")
        self.page(sheet).widths |= dict(enumerate(widths, 1))
        self.page(sheet).is_portrait = sum(widths) <= 95

    def section(self, sheet: SheetId, row: int, text: str) -> int:
        """A title above a table; returns the row below it."""
        self.say(At(sheet, row, 1), text, "section")
        return row + 1

    def heads(self, sheet: SheetId, row: int, heads: Sequence[str], texts: int = 1) -> int:
        """The heads of a table, of which the first columns hold text; returns the row below."""
        for column, head in enumerate(heads, 1):
            style = "head" if column <= texts else "number_head"
            said = head.replace("-\n", "").replace("\n", " ")
            self.say(At(sheet, row, column), said, style)
        return row + 1

    def put(self, at: At, value: float | None, style: str = "money") -> At:
        """A number, or a dash where there is none."""
        if value is None:
            return self.say(at, NOTHING, "form_unit")
        return self.book.put(at, value, style)

    def say(self, at: At, text: Scalar, style: str = "name") -> At:
        """A text, which is never a formula."""
        return self.book.put(at, text, style)

    def work_out(self, at: At, formula: str, value: float | None, style: str = "money") -> At:
        """A formula with what it gives; a dash where that does not exist."""
        if value is None:
            return self.put(at, None)
        self.values[self.book.layout.sheet_name(at.sheet), at.row, at.column] = value
        return self.book.work_out(at, formula, style)

    def ref(self, sheet: SheetId, row: int, column: int) -> str:
        """The address of a cell in a formula on its own sheet."""
        return self.book.ref(At(sheet, row, column), within=sheet, fix="")

    def rows(self, sheet: SheetId, column: int, rows: tuple[int, int]) -> str:
        """The address of a part of a column in a picture."""
        return self.book.area(Area(sheet, rows[0], column, rows[1], column))
