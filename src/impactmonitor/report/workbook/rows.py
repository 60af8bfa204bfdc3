"""Rows of the sheet for what is computed and not live, one below the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from impactmonitor.intake.workbook.layout import At
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area, Chart, Scalar

NUMBERS = frozenset({
    "computed.stored", "computed.live", "computed.rate", "computed.worth",
    "totals.costs", "totals.benefits", "totals.net_present_value",
})  # fmt: skip
"""Heads of columns with numbers."""
ROW_HEIGHT = 20
"""Pixels."""


class Rows:
    """Writes one row below the other.

    Parameters
    ----------
    answer : Answer
        The workbook.
    row : int
        The row above the first one.
    """

    def __init__(self, answer: Answer, row: int) -> None:
        self.answer, self.book, self.row = answer, answer.book, row

    def label(self, key: str) -> None:
        """A text of the workbook in the first column."""
        self.book.put(At("computed", self.row, 1), self.answer.text(f"computed.{key}"), "label")

    def add(self, *pairs: tuple[str, Scalar]) -> None:
        """Rows of a label and a value."""
        for key, value in pairs:
            self.row += 1
            self.label(key)
            self.put(2, value, "plain")

    def section(self, key: str) -> None:
        """A title, after an empty row."""
        self.title(self.answer.text(f"computed.{key}"))

    def title(self, text: str) -> None:
        """A title that is no text of the workbook, after an empty row."""
        self.row += 2
        self.book.put(At("computed", self.row, 1), text, "section")

    def heads(self, *keys: str) -> None:
        """Heads of columns by their texts in the workbook."""
        self.row += 1
        for column, key in enumerate(keys, start=1):
            self.put(column, self.answer.text(key), "number_head" if key in NUMBERS else "head")

    def heads_of_numbers(self, first: str, *others: str) -> None:
        """Heads of a column of names and of columns of numbers."""
        self.row += 1
        self.put(1, first, "head")
        for column, text in enumerate(others, start=2):
            self.put(column, text, "number_head")

    def sentence(self, text: str) -> None:
        """A text over all columns."""
        self.row += 1
        self.put(1, text, "wide")

    def put(self, column: int, value: Scalar, style: str = "money") -> At:
        """A value in this row."""
        return self.book.put(At("computed", self.row, column), value, style)

    def work_out(self, column: int, formula: str, style: str = "money") -> At:
        """A formula in this row."""
        return self.book.work_out(At("computed", self.row, column), formula, style)

    def area(self, top: int, column: int) -> str:
        """A column from a row down to this one, as it stands in a formula."""
        return self.book.area(Area("computed", top, column, self.row, column))

    def draw(self, chart: Chart) -> None:
        """A picture below this row, and room for it."""
        self.row += 1
        self.book.pages["computed"].charts.append(replace(chart, at=(self.row + 1, 1)))
        self.row += math.ceil(chart.size[1] / ROW_HEIGHT)

    def table(self, rows: Sequence[tuple[Scalar, ...]], *styles: str) -> int:
        """Rows of values, a style for each column; returns the first row."""
        top = self.row + 1
        for values in rows:
            self.row += 1
            for column, (value, style) in enumerate(zip(values, styles, strict=True), start=1):
                self.put(column, value, style)
        return top
