"""How a spreadsheet adds, compares and rounds: its numbers are equal but for the last bits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from impactmonitor.intake.workbook.scalars import (
    CellError,
    Fails,
    Scalar,
    UnknownFormula,
    finite,
    number,
    passed,
    text,
)

NEARLY = 2.0**-48
"""Two numbers that differ less than this, relatively, are equal to a spreadsheet."""
SMALLEST = sys.float_info.min
_LARGEST_WHOLE = 2.0**53


def is_near(x: float, y: float) -> bool:
    """Whether two numbers are equal but for the last bits.

    Examples
    --------
    >>> is_near(0.1 + 0.2, 0.3), is_near(1.0, 1.0 + 1e-12)
    (True, False)
    """
    if x == y:
        return True
    gap = abs(x - y)
    if not (gap < NEARLY * abs(x) and gap < NEARLY * abs(y)):
        return False
    largest = max(abs(x), abs(y))  # whole numbers are exact, so a gap between them is one
    return not (largest < _LARGEST_WHOLE and x.is_integer() and y.is_integer())


def added(x: float, y: float) -> float:
    """A sum, 0 when only rounding is left of it."""
    result = x + y
    return 0.0 if abs(result) < NEARLY * abs(x) and is_near(x, -y) else result


def subtracted(x: float, y: float) -> float:
    """A difference, 0 when only rounding is left of it."""
    result = x - y
    return 0.0 if abs(result) < NEARLY * abs(x) and is_near(x, y) else result


def divided(x: float, y: float) -> float:
    """A quotient."""
    if y == 0:
        raise Fails(CellError.DIV0)
    return x / y


def power(x: float, y: float) -> float:
    """A power.

    0 to the power 0 is an error in one spreadsheet and 1 in another, and so are odd roots of
    negative numbers.
    """
    if x == 0 and y == 0:
        raise UnknownFormula("0 to the power 0")
    if x == 0 and y < 0:
        raise Fails(CellError.DIV0)
    if x < 0 and not y.is_integer():
        if is_near(1 / y, round(1 / y)) and round(1 / y) % 2:
            raise UnknownFormula("an odd root of a negative number")
        raise Fails(CellError.NUM)
    try:
        result = float(x**y)
    except OverflowError:
        raise Fails(CellError.NUM) from None
    if abs(result) < SMALLEST and x != 0:
        raise UnknownFormula("a power that is too small for a number, but not 0")
    return result


def multiplied(x: float, y: float) -> float:
    """A product."""
    return x * y


ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": added,
    "-": subtracted,
    "*": multiplied,
    "/": divided,
    "^": power,
}


def calculated(operator: str, x: Scalar, y: Scalar) -> Scalar:
    """The value of ``x operator y``, an error included.

    Examples
    --------
    >>> calculated("+", None, True), calculated("&", 1.0, "a")
    (1.0, '1a')
    >>> calculated("/", 1.0, 0.0)
    <CellError.DIV0: '#DIV/0!'>
    """
    try:
        if operator == "&":
            return text(x) + text(y)
        if operator in ARITHMETIC:
            return finite(ARITHMETIC[operator](number(x), number(y)))
        x, y = passed(x), passed(y)
        return ORDERS[operator](order(x, y, is_sorting=operator not in {"=", "<>"}))
    except Fails as failure:
        return failure.error


ORDERS: dict[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0,
    "<>": lambda sign: sign != 0,
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}


def order(x: Any, y: Any, is_sorting: bool = True) -> int:
    """Which of two values comes first: below 0 the first one, above 0 the second, 0 neither.

    A number comes before text. An empty cell is 0, no text or FALSE, after what it is compared
    with. Without sorting, only 0 and not 0 mean something.

    Raises
    ------
    UnknownFormula
        When it depends on the spreadsheet or the country.

    Examples
    --------
    >>> order(9.0, "a"), order("b", "B"), order(None, "")
    (-1, 0, 0)
    """
    x = _like(y) if x is None else x
    y = _like(x) if y is None else y
    if isinstance(x, str) and isinstance(y, str):
        return _order_of_texts(x.lower(), y.lower(), is_sorting)
    if isinstance(x, str) or isinstance(y, str):
        if is_sorting and (isinstance(x, bool) or isinstance(y, bool)):
            raise UnknownFormula("whether text comes before a boolean")
        return 1 if isinstance(x, str) else -1
    if isinstance(x, bool) != isinstance(y, bool):
        # A boolean comes after every number in one spreadsheet, and is 0 or 1 in the other.
        after = 1 if isinstance(x, bool) else -1
        if after != _sign(float(x) - float(y)):
            raise UnknownFormula(f"{x} compared with {y}")
        return after
    return 0 if is_near(float(x), float(y)) else _sign(x - y)


def _like(other: Any) -> Scalar:
    if isinstance(other, bool):
        return False
    return "" if isinstance(other, str) else 0.0


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _order_of_texts(x: str, y: str, is_sorting: bool) -> int:
    if x == y:
        return 0
    is_plain = x.isascii() and y.isascii() and (x + y).replace(" ", "").isalnum()
    if is_sorting and x and y and not is_plain:
        raise UnknownFormula("which of two texts with signs or accents comes first")
    return 1 if x > y else -1


def decimal_rounded(value: float, digits: int) -> Decimal:
    """A number rounded half away from zero, as it shows in 15 digits.

    Examples
    --------
    >>> decimal_rounded(2.5, 0), decimal_rounded(1.005, 2), decimal_rounded(-1234.0, -2)
    (Decimal('3'), Decimal('1.01'), Decimal('-1.2E+3'))
    """
    shown = Decimal(f"{value:.15g}")
    if digits >= -int(shown.as_tuple().exponent):
        return shown
    return shown.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
