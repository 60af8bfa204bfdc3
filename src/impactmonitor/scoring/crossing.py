"""At which weight of the long term two cases change places."""

from __future__ import annotations

from math import fsum

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.scoring.horizons import multipliers_by_horizon
from impactmonitor.scoring.masses import checked_scores, masses

NOTHING = 1e-12
"""A difference so small, as a share of the weights, is rounding."""
END_TOLERANCE = 1e-9
_FIXED, _RISING = (1.0, 0.5, 0.0), (0.0, 0.5, 1.0)  # short, medium and long are fixed + rising · L


def switching_multipliers(
    first: ArrayLike,
    second: ArrayLike,
    weights: ArrayLike,
    horizons: ArrayLike,
    highest: float,
) -> tuple[float, ...]:
    """All multipliers of the long term at which two cases have the same score.

    Short counts 1, medium (1 + L) / 2 and long L, so that the two scores have the same
    denominator and numerators that are linear in L: they cross once at most.

    Parameters
    ----------
    first, second : array_like, shape (indicators,)
        Scores of the two cases, 0 to 1; indicators without data in one of them count for neither.
    weights : array_like, shape (indicators,)
        0 or more.
    horizons : array_like of int, shape (indicators,)
        0 short, 1 medium, 2 long.
    highest : float
        L runs from 1 to this, both ends included.

    Returns
    -------
    tuple of float
        Empty if the scores never meet, or are the same for every L.

    Raises
    ------
    ValueError
        If a score, weight or horizon is not as described, or ``highest`` is below 1.

    Examples
    --------
    The first gains 0.4 in the short term, the second 0.2 in the long term:

    >>> [round(at, 12) for at in switching_multipliers([1, 0.5], [0.6, 0.7], [1, 1], [0, 2], 5)]
    [2.0]
    >>> switching_multipliers([1, 0.5], [0.6, 0.7], [1, 1], [0, 2], 1.5)
    ()
    """
    weight = masses(weights, np.ones_like(np.asarray(weights, dtype=float)))
    scores = checked_scores(
        np.stack([np.asarray(first, dtype=float), np.asarray(second, dtype=float)]),
        weight.shape[-1],
    )
    if scores.ndim != 2 or not np.isfinite(highest) or highest < 1:
        raise ValueError("two cases, and a highest multiplier of 1 or more")
    is_common = ~np.isnan(scores).any(axis=0)
    gap = (weight * (scores[0] - scores[1]))[is_common]
    start, slope = (
        fsum(gap * multipliers_by_horizon(horizons, part)[is_common]) for part in (_FIXED, _RISING)
    )
    room = NOTHING * fsum(weight[is_common])
    if abs(slope) <= room:
        return ()
    root = -start / slope
    for limit in (1.0, float(highest)):
        if abs(root - limit) <= END_TOLERANCE * limit:
            return (limit,)
    return (root,) if 1.0 < root < highest else ()
