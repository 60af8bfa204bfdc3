"""The workbook of a comparison: its sheets and their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from impactmonitor.intake.workbook.layout import At, SheetId
from impactmonitor.report.comparing_words import ComparingWords
from impactmonitor.report.report_book import ReportBook

SHEETS: tuple[SheetId, ...] = ("overview", "actors", "ranks", "levelled", "unpriced", "notes")


@dataclass
class ComparingBook(ReportBook):
    """A workbook that is being made.

    Attributes
    ----------
    words : ComparingWords
        The comparison with its words.
    """

    words: ComparingWords

    def text(self, key: str, **params: object) -> str:
        """A text of the workbook."""
        return self.words.text(f"workbook.{key}", **params)

    def open(self, sheet: SheetId, widths: Sequence[float]) -> None:
        """A sheet with its own title, what it shows, and how wide its columns are."""
        self.start(sheet, self.text(f"titles.{sheet}"), self.text(f"about.{sheet}"), widths)

    def section(self, sheet: SheetId, row: int, text: str) -> int:
        """A title above a table; returns the row below it."""
        self.say(At(sheet, row, 1), text, "section")
        return row + 1
