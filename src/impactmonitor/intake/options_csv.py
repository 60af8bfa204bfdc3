"""Read options with their cost and effect from a CSV file, with every mistake in it at once.

Every cell is text: nothing is ever calculated or looked up, also where a text looks like a formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from impactmonitor.intake.csv_rows import (
    has_points_between_thousands,
    number_in,
    row_too_long,
    table_in,
    unquoted,
)
from impactmonitor.intake.files import bytes_of_kind
from impactmonitor.model.validation import shown
from impactmonitor.problems import InvalidInput, Problem, listed, nearest

ENDING = ".csv"
COLUMNS = {
    "option": "option",
    "optie": "option",
    "cost": "cost",
    "costs": "cost",
    "kosten": "cost",
    "effect": "effect",
    "effects": "effect",
    "effecten": "effect",
}
"""How a column may be called, in either language, and which one it is."""

WANTED = ("option", "cost", "effect")
MAX_OPTIONS = 10_000
MAX_NAME = 200
_COMMAS = re.compile(r"[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
LARGEST = 1e150
"""Larger numbers have no ratio in the arithmetic of a computer."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way of doing something.

    Attributes
    ----------
    name : str
        Of the option.
    cost, effect : float
        Of the whole option, not beside another one; savings are negative costs.
    """

    name: str
    cost: float
    effect: float


def load_options(path: Path | str) -> tuple[Option, ...]:
    """Load options from a CSV file.

    Parameters
    ----------
    path : Path or str
        A file that ends in .csv, in UTF-8, with the columns option, cost and effect (or optie,
        kosten, effect) in any order. Cells are separated by commas, semicolons or tabs; with the
        last two a decimal comma is read as well.

    Returns
    -------
    tuple of Option
        In the order of the file; at least one.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        With every error found, each with its line and column.
    """
    return options_in(bytes_of_kind(Path(path), (ENDING,), "options-file-kind"))


def options_in(data: bytes) -> tuple[Option, ...]:
    r"""Read the bytes of such a file.

    Raises
    ------
    InvalidInput
        As ``load_options`` does.

    Examples
    --------
    >>> options_in(b"optie;kosten;effect\nniets doen;0;0\nlessen;1200;2,5\n")[1]
    Option(name='lessen', cost=1200.0, effect=2.5)
    """
    separator, header, rows = table_in(data)
    columns, problems = _columns(header)
    if problems:
        raise InvalidInput(problems)
    found: list[Option] = []
    seen: set[str] = set()
    for line, cells in rows:
        option, wrong = _option(columns, cells, separator, line)
        name = _cell(columns, cells, "option")
        if name and name in seen:
            wrong.append(Problem("name-twice", "option", {"name": shown(name)}, line=line))
        seen.add(name)
        problems += wrong
        found += [option] if option is not None else []
        if len(found) > MAX_OPTIONS:
            raise InvalidInput([Problem("too-many-options", params={"most": MAX_OPTIONS})])
    if not found and not problems:
        problems.append(Problem("no-options", line=1))
    if problems:
        raise InvalidInput(listed(problems))
    return tuple(found)


def _columns(header: list[str]) -> tuple[list[str], list[Problem]]:
    """Which column is which; those without a name hold nothing."""
    problems: list[Problem] = []
    columns = [COLUMNS.get(name.lower(), "") for name in header]
    for place, (name, column) in enumerate(zip(header, columns, strict=True)):
        params: dict[str, object] = {"column": shown(name)}
        if name and not column:
            near = nearest(name.lower(), COLUMNS)
            problems.append(Problem("options-column", "", {**params, "nearest": near}, line=1))
        elif column and column in columns[:place]:
            problems.append(Problem("csv-column-twice", "", params, line=1))
    problems += [
        Problem("options-column-missing", "", {"column": name}, line=1)
        for name in WANTED
        if name not in columns
    ]
    return columns, problems


def _option(
    columns: list[str], cells: list[str], separator: str, line: int
) -> tuple[Option | None, list[Problem]]:
    """One row as an option, or what is wrong with it."""
    too_long = row_too_long(cells, len(columns))
    if too_long is not None:
        return None, [replace(too_long, line=line)]
    problems: list[Problem] = []
    name = unquoted(_cell(columns, cells, "option"))
    if not name:
        problems.append(Problem("missing-field", "option", {"field": "option"}, line=line))
    elif len(name) > MAX_NAME:
        problems.append(Problem("text-too-long", "option", {"max_length": MAX_NAME}, line=line))
    elif not name.isprintable():
        problems.append(Problem("control-character", "option", line=line))
    numbers: dict[str, float] = {}
    for column in ("cost", "effect"):
        found = _number(column, _cell(columns, cells, column), separator)
        if isinstance(found, Problem):
            problems.append(replace(found, line=line))
        else:
            numbers[column] = found
    if problems:
        return None, problems
    return Option(name, numbers["cost"], numbers["effect"]), []


def _cell(columns: list[str], cells: list[str], name: str) -> str:
    place = columns.index(name)
    return cells[place].strip() if place < len(cells) else ""


def _number(column: str, text: str, separator: str) -> float | Problem:
    """A number, or what is wrong with it.

    A comma is a decimal sign only where it does not separate cells. Groups of three digits may be
    thousands or decimals: after a point among semicolons or tabs, after a comma among tabs.
    """
    params: dict[str, object] = {"value": shown(text)}
    if not text:
        return Problem("missing-field", column, {"field": column})
    is_unclear = has_points_between_thousands(text, separator)
    if is_unclear or (separator == "\t" and _COMMAS.fullmatch(text)):
        return Problem("csv-thousands", column, params)
    number = number_in(text, separator)
    if number is None:
        return Problem("not-a-number", column, params)
    if abs(number) > LARGEST:
        return Problem("too-high", column, {**params, "limit": f"<= {LARGEST:g}"})
    return number
