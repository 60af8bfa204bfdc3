"""Read holdings from a table, as a CSV file or a workbook, with every mistake in it at once.

One row is one holding in one period. What holds for the holding as a whole may be repeated on
each of its rows, or stand on one of them only.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from impactmonitor.intake.csv_rows import (
    has_points_between_thousands,
    number_in,
    table_in,
    unquoted,
)
from impactmonitor.intake.files import bytes_of, is_file
from impactmonitor.intake.holdings_columns import FIGURES, TAGS, columns_of
from impactmonitor.model.record import MAX_TEXT
from impactmonitor.model.validation import shown
from impactmonitor.problems import InvalidInput, NotFound, Problem

CSV, WORKBOOK = ".csv", ".xlsx"
MAX_ROWS = 10_000
_NUMBERS = frozenset({*FIGURES, "commitment_amount", "commitment_total_funding"})
_YEARS = frozenset({"period", "restated_in"})
_YEAR = re.compile(r"[1-9][0-9]{3}")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table, as far as its cells could be read.

    Attributes
    ----------
    values : Mapping[str, object]
        By column: texts, numbers, years, and mappings of label to share. Empty cells are left
        out.
    line : int or None
        Of a CSV file.
    sheet : str or None
        Of a workbook.
    cells : Mapping[str, str]
        Of a workbook, by column where it stands.
    broken : frozenset of str
        Columns of which the cell cannot be read.
    """

    values: Mapping[str, Any]
    line: int | None = None
    sheet: str | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()

    def located(self, problem: Problem, column: str = "") -> Problem:
        """A problem with its place in the table."""
        if self.sheet is None:
            return replace(problem, line=self.line)
        first = next(iter(self.cells.values()), None)
        return replace(problem, sheet=self.sheet, cell=self.cells.get(column, first))


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table as far as it could be read.

    Attributes
    ----------
    rows : tuple of TableRow
        In the order of the table.
    problems : tuple of Problem
        Every cell that cannot be read, with its place.
    """

    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...] = ()


def read_table(path: Path | str) -> TableRead:
    """Read a table of holdings.

    Parameters
    ----------
    path : Path or str
        A file that ends in .csv (UTF-8, separated by commas, semicolons or tabs, with a decimal
        comma in the last two), or in .xlsx. The first row names the columns, in any order.

    Returns
    -------
    TableRead
        With at least one row.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is no such table, has columns that nobody knows, or has no rows.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if not is_file(path):
        raise NotFound(Problem("file-not-found", params={"file": path.name}))
    if ending == CSV:
        return rows_in(bytes_of(path))
    if ending == WORKBOOK:
        from impactmonitor.intake.holdings_workbook import rows_of_workbook

        return rows_of_workbook(path)
    raise InvalidInput([Problem("holdings-file-kind", params={"ending": ending})])


def rows_in(data: bytes) -> TableRead:
    r"""The rows of a CSV file.

    Raises
    ------
    InvalidInput
        As ``read_table`` does.

    Examples
    --------
    >>> found = rows_in(b"id;casus;periode;uitstaand;themes\nloan;a.yaml;2025;12,5;care=0,5|work\n")
    >>> found.rows[0].values["outstanding"], found.rows[0].values["themes"]
    (12.5, {'care': 0.5, 'work': 1.0})
    """
    separator, header, rows = table_in(data)
    columns, problems = columns_of(header)
    if problems:
        raise InvalidInput([replace(problem, line=1) for problem in problems])
    found: list[TableRow] = []
    for line, cells in rows:
        given: dict[str, str] = {}
        row = TableRow({}, line)
        for place, cell in enumerate(cells):
            column = columns.get(place)
            if cell.strip() and column is None:
                params: dict[str, object] = {"cells": len(cells), "columns": len(header)}
                problems.append(row.located(Problem("csv-row-too-long", "", params)))
                break
            if cell.strip() and column is not None:
                given[column] = unquoted(cell.strip())
        values, own = values_of(given, separator)
        problems += [row.located(problem, problem.path) for problem in own]
        found.append(replace(row, values=values, broken=frozenset(p.path for p in own)))
    return checked(found, problems)


def checked(found: list[TableRow], problems: list[Problem]) -> TableRead:
    """Rows that each name a holding.

    Raises
    ------
    InvalidInput
        ``holdings-none`` for a table without rows, ``holdings-too-many``.
    """
    if len(found) > MAX_ROWS:
        raise InvalidInput([Problem("holdings-too-many", params={"most": MAX_ROWS})])
    if not found:
        raise InvalidInput(problems or [Problem("holdings-none")])
    nameless = [
        row.located(Problem("missing-field", "id", {"field": "id"}), "id")
        for row in found
        if "id" not in row.values
    ]
    named = tuple(row for row in found if "id" in row.values)
    return TableRead(named, (*problems, *nameless))


def values_of(
    given: Mapping[str, str | float | datetime.date], separator: str = ";"
) -> tuple[dict[str, Any], list[Problem]]:
    """What the cells of a row say.

    Parameters
    ----------
    given : Mapping
        By column, the cells that are not empty: texts, or what a workbook holds.
    separator : str
        Between cells: a comma leaves no decimal comma.

    Returns
    -------
    values : dict
        By column.
    problems : list of Problem
        With the column as path.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for column, cell in given.items():
        try:
            values[column] = _value(column, cell, separator)
        except InvalidInput as refused:
            problems += refused.problems
    return values, problems


def _value(column: str, cell: str | float | datetime.date, separator: str) -> Any:
    if column in TAGS:
        return dict(_labels(column, str(cell), separator))
    if column in _NUMBERS or column in _YEARS:
        return _number(column, cell, separator)
    if isinstance(cell, datetime.date):
        return cell.isoformat()[:10]
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if len(cell) > MAX_TEXT:
        raise InvalidInput([Problem("text-too-long", column, {"max_length": MAX_TEXT})])
    return cell


def _number(column: str, cell: str | float | datetime.date, separator: str) -> Any:
    number = cell if isinstance(cell, float) else None
    params: dict[str, object] = {"value": shown(str(cell))}
    if isinstance(cell, str):
        if column in _NUMBERS and has_points_between_thousands(cell, separator):
            raise InvalidInput([Problem("csv-thousands", column, params)])
        number = number_in(cell, separator)
    if number is None:
        raise InvalidInput([Problem("not-a-number", column, params)])
    if column not in _YEARS:
        return number
    if not _YEAR.fullmatch(f"{number:.15g}"):
        raise InvalidInput([Problem("not-a-year", column, params)])
    return str(int(number))


def _labels(column: str, cell: str, separator: str) -> Iterator[tuple[str, float]]:
    """Labels with their shares: ``care=0.5|homes=0.5``; a label by itself has all."""
    seen: set[str] = set()
    for part in cell.split("|"):
        label, sign, written = (piece.strip() for piece in part.partition("="))
        share = number_in(written, separator) if sign else 1.0
        params: dict[str, object] = {"value": shown(part.strip())}
        if not label or share is None or label in seen:
            raise InvalidInput([Problem("holdings-labels", column, params)])
        seen.add(label)
        yield label, share
