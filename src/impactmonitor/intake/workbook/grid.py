"""The cells of a workbook while it is calculated: one by one, and as ranges of numbers.

A value that is known never changes, so that what is found out about a range is found out once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from impactmonitor.intake.workbook.layout import letters
from impactmonitor.intake.workbook.scalars import CellError, Fails, Scalar, UnknownFormula

Program = Callable[[Sequence[Any]], Any]
"""A formula: takes its own cell and its references, gives a value."""

EMPTY, NUMBER, TRUTH, TEXT, ERROR, PENDING = (1 << bit for bit in range(6))
_MAX_CELLS = 50_000_000
_KINDS: dict[type, int] = {
    float: NUMBER,
    str: TEXT,
    bool: TRUTH,
    type(None): EMPTY,
    CellError: ERROR,
}


class NotReady(Exception):
    """The value needs cells that have to be calculated first."""

    def __init__(self, cells: list[Cell]) -> None:
        super().__init__()
        self.cells = cells


def caught(program: Program) -> Program:
    """What fails on the way gives the error as its value."""

    def run(references: Sequence[Any]) -> Any:
        try:
            return program(references)
        except Fails as failure:
            return failure.error

    return run


class _Pending:
    """Stands for a value that is not yet known."""


UNKNOWN = _Pending()


class Cell:
    """One cell.

    Attributes
    ----------
    sheet, row, column
        Where it is, from 1.
    value : Scalar
        ``UNKNOWN`` until its formula is calculated.
    program : Program or None
        The formula, None for a constant.
    references : sequence
        The formula's own cell, and then the cells and areas it refers to.
    is_waiting : bool
        Whether its formula has started, and waits for other cells.
    """

    __slots__ = ("column", "is_waiting", "program", "references", "row", "sheet", "value")

    def __init__(self, sheet: Sheet, row: int, column: int) -> None:
        self.sheet = sheet
        self.row = row
        self.column = column
        self.value: Any = None
        self.program: Program | None = None
        self.references: Sequence[Any] = ()
        self.is_waiting = False

    @property
    def area(self) -> Area:
        """The cell as a range."""
        return self.sheet.area(self.row, self.column, self.row, self.column)

    def __str__(self) -> str:
        return f"'{self.sheet.title}'!{letters(self.column)}{self.row}"


class Sheet:
    """The cells of one sheet, and the same as arrays of numbers and of kinds."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.cells: dict[tuple[int, int], Cell] = {}
        self.areas: dict[tuple[int, int, int, int], Area] = {}
        self.numbers: NDArray[np.float64] = np.zeros((0, 0))
        self.kinds: NDArray[np.uint8] = np.zeros((0, 0), dtype=np.uint8)

    def cell(self, row: int, column: int) -> Cell:
        """A cell, the same one each time."""
        cell = self.cells.get((row, column))
        if cell is None:
            cell = self.cells[row, column] = Cell(self, row, column)
        return cell

    def area(self, top: int, left: int, bottom: int, right: int) -> Area:
        """A range, the same one each time."""
        key = (top, left, bottom, right)
        area = self.areas.get(key)
        if area is None:
            area = self.areas[key] = Area(self, top, left, bottom, right)
        return area

    def fill(self) -> None:
        """Lay out the arrays; from here on the sheet does not grow."""
        corners = [*self.cells, *(key[2:] for key in self.areas)]
        shape = (
            1 + max((row for row, _ in corners), default=0),
            1 + max((column for _, column in corners), default=0),
        )
        if shape[0] * shape[1] > _MAX_CELLS:
            raise UnknownFormula(f"a sheet of {shape[0]} rows and {shape[1]} columns")
        self.numbers = np.zeros(shape)
        self.kinds = np.full(shape, EMPTY, dtype=np.uint8)
        for cell in self.cells.values():
            self.keep(cell, cell.value)

    def keep(self, cell: Cell, value: Any) -> None:
        """Give a cell its value."""
        cell.value = value
        kind = _KINDS.get(type(value), PENDING)
        self.kinds[cell.row, cell.column] = kind
        if kind <= TRUTH:
            self.numbers[cell.row, cell.column] = value or 0.0


class Area:
    """A range of cells on one sheet.

    Attributes
    ----------
    masks : dict
        What a criterion was found to hold for, by criterion.
    """

    __slots__ = (
        "_kinds", "_lowered", "_numbers", "_present", "_scalars",
        "bottom", "left", "masks", "right", "sheet", "top",
    )  # fmt: skip

    def __init__(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet = sheet
        self.top, self.left, self.bottom, self.right = top, left, bottom, right
        self._present: int | None = None
        self._numbers: NDArray[np.float64] | None = None
        self._kinds: NDArray[np.uint8] | None = None
        self._scalars: NDArray[np.object_] | None = None
        self._lowered: NDArray[np.object_] | None = None
        self.masks: dict[Any, NDArray[np.bool_]] = {}

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top + 1, self.right - self.left + 1

    @property
    def kinds(self) -> NDArray[np.uint8]:
        """What each cell holds."""
        if self._kinds is None:
            self._kinds = self.sheet.kinds[self.top : self.bottom + 1, self.left : self.right + 1]
        return self._kinds

    @property
    def numbers(self) -> NDArray[np.float64]:
        """The number in each cell, 0 in a cell without one."""
        if self._numbers is None:
            self._numbers = self.sheet.numbers[
                self.top : self.bottom + 1, self.left : self.right + 1
            ]
        return self._numbers

    @property
    def present(self) -> int:
        """Which kinds of value there are, as flags.

        Raises
        ------
        NotReady
            If not all cells are calculated.
        """
        if self._present is None:
            present = int(np.bitwise_or.reduce(self.kinds, axis=None))
            if present & PENDING:
                raise NotReady([self._cell(i, j) for i, j in np.argwhere(self.kinds & PENDING)])
            self._present = present
        return self._present

    @property
    def scalars(self) -> NDArray[np.object_]:
        """The value of each cell."""
        if self._scalars is None:
            filled = self.present != EMPTY
            self._scalars = np.full(self.shape, None, dtype=object)
            for i, j in np.argwhere(self.kinds != EMPTY) if filled else ():
                self._scalars[i, j] = self._cell(i, j).value
        return self._scalars

    @property
    def lowered(self) -> NDArray[np.object_]:
        """The value of each cell, text in lower case and for an empty cell the empty one."""
        if self._lowered is None:
            self._lowered = self.scalars.copy()
            self._lowered[self.kinds == EMPTY] = ""
            for i, j in np.argwhere(self.kinds == TEXT):
                self._lowered[i, j] = self._lowered[i, j].lower()
        return self._lowered

    def first_error(self) -> CellError:
        """The first error, row by row."""
        i, j = np.argwhere(self.kinds == ERROR)[0]
        error: CellError = self._cell(i, j).value
        return error

    def one(self) -> Scalar:
        """The value of a range of one cell."""
        if self.shape != (1, 1):
            raise UnknownFormula("a range where one value is expected")
        cell = self._cell(0, 0)
        if cell.value is UNKNOWN:
            raise NotReady([cell])
        value: Scalar = cell.value
        return value

    def _cell(self, i: int, j: int) -> Cell:
        return self.sheet.cell(self.top + int(i), self.left + int(j))
