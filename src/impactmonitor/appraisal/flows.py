"""Flows: from what starts in a year to what goes on, year by year."""

from __future__ import annotations

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index


def starting(
    strand: Index, year: Index, quantity: Array, growth: Array, shape: tuple[int, int]
) -> Array:
    """What starts, by strand and year.

    Parameters
    ----------
    strand, year : array of int, shape (entries,)
        Where each entry belongs; no two entries share a place.
    quantity : array, shape (entries, draws)
        Amount of each entry before growth.
    growth : array, shape (entries, draws)
        Growth factor of each entry, ``(1 + growth) ** years since the first``.
    shape : tuple of int
        Number of strands and of years.

    Returns
    -------
    array, shape (strands, years, draws)
    """
    result = np.zeros((*shape, quantity.shape[1]))
    result[strand, year] = quantity * growth
    return result


def surviving(starts: Array, lasts: Index, staying: Array) -> Array:
    """What goes on in each year of all that has started.

    What starts in year e counts ``S_0 = 1`` in that year and ``S_k = S_(k-1) * staying`` k years
    later, as long as ``k < lasts``.

    Parameters
    ----------
    starts : array, shape (strands, years, draws)
        What starts, by year.
    lasts : array of int, shape (strands,)
        Number of years that it goes on, at least 1.
    staying : array, shape (strands, draws)
        Share that is left in each further year, 0..1.

    Returns
    -------
    array, shape (strands, years, draws)

    Examples
    --------
    >>> starts = np.array([[[100.0], [0.0], [0.0]]])
    >>> surviving(starts, np.array([3]), np.array([[0.5]])).ravel().tolist()
    [100.0, 50.0, 25.0]
    """
    result = starts.copy()
    survival = np.ones_like(staying)
    years = starts.shape[1]
    for k in range(1, min(int(lasts.max(initial=1)), years)):
        going_on = np.flatnonzero(lasts > k)
        survival = survival * staying
        result[going_on, k:] += starts[going_on, :-k] * survival[going_on, None, :]
    return result


def bias_direction(value: Array) -> Array:
    """Where optimism moves an effect: -1 where its value is a gain (0 or more), +1 for a harm.

    Examples
    --------
    >>> bias_direction(np.array([10.0, 0.0, -10.0])).tolist()
    [-1.0, -1.0, 1.0]
    """
    return np.where(value >= 0, -1.0, 1.0)


def bias_factor(bias: Array, direction: Array) -> Array:
    """Correction for optimism, by year.

    Parameters
    ----------
    bias : array, shape (strands, draws)
        Share by which the estimate is thought too rosy.
    direction : array, shape (strands, years)
        -1 where the value is a gain (it becomes smaller), +1 where it is a harm or a cost (it
        becomes larger), 0 where there is no correction.

    Returns
    -------
    array, shape (strands, years, draws)
    """
    result: Array = 1.0 + direction[:, :, None] * bias[:, None, :]
    return result
