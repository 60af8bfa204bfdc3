"""Read measurements from a CSV file, with everything that is wrong in it at once.

One row is one record; columns have the names of its fields. Every cell is text: nothing is ever
calculated or looked up, also where a text looks like a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from impactmonitor.intake.csv_rows import (
    has_points_between_thousands,
    number_in,
    row_too_long,
    table_in,
    unquoted,
)
from impactmonitor.intake.files import bytes_of_kind
from impactmonitor.model.measurements import MAX_MEASUREMENTS, Measurement
from impactmonitor.model.record import MAX_TEXT
from impactmonitor.model.validation import problems_of, shown
from impactmonitor.problems import InvalidInput, Problem, listed, nearest

ENDING = ".csv"
DISAGGREGATION = "disaggregation."
NUMBERS = frozenset({"baseline", "target", "value", "numerator", "denominator"})
TRANSLATED = frozenset({"evidence", "method", "differs_because"})
_FIELDS = frozenset(Measurement.model_fields)
_PLAIN = tuple(name for name in Measurement.model_fields if name != "disaggregation")
_COLUMNS = (*_PLAIN, *(f"{name}.{lang}" for name in sorted(TRANSLATED) for lang in ("nl", "en")))
_MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class MeasurementsRead:
    """A CSV file as far as it could be read.

    Attributes
    ----------
    measurements : tuple of Measurement
        The rows that have the form of a record, in the order of the file. Whether a case keeps
        its rules with them is found when they are added to it.
    problems : tuple of Problem
        What is wrong: the line in the file, and a path that ends in the column.
    lines : tuple of int
        The line in the file on which each of the measurements starts.
    """

    measurements: tuple[Measurement, ...]
    problems: tuple[Problem, ...]
    lines: tuple[int, ...] = ()


def load_measurements(path: Path | str) -> tuple[Measurement, ...]:
    """Load measurements from a CSV file.

    Parameters
    ----------
    path : Path or str
        A file that ends in .csv, in UTF-8, with names of columns on its first line. Cells are
        separated by commas, semicolons or tabs. An empty cell is a field that is left out.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        With every error found, each with its line and column.
    """
    found = read_measurements(path)
    if found.problems:
        raise InvalidInput(found.problems)
    return found.measurements


def read_measurements(path: Path | str) -> MeasurementsRead:
    """Read a CSV file from disk, as far as it can be read.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is too large, no text, or has no column that says what a period is.
    """
    return measurements_in(bytes_of_kind(Path(path), (ENDING,), "csv-file-kind"))


def measurements_in(data: bytes) -> MeasurementsRead:
    r"""Read the bytes of a CSV file.

    Raises
    ------
    InvalidInput
        As ``read_measurements`` does.

    Examples
    --------
    >>> found = measurements_in(b"indicator;period;value;status\nvisits;2025Q1;12,5;approved\n")
    >>> found.measurements[0].value
    12.5
    >>> measurements_in(b"indicator,period,value\nvisits,2025,n.a.").problems[0].path
    'measurements.0.value'
    """
    separator, columns, rows = table_in(data)
    problems = list(_column_problems(columns))
    if any(p.code == "csv-column-missing" for p in problems) or len(columns) > _MAX_COLUMNS:
        raise InvalidInput(problems)
    measurements: list[tuple[int, Measurement]] = []
    for index, (line, cells) in enumerate(rows):
        if index >= MAX_MEASUREMENTS:
            params = {"count": f"> {MAX_MEASUREMENTS}", "most": MAX_MEASUREMENTS}
            raise InvalidInput([Problem("too-many-measurements", "measurements", params)])
        record, found = _record(columns, cells, separator)
        problems += [replace(p.moved_to(f"measurements.{index}"), line=line) for p in found]
        if record is not None:
            measurements.append((line, record))
    lines, records = [n for n, _ in measurements], [record for _, record in measurements]
    return MeasurementsRead(tuple(records), tuple(listed(problems)), tuple(lines))


def _column_problems(columns: list[str]) -> Iterator[Problem]:
    """Columns that nobody knows, that are there twice, and the one that has to be there."""
    if len(columns) > _MAX_COLUMNS:
        size = {"cells": len(columns), "columns": _MAX_COLUMNS}
        yield Problem("csv-row-too-long", "", size, line=1)
        return
    for i, column in enumerate(columns):
        params: dict[str, object] = {"column": shown(column)}
        is_known = column in _COLUMNS or (
            column.startswith(DISAGGREGATION) and len(column) > len(DISAGGREGATION)
        )
        if column and not is_known:
            near = nearest(column, _COLUMNS)
            yield Problem("csv-unknown-column", "", {**params, "nearest": near}, line=1)
        elif column and column in columns[:i]:
            yield Problem("csv-column-twice", "", params, line=1)
    if "period" not in columns:
        yield Problem("csv-column-missing", "", {"column": "period"}, line=1)


def _record(
    columns: list[str], cells: list[str], separator: str
) -> tuple[Measurement | None, list[Problem]]:
    """One row as a record, or what is wrong with it."""
    too_long = row_too_long(cells, len(columns))
    if too_long is not None:
        return None, [too_long]
    tree: dict[str, Any] = {}
    problems: list[Problem] = []
    for column, cell in zip(columns, cells, strict=False):
        text = cell.strip()
        if not text or not column:
            continue
        if len(text) > MAX_TEXT:
            problems.append(Problem("text-too-long", column, {"max_length": MAX_TEXT}))
        elif column in NUMBERS and has_points_between_thousands(text, separator):
            problems.append(Problem("csv-thousands", column, {"value": shown(text)}))
        else:
            value = _value(column, text, separator)
            outer, _, inner = column.partition(".")
            if inner:
                tree.setdefault(outer, {})[inner] = value
            else:
                tree[column] = value
    try:
        record = Measurement.model_validate({k: v for k, v in tree.items() if k in _FIELDS})
    except ValidationError as error:
        return None, [*problems, *problems_of(error, Measurement)]
    return (None if problems else record), problems


def _value(column: str, text: str, separator: str) -> float | str:
    """What a cell says; what is no number in a column of numbers is refused by the record."""
    if column not in NUMBERS:
        return unquoted(text)
    number = number_in(text, separator)
    return text if number is None else number
