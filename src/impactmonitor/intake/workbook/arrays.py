"""Calculation with whole ranges at once: ``SUMPRODUCT(flows*factors)`` and its like.

An array is one of numbers, one of booleans, or one of any scalars. Where all are numbers the work
is done at once; otherwise cell by cell, with the rules of one cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from impactmonitor.intake.workbook.grid import EMPTY, ERROR, NUMBER, TRUTH, Area
from impactmonitor.intake.workbook.operators import ARITHMETIC, NEARLY, SMALLEST, calculated
from impactmonitor.intake.workbook.scalars import CellError, Scalar, UnknownFormula

Array = NDArray[Any]
Value = Scalar | Area | Array

_SIMPLE: dict[str, Callable[[Any, Any], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}
_COMPARE: dict[str, Callable[[Any, Any], Array]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


def is_several(value: Any) -> bool:
    """Whether a value has more cells than one."""
    return isinstance(value, Area | np.ndarray)


def operated(operator: str, x: Value, y: Value) -> Value:
    """The value of ``x operator y`` where at least one of them is a range or an array.

    A row with a column gives a table.

    Raises
    ------
    UnknownFormula
        When the sizes do not fit.
    """
    if operator in {"=", "<>"}:
        quick = _same_text(x, y)
        if quick is not None:
            return quick if operator == "=" else ~quick
    is_arithmetic = operator in ARITHMETIC
    left, right = _numeric(x, is_arithmetic), _numeric(y, is_arithmetic)
    if left is not None and right is not None:
        _check_sizes(left, right)
        result = _at_once(operator, left, right)
        if result is not None:
            return result
    return by_cell(lambda a, b: calculated(operator, a, b), [x, y])


def _numeric(value: Value, is_arithmetic: bool) -> Any:
    """The numbers in a value, or None if it holds anything else.

    An empty cell is 0 beside numbers; a boolean only in arithmetic.
    """
    if isinstance(value, float):
        return value
    if isinstance(value, Area):
        others = ~(EMPTY | NUMBER | (TRUTH if is_arithmetic else 0))
        return None if value.present & others else value.numbers
    if isinstance(value, np.ndarray):
        is_numeric = value.dtype == np.float64 or (is_arithmetic and value.dtype == np.bool_)
        return value.astype(float, copy=False) if is_numeric else None
    return float(value) if isinstance(value, bool) and is_arithmetic else None


def _check_sizes(x: Any, y: Any) -> None:
    """Spreadsheets do not agree on what stands where one of two ranges ends."""
    if isinstance(x, np.ndarray) and isinstance(y, np.ndarray):
        for a, b in zip(x.shape, y.shape, strict=True):
            if a != b and 1 not in {a, b}:
                raise UnknownFormula(f"ranges of {x.shape} and {y.shape} cells together")


def _at_once(operator: str, x: Any, y: Any) -> Array | None:
    """The result for numbers, or None where a cell of it is an error."""
    if operator in _SIMPLE:
        result = _SIMPLE[operator](x, y)
        if operator in {"+", "-"}:
            result[np.abs(result) < NEARLY * np.abs(x)] = 0.0  # only rounding was left
        return result if np.isfinite(result).all() else None
    if operator in _COMPARE or operator in {"=", "<>"}:
        return _compared(operator, x, y)
    if operator == "^" and np.greater(x, 0).all():  # other powers have exceptions
        result = np.power(x, y)
        return result if np.isfinite(result).all() and (result >= SMALLEST).all() else None
    return None


def _compared(operator: str, x: Any, y: Any) -> Array:
    is_near = np.abs(x - y) <= NEARLY * np.minimum(np.abs(x), np.abs(y))
    if operator in {"=", "<>"}:
        return np.asarray(is_near == (operator == "="))
    plain = _COMPARE[operator](x, y)
    return np.asarray(plain | is_near if "=" in operator else plain & ~is_near)


def _same_text(x: Value, y: Value) -> Array | None:
    """Where a range equals a text, or None if this is another comparison."""
    if isinstance(y, Area):
        x, y = y, x
    if not (isinstance(x, Area) and isinstance(y, str)) or x.present & ERROR:
        return None
    return np.asarray(x.lowered == y.lower(), dtype=np.bool_)


def by_cell(function: Callable[..., Scalar], values: Sequence[Value]) -> Array:
    """A function of scalars for each cell of arrays, rows and columns stretched to fit."""
    tables = [_scalars(value) for value in values]
    for i, table in enumerate(tables):
        for other in tables[:i]:
            _check_sizes(other, table)
    wide = np.broadcast_arrays(*tables)
    cells = [function(*scalars) for scalars in zip(*(each.flat for each in wide), strict=True)]
    return gathered(cells, wide[0].shape)


def _scalars(value: Value) -> NDArray[np.object_]:
    if isinstance(value, Area):
        return value.scalars
    if isinstance(value, np.ndarray):
        return value.astype(object)
    table = np.empty((1, 1), dtype=object)
    table[0, 0] = value
    return table


def gathered(cells: Sequence[Scalar], shape: tuple[int, ...]) -> Array:
    """Scalars as an array, one of numbers or booleans if they all are.

    Examples
    --------
    >>> gathered([1.0, 2.0], (1, 2)).dtype, gathered([1.0, None], (1, 2)).dtype
    (dtype('float64'), dtype('O'))
    """
    kinds = {type(cell) for cell in cells}
    if kinds == {float}:
        return np.array(cells, dtype=float).reshape(shape)
    if kinds == {bool}:
        return np.array(cells, dtype=bool).reshape(shape)
    table = np.empty(len(cells), dtype=object)
    table[:] = cells
    return table.reshape(shape)


def settled(value: Any) -> Scalar:
    """One value as a scalar of this program; what numpy made of it is put back.

    Raises
    ------
    UnknownFormula
        For a range or an array of more than one cell.
    """
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, np.ndarray):
        if value.size != 1:
            raise UnknownFormula("a range where one value is expected")
        return settled(value.flat[0])
    if isinstance(value, Area):
        return value.one()
    if isinstance(value, float):
        return float(value)
    result: str | bool | CellError | None = value
    return result
