"""Rows of a CSV file, as spreadsheets in either language write them.

Every cell is text: nothing is ever calculated or looked up, also where a text looks like a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from impactmonitor.plain import decode
from impactmonitor.problems import InvalidInput, Problem

SEPARATORS = (",", ";", "\t")
_NUMBER = re.compile(r"[-+]?([0-9]{1,300}(\.[0-9]{0,300})?|\.[0-9]{1,300})([eE][-+]?[0-9]{1,3})?")
_WITH_COMMA = re.compile(r"[-+]?[0-9]{1,300},[0-9]{1,300}")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")
_LIKE_A_FORMULA = re.compile("'*[-=+@\t\r\uff1d\uff0b\uff0d\uff20]")
"""How a text starts that a spreadsheet would take for a formula, or that was quoted before."""


def table_in(data: bytes) -> tuple[str, list[str], Iterator[tuple[int, list[str]]]]:
    r"""What the bytes of a CSV file hold.

    Returns
    -------
    separator : str
        Between cells.
    names : list of str
        Of the columns, on the first row that is not empty.
    rows : iterator of (int, list of str)
        The other rows, as ``rows_of`` gives them.

    Raises
    ------
    InvalidInput
        If the bytes are no text or the first row cannot be read; a row below it is read, and
        refused, when it is asked for.

    Examples
    --------
    >>> separator, names, rows = table_in(b"id; amount\nloan;12,5\n")
    >>> separator, names, list(rows)
    (';', ['id', 'amount'], [(2, ['loan', '12,5'])])
    """
    text = decode(data)
    separator = separator_of(text)
    rows = rows_of(text, separator)
    _, header = next(rows, (1, []))
    return separator, [name.strip() for name in header], rows


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


def row_too_long(cells: Sequence[str], columns: int) -> Problem | None:
    """A row with something in a cell beyond the last column, as a problem; None for others.

    Examples
    --------
    >>> row_too_long(["loan", "12", "x"], 2).code, row_too_long(["loan", "12", " "], 2)
    ('csv-row-too-long', None)
    """
    if not any(cell.strip() for cell in cells[columns:]):
        return None
    return Problem("csv-row-too-long", "", {"cells": len(cells), "columns": columns})


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


def quoted(text: str) -> str:
    """A text that no spreadsheet takes for a formula; ``unquoted`` gives it back.

    Examples
    --------
    >>> quoted("=1+1"), quoted("'=1+1"), quoted("one")
    ("'=1+1", "''=1+1", 'one')
    """
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def unquoted(text: str) -> str:
    """A text without the sign that ``quoted`` put in front of it.

    Examples
    --------
    >>> unquoted("'=1+1"), unquoted("'t Hof")
    ('=1+1', "'t Hof")
    """
    is_quoted = text.startswith("'") and _LIKE_A_FORMULA.match(text)
    return text[1:] if is_quoted else text
