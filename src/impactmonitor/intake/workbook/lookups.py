"""INDEX and MATCH."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np

from impactmonitor.intake.workbook.arrays import Array, settled
from impactmonitor.intake.workbook.criteria import is_wild, wildcards
from impactmonitor.intake.workbook.grid import NUMBER, Area
from impactmonitor.intake.workbook.operators import is_near, order
from impactmonitor.intake.workbook.scalars import CellError, Fails, Scalar, UnknownFormula, text


def _places(shape: tuple[int, int], row: float, column: float | None) -> tuple[int, int]:
    """Row and column of an INDEX, both from 1, 0 for all of them."""
    rows, columns = shape
    if column is None:  # of one row or one column the only number is the place in it
        if rows == 1:
            row, column = 1.0, row
        elif columns == 1:
            column = 1.0
        else:
            raise Fails(CellError.REF)
    i, j = int(row), int(column)
    if i < 0 or j < 0:
        raise Fails(CellError.VALUE)
    if i > rows or j > columns:
        raise Fails(CellError.REF)
    return i, j


def cell_at(table: Any, row: float, column: float | None = None) -> Scalar:
    """INDEX where one value is expected.

    Raises
    ------
    Fails
        When the place is outside the table.
    UnknownFormula
        When it is a whole row or column.
    """
    if isinstance(table, Area):
        _ = table.present  # asks for cells that are not calculated yet
        i, j = _places(table.shape, row, column)
        if i and j:
            cell = table.sheet.cells.get((table.top + i - 1, table.left + j - 1))
            value: Scalar = None if cell is None else cell.value
            return value
    return settled(part_at(table, row, column))


def part_at(table: Any, row: float, column: float | None = None) -> Area | Array:
    """INDEX as a range or an array: a cell, a row, a column or all of it."""
    if not isinstance(table, Area | np.ndarray):
        raise UnknownFormula("INDEX of one value")
    i, j = _places((table.shape[0], table.shape[1]), row, column)
    if isinstance(table, np.ndarray):
        rows = slice(i - 1, i) if i else slice(None)
        return table[rows, slice(j - 1, j) if j else slice(None)]
    top, bottom = (table.top + i - 1,) * 2 if i else (table.top, table.bottom)
    left, right = (table.left + j - 1,) * 2 if j else (table.left, table.right)
    return table.sheet.area(top, left, bottom, right)


def match(wanted: Scalar, values: Any, kind: float = 1.0) -> float:
    """MATCH: the place of a value in one row or column, from 1.

    Parameters
    ----------
    wanted : Scalar
        What is looked for.
    values : Area or array
        One row or one column.
    kind : float
        0 for the first equal value; above 0 for the last value not above, in ascending values;
        below 0 for the last value not below, in descending values.

    Raises
    ------
    Fails
        ``#N/A`` if there is none.
    UnknownFormula
        When it depends on the spreadsheet, as for values that are not in order.
    """
    if not isinstance(values, Area | np.ndarray) or 1 not in values.shape:
        raise Fails(CellError.NA)
    if wanted is None:
        raise UnknownFormula("MATCH of an empty cell")
    if isinstance(wanted, float) and kind == 0:
        quick = _equal_number(wanted, values)
        if quick is not None:
            return quick
    cells = (values.scalars if isinstance(values, Area) else values).ravel().tolist()
    if kind == 0:
        return _equal(wanted, cells)
    return _sorted(wanted, cells, 1 if kind > 0 else -1)


def _equal_number(wanted: float, values: Any) -> float | None:
    """The first equal number of a range that holds nothing else, None for other ranges."""
    if isinstance(values, Area):
        if values.present != NUMBER:
            return None
        values = values.numbers
    elif values.dtype != np.float64:
        return None
    places = np.flatnonzero(values.ravel() == wanted)
    near = np.flatnonzero(np.isclose(values.ravel(), wanted, rtol=2.0**-48, atol=0.0))
    if not near.size:
        raise Fails(CellError.NA)
    if not places.size or places[0] != near[0]:
        raise UnknownFormula("MATCH of a number that is there but for the last bits")
    return float(places[0] + 1)


def _equal(wanted: Scalar, cells: list[Any]) -> float:
    pattern = None
    if isinstance(wanted, str) and is_wild(wanted):
        pattern = wildcards(wanted.lower())
    for i, cell in enumerate(cells):
        if _is_same(wanted, cell) if pattern is None else _is_alike(pattern, cell):
            return float(i + 1)
    raise Fails(CellError.NA)


def _is_alike(pattern: re.Pattern[str], cell: Scalar) -> bool:
    if isinstance(cell, float | bool) and pattern.fullmatch(text(cell)):
        raise UnknownFormula("MATCH of a number by * or ?, which some take for text")
    return isinstance(cell, str) and pattern.fullmatch(cell.lower()) is not None


def _is_same(wanted: Scalar, cell: Scalar) -> bool:
    if isinstance(wanted, str) and isinstance(cell, str):
        return wanted.lower() == cell.lower()
    if isinstance(wanted, bool) and isinstance(cell, bool):
        return wanted == cell
    if not (isinstance(wanted, float | bool) and isinstance(cell, float | bool)):
        return False
    if not is_near(float(wanted), float(cell)):
        return False
    if wanted != cell or isinstance(wanted, bool) or isinstance(cell, bool):
        raise UnknownFormula("MATCH of what is there in one spreadsheet only")
    return True


def _sorted(wanted: Scalar, cells: list[Any], direction: int) -> float:
    """The last place before the values pass the one that is wanted."""
    if any(type(cell) is not type(wanted) for cell in cells) or not isinstance(wanted, float | str):
        raise UnknownFormula("MATCH in a range with an order, of other than numbers or texts")
    for one, next_one in pairwise(cells):
        if order(one, next_one) * direction > 0:
            raise UnknownFormula("MATCH in values that are not in order")
        if direction < 0 and order(one, next_one) == 0:
            raise UnknownFormula("MATCH in descending values that are equal")
    before = [cell for cell in cells if order(cell, wanted) * direction <= 0]
    if not before:
        raise Fails(CellError.NA)
    return float(len(before))
