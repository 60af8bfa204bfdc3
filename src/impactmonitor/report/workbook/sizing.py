"""How far texts reach over the cells beside them, and how high their rows have to be.

Spreadsheet programs do not make a row higher for a text in merged cells, and not all of them do
for one that a formula gives, so a workbook has to say how high its rows are.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from impactmonitor.report.workbook.book import Page

READABLE = 110.0
"""Characters after which a line of text ends, where its sheet is wide enough."""

WIDE = frozenset({"intro", "wide", "answer"})
"""Styles of texts that reach over empty cells to the right."""

USUAL_WIDTH, USUAL_SIZE, LINE_HEIGHT = 8.43, 11.0, 15.0
LEAST_CHARACTERS = 4
CHARACTER, POINT = 7.0, 4 / 3
"""Pixels of a character in the width of a column, and of a point in the height of a row."""
NARROWNESS = 1.15
"""How much narrower letters are than the digits by which widths are measured."""

LANDSCAPE, PORTRAIT = 135.0, 92.0
"""Characters that fit side by side on a printed page."""


def reach(page: Page, row: int, column: int) -> int:
    """The last column over which a text in a cell reaches."""
    last, width = column, page.widths.get(column, USUAL_WIDTH)
    end = max(page.widths, default=column)
    while width < READABLE and last < end and (row, last + 1) not in page.cells:
        last += 1
        width += page.widths.get(last, USUAL_WIDTH)
    return last


def extent(page: Page) -> tuple[int, int]:
    """The last row and column of what a page shows: cells, long texts, pictures with a margin."""
    rows, columns = [1], [1]
    for (row, column), cell in page.cells.items():
        rows.append(row)
        columns.append(reach(page, row, column) if cell.style in WIDE else column)
    for chart in page.charts:
        (row, column), (width, height) = chart.at, chart.size
        while width > 0:
            width -= int(page.widths.get(column, USUAL_WIDTH) * CHARACTER)
            column += 1
        rows.append(row + math.ceil(height / (LINE_HEIGHT * POINT)))
        columns.append(column)
    return max(rows), max(columns)


def heights(
    page: Page, styles: Mapping[str, Mapping[str, Any]], texts: Mapping[tuple[int, int], Any]
) -> dict[int, float]:
    """The rows that need more than one line, or more than was asked for, with their height.

    Parameters
    ----------
    page : Page
        What stands where.
    styles : Mapping
        Formats by name.
    texts : Mapping
        What each formula gives, by row and column.
    """
    found = dict(page.heights)
    for (row, column), cell in page.cells.items():
        style = styles[cell.style]
        text = cell.value if cell.formula is None else texts.get((row, column))
        if not isinstance(text, str):
            continue
        size, width = style.get("font_size", USUAL_SIZE), float("inf")
        if style.get("text_wrap"):
            last = reach(page, row, column) if cell.style in WIDE else column
            width = sum(page.widths.get(c, USUAL_WIDTH) for c in range(column, last + 1))
        needed = height_of(text, width, size, style.get("bold"))
        if needed > found.get(row, LINE_HEIGHT):
            found[row] = needed
    return found


def height_of(
    text: str, width: float, size: float = USUAL_SIZE, is_bold: bool | None = False
) -> float:
    """Points that a wrapped text needs in a column of so many characters.

    Examples
    --------
    >>> height_of("Costs", 20)
    15.0
    >>> height_of("What you would have to pay for a room", 20)
    30.0
    """
    characters = width * NARROWNESS * USUAL_SIZE / size * (0.92 if is_bold else 1.0)
    if math.isinf(characters):
        return round(LINE_HEIGHT * size / USUAL_SIZE, 2)
    room = max(LEAST_CHARACTERS, int(characters))
    lines = sum(len(textwrap.wrap(line, room)) or 1 for line in text.split("\n"))
    return round(lines * LINE_HEIGHT * size / USUAL_SIZE, 2)


def printed(page: Page) -> tuple[list[int], int]:
    """The columns after which a printed page ends, and the scale in per cent.

    No page holds more than what can still be read. Every page but the first starts with the
    columns that stay in view.
    """
    last = page.last_printed[1] if page.last_printed else max((c for _, c in page.cells), default=1)
    room = PORTRAIT if page.is_portrait else LANDSCAPE
    breaks, widest = [], 0.0
    for end, width in _groups(page, last, room / page.smallest):
        breaks.append(end)
        widest = max(widest, width)
    return breaks[:-1], min(100, int(100 * room / max(widest, 1.0)))


def _groups(page: Page, last: int, limit: float) -> Iterator[tuple[int, float]]:
    """The last column of each printed page, and its width."""
    widths = {column: page.widths.get(column, USUAL_WIDTH) for column in range(1, last + 1)}
    kept = sum(widths[column] for column in range(1, min(page.frozen[1], last) + 1))
    used = 0.0
    for column, width in widths.items():
        if used and (used + width > limit or column - 1 in page.column_breaks):
            yield column - 1, used
            used = kept
        used += width
    yield last, used
