"""The tables that are exported of an indicator, and which of their cells are hidden.

All tables of one indicator belong together: what is hidden in one of them may follow from
another one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from impactmonitor.measuring.aggregating import (
    Aggregation,
    Cell,
    by_category,
    by_project,
    by_reporter,
    in_periods,
    over_periods,
)
from impactmonitor.measuring.figures import Figure
from impactmonitor.measuring.suppression import SUPPRESS_UNDER, Sum, hidden
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.periods import Period

By = Literal["all", "reporter", "project", "category"]
Part = Literal["of", "in", "rest"]
PARTS: tuple[Part, ...] = ("of", "in", "rest")
ALL_PERIODS = ""
_BY: tuple[By, ...] = ("reporter", "project")


class TableCell(NamedTuple):
    """The place of a figure in the tables of an indicator.

    Attributes
    ----------
    by : {"all", "reporter", "project", "category"}
        Of which table.
    name : str
        Of the reporter or the project; of a category as ``category_name`` gives it.
    period : str
        Name of a period; empty for all periods together.
    """

    by: By
    name: str
    period: str


class Counted(NamedTuple):
    """A number of people in a cell.

    Attributes
    ----------
    cell : TableCell
        Where it stands.
    part : {"of", "in", "rest"}
        The denominator of a ratio or any other number; the numerator; and the difference.
    """

    cell: TableCell
    part: Part


def category_name(cell: Cell) -> str:
    """A combination of categories as one text.

    Examples
    --------
    >>> category_name((("age", "old"), ("sex", "women")))
    'age=old, sex=women'
    """
    return ", ".join(f"{dimension}={category}" for dimension, category in cell)


def tables(
    records: Sequence[Measurement], rule: Aggregation, periods: Iterable[Period]
) -> dict[TableCell, Figure]:
    """Every figure of an indicator that may be exported.

    Parameters
    ----------
    records : sequence of Measurement
        Selected records of one indicator (see ``selecting``), in any order.
    rule : Aggregation
        How they are added up.
    periods : iterable of Period
        Those that are shown.

    Returns
    -------
    dict
        By place: of everybody, by reporter, by project and by category, each in every period and
        over all periods. Where nothing was measured there is no cell.
    """
    asked = list(periods)
    groups: dict[tuple[By, str], Sequence[Measurement]] = {("all", ""): records}
    groups |= {("reporter", name): few for name, few in by_reporter(records).items()}
    groups |= {("project", name): few for name, few in by_project(records).items()}
    groups |= {("category", category_name(cell)): few for cell, few in by_category(records).items()}
    found: dict[TableCell, Figure] = {}
    for (by, name), few in groups.items():
        for period, figure in in_periods(few, rule, asked).items():
            found[TableCell(by, name, period.name)] = figure
        whole = over_periods(few, rule)
        if whole is not None:
            found[TableCell(by, name, ALL_PERIODS)] = whole
    return found


def sums_of(
    cells: Iterable[TableCell], periods: Iterable[Period], categories: Iterable[Cell]
) -> list[Sum[TableCell]]:
    """Every sum that a reader may try: over reporters, projects, categories and periods.

    A sum that does not hold, such as that of levels over periods, is tried as well, and is found
    to tell nothing.
    """
    known = set(cells)
    shown = [*(p.name for p in periods), ALL_PERIODS]
    found: list[Sum[TableCell]] = []
    for period in shown:
        everybody = TableCell("all", "", period)
        for by in _BY:
            parts = tuple(sorted(c for c in known if c.by == by and c.period == period))
            found.append(Sum(everybody, parts))
        found += _over_categories(known, period, categories)
    for by, name in sorted({(c.by, c.name) for c in known}):
        found += _over_time(known, by, name, periods)
    return [one for one in found if one.parts]


def _over_categories(
    known: set[TableCell], period: str, categories: Iterable[Cell]
) -> list[Sum[TableCell]]:
    """From everybody to each breakdown, and from a coarse breakdown to a finer one."""
    here = [c for c in categories if TableCell("category", category_name(c), period) in known]
    names = {tuple(name for name, _ in cell) for cell in here}
    found = []
    for whole in [(), *here]:
        for finer in names:
            rest = [n for n, _ in whole]
            if len(finer) <= len(rest) or not set(rest) <= set(finer):
                continue
            parts = tuple(
                TableCell("category", category_name(c), period)
                for c in here
                if tuple(n for n, _ in c) == finer and set(whole) <= set(c)
            )
            total = (
                TableCell("category", category_name(whole), period)
                if whole
                else TableCell("all", "", period)
            )
            found.append(Sum(total, parts))
    return found


def _over_time(
    known: set[TableCell], by: By, name: str, periods: Iterable[Period]
) -> list[Sum[TableCell]]:
    """From all periods to those of each kind, and from a long period to the short ones in it."""
    listed = [p for p in sorted(periods) if TableCell(by, name, p.name) in known]
    kinds = sorted({p.kind for p in listed})
    found = []
    for kind in kinds:
        short = [p for p in listed if p.kind == kind]
        if not any(p.overlaps(q) for p, q in itertools.pairwise(short)):
            total = TableCell(by, name, ALL_PERIODS)
            found.append(Sum(total, tuple(TableCell(by, name, p.name) for p in short)))
        for long in listed:
            inside = [
                p for p in short if p != long and long.first <= p.first and p.last <= long.last
            ]
            parts = tuple(TableCell(by, name, p.name) for p in inside)
            found.append(Sum(TableCell(by, name, long.name), parts))
    return found


def hidden_cells(
    found: Mapping[TableCell, Figure],
    periods: Iterable[Period],
    categories: Iterable[Cell],
    under: int = SUPPRESS_UNDER,
) -> frozenset[TableCell]:
    """The cells of an indicator that counts people that may not be exported.

    Parameters
    ----------
    found : Mapping
        What ``tables`` gave.
    periods : iterable of Period
        Those that are shown.
    categories : iterable of Cell
        The combinations of categories of which something was reported.
    under : int
        Numbers from 1 up to, and not with, this one are hidden for themselves.

    Returns
    -------
    frozenset of TableCell
        With a figure its progress and its light are hidden too, as the number follows from them.
        Of a ratio a cell is hidden when its numerator or its denominator is: with the share, the
        one follows from the other.

    Examples
    --------
    >>> from impactmonitor.model.periods import period_of
    >>> counts = [("men", 3), ("women", 40), ("others", 7)]
    >>> records = [Measurement.model_validate({"indicator": "helped", "period": "2025",
    ...            "value": n, "disaggregation": {"sex": who}}) for who, n in counts]
    >>> year, cells = [period_of("2025")], [r.cell for r in records]
    >>> found = tables(records, Aggregation("flow"), year)
    >>> sorted({cell.name for cell in hidden_cells(found, year, cells)})
    ['sex=men', 'sex=others']
    """
    shown, known = list(periods), list(dict.fromkeys(categories))
    sums = sums_of(found, shown, known)
    counts: dict[Counted, float] = {}
    for cell, figure in found.items():
        counts |= {Counted(cell, part): n for part, n in _people_in(figure).items()}
    if any(n < 0 for one, n in counts.items() if one.part == "rest"):
        counts = {one: n for one, n in counts.items() if one.part != "rest"}  # not part of a whole
    tried = [
        Sum(Counted(one.total, part), tuple(Counted(cell, part) for cell in one.parts))
        for one in sums
        for part in PARTS
    ]
    tried += [Sum(Counted(c, "of"), (Counted(c, "in"), Counted(c, "rest"))) for c in found]
    unseen = [one for one in counts if one.part == "rest"]
    return frozenset(one.cell for one in hidden(counts, tried, under, unseen))


def _people_in(figure: Figure) -> dict[Part, float]:
    """The numbers of people in a figure; who is not in the numerator is never shown."""
    if figure.numerator is None or figure.denominator is None:
        return {} if figure.value is None else {"of": figure.value}
    rest = figure.denominator - figure.numerator
    return {"of": figure.denominator, "in": figure.numerator, "rest": rest}
