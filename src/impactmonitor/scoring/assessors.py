"""What several assessors chose together: the middle level, and how far they are apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.scoring.masses import Array


def median_levels(levels: ArrayLike) -> Array:
    """The middle level of each indicator, the lower of the two middle ones if they are even.

    Parameters
    ----------
    levels : array_like, shape (assessors, indicators)
        Levels, higher is better; nan where an assessor chose none.

    Returns
    -------
    array, shape (indicators,)
        A level that somebody chose; nan where nobody chose one.

    Raises
    ------
    ValueError
        If the levels are not a row for each assessor, or one is infinite.

    Examples
    --------
    >>> median_levels([[3, 1, np.nan], [4, 5, np.nan], [np.nan, 2, np.nan]]).tolist()
    [3.0, 2.0, nan]
    """
    found = checked_levels(levels)
    counts = (~np.isnan(found)).sum(axis=0)
    middle = np.maximum(counts - 1, 0) // 2
    ascending = np.sort(found, axis=0)  # nan comes last
    result: Array = np.take_along_axis(ascending, middle[None, :], axis=0)[0]
    return result


def level_spreads(levels: ArrayLike) -> Array:
    """The highest level minus the lowest, of each indicator.

    Parameters
    ----------
    levels : array_like, shape (assessors, indicators)
        nan where an assessor chose none.

    Returns
    -------
    array, shape (indicators,)
        0 or more; nan where fewer than two assessors chose a level, which says nothing of how far
        they are apart.

    Raises
    ------
    ValueError
        As `median_levels`.

    Examples
    --------
    >>> level_spreads([[3, 1, 2], [4, 1, np.nan]]).tolist()
    [1.0, 0.0, nan]
    """
    found = checked_levels(levels)
    missing = np.isnan(found)
    highest = np.where(missing, -np.inf, found).max(axis=0)
    lowest = np.where(missing, np.inf, found).min(axis=0)
    is_known = (~missing).sum(axis=0) >= 2
    result = np.full(found.shape[1], np.nan)
    result[is_known] = highest[is_known] - lowest[is_known]
    return result


def checked_levels(levels: ArrayLike) -> Array:
    """Levels as numbers: a row for each assessor, of whom there is one at least.

    Raises
    ------
    ValueError
        If they are not that, or one is infinite.

    Examples
    --------
    >>> checked_levels([[1, np.nan]]).tolist()
    [[1.0, nan]]
    """
    found: Array = np.asarray(levels, dtype=float)
    if found.ndim != 2 or not len(found) or np.isinf(found).any():
        raise ValueError("the levels are a row of finite numbers for each assessor")
    return found
