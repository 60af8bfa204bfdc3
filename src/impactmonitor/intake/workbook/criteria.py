"""Which cells of a range a criterion such as ``">=5"`` or ``"a*"`` picks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from impactmonitor.intake.workbook.grid import EMPTY, ERROR, NUMBER, TEXT, TRUTH, Area
from impactmonitor.intake.workbook.operators import NEARLY
from impactmonitor.intake.workbook.scalars import (
    CellError,
    Fails,
    Scalar,
    UnknownFormula,
    could_be_number,
    finite,
    text,
)

Flags = NDArray[np.bool_]

_OPERATOR = re.compile(r"(<=|>=|<>|=|<|>)?(.*)\Z", re.DOTALL)
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\Z", re.IGNORECASE)
_WILD = re.compile(r"~[*?~]|[*?]")


class Criterion(NamedTuple):
    """What a cell has to be; ``is_wild`` for a text with * or ?."""

    operator: str
    operand: float | str
    is_wild: bool = False


def criterion(value: Scalar) -> Criterion:
    """A criterion as a cell gives it.

    Raises
    ------
    UnknownFormula
        When spreadsheets or countries differ on its meaning.

    Examples
    --------
    >>> criterion(">=5"), criterion("<>abc")
    (Criterion(operator='>=', operand=5.0, is_wild=False),
     Criterion(operator='<>', operand='abc', is_wild=False))
    """
    if value is None:
        return Criterion("=", 0.0)
    if isinstance(value, CellError | bool):
        raise UnknownFormula("an error or a boolean as a criterion")
    return Criterion("=", value) if isinstance(value, float) else _written(value)


@lru_cache(maxsize=10_000)
def _written(value: str) -> Criterion:
    match = _OPERATOR.match(value)
    assert match is not None
    operator, operand = match[1], match[2]
    if _NUMBER.match(operand):
        return Criterion(operator or "=", float(operand))
    if operand.lower() in {"true", "false"} or operand[:1] == "#" or could_be_number(operand):
        raise UnknownFormula(f"the criterion {value!r}")
    if not operand:
        if operator not in {None, "=", "<>"}:
            raise UnknownFormula(f"the criterion {value!r}")
        return Criterion(operator or "blank", "")
    if operator not in {None, "=", "<>"}:
        raise UnknownFormula("an order of texts as a criterion")
    wild = _WILD.search(operand) is not None
    return Criterion(operator or "=", operand.lower(), wild)


def mask(area: Area, value: Scalar) -> Flags:
    """Which cells of a range meet a criterion.

    Raises
    ------
    UnknownFormula
        When spreadsheets differ on one of the cells.
    """
    key = (value.__class__, value)
    known = area.masks.get(key)
    if known is None:
        _ = area.present  # asks for cells that are not calculated yet
        known = area.masks[key] = _found(area, criterion(value))
    return known


def _found(area: Area, wanted: Criterion) -> Flags:
    if isinstance(wanted.operand, float):
        return _numbers(area, wanted.operator, wanted.operand)
    if not wanted.operand:
        return _blanks(area, wanted.operator)
    if wanted.is_wild:
        found = _alike(area, wanted.operand)
    else:
        found = np.asarray(area.lowered == wanted.operand, dtype=np.bool_)
    return ~found if wanted.operator == "<>" else found


def _blanks(area: Area, operator: str) -> Flags:
    """No criterion at all takes an empty text for empty, an equals sign does not."""
    if operator == "blank":
        return np.asarray(area.lowered == "", dtype=np.bool_)
    is_empty = area.kinds == EMPTY
    found: Flags = ~is_empty if operator == "<>" else is_empty
    return found


def _numbers(area: Area, operator: str, wanted: float) -> Flags:
    if area.present & TRUTH:
        raise UnknownFormula("a boolean beside a criterion for numbers")
    is_number = area.kinds == NUMBER
    numbers = area.numbers
    equal: Flags = numbers == wanted
    near = np.abs(numbers - wanted) < NEARLY * np.minimum(np.abs(numbers), abs(wanted))
    if (near & ~equal & is_number).any():
        raise UnknownFormula("a criterion for a number that is met but for the last bits")
    equal &= is_number
    if operator in {"=", "<>"}:
        if area.present & TEXT:
            _check_texts(area, wanted)
        return equal if operator == "=" else np.logical_not(equal)
    sides = numbers < wanted if operator[0] == "<" else numbers > wanted
    found: Flags = np.logical_and(sides, is_number)
    if "=" in operator:
        found = np.logical_or(found, equal)
    return found


def _check_texts(area: Area, wanted: float) -> None:
    """A text that is the same number as the one that is wanted counts in one spreadsheet only."""
    for cell in area.scalars[area.kinds == TEXT]:
        if could_be_number(cell) and not (_NUMBER.match(cell) and float(cell) != wanted):
            raise UnknownFormula(f"the text {cell!r} beside a criterion for numbers")


def _alike(area: Area, pattern: str) -> Flags:
    expression = wildcards(pattern)
    if area.present & (ERROR | TRUTH):
        raise UnknownFormula("an error or a boolean beside a criterion with * or ?")
    found = np.zeros(area.shape, dtype=np.bool_)
    for i, j in np.argwhere(area.kinds == TEXT):
        found[i, j] = expression.fullmatch(area.lowered[i, j]) is not None
    for i, j in np.argwhere(area.kinds == NUMBER):
        if expression.fullmatch(text(area.scalars[i, j])) is not None:
            raise UnknownFormula("a number beside a criterion with * or ? that it would meet")
    return found


@lru_cache(maxsize=1_000)
def wildcards(pattern: str) -> re.Pattern[str]:
    """A regular expression for a text with * and ?; ~ before one of them takes it as it is.

    Examples
    --------
    >>> wildcards("a*~?").fullmatch("abc?") is not None
    True
    """
    parts, position = [], 0
    for match in _WILD.finditer(pattern):
        parts.append(re.escape(pattern[position : match.start()]))
        sign = match[0]
        parts.append({"*": ".*", "?": "."}.get(sign) or re.escape(sign[1]))
        position = match.end()
    parts.append(re.escape(pattern[position:]))
    return re.compile("".join(parts), re.DOTALL)


def is_wild(pattern: str) -> bool:
    """Whether a text has a * or ? that stands for something else, or a ~ before one."""
    return _WILD.search(pattern) is not None


def picked(conditions: Sequence[tuple[Area, Scalar]]) -> Flags:
    """Which cells meet all criteria.

    Raises
    ------
    Fails
        When the ranges are not of one size.
    """
    first, value = conditions[0]
    found = mask(first, value)
    for area, value in conditions[1:]:
        other = mask(area, value)
        if other.shape != found.shape:
            raise Fails(CellError.VALUE)
        found = found & other
    return found


def count_if(conditions: Sequence[tuple[Area, Scalar]]) -> float:
    """COUNTIFS."""
    return float(np.count_nonzero(picked(conditions)))


def sum_if(area: Area, conditions: Sequence[tuple[Area, Scalar]]) -> float:
    """SUMIFS: text and empty cells in the summed range count 0."""
    found = picked(conditions)
    if found.shape != area.shape:
        raise Fails(CellError.VALUE)
    if area.present & (TRUTH | ERROR):
        kinds: NDArray[Any] = np.where(found, area.kinds, EMPTY)
        for i, j in np.argwhere(kinds == ERROR)[:1]:
            raise Fails(area.scalars[i, j])
        if (kinds == TRUTH).any():
            raise UnknownFormula("a boolean in a range as a number")
    return finite(float(area.numbers[found].sum()))
