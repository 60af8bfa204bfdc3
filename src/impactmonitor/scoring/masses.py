"""What each indicator weighs: its weight times the multiplier of its horizon."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Flags = NDArray[np.bool_]


def masses(weights: ArrayLike, multipliers: ArrayLike) -> Array:
    """Weight times multiplier of each indicator.

    Parameters
    ----------
    weights : array_like, shape (indicators,) or (draws, indicators)
        0 or more, in any unit: only their proportions count.
    multipliers : array_like, shape (indicators,) or (draws, indicators)
        0 or more, by the horizon of the indicator.

    Returns
    -------
    array, shape (indicators,) or (draws, indicators)

    Raises
    ------
    ValueError
        If one is below 0 or no number, if the shapes differ, or if a sum is beyond what can be
        held.

    Examples
    --------
    >>> masses([2, 1], [1, 3]).tolist()
    [2.0, 3.0]
    """
    found = _not_negative("weight", weights), _not_negative("multiplier", multipliers)
    if found[0].shape[-1] != found[1].shape[-1]:
        raise ValueError("there is a weight and a multiplier for each indicator")
    with np.errstate(over="ignore"):
        result: Array = found[0] * found[1]
        totals = result.sum(axis=-1)
    if not np.isfinite(totals).all():
        raise ValueError("the weights times their multipliers are too large to add up")
    return result


def _not_negative(name: str, numbers: ArrayLike) -> Array:
    found: Array = np.asarray(numbers, dtype=float)
    if found.ndim not in {1, 2} or not np.isfinite(found).all() or (found < 0).any():
        raise ValueError(f"every {name} is a finite number, 0 or more")
    return found


def checked_scores(scores: ArrayLike, indicators: int) -> Array:
    """Scores as numbers, once they are from 0 to 1, or nan where there is no data.

    Parameters
    ----------
    scores : array_like, shape (indicators,) or (cases, indicators)
    indicators : int
        How many there should be.

    Returns
    -------
    array, in the same shape

    Raises
    ------
    ValueError
        If a score is not from 0 to 1, or there are more or fewer than indicators.

    Examples
    --------
    >>> checked_scores([0, 1, np.nan], 3).tolist()
    [0.0, 1.0, nan]
    """
    found: Array = np.asarray(scores, dtype=float)
    if found.ndim not in {1, 2} or found.shape[-1] != indicators:
        raise ValueError("there is a score for each indicator")
    if not (np.isnan(found) | ((found >= 0) & (found <= 1))).all():
        raise ValueError("every score is from 0 to 1, or nan where there is no data")
    return found


def flags(given: ArrayLike | None, like: Array) -> Flags:
    """Marks of indicators, in the shape of an array of scores; none marked if nothing is given.

    Raises
    ------
    ValueError
        If the shape is another.

    Examples
    --------
    >>> flags(None, np.zeros(2)).tolist()
    [False, False]
    """
    if given is None:
        return np.zeros(like.shape, dtype=bool)
    found: Flags = np.asarray(given, dtype=bool)
    if found.shape != like.shape:
        raise ValueError("there is a mark for each score")
    return found
