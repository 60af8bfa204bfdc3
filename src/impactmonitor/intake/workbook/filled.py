"""What is filled in in a workbook: the contents of its forms and tables, without any places."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from impactmonitor.intake.workbook.layout import TABLES, SheetId

Row = dict[str, "Content"]


class Unknown(Enum):
    """An answer that is always possible: nobody knows."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that takes its number from another one.

    Attributes
    ----------
    to : {"parameters", "uncertain", "reached"}
        The value of a shared number, the expected value of an uncertain one, or the answer to
        the question how many are reached.
    index : int
        Row of that table.
    """

    to: Literal["parameters", "uncertain", "reached"]
    index: int = 0


Content = float | str | bool | datetime.date | Link | Unknown | None


@dataclass
class Filled:
    """The contents of all forms and tables; choices as codes and not as words.

    Attributes
    ----------
    forms : dict
        By sheet and key.
    tables : dict
        Rows by table.
    answers : dict
        A row for each question, by the sheet of an assessor.
    """

    forms: dict[tuple[SheetId, str], Content] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=lambda: {t.id: [] for t in TABLES})
    answers: dict[SheetId, list[Row]] = field(default_factory=dict)

    def add(self, table: str, **contents: Content) -> int:
        """Add a row; returns its index."""
        rows = self.tables[table]
        rows.append({key: value for key, value in contents.items() if value is not None})
        return len(rows) - 1


PER_PERSON = "per-person"
"""The factor of an effect that has a column of its own."""

USUAL_COVERAGE = 0.9
"""Of ten times, how often a number falls between the low and the high one of an effect."""

DISTRIBUTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "range": ("interval", ("low", "high", "coverage")),
    "pert": ("pert", ("0", "1", "2")),
    "triangular": ("triangular", ("0", "1", "2")),
    "uniform": ("uniform", ("0", "1")),
    "normal": ("normal", ("mean", "sd")),
    "lognormal": ("lognormal", ("p05", "p95")),
    "lognormal_median": ("lognormal", ("median", "p95")),
    "beta": ("beta", ("mean", "sd")),
    "discrete": ("discrete", ("values", "probabilities")),
    "counts": ("counts", ("events", "n")),
}
"""The words for a distribution in a workbook: its name in a case, and what stands in a, b, c."""


def parameters_of(kind: str, rows: list[Row]) -> Any:
    """The parameters of a distribution as a case has them, from the rows of a workbook.

    Examples
    --------
    >>> parameters_of("pert", [{"a": 1.0, "b": 2.0, "c": 3.0}])
    [1.0, 2.0, 3.0]
    >>> parameters_of("counts", [{"a": 3.0, "b": 10.0}])
    {'events': 3.0, 'n': 10.0}
    """
    names = DISTRIBUTIONS[kind][1]
    if kind == "discrete":
        return {name: [row.get(key) for row in rows] for key, name in zip("ab", names, strict=True)}
    found = {name: rows[0].get(key) for key, name in zip("abc", names, strict=False)}
    if names[0] == "0":
        return list(found.values())
    return {name: value for name, value in found.items() if value is not None}


def rows_of(distribution: Mapping[str, Any]) -> tuple[str, list[Row]]:
    """The rows of a workbook for a distribution as a case has it.

    Examples
    --------
    >>> rows_of({"lognormal": {"median": 5.0, "p95": 9.0}})
    ('lognormal_median', [{'a': 5.0, 'b': 9.0}])
    """
    tag = next(name for name, _ in DISTRIBUTIONS.values() if name in distribution)
    given = distribution[tag]
    kind = next(
        key
        for key, (name, names) in DISTRIBUTIONS.items()
        if name == tag and (names[0] == "0" or names[0] in given)
    )
    names = DISTRIBUTIONS[kind][1]
    if kind == "discrete":
        pairs = zip(given["values"], given["probabilities"], strict=True)
        return kind, [{"a": value, "b": chance} for value, chance in pairs]
    values = given if isinstance(given, list) else [given.get(name) for name in names]
    return kind, [{k: v for k, v in zip("abc", values, strict=False) if v is not None}]
