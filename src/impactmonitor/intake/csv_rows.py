"""Rows of a CSV file, as spreadsheets in either language write them.

Every cell is text: nothing is ever calculated or looked up, also where a text looks like a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from impactmonitor.problems import InvalidInput, Problem

SEPARATORS = (",", ";", "\t")
_NUMBER = re.compile(r"[-+]?([0-9]{1,300}(\.[0-9]{0,300})?|\.[0-9]{1,300})([eE][-+]?[0-9]{1,3})?")
_WITH_COMMA = re.compile(r"[-+]?[0-9]{1,300},[0-9]{1,300}")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")


def separator_of(text: str) -> str:
    r"""What the names of the columns are separated by.

    Examples
    --------
    >>> separator_of("id;case;amount\nloan;a.yaml;12,5\n")
    ';'
    """
    header = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=lambda sign: (header.count(sign), -SEPARATORS.index(sign)))


def rows_of(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line on which it starts.

    Raises
    ------
    InvalidInput
        ``csv-unreadable``.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise InvalidInput(
                [Problem("csv-unreadable", params={"line": line}, line=line)]
            ) from None
        if any(cell.strip() for cell in row):
            yield line, row


def has_points_between_thousands(text: str, separator: str) -> bool:
    """Whether a number may be a thousand times what it looks like: 1.250 in a Dutch table.

    Examples
    --------
    >>> has_points_between_thousands("1.250", ";"), has_points_between_thousands("1.250", ",")
    (True, False)
    """
    return separator != "," and _THOUSANDS.fullmatch(text) is not None


def number_in(text: str, separator: str) -> float | None:
    """A number, with a decimal comma where cells are not separated by commas; None for others.

    Examples
    --------
    >>> number_in("12,5", ";"), number_in("12.5", ","), number_in("n.a.", ";")
    (12.5, 12.5, None)
    """
    if _NUMBER.fullmatch(text):
        return float(text)
    if separator != "," and _WITH_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    return None
