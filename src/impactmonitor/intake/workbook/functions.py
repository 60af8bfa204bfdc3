"""The functions of one value after the other; the table says how each argument is read."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from impactmonitor.intake.workbook import distributions
from impactmonitor.intake.workbook.operators import decimal_rounded, is_near, power
from impactmonitor.intake.workbook.scalars import (
    CellError,
    Fails,
    Scalar,
    UnknownFormula,
    could_be_number,
    finite,
    number,
    passed,
    text,
    truth,
)

_FORMAT = re.compile(r"(#,##)?0(?:\.(0+))?(%)?\Z")
_VALUE = re.compile(r"([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)(%)?\Z")


def _floor(x: float) -> float:
    """The whole number below; spreadsheets differ on what is a whole number but for rounding."""
    if is_near(x, float(round(x))) and x != round(x):
        raise UnknownFormula("the whole number below one that is whole but for the last bits")
    return float(math.floor(x))


def _remainder(x: float, divisor: float) -> float:
    if divisor == 0:
        raise Fails(CellError.DIV0)
    times = _floor(x / divisor)
    if abs(times) > 1e12:
        raise UnknownFormula("MOD of a number that is so much larger than its divisor")
    return x - divisor * times


def _round(x: float, digits: float) -> float:
    return float(decimal_rounded(x, int(digits)))


def _root(x: float) -> float:
    if x < 0:
        raise Fails(CellError.NUM)
    return math.sqrt(x)


def _exponential(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        raise Fails(CellError.NUM) from None


def _logarithm(x: float) -> float:
    if x <= 0:
        raise Fails(CellError.NUM)
    return math.log(x)


def _characters(whole: str) -> str:
    """A text that has one place for each character in every spreadsheet."""
    if any(ord(character) > 0xFFFF for character in whole):
        raise UnknownFormula("the length of a text with characters that some count twice")
    return whole


def _length(whole: str) -> float:
    return float(len(_characters(whole)))


def _size(count: float, least: int = 0) -> int:
    if count < least:
        raise Fails(CellError.VALUE)
    return int(count)


def _left(whole: str, count: float = 1.0) -> str:
    return _characters(whole)[: _size(count)]


def _right(whole: str, count: float = 1.0) -> str:
    size = _size(count)
    return _characters(whole)[-size:] if size else ""


def _middle(whole: str, start: float, count: float) -> str:
    first = _size(start, 1) - 1
    return _characters(whole)[first : first + _size(count)]


def _trim(whole: str) -> str:
    return " ".join(word for word in whole.split(" ") if word)


def _cased(whole: str, change: Callable[[str], str]) -> str:
    changed = [change(character) for character in whole]
    if any(len(character) != 1 for character in changed):
        raise UnknownFormula("the other case of a letter that has none of one character")
    return "".join(changed)


def _upper(whole: str) -> str:
    return _cased(whole, str.upper)


def _lower(whole: str) -> str:
    return _cased(whole, str.lower)


def _substitute(whole: str, old: str, new: str, which: float | None = None) -> str:
    if which is not None and which < 1:
        raise Fails(CellError.VALUE)
    if not old:
        return whole
    if which is None:
        return whole.replace(old, new)
    position = -len(old)
    for _ in range(int(which)):
        position = whole.find(old, position + len(old))
        if position < 0:
            return whole
    return whole[:position] + new + whole[position + len(old) :]


def _formatted(value: Scalar, pattern: str) -> str:
    """TEXT with the signs of an English sheet, for formats of digits only."""
    match = _FORMAT.match(pattern)
    if match is None:
        raise UnknownFormula(f"the format {pattern!r}")
    if isinstance(value, bool):
        raise UnknownFormula("a boolean as text")
    if isinstance(value, str):
        if could_be_number(value):
            raise UnknownFormula(f"{value!r} as a number")
        return value
    decimals, percent = len(match[2] or ""), match[3] or ""
    rounded = _rounded(number(value), decimals + (2 if percent else 0)) * (100 if percent else 1)
    return _shown(rounded, f"{',' if match[1] else ''}.{decimals}f") + percent


def _fixed(amount: float, digits: float = 2.0) -> str:
    """FIXED with the signs of an English sheet.

    It rounds as ROUND does. LibreOffice here looks at bits that no sheet shows: FIXED(1.005,2) is
    1.00 there.
    """
    return _shown(_rounded(amount, int(digits)), f",.{max(0, int(digits))}f")


def _rounded(amount: float, digits: int) -> Decimal:
    if abs(amount) >= 1e13 or digits > 15:
        raise UnknownFormula("more digits than a number has")
    return decimal_rounded(amount, digits)


def _shown(rounded: Decimal, form: str) -> str:
    """What is rounded to 0 has no minus."""
    return ("-" if rounded < 0 else "") + format(abs(rounded), form)


def _value(value: Scalar) -> float:
    """VALUE with the signs of an English sheet."""
    if isinstance(value, bool):
        raise UnknownFormula("VALUE of a boolean")
    if not isinstance(value, str):
        return number(value)
    match = _VALUE.match(value)
    if match is not None:
        return finite(float(match[1]) / (100 if match[2] else 1))
    if could_be_number(value):
        raise UnknownFormula(f"{value!r} as a number")
    raise Fails(CellError.VALUE)


def _is_number(value: Scalar) -> bool:
    if isinstance(value, bool):
        raise UnknownFormula("whether a boolean is a number")
    return isinstance(value, float)


def _n(value: Scalar) -> float:
    return 0.0 if isinstance(value, str) else number(value)


class Function(NamedTuple):
    """A function and how its arguments are read.

    ``n`` a number, ``t`` a text, ``b`` a condition, ``x`` anything but an error, ``v`` anything;
    a capital for one that may be left out.
    """

    apply: Callable[..., Any]
    arguments: str

    @property
    def least(self) -> int:
        """How many arguments there are at least."""
        return sum(letter.islower() for letter in self.arguments)


READERS: dict[str, Callable[[Scalar], Any]] = {
    "n": number,
    "t": text,
    "b": truth,
    "x": passed,
    "v": lambda value: value,
}

FUNCTIONS: dict[str, Function] = {
    "ABS": Function(abs, "n"),
    "SIGN": Function(lambda x: float((x > 0) - (x < 0)), "n"),
    "SQRT": Function(_root, "n"),
    "EXP": Function(_exponential, "n"),
    "LN": Function(_logarithm, "n"),
    "POWER": Function(power, "nn"),
    "INT": Function(_floor, "n"),
    "ROUND": Function(_round, "nn"),
    "FIXED": Function(_fixed, "nN"),
    "MOD": Function(_remainder, "nn"),
    "NOT": Function(lambda condition: not condition, "b"),
    "ISNUMBER": Function(_is_number, "v"),
    "ISTEXT": Function(lambda value: isinstance(value, str), "v"),
    "ISBLANK": Function(lambda value: value is None, "v"),
    "ISERROR": Function(lambda value: isinstance(value, CellError), "v"),
    "N": Function(_n, "x"),
    "T": Function(lambda value: value if isinstance(value, str) else "", "x"),
    "LEN": Function(_length, "t"),
    "LEFT": Function(_left, "tN"),
    "MID": Function(_middle, "tnn"),
    "RIGHT": Function(_right, "tN"),
    "TRIM": Function(_trim, "t"),
    "UPPER": Function(_upper, "t"),
    "LOWER": Function(_lower, "t"),
    "SUBSTITUTE": Function(_substitute, "tttN"),
    "TEXT": Function(_formatted, "xt"),
    "EXACT": Function(lambda x, y: x == y, "tt"),
    "VALUE": Function(_value, "x"),
    "NORMSDIST": Function(distributions.normal, "n"),
    "NORMSINV": Function(distributions.normal_inverse, "n"),
    "BETADIST": Function(distributions.beta, "nnnNN"),
    "BETAINV": Function(distributions.beta_inverse, "nnnNN"),
}
