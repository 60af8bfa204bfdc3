"""A workbook before it is written: cells with values, formulas and styles, page by page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from impactmonitor.intake.workbook.layout import At, Layout, SheetId, letters

Scalar = float | int | str | bool | datetime.date | None


@dataclass(slots=True)
class Cell:
    """A value, or a formula without its leading "="; and the name of a style.

    A value can be a link to the sheet ``leads_to``; it is never a link because of its text.
    """

    value: Scalar = None
    formula: str | None = None
    style: str = "plain"
    leads_to: SheetId | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A cell that offers a list, or checks what is typed, with a message for who fills it in."""

    kind: str
    source: str = ""
    title: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A row or a column of numbers in a chart, with the colour and the pattern of its marks."""

    name: str
    categories: str
    values: str
    colour: str
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of cells.

    Attributes
    ----------
    kind, subtype : str
        Of the chart: column, bar, line, dots or radar; stacked or empty.
    title, description : str
        What it shows; the description is read aloud.
    series : sequence of Series
        In the order of the legend; a series without colour is not drawn.
    at, size : tuple of int
        Row and column of the upper left corner; width and height in pixels.
    """

    kind: str
    subtype: str
    title: str
    description: str
    series: Sequence[Series]
    at: tuple[int, int]
    size: tuple[int, int]


@dataclass
class Page:
    """One sheet.

    Attributes
    ----------
    cells : dict
        By row and column.
    widths, heights : dict
        Of columns, in characters, and of rows, in points.
    choices : dict
        By the first and last row and column for which they hold.
    quiet : list
        Areas (first and last row and column) of which a row shows nothing while its first cell
        on the sheet is empty.
    alarms : dict
        Cells that turn red when their text contains another one.
    set_apart : dict
        Areas (first and last row and column) of which a row stands out while the text in one
        column starts with certain words: that column, and the words.
    marked : dict
        Areas (first and last row and column) that turn red where a formula about their first cell
        holds.
    tinted : list
        Areas (first and last row and column) of numbers that are coloured from loss to gain; their
        style has to tell the two apart without colour.
    repeated : tuple of int
        First and last row to print on top of every page.
    smallest : float
        To what part of their size letters may be brought to fit more columns on a printed page.
    breaks, column_breaks : list of int
        Rows and columns after which a new page starts when printed.
    """

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    choices: dict[tuple[int, int, int, int], Choice] = field(default_factory=dict)
    charts: list[Chart] = field(default_factory=list)
    alarms: dict[tuple[int, int], str] = field(default_factory=dict)
    set_apart: dict[tuple[int, int, int, int], tuple[int, str]] = field(default_factory=dict)
    marked: dict[tuple[int, int, int, int], str] = field(default_factory=dict)
    tinted: list[tuple[int, int, int, int]] = field(default_factory=list)
    repeated: tuple[int, int] | None = None
    smallest: float = 0.6
    breaks: list[int] = field(default_factory=list)
    column_breaks: list[int] = field(default_factory=list)
    quiet: list[tuple[int, int, int, int]] = field(default_factory=list)
    frozen: tuple[int, int] = (0, 0)
    is_portrait: bool = False
    last_printed: tuple[int, int] | None = None


class Area(NamedTuple):
    """A rectangle of cells of one sheet, rows and columns from 1."""

    sheet: SheetId
    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Book:
    """All sheets of a workbook, and the names of single cells."""

    layout: Layout
    pages: dict[SheetId, Page] = field(default_factory=dict)
    names: dict[str, At] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pages |= {sheet: Page() for sheet in self.layout.sheets if sheet not in self.pages}

    def put(self, at: At, value: Scalar, style: str = "plain") -> At:
        """Set a value; returns where."""
        self.pages[at.sheet].cells[at.row, at.column] = Cell(value, None, style)
        return at

    def lead_to(self, at: At, sheet: SheetId) -> At:
        """Set a link to a sheet, with its name as the text."""
        self.pages[at.sheet].cells[at.row, at.column] = Cell(
            self.layout.sheet_name(sheet), None, "link", sheet
        )
        return at

    def work_out(self, at: At, formula: str, style: str = "result") -> At:
        """Set a formula; returns where."""
        self.pages[at.sheet].cells[at.row, at.column] = Cell(None, formula, style)
        return at

    def ref(self, at: At, *, within: SheetId | None = None, fix: str = "rc") -> str:
        """The address of a cell in a formula; ``fix`` names what does not move along."""
        row = f"{'$' if 'r' in fix else ''}{at.row}"
        column = f"{'$' if 'c' in fix else ''}{letters(at.column)}"
        return f"{self._sheet(at.sheet, within)}{column}{row}"

    def area(self, area: Area, *, within: SheetId | None = None, fix: str = "rc") -> str:
        """The address of a rectangle in a formula."""
        first = self.ref(At(area.sheet, area.top, area.left), within=area.sheet, fix=fix)
        last = self.ref(At(area.sheet, area.bottom, area.right), within=area.sheet, fix=fix)
        return f"{self._sheet(area.sheet, within)}{first}:{last}"

    def _sheet(self, sheet: SheetId, within: SheetId | None) -> str:
        if sheet == within:
            return ""
        name = self.layout.sheet_name(sheet).replace("'", "''")
        return f"'{name}'!"

    def constants(self) -> dict[tuple[str, int, int], Any]:
        """All values by sheet title, row and column."""
        return {
            (self.layout.sheet_name(sheet), *place): cell.value
            for sheet, page in self.pages.items()
            for place, cell in page.cells.items()
            if cell.formula is None and cell.value is not None
        }

    def formulas(self) -> dict[tuple[str, int, int], str]:
        """All formulas by sheet title, row and column."""
        return {
            (self.layout.sheet_name(sheet), *place): cell.formula
            for sheet, page in self.pages.items()
            for place, cell in page.cells.items()
            if cell.formula is not None
        }
