"""Sums, counts and extremes over ranges, and which cells a criterion picks.

In a range text and empty cells are passed over. Booleans in a range are numbers in one spreadsheet
and nothing in another: they are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from impactmonitor.intake.workbook.arrays import Array, Value, gathered
from impactmonitor.intake.workbook.grid import ERROR, NUMBER, TRUTH, Area
from impactmonitor.intake.workbook.scalars import (
    CellError,
    Fails,
    Scalar,
    UnknownFormula,
    finite,
    number,
    truth,
)

Numbers = NDArray[np.float64]


class Inside(NamedTuple):
    """A value that came from a cell, so that text in it is passed over."""

    value: Scalar


def numbers_in(value: Any) -> Numbers:
    """The numbers in a range, an array or one value.

    Raises
    ------
    Fails
        With the first error that is met.
    UnknownFormula
        When there is a boolean in a range.
    """
    if isinstance(value, Area):
        present = value.present
        if present == NUMBER:
            return value.numbers
        if present & ERROR:
            raise Fails(value.first_error())
        _refuse_booleans(bool(present & TRUTH))
        found: Numbers = value.numbers[value.kinds == NUMBER]
        return found
    if isinstance(value, np.ndarray):
        return _numbers_of(value)
    if isinstance(value, Inside):
        return _numbers_of(gathered([value.value], (1, 1)))
    if isinstance(value, str) and any(character.isdigit() for character in value):
        raise UnknownFormula(f"{value!r} as a number")
    return np.array([number(value)])


def _numbers_of(array: Array) -> Numbers:
    if array.dtype == np.float64:
        return array
    cells = array.ravel().tolist()
    _fail_first(cells)
    _refuse_booleans(any(isinstance(cell, bool) for cell in cells))
    return np.array([cell for cell in cells if isinstance(cell, float)], dtype=float)


def _fail_first(cells: Sequence[Any]) -> None:
    for cell in cells:
        if isinstance(cell, CellError):
            raise Fails(cell)


def _refuse_booleans(has_booleans: bool) -> None:
    if has_booleans:
        raise UnknownFormula("a boolean in a range as a number")


def total(*values: Any) -> float:
    """SUM."""
    result = 0.0
    for value in values:
        if isinstance(value, Inside) and isinstance(value.value, float):
            result += value.value
        elif isinstance(value, Area) and not value.present & (TRUTH | ERROR):
            result += float(value.numbers.sum())  # other cells count 0
        else:
            result += float(numbers_in(value).sum())
    return finite(result)


def _all_numbers(values: Sequence[Any]) -> Numbers:
    single = [value.value if isinstance(value, Inside) else value for value in values]
    if all(type(value) is float for value in single):
        return np.array(single)
    return np.concatenate([numbers_in(value).ravel() for value in values])


def product(*values: Any) -> float:
    """PRODUCT, 0 when there is no number at all."""
    found = _all_numbers(values)
    return finite(float(found.prod())) if found.size else 0.0


def average(*values: Any) -> float:
    """AVERAGE."""
    found = _all_numbers(values)
    if not found.size:
        raise Fails(CellError.DIV0)
    return finite(float(found.sum())) / found.size


def smallest(*values: Any) -> float:
    """MIN, 0 when there is no number at all."""
    found = _all_numbers(values)
    return float(found.min()) if found.size else 0.0


def largest(*values: Any) -> float:
    """MAX, 0 when there is no number at all."""
    found = _all_numbers(values)
    return float(found.max()) if found.size else 0.0


def ranked(area: Any, rank: float) -> float:
    """SMALL: the number of this rank from below; ranks count from 1."""
    found = np.sort(_all_numbers([area]))
    place = int(rank)
    if not 1 <= place <= found.size:
        raise Fails(CellError.NUM)
    return float(found[place - 1])


def _cells(value: Any) -> list[Any]:
    """The cells of a range, or one value; errors are values too."""
    if isinstance(value, Area):
        return value.scalars.ravel().tolist()
    if isinstance(value, np.ndarray):
        return value.ravel().tolist()
    return [value.value if isinstance(value, Inside) else value]


def count(*values: Any) -> float:
    """COUNT: how many numbers."""
    result = 0
    for value in values:
        cells = _cells(value)
        if isinstance(value, Area | np.ndarray | Inside):
            _refuse_booleans(any(isinstance(cell, bool) for cell in cells))
            result += sum(isinstance(cell, float) for cell in cells)
        elif isinstance(value, float):
            result += 1
        else:
            raise UnknownFormula("COUNT of something else than cells and numbers")
    return float(result)


def count_filled(*values: Any) -> float:
    """COUNTA: how many cells are not empty; an empty text is not empty."""
    return float(sum(cell is not None for value in values for cell in _cells(value)))


def count_blank(area: Area) -> float:
    """COUNTBLANK: how many cells are empty or hold an empty text."""
    return float(sum(cell is None or cell == "" for cell in _cells(area)))


def _conditions(values: Sequence[Any]) -> list[bool]:
    found: list[bool] = []
    for value in values:
        if isinstance(value, Area | np.ndarray | Inside):
            cells = _cells(value)
            _fail_first(cells)
            found += [cell != 0 for cell in cells if isinstance(cell, float | bool)]
        else:
            found.append(truth(value))
    if not found:
        raise Fails(CellError.VALUE)
    return found


def every(*values: Any) -> bool:
    """AND."""
    return all(_conditions(values))


def some(*values: Any) -> bool:
    """OR."""
    return any(_conditions(values))


def sum_of_products(*values: Value) -> float:
    """SUMPRODUCT: text and empty cells count 0."""
    shapes = {value.shape if isinstance(value, Area | np.ndarray) else (1, 1) for value in values}
    if len(shapes) > 1:
        raise Fails(CellError.VALUE)
    result: Any = None
    for value in values:
        factors = _factors(value)
        result = factors if result is None else result * factors
    return finite(float(result.sum()))


def _factors(value: Any) -> Numbers:
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value
    if isinstance(value, Area):
        if value.present & ERROR:
            raise Fails(value.first_error())
        _refuse_booleans(bool(value.present & TRUTH))
        return value.numbers
    cells = _cells(value)
    _fail_first(cells)
    _refuse_booleans(any(isinstance(cell, bool) for cell in cells))
    shape = value.shape if isinstance(value, np.ndarray) else (1, 1)
    return np.array([c if isinstance(c, float) else 0.0 for c in cells]).reshape(shape)
