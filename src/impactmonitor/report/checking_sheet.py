"""A sheet with one table, of which no text is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

HEAD_ROW = 3
LONGEST_CELL = 32_000
LINE_HEIGHT, MOST_LINES = 15, 20


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula, with what it gives."""

    text: str
    value: float


Cell = str | float | int | None | Formula


@dataclass
class Sheet:
    """A sheet with a title, a sentence and one table."""

    page: Any
    formats: Mapping[str, Any]
    widths: Sequence[float] = ()

    def start(self, title: str, about: str, heads: Sequence[tuple[str, float]]) -> None:
        """Title, what it shows, and the heads of the table with their widths."""
        self.page.write_string(0, 0, title, self.formats["title"])
        self.page.write_string(1, 0, about, None)
        self.widths = [width for _, width in heads]
        self.page.set_row(HEAD_ROW, LINE_HEIGHT * _lines([head for head, _ in heads], self.widths))
        for column, (head, width) in enumerate(heads):
            self.page.set_column(column, column, width)
            self.page.write_string(HEAD_ROW, column, head, self.formats["head"])
        self.page.freeze_panes(HEAD_ROW + 1, 0)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(HEAD_ROW)

    def rows(self, rows: Iterable[Sequence[tuple[Cell, str]]]) -> int:
        """Cells with their styles; how many rows there were."""
        count = 0
        for count, row in enumerate(rows, 1):
            lines = _lines([value for value, _ in row], self.widths)
            self.page.set_row(HEAD_ROW + count, LINE_HEIGHT * lines)
            for column, (value, style) in enumerate(row):
                self._write(HEAD_ROW + count, column, value, self.formats[style])
        return count

    def _write(self, row: int, column: int, value: Cell, style: Any) -> None:
        if isinstance(value, Formula):
            self.page.write_formula(row, column, value.text, style, value.value)
        elif isinstance(value, str):
            self.page.write_string(row, column, value[:LONGEST_CELL], style)
        elif value is None:
            self.page.write_blank(row, column, None, style)
        else:
            self.page.write_number(row, column, value, style)


def _lines(values: Sequence[Cell], widths: Sequence[float]) -> int:
    """The lines that the longest text of a row takes in its column; not every program finds out."""
    taken = (
        ceil(len(value) / width)
        for value, width in zip(values, widths, strict=False)
        if isinstance(value, str)
    )
    return min(max(1, *taken, 1), MOST_LINES)
