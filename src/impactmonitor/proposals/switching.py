"""Pairs of cases that change places when the long term weighs more or less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.scoring.crossing import switching_multipliers
from impactmonitor.scoring.horizons import multipliers_by_horizon

_RISING = (0.0, 0.5, 1.0)  # by how much short, medium and long rise with the multiplier


@dataclass(frozen=True, slots=True)
class Switch:
    """Where two cases have the same score on what both have data for.

    Attributes
    ----------
    at : float
        The multiplier of the long term, 1 or more.
    before, after : str
        Ids of the case with the higher score at smaller and at larger multipliers.
    """

    at: float
    before: str
    after: str


def switches(
    names: Sequence[str],
    scores: ArrayLike,
    weights: ArrayLike,
    horizons: ArrayLike,
    highest: float,
) -> tuple[Switch, ...]:
    """All pairs of cases whose scores cross, with the multiplier at which they do.

    Parameters
    ----------
    names : sequence of str
        Ids of the cases.
    scores : array_like, shape (cases, indicators)
        0 to 1; nan for indicators that are not compared, the same ones in every row.
    weights : array_like, shape (indicators,)
        0 or more.
    horizons : array_like of int, shape (indicators,)
        0 short, 1 medium, 2 long.
    highest : float
        The multiplier of the long term runs from 1 to this, both ends included.

    Returns
    -------
    tuple of Switch
        In the order of the pairs; a pair crosses once at most.

    Raises
    ------
    ValueError
        As `switching_multipliers`.

    Examples
    --------
    >>> switches(["quick", "slow"], [[1, 0.5], [0.5, 0.75]], [1, 1], [0, 2], 5)
    (Switch(at=2.0, before='quick', after='slow'),)
    """
    rows = np.asarray(scores, dtype=float)
    rising = np.asarray(weights, dtype=float) * multipliers_by_horizon(horizons, _RISING)
    gains = [fsum((rising * row)[~np.isnan(row)]) for row in rows]
    found: list[Switch] = []
    for i, j in combinations(range(len(rows)), 2):
        before, after = (i, j) if gains[i] <= gains[j] else (j, i)
        crossings = switching_multipliers(rows[i], rows[j], weights, horizons, highest)
        found.extend(Switch(at, names[before], names[after]) for at in crossings)
    return tuple(found)
