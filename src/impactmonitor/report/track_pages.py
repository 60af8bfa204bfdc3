"""What all sheets of plan against result have: heads, cells with values, formulas with results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from impactmonitor.intake.workbook.layout import At, SheetId
from impactmonitor.report.track_words import TrackWords
from impactmonitor.report.workbook.book import Area, Book, Page, Scalar

TITLE_ROW, ABOUT_ROW, TABLE_ROW = 1, 2, 4


@dataclass
class TrackBook:
    """A workbook that is being made.

    Attributes
    ----------
    book : Book
        Its sheets.
    told : TrackWords
        What may be shown, and the words.
    values : dict
        What each formula gives, by sheet title, row and column.
    """

    book: Book
    told: TrackWords
    values: dict[tuple[str, int, int], float] = field(default_factory=dict)

    def text(self, key: str, **params: object) -> str:
        """A text of the workbook."""
        return self.told.text(f"workbook.{key}", **params)

    def page(self, sheet: SheetId) -> Page:
        """A sheet."""
        return self.book.pages[sheet]

    def start(self, sheet: SheetId, title: str, about: str, widths: Sequence[float]) -> None:
        """The title of a sheet, what it shows, and how wide its columns are."""
        self.book.put(At(sheet, TITLE_ROW, 1), title, "title")
        self.book.put(At(sheet, ABOUT_ROW, 1), about, "intro")
        self.page(sheet).widths |= dict(enumerate(widths, 1))
        self.page(sheet).is_portrait = sum(widths) <= 95

    def heads(self, sheet: SheetId, row: int, heads: Sequence[str], texts: int = 1) -> None:
        """The heads of a table, of which the first columns hold text."""
        for column, head in enumerate(heads, 1):
            style = "head" if column <= texts else "number_head"
            self.book.put(At(sheet, row, column), head.replace("\n", " "), style)

    def put(self, at: At, value: float | None, style: str = "money") -> At:
        """A number, or the word for what is hidden."""
        if value is None:
            return self.say(at, self.told.text("hidden"), "form_unit")
        return self.book.put(at, value, style)

    def say(self, at: At, text: Scalar, style: str = "name") -> At:
        """A text, which is never a formula."""
        return self.book.put(at, text, style)

    def work_out(self, at: At, formula: str, value: float | None, style: str = "money") -> At:
        """A formula with what it gives; the word for what is hidden where that is not known."""
        if value is None:
            return self.put(at, None)
        self.values[self.book.layout.sheet_name(at.sheet), at.row, at.column] = value
        return self.book.work_out(at, formula, style)

    def ref(self, sheet: SheetId, row: int, column: int) -> str:
        """The address of a cell in a formula on its own sheet."""
        return self.book.ref(At(sheet, row, column), within=sheet, fix="")

    def column(self, sheet: SheetId, column: int, rows: tuple[int, int]) -> str:
        """The address of a part of a column in a picture."""
        return self.book.area(Area(sheet, rows[0], column, rows[1], column))
