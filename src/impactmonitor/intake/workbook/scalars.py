"""What a cell holds, and how a spreadsheet converts it.

The rules are those on which Excel and LibreOffice agree. Where they differ, there is no value that
would be right in both, and the calculation is refused with :class:`UnknownFormula`.
"""

from __future__ import annotations

import math
import re
from enum import Enum

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}\Z")
_LETTERS = re.compile(r"[^\W\d_]+")
_POWER_OF_TEN = re.compile(r"\s*[-+]?[\d.,]+e[-+]?\d+\s*\Z")
_MONTHS = ("jan", "feb", "mar", "mrt", "maart", "apr", "may", "mei", "jun", "jul", "aug", "sep",
           "oct", "okt", "nov", "dec")  # fmt: skip


class CellError(Enum):
    """An error as the value of a cell.

    Examples
    --------
    >>> CellError("#N/A").code
    '#N/A'
    """

    DIV0 = "#DIV/0!"
    NA = "#N/A"
    NAME = "#NAME?"
    NULL = "#NULL!"
    NUM = "#NUM!"
    REF = "#REF!"
    VALUE = "#VALUE!"

    @property
    def code(self) -> str:
        """The error as a sheet shows it."""
        return self.value


Scalar = float | str | bool | None | CellError


class NotCalculable(Exception):
    """A formula without a value that can be given."""


class UnknownFormula(NotCalculable):
    """A formula outside the set that is known, or on which spreadsheets differ."""


class Fails(Exception):
    """On the way to the value of a formula an error was met, which becomes that value."""

    def __init__(self, error: CellError) -> None:
        super().__init__(error.code)
        self.error = error


def could_be_number(written: str) -> bool:
    """Whether a text would be a number, an amount, a date or a time in some country.

    Examples
    --------
    >>> [could_be_number(each) for each in ("1.5", "1 mei", "Fase 2", "E12", "abc")]
    [True, True, False, False, False]
    """
    if not any(character.isdigit() for character in written):
        return False
    lowered = written.lower()
    words = set(_LETTERS.findall(lowered))
    is_month = any(word.startswith(_MONTHS) for word in words)
    is_time = lowered.lstrip()[0].isdigit() and words <= {"a", "p", "am", "pm"}
    is_amount = words <= {"eur", "euro", "usd", "gbp"}
    return is_month or is_time or is_amount or bool(_POWER_OF_TEN.match(lowered))


def number(value: Scalar) -> float:
    """A value as a number.

    Whole numbers in a text count. Of other text that looks like a number it depends on the
    country which one it is.

    Raises
    ------
    Fails
        For an error, and for text that is no number anywhere.
    UnknownFormula
        For text that may be a number.

    Examples
    --------
    >>> number(True), number(None), number("12")
    (1.0, 0.0, 12.0)
    """
    if type(value) is float:
        return value
    if value is None:
        return 0.0
    if isinstance(value, CellError):
        raise Fails(value)
    if isinstance(value, str):
        if _WHOLE.match(value):
            return float(value)
        if could_be_number(value):
            raise UnknownFormula(f"{value!r} as a number")
        raise Fails(CellError.VALUE)
    return float(value)


def text(value: Scalar) -> str:
    """A value as text, numbers in the general format of an English sheet.

    Examples
    --------
    >>> text(1 / 3), text(2.0), text(None)
    ('0.333333333333333', '2', '')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, CellError):
        raise Fails(value)
    if isinstance(value, bool):
        raise UnknownFormula("a boolean as text")
    if value != 0 and not 1e-4 <= abs(value) < 1e15:
        raise UnknownFormula(f"{value} as text: spreadsheets differ on the exponent")
    return "0" if value == 0 else f"{value:.15g}"


def truth(value: Scalar) -> bool:
    """A value as a condition.

    Examples
    --------
    >>> truth(2.0), truth(None)
    (True, False)
    """
    if isinstance(value, str):
        if value.lower() in {"true", "false"} or could_be_number(value):
            raise UnknownFormula(f"the text {value!r} as a condition")
        raise Fails(CellError.VALUE)
    return number(value) != 0


def passed(value: Scalar) -> Scalar:
    """Any value but an error."""
    if isinstance(value, CellError):
        raise Fails(value)
    return value


def finite(value: float) -> float:
    """A number that a cell can hold; what is beyond is the error of numbers."""
    if not math.isfinite(value):
        raise Fails(CellError.NUM)
    return value
