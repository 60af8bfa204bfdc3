"""Read holdings from a sheet of a workbook that nobody trusts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from impactmonitor.intake.holdings_columns import columns_of
from impactmonitor.intake.holdings_table import TableRead, TableRow, checked, values_of
from impactmonitor.intake.workbook.cells import Content, read_cells
from impactmonitor.intake.workbook.layout import letters
from impactmonitor.problems import InvalidInput, Problem

Rows = dict[int, dict[int, Content]]


def rows_of_workbook(path: Path) -> TableRead:
    """The rows of the first sheet of a workbook that has a column ``id``.

    Parameters
    ----------
    path : Path
        An .xlsx file; it is looked through before it is opened, in a process of its own.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If the workbook is unsafe, cannot be read or holds no such table.
    """
    sheets = read_cells(path)
    for title, contents in sheets.items():
        rows: Rows = {}
        for (row, column), content in contents.items():
            rows.setdefault(row, {})[column] = content
        if rows and _has_id(rows[min(rows)]):
            return _rows(title, rows)
    raise InvalidInput([Problem("holdings-column-missing", "", {"column": "id"})])


def _has_id(header: dict[int, Content]) -> bool:
    return any(str(content.value).strip().lower() == "id" for content in header.values())


def _rows(title: str, rows: Rows) -> TableRead:
    first = min(rows)
    header = ["" for _ in range(max(rows[first]))]
    for column, content in rows[first].items():
        header[column - 1] = str(content.value or "")
    columns, problems = columns_of(header)
    if problems:
        raise InvalidInput([replace(problem, sheet=title) for problem in problems])
    found: list[TableRow] = []
    for number in sorted(rows):
        given = {columns[c - 1]: x for c, x in sorted(rows[number].items()) if c - 1 in columns}
        if number == first or not given:
            continue
        cells = {columns[c - 1]: f"{letters(c)}{number}" for c in rows[number] if c - 1 in columns}
        row, own = _row(TableRow({}, None, title, cells), given)
        problems += own
        if row.values or own:
            found.append(row)
    return checked(found, problems)


def _row(place: TableRow, given: Mapping[str, Content]) -> tuple[TableRow, list[Problem]]:
    """What the cells of a row say, and which of them cannot be read."""
    texts: dict[str, str | float | datetime.date] = {}
    problems: list[Problem] = []
    for name, content in given.items():
        value = _plain(content)
        if isinstance(value, Problem):
            problems.append(place.located(value, name))
        elif value != "":
            texts[name] = value
    values, own = values_of(texts)
    problems += [place.located(problem, problem.path) for problem in own]
    return replace(place, values=values, broken=frozenset(given) - values.keys()), problems


def _plain(content: Content) -> str | float | datetime.date | Problem:
    """What a cell holds, or why it holds nothing that can be read."""
    value = content.value
    if content.error is not None:
        return Problem("workbook-error-cell", params={"value": content.error})
    if value is None:
        return Problem("workbook-formula-without-value") if content.formula is not None else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime.date | str):
        return value.strip() if isinstance(value, str) else value
    return str(value)
