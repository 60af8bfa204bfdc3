"""Value functions: from what was measured or chosen to a score from 0 to 1.

No data is nan, and stays nan: it is not 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.scoring.masses import Array


def linear_scores(values: ArrayLike, zero: float, full: float) -> Array:
    """Scores on a straight line between two values, and 0 or 1 beyond them.

    Parameters
    ----------
    values : array_like
        Measured values in the unit of the indicator; nan where there is no data.
    zero, full : float
        The values that score 0 and 1, in the same unit. ``full`` below ``zero`` says that a
        decrease is good.

    Returns
    -------
    array, in the shape of the values
        0 to 1, nan where there is no data.

    Raises
    ------
    ValueError
        If a value is infinite, or ``zero`` and ``full`` are the same or no finite numbers.

    Examples
    --------
    >>> linear_scores([0, 5, 20, np.nan], zero=0, full=10).tolist()
    [0.0, 0.5, 1.0, nan]
    >>> linear_scores([0, 2, 8], zero=8, full=0).tolist()
    [1.0, 0.75, 0.0]
    """
    width = float(full) - float(zero)
    if width == 0 or not np.isfinite([zero, full, width]).all():
        raise ValueError("zero and full are two different finite numbers")
    within = np.clip(_measured(values), min(zero, full), max(zero, full))
    result: Array = (within - zero) / width + 0.0
    return result


def piecewise_scores(values: ArrayLike, points: ArrayLike) -> Array:
    """Scores on straight lines between given points, constant before the first and after the last.

    Parameters
    ----------
    values : array_like
        Measured values in the unit of the indicator; nan where there is no data.
    points : array_like, shape (points, 2)
        Value and its score, values ascending, scores from 0 to 1; two points at least.

    Returns
    -------
    array, in the shape of the values
        0 to 1, nan where there is no data.

    Raises
    ------
    ValueError
        If a value is infinite, or the points are not as described.

    Examples
    --------
    >>> piecewise_scores([-1, 5, 15, 99], [[0, 0], [10, 1], [20, 0.5]]).tolist()
    [0.0, 0.5, 0.75, 0.5]
    """
    given = np.asarray(points, dtype=float)
    if given.ndim != 2 or given.shape[1] != 2 or len(given) < 2:
        raise ValueError("two points or more, each a value and a score")
    steps = np.diff(given[:, 0])
    if not np.isfinite(given).all() or not np.isfinite(steps).all() or (steps <= 0).any():
        raise ValueError("the values of the points are finite and ascend")
    scores = _between_0_and_1(given[:, 1])
    result: Array = np.clip(np.interp(_measured(values), given[:, 0], scores), 0.0, 1.0)
    return result


def evenly_spaced(levels: int) -> Array:
    """A score for each of so many levels: 0 for the first, 1 for the last, equal steps between.

    Raises
    ------
    ValueError
        If there are fewer than two levels.

    Examples
    --------
    >>> evenly_spaced(5).tolist()
    [0.0, 0.25, 0.5, 0.75, 1.0]
    """
    if levels < 2:
        raise ValueError("a scale has two levels or more")
    return np.linspace(0.0, 1.0, levels)


def level_scores(levels: ArrayLike, scale: ArrayLike) -> Array:
    """Scores of levels that somebody chose.

    Parameters
    ----------
    levels : array_like
        Whole numbers, the first level is 1; nan where no level was chosen.
    scale : array_like, shape (number of levels,)
        The score of each level, 0 to 1; `evenly_spaced` where nothing else is stated.

    Returns
    -------
    array, in the shape of the levels
        0 to 1, nan where no level was chosen.

    Raises
    ------
    ValueError
        If a level is no whole number or not on the scale, or a score is not from 0 to 1.

    Examples
    --------
    >>> level_scores([1, 3, np.nan], evenly_spaced(5)).tolist()
    [0.0, 0.5, nan]
    >>> level_scores([2], [0, 0.8, 1]).tolist()
    [0.8]
    """
    by_level = _between_0_and_1(np.asarray(scale, dtype=float))
    if by_level.ndim != 1 or len(by_level) < 2:
        raise ValueError("a scale has two levels or more")
    chosen = _measured(levels)
    is_chosen = ~np.isnan(chosen)
    found = chosen[is_chosen]
    if (found != np.floor(found)).any() or (found < 1).any() or (found > len(by_level)).any():
        raise ValueError(f"a level is a whole number from 1 to {len(by_level)}")
    result = np.full(chosen.shape, np.nan)
    result[is_chosen] = by_level[found.astype(np.intp) - 1]
    return result


def _measured(values: ArrayLike) -> Array:
    found: Array = np.asarray(values, dtype=float)
    if np.isinf(found).any():
        raise ValueError("every value is a finite number, or nan where there is no data")
    return found


def _between_0_and_1(scores: Array) -> Array:
    if not ((scores >= 0) & (scores <= 1)).all():
        raise ValueError("every score is a number from 0 to 1")
    return scores
