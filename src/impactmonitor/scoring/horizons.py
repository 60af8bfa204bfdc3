"""Horizons of indicators, and the multipliers by which the long term weighs more.

A horizon is 0 (short), 1 (medium) or 2 (long). The multipliers are a preference of whoever owns the
framework: they are never applied to money and correct no discounting.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.scoring.masses import Array, Index

SHORT, MEDIUM, LONG = range(3)
HORIZON_BOUNDS = (3.0, 10.0)
"""Years: below the first short, above the second long. Our own choice."""
MULTIPLIERS = (1.0, 2.0, 3.0)
"""For short, medium and long. Our own choice."""


def horizons_by_years(years: ArrayLike, bounds: tuple[float, float] = HORIZON_BOUNDS) -> Index:
    """The horizon of impacts that take so many years to show.

    Parameters
    ----------
    years : array_like, shape (indicators,)
        Years until the impact shows, 0 or more.
    bounds : tuple of two floats
        Years: below the first short, above the second long, on and between them medium.

    Returns
    -------
    array of int, shape (indicators,)

    Raises
    ------
    ValueError
        If a number of years is below 0 or no number, or the bounds descend.

    Examples
    --------
    >>> horizons_by_years([1, 3, 10, 11]).tolist()
    [0, 1, 1, 2]
    """
    found = np.asarray(years, dtype=float)
    first, last = bounds
    if not np.isfinite(found).all() or (found < 0).any() or not 0 <= first <= last:
        raise ValueError("years and bounds are 0 or more, and the bounds ascend")
    result: Index = (found >= first).astype(np.intp) + (found > last)
    return result


def multipliers_by_horizon(
    horizons: ArrayLike, by_horizon: tuple[float, float, float] = MULTIPLIERS
) -> Array:
    """The multiplier of each indicator.

    Parameters
    ----------
    horizons : array_like of int, shape (indicators,)
    by_horizon : tuple of three floats
        For short, medium and long; 0 or more.

    Returns
    -------
    array, shape (indicators,)

    Examples
    --------
    >>> multipliers_by_horizon([SHORT, LONG, MEDIUM]).tolist()
    [1.0, 3.0, 2.0]
    """
    found: Array = np.asarray(by_horizon, dtype=float)[_checked(horizons)]
    return found


def multipliers_at(horizons: ArrayLike, long: ArrayLike) -> Array:
    """Multipliers if the long term counts so many times the short: 1, (1 + L) / 2 and L.

    Parameters
    ----------
    horizons : array_like of int, shape (indicators,)
    long : array_like, shape () or (draws,)
        L, the multiplier of the long term, 1 or more.

    Returns
    -------
    array, shape (indicators,) or (draws, indicators)

    Raises
    ------
    ValueError
        If L is below 1 or no number.

    Examples
    --------
    >>> multipliers_at([SHORT, MEDIUM, LONG], 3).tolist()
    [1.0, 2.0, 3.0]
    >>> multipliers_at([SHORT, LONG], [1, 5]).tolist()
    [[1.0, 1.0], [1.0, 5.0]]
    """
    found = np.asarray(long, dtype=float)
    if found.ndim > 1 or not np.isfinite(found).all() or (found < 1).any():
        raise ValueError("the multiplier of the long term is 1 or more")
    by_horizon = np.stack([np.ones_like(found), (1.0 + found) / 2.0, found], axis=-1)
    result: Array = by_horizon[..., _checked(horizons)]
    return result


def _checked(horizons: ArrayLike) -> Index:
    found = np.asarray(horizons)
    if found.ndim != 1 or not np.isin(found, (SHORT, MEDIUM, LONG)).all():
        raise ValueError("a horizon is 0 (short), 1 (medium) or 2 (long)")
    return found.astype(np.intp)
