"""Whether a total is the sum of its parts, and whether parts can stand for a total."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impactmonitor.measuring.aggregating import (
    Aggregation,
    Cell,
    Series,
    chosen_parts,
    of_one_series,
)
from impactmonitor.measuring.figures import Figure, total
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Dimension
from impactmonitor.model.periods import Period

TOLERANCE = 1e-9
"""How much of the total a difference may be: what rounding of decimals makes."""

MAX_COMBINATIONS = 1_000


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A total that is not the sum of its parts, and does not say why.

    Attributes
    ----------
    period : Period
        Of all these figures.
    series : tuple of str
        Whose they are: project and reporter, or project.
    dimensions : tuple of str
        By which the parts are broken down.
    total, parts : Figure
        What was reported of everybody, and what the parts add up to.
    record : Measurement
        A record of the total.
    """

    period: Period
    series: Series
    dimensions: tuple[str, ...]
    total: Figure
    parts: Figure
    record: Measurement


@dataclass(frozen=True, slots=True)
class MissingParts:
    """Parts that are reported without a total, while others of the same breakdown are not.

    Attributes
    ----------
    period : Period
        Of all these figures.
    missing : tuple of Cell
        Combinations of categories of which nothing was reported.
    record : Measurement
        A record of one of the parts that are there.
    """

    period: Period
    missing: tuple[Cell, ...]
    record: Measurement


Breakdown = dict[Cell, list[Measurement]]


def _breakdowns(
    records: Iterable[Measurement], rule: Aggregation
) -> list[tuple[Series, Period, Breakdown]]:
    """The records of each series and period, by their categories."""
    found: dict[tuple[Series, Period], Breakdown] = {}
    for record in records:
        cells = found.setdefault((rule.series(record), rule.period(record)), {})
        cells.setdefault(record.cell, []).append(record)
    ordered = sorted(found.items(), key=lambda item: item[0])
    return [(series, period, cells) for (series, period), cells in ordered]


def _names(cell: Cell) -> tuple[str, ...]:
    return tuple(name for name, _ in cell)


def combinations_of(
    names: tuple[str, ...], dimensions: Mapping[str, Dimension]
) -> tuple[Cell, ...]:
    """Every combination of the categories of some dimensions; none where there are too many.

    Examples
    --------
    >>> sex = Dimension.model_validate({"categories": {"men": {}, "women": {}}})
    >>> combinations_of(("sex",), {"sex": sex})
    ((('sex', 'men'),), (('sex', 'women'),))
    """
    known = [list(dimensions[name].categories) if name in dimensions else [] for name in names]
    if math.prod(len(categories) for categories in known) > MAX_COMBINATIONS:
        return ()
    return tuple(tuple(zip(names, one, strict=True)) for one in itertools.product(*known))


def disagreements(
    records: Iterable[Measurement], rule: Aggregation, dimensions: Mapping[str, Dimension]
) -> list[Disagreement]:
    """Totals that differ from the sum of their parts without saying why.

    Only a breakdown of which every category was reported has to agree: of another one the rest
    is not known. A total, or any of its parts, may say why it differs.

    Parameters
    ----------
    records : iterable of Measurement
        Selected records of one indicator, in any order.
    rule : Aggregation
        How they are added up.
    dimensions : Mapping[str, Dimension]
        Of the case, with their categories.

    Returns
    -------
    list of Disagreement
        By series, period and dimensions.
    """
    found = []
    for series, period, cells in _breakdowns(records, rule):
        if () not in cells:
            continue
        whole = of_one_series(cells[()], rule)
        for names in sorted({_names(cell) for cell in cells if cell}):
            wanted = combinations_of(names, dimensions)
            if not wanted or any(cell not in cells for cell in wanted):
                continue
            involved = [r for cell in ((), *wanted) for r in cells[cell]]
            says_why = any(r.differs_because is not None for r in involved)
            parts = [of_one_series(cells[cell], rule) for cell in wanted]
            summed = total(part for part in parts if part is not None)
            if whole is None or summed is None or says_why or agrees(whole, summed):
                continue
            record = cells[()][0]
            found.append(Disagreement(period, series, names, whole, summed, record))
    return found


def agrees(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same, with both parts of a ratio.

    Examples
    --------
    >>> from impactmonitor.measuring.figures import ratio
    >>> agrees(ratio(1, 2), ratio(2, 4)), agrees(Figure(0.3), Figure(0.1 + 0.2))
    (False, True)
    """
    pairs = ((one.value, other.value), (one.numerator, other.numerator),
             (one.denominator, other.denominator))  # fmt: skip
    return all(_is_same(a, b) for a, b in pairs)


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def missing_parts(
    records: Iterable[Measurement], rule: Aggregation, dimensions: Mapping[str, Dimension]
) -> list[MissingParts]:
    """Where parts would have to stand for everybody, and some of them were not reported.

    Nothing reported is not 0, so there is no total to be had from the others.

    Parameters
    ----------
    records : iterable of Measurement
        Selected records of one indicator, in any order.
    rule : Aggregation
        How they are added up.
    dimensions : Mapping[str, Dimension]
        Of the case, with their categories.
    """
    found = []
    for _, period, cells in _breakdowns(records, rule):
        chosen = chosen_parts(cells)
        if () in chosen:
            continue
        wanted = combinations_of(_names(chosen[0]), dimensions)
        missing = tuple(cell for cell in wanted if cell not in cells)
        if missing:
            found.append(MissingParts(period, missing, cells[chosen[0]][0]))
    return found
