"""The scores of many cases under many weights and multipliers at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.scoring.masses import Array, checked_scores, masses


def drawn_scores(scores: ArrayLike, weights: ArrayLike, multipliers: ArrayLike) -> Array:
    """The score of each case under each draw of weights and multipliers.

    Parameters
    ----------
    scores : array_like, shape (cases, indicators)
        0 to 1; nan where a case has no data, which leaves its score as in `framework_score`.
    weights, multipliers : array_like, shape (draws, indicators) or (indicators,)
        0 or more; one of the two may be the same for all draws.

    Returns
    -------
    array, shape (draws, cases)
        0 to 100; nan where nothing with data weighs anything. Cases with the same scores get
        exactly the same numbers.

    Raises
    ------
    ValueError
        If a score is not from 0 to 1, a weight or multiplier is below 0, or the shapes differ.

    Examples
    --------
    >>> drawn_scores([[1, 0], [0, 1]], [1, 1], [[1, 1], [1, 3]]).tolist()
    [[50.0, 50.0], [25.0, 75.0]]
    """
    mass = np.atleast_2d(masses(weights, multipliers))
    found = checked_scores(scores, mass.shape[1])
    if found.ndim != 2:
        raise ValueError("the scores are a row for each case")
    result = np.empty((len(mass), len(found)))
    # case by case, so that equal cases stay equal: a matrix product may round by position
    for case, own in enumerate(found):
        has_data = ~np.isnan(own)
        part = np.ascontiguousarray(mass[:, has_data])
        whole = part.sum(axis=1)
        gained = (part * own[has_data]).sum(axis=1)
        share = np.full(len(mass), np.nan)
        result[:, case] = 100.0 * np.divide(gained, whole, out=share, where=whole > 0)
    return result
