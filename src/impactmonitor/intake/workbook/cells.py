"""From a workbook that nobody trusts to the plain contents of its cells.

The file is checked first (:mod:`impactmonitor.intake.workbook.guard`) and then read in a process
of its own, which has little memory and little time and sends back plain values only.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NoReturn

from impactmonitor.intake.workbook.guard import read_checked
from impactmonitor.problems import InvalidInput, Problem, listed

MAX_ROWS = 5_000
MAX_COLUMNS = 1_500
MAX_CELLS = 200_000
"""In the whole file, empty cells with a layout of their own included."""

MAX_SHEETS = 100
MAX_TEXT_OF_A_CELL = 32_767
"""Characters; a spreadsheet program takes no more either."""

MAX_TEXT = 5_000_000
"""Characters of all texts and formulas, counted once for every cell in which they stand."""

MAX_SECONDS = 8
"""Of the processor, where the system can count them."""

MAX_WAIT = 30
"""Seconds on the clock, on a machine that is busy with other things."""

MAX_MEMORY = 290_000_000
"""Bytes of the process that reads, where the system can count them."""

_CHILD = Path(__file__).with_name("child.py")
_OUT_OF_TIME, _KILLED = -24, -9  # SIGXCPU, and what a system does that is short of memory


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in one cell that is not empty.

    Attributes
    ----------
    value : str or float or bool or date or datetime or time or None
        The value, of a formula the one that was kept when the workbook was saved; None where it
        kept none, and where the value is an error. A length of time is a number of days.
    formula : str or None
        The formula without the sign "=" in front, if the cell holds one.
    error : str or None
        The error in the cell, for example "#REF!".
    """

    value: str | float | bool | date | datetime | time | None
    formula: str | None = None
    error: str | None = None


Sheets = dict[str, dict[tuple[int, int], Content]]
"""By the title of the sheet, in the order of the workbook, and then by row and column from 1."""


def read_cells(path: Path, unwanted: Collection[str] = ()) -> Sheets:
    """Read the contents of all cells of a workbook.

    Parameters
    ----------
    path : Path
        An .xlsx file. What it is called does not matter, what is in it does.
    unwanted : Collection of str
        Titles of sheets that are checked like all others, but whose cells nobody needs.

    Returns
    -------
    Sheets
        Only cells that are not empty; a sheet without any is an empty mapping. Sheets that are
        not wanted are left out.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is not such a workbook, is unsafe or too large, or cannot be read; with every reason
        that was found, and the sheet and the cell where these are known.
    """
    return _answered(*_asked(read_checked(path), unwanted))


def _limits() -> dict[str, int]:
    return {
        "rows": MAX_ROWS,
        "columns": MAX_COLUMNS,
        "cells": MAX_CELLS,
        "sheets": MAX_SHEETS,
        "text_of_a_cell": MAX_TEXT_OF_A_CELL,
        "text": MAX_TEXT,
        "seconds": MAX_SECONDS,
        "memory": MAX_MEMORY,
    }


def _asked(data: bytes, unwanted: Collection[str]) -> tuple[bytes, int]:
    """What the reading process answers, and its exit code."""
    asked = {"limits": _limits(), "unwanted": [*unwanted]}
    question = json.dumps(asked).encode() + b"\n" + data
    try:
        done = subprocess.run(  # noqa: S603  our own file, and no word of the user
            [sys.executable, "-P", str(_CHILD)],
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MAX_WAIT,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        _fail(Problem("workbook-too-slow"))
    except OSError:
        _fail(Problem("workbook-not-started"))
    return done.stdout, done.returncode


def _fail(problem: Problem) -> NoReturn:
    raise InvalidInput([problem]) from None


def _answered(answer: bytes, code: int) -> Sheets:
    """The cells that an answer holds."""
    sheets: Sheets = {}
    problems: list[Problem] = []
    outcome = ""
    try:
        for line in _lines(answer):
            kind, *parts = json.loads(line)
            if kind == "row":
                _add(sheets, *parts)
            elif kind == "sheet":
                sheets[parts[0]] = {}
            elif kind == "problem":
                problems.append(_problem(**parts[0]))
            elif kind == "end":
                outcome = parts[0]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        outcome = ""
    if outcome != "done":
        problems.append(_failure(outcome, code))
    if problems:
        raise InvalidInput(listed(problems))
    return sheets


def _lines(answer: bytes) -> Iterator[bytes]:
    """The lines of an answer one by one, since all of them at once are many."""
    start = 0
    while (end := answer.find(b"\n", start)) >= 0:
        yield answer[start:end]
        start = end + 1


def _problem(code: str, sheet: str | None, cell: str | None, params: dict[str, object]) -> Problem:
    return Problem(code, params=params, sheet=sheet, cell=cell)


def _failure(outcome: str, code: int) -> Problem:
    """Why there is no whole answer."""
    if outcome == "memory" or code == _KILLED:
        return Problem("workbook-too-much-memory")
    if outcome == "unsafe":
        return Problem("workbook-reader-unsafe")
    return Problem("workbook-too-slow" if code == _OUT_OF_TIME else "workbook-unreadable")


def _add(sheets: Sheets, row: int, cells: list[list[Any]]) -> None:
    """Add a row to the sheet that came last."""
    sheet = sheets[next(reversed(sheets), "")]
    for column, kind, value, *formula in cells:
        text = formula[0] if formula else None
        if kind == "error":
            sheet[row, column] = Content(None, text, value)
        else:
            sheet[row, column] = Content(_READ[kind](value), text)


def _moment(text: str) -> date | datetime:
    """A date where the time is midnight: a spreadsheet keeps no difference between the two."""
    moment = datetime.fromisoformat(text)
    return moment if moment.time() != time() else moment.date()


_READ: dict[str, Callable[[Any], Any]] = {
    "": lambda _: None,
    "number": float,
    "text": str,
    "bool": bool,
    "moment": _moment,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
