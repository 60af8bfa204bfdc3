"""Tables on screen: one style, columns of numbers that are never broken, bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

if TYPE_CHECKING:
    from impactmonitor.report.words import Words

BAR = 14
WIDEST = 54
"""Characters that the amounts of a table may take on a screen of 80 columns."""


def new_table(title: str = "") -> Table:
    """A table in the style of all of them."""
    return Table(title=title, title_justify="left", title_style="bold", caption_justify="left",
                 box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)  # fmt: skip


def numeric(table: Table, *headers: str) -> None:
    """Columns of numbers, which are never broken."""
    for header in headers:
        table.add_column(header, justify="right", no_wrap=True)


def bar(value: float, largest: float, length: int = BAR) -> str:
    """A bar from the middle: to the left for a loss, to the right for a gain.

    Parameters
    ----------
    value, largest : float
        The number, and the one that has the longest bar.
    length : int
        Characters of the longest bar.

    Examples
    --------
    >>> bar(-1.0, 2.0)
    '       ███████|              '
    """
    size = round(length * abs(value) / largest) if largest else 0
    left, right = ("█" * size, "") if value < 0 else ("", "█" * size)
    return f"{left:>{length}}|{right:<{length}}"


def bar_from_left(value: float, largest: float, length: int = BAR) -> str:
    """A bar from the left; nothing for what is 0 or less.

    Parameters
    ----------
    value, largest, length
        As for `bar`.

    Examples
    --------
    >>> bar_from_left(1.0, 4.0, 8), bar_from_left(-1.0, 4.0, 8)
    ('██', '')
    """
    return "█" * round(length * value / largest) if largest > 0 and value > 0 else ""


def largest_unit(rows: list[list[float]], words: Words, widest: int = WIDEST) -> int:
    """Ones, thousands, millions …: the first in which the columns fit beside their titles."""
    unit = 1
    while rows and _width(rows, words, unit) > widest:
        unit *= 1000
    return unit


def _width(rows: list[list[float]], words: Words, unit: int) -> int:
    """Characters of all columns together, each as wide as its widest amount."""
    columns = zip(*rows, strict=True)
    return sum(max(len(words.amount(a, unit)) for a in column) for column in columns)
