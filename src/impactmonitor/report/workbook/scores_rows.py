"""Titles, heads, cells and fixed words on the sheet on scores."""

from __future__ import annotations

from collections.abc import Sequence

from impactmonitor.intake.workbook.layout import At, SheetId
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area, Scalar

SHEET: SheetId = "scores"
LEGEND_TOP = 6
"""Row of the first fixed word."""

FIXED = ("none", "not_applicable", "unknown", "highest")
"""What formulas take from cells: words for an answer, and the points of a full score."""

HIGHEST = 100
WORDS = frozenset({
    "level", "meaning", "group", "title", "question", "horizon", "in_euros", "choice",
    "about", "applies", "answer",
})  # fmt: skip
"""Heads of columns with words in them."""


class ScoresRows:
    """Writes the pieces of a table."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.book = answer, answer.book
        self.page = answer.book.pages[SHEET]

    def text(self, key: str) -> str:
        """A text of this sheet."""
        return self.answer.text(f"scores.{key}")

    def put(self, row: int, column: int, value: Scalar, style: str) -> At:
        """Set a value; returns where."""
        return self.book.put(At(SHEET, row, column), value, style)

    def work_out(self, row: int, column: int, formula: str, style: str) -> At:
        """Set a formula; returns where."""
        return self.book.work_out(At(SHEET, row, column), formula, style)

    def keep(self, path: str, at: At) -> None:
        """Remember where a result stands, by its path in the JSON object."""
        self.answer.places.cells[f"scores.{path}"] = at

    def ref(self, row: int, column: int) -> str:
        """The address of a cell of this sheet."""
        return self.book.ref(At(SHEET, row, column), within=SHEET)

    def column(self, rows: tuple[int, int], column: int) -> str:
        """A part of a column of this sheet, from the first to the last row."""
        return self.book.area(self.area(rows, column), within=SHEET)

    def area(self, rows: tuple[int, int], column: int) -> Area:
        """The cells of it."""
        return Area(SHEET, rows[0], column, rows[1], column)

    def fixed(self, name: str) -> str:
        """The cell of a fixed word."""
        return self.ref(LEGEND_TOP + FIXED.index(name), 1)

    def title(self, key: str, row: int) -> None:
        """A title, and below it what follows."""
        self.put(row, 1, self.text(f"{key}.title"), "section")
        self.put(row + 1, 1, self.text(f"{key}.about"), "intro")

    def heads(self, row: int, names: Sequence[str], first: int = 1) -> None:
        """Heads of columns."""
        for column, name in enumerate(names, start=first):
            style = "head" if name in WORDS else "number_head"
            self.put(row, column, self.text(f"heads.{name}"), style)

    def legend(self) -> int:
        """The words that can stand in place of an answer; returns the row after them."""
        self.title("legend", LEGEND_TOP - 2)
        for i, name in enumerate(FIXED):
            value: Scalar = HIGHEST if name == "highest" else self.text(f"answers.{name}")
            self.put(LEGEND_TOP + i, 1, value, "origin")
            self.put(LEGEND_TOP + i, 2, self.text(f"answers.{name}_about"), "paragraph")
        return LEGEND_TOP + len(FIXED)
