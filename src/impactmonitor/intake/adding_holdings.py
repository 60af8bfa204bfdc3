"""Add holdings and positions from a table to a portfolio: nothing that was there is replaced."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from impactmonitor.intake.holdings_columns import COMMITMENT, CORRECTION, FIGURES, OWN, TAGS
from impactmonitor.intake.holdings_table import TableRow
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_rules import broken_rules
from impactmonitor.model.validation import problems_of
from impactmonitor.problems import InvalidInput, Problem, listed

Tree = dict[str, Any]
_OF_A_PERIOD = frozenset({*FIGURES, *CORRECTION})


@dataclass(frozen=True, slots=True)
class Entry:
    """Something new in a mapping of the portfolio.

    Attributes
    ----------
    path : tuple of str
        Of the mapping, which may not be there yet.
    key : str
        What is added, or replaced by itself with more in it.
    value : object
        Plain values.
    """

    path: tuple[str, ...]
    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class Added:
    """A portfolio with a table of holdings in it.

    Attributes
    ----------
    tree : dict
        Of the whole portfolio, as plain values.
    entries : tuple of Entry
        What is new in it, in the order in which it is to be written.
    new, changed, same : tuple of str
        Holdings that are new, that got positions or corrections, and that said nothing new.
    """

    tree: Tree
    entries: tuple[Entry, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]


def added_to(tree: Tree, rows: Sequence[TableRow], found: Sequence[Problem] = ()) -> Added:
    """A portfolio with the rows of a table in it.

    Parameters
    ----------
    tree : dict
        The portfolio as plain values, which keeps its rules.
    rows : sequence of TableRow
        From ``read_table``.
    found : sequence of Problem
        What could not be read in them.

    Returns
    -------
    Added

    Raises
    ------
    InvalidInput
        With every mistake, each at its line or its sheet and cell: two rows that say different
        things of one holding (``holding-differs``), a position that is known with other figures
        (``position-known``), a correction of nothing (``restated-nothing``), and everything that
        the portfolio with these holdings would break.

    Examples
    --------
    >>> fund = {"impactmonitor_portfolio": 1, "id": "f", "title": "F", "currency": "EUR",
    ...         "price_year": 2025, "base_year": 2025}
    >>> row = TableRow({"id": "loan", "case": "a.yaml", "instrument": "loan", "period": "2025",
    ...                 "outstanding": 5.0, "debt": 10.0})
    >>> found = added_to(fund, [row])
    >>> found.new, found.tree["holdings"]["loan"]["positions"]
    (('loan',), {'2025': {'outstanding': 5.0, 'debt': 10.0}})
    >>> added_to(found.tree, [row]).same
    ('loan',)
    """
    adding = _Adding(tree)
    for row in rows:
        adding.add(row)
    problems = [*found, *adding.problems, *_broken(adding)]
    if problems:
        places = {(p.line, p.sheet, p.cell, p.path): p for p in reversed(problems)}
        raise InvalidInput(listed(sorted(places.values(), key=_in_order)))
    return adding.result()


@dataclass
class _Adding:
    """Collects what is new, and what does not fit."""

    before: Tree
    tree: Tree = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, TableRow] = field(default_factory=dict)
    new: dict[str, None] = field(default_factory=dict)
    positions: dict[tuple[str, str], None] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tree = copy.deepcopy(self.before)
        if not isinstance(self.tree.get("holdings"), dict):
            self.tree["holdings"] = {}

    def add(self, row: TableRow) -> None:
        name = str(row.values["id"])
        holdings = self.tree["holdings"]
        self.named[name] = None
        path = f"holdings.{name}"
        if name not in holdings:
            holdings[name] = {}
            self.new[name] = None
            self.rows[path] = row
        holding = holdings[name]
        for column, keys, value in _fixed(row.values):
            self._keep(holding, keys, value, row, column, name)
        if "period" in row.values:
            self._position(holding, name, row)
        elif "period" not in row.broken and not row.values.keys().isdisjoint(_OF_A_PERIOD):
            missing = Problem("missing-field", "period", {"field": "period"})
            self.problems.append(row.located(missing, "id"))

    def _keep(
        self, holding: Tree, keys: Sequence[str], value: Any, row: TableRow, column: str, name: str
    ) -> None:
        """A field of the holding as a whole: the same as before, or new in a new holding."""
        node: Any = holding
        for key in keys[:-1]:
            node = node.setdefault(key, {}) if name in self.new else node.get(key, {})
        last = keys[-1]
        if node.get(last) == value:
            return
        if last in node or name not in self.new:
            known = node.get(last)
            params: dict[str, object] = {
                "name": name,
                "column": column,
                "known": "-" if known is None else str(known),
                "value": str(value),
            }
            self.problems.append(row.located(Problem("holding-differs", column, params), column))
            return
        node[last] = value
        self.rows[".".join(("holdings", name, *keys))] = row

    def _position(self, holding: Tree, name: str, row: TableRow) -> None:
        year = row.values["period"]
        figures = {column: row.values[column] for column in FIGURES if column in row.values}
        if not isinstance(holding.get("positions"), dict):
            holding["positions"] = {}
        positions = holding["positions"]
        path = f"holdings.{name}.positions.{year}"
        params: dict[str, object] = {"name": name, "year": year}
        if "restated_in" in row.values:
            self._correction(positions, (name, year), figures, row)
        elif year not in positions:
            if figures:
                positions[year] = figures
                self.positions[name, year] = None
                self.rows[path] = row
        elif any(positions[year].get(column) != figures[column] for column in figures):
            self.problems.append(row.located(Problem("position-known", "period", params), "period"))

    def _correction(
        self, positions: Tree, place: tuple[str, str], figures: Tree, row: TableRow
    ) -> None:
        name, year = place
        if year not in positions:
            params: dict[str, object] = {"name": name, "year": year}
            self.problems.append(
                row.located(Problem("restated-nothing", "period", params), "period")
            )
            return
        correction = {"in": int(row.values["restated_in"]), **figures}
        correction |= {"reason": row.values["reason"]} if "reason" in row.values else {}
        known = positions[year].get("restated") or []
        if correction in known:
            return
        positions[year] = {**positions[year], "restated": [*known, correction]}
        self.positions[place] = None
        self.rows[f"holdings.{name}.positions.{year}.restated.{len(known)}"] = row

    def result(self) -> Added:
        holdings = self.tree["holdings"]
        entries = [Entry(("holdings",), name, holdings[name]) for name in self.new]
        changed = {name: None for name, _ in self.positions if name not in self.new}
        for name, year in self.positions:
            if name not in self.new:
                path = ("holdings", name, "positions")
                entries.append(Entry(path, year, holdings[name]["positions"][year]))
        same = (name for name in self.named if name not in self.new and name not in changed)
        return Added(self.tree, tuple(entries), tuple(self.new), tuple(changed), tuple(same))


def _in_order(problem: Problem) -> tuple[int, int, str]:
    """The order of the table, by row and column."""
    cell = problem.cell or ""
    column = cell.rstrip("0123456789")
    row = problem.line or int(cell[len(column) :] or 0)
    return row, len(column), column


def _fixed(values: Mapping[str, Any]) -> Iterable[tuple[str, tuple[str, ...], Any]]:
    """Columns of the holding as a whole, each with its place in the holding."""
    for column in OWN:
        if column in values:
            yield column, (column,), values[column]
    for column, key in COMMITMENT.items():
        if column in values:
            yield column, ("commitment", key), values[column]
    for column in TAGS:
        if column in values:
            yield column, ("tags", column), values[column]


def _broken(adding: _Adding) -> Iterable[Problem]:
    """What the portfolio would break, at the rows that brought it."""
    try:
        portfolio = Portfolio.model_validate(adding.tree)
        found = list(broken_rules(portfolio))
    except ValidationError as error:
        found = problems_of(error, Portfolio)
    for problem in found:
        row = _row_of(adding.rows, problem.path)
        column = _column_of(problem.path)
        yield problem if row is None else row.located(problem, column)


def _row_of(rows: Mapping[str, TableRow], path: str) -> TableRow | None:
    """The row that brought the nearest thing above a path."""
    while path:
        if path in rows:
            return rows[path]
        path = path.rpartition(".")[0]
    return None


def _column_of(path: str) -> str:
    """The column of a path in a holding; empty where the row as a whole is meant."""
    parts = path.split(".")[2:]
    if parts[:1] == ["commitment"]:
        by_key = {key: column for column, key in COMMITMENT.items()}
        return by_key.get(parts[1], "") if len(parts) > 1 else "commitment_date"
    if parts[:1] == ["tags"]:
        return parts[1] if len(parts) > 1 else ""
    if parts[:1] == ["positions"]:
        last = parts[-1]
        return "restated_in" if last == "in" else last if last in FIGURES else "period"
    return parts[0] if parts else "id"
