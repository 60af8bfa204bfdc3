"""Ranks by score, with ties, and with those that may not come first after all others."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.scoring.masses import Array, Flags, Index, flags

TIE_TOLERANCE = 1e-9
"""Scores from 0 to 100 that differ no more are the same."""


def tied_places(scores: ArrayLike, is_last: ArrayLike | None = None) -> tuple[Index, Index]:
    """The best place of each case in each draw, and how many cases share it.

    Parameters
    ----------
    scores : array_like, shape (draws, cases)
        Higher is better.
    is_last : array_like of bool, shape (cases,), optional
        These come after all others, by score among themselves.

    Returns
    -------
    places : array of int, shape (draws, cases)
        0 for the best.
    sizes : array of int, shape (draws, cases)
        1 where nobody else has the same score.

    Raises
    ------
    ValueError
        If a score is no number.

    Examples
    --------
    >>> places, sizes = tied_places([[10, 30, 30]])
    >>> places.tolist(), sizes.tolist()
    ([[2, 0, 0]], [[1, 2, 2]])
    """
    found = _draws_by_cases(scores)
    draws, cases = found.shape
    last: Flags = np.broadcast_to(flags(is_last, np.empty(cases)), found.shape)
    order = np.lexsort((-found, last), axis=1)
    ordered = np.take_along_axis(found, order, axis=1)
    after = np.take_along_axis(last, order, axis=1)
    begins = np.ones((draws, cases), dtype=bool)
    begins[:, 1:] = (ordered[:, :-1] - ordered[:, 1:] > TIE_TOLERANCE) | (
        after[:, :-1] != after[:, 1:]
    )
    is_end = np.ones_like(begins)
    is_end[:, :-1] = begins[:, 1:]
    number = np.arange(cases)
    first = np.maximum.accumulate(np.where(begins, number, 0), axis=1)
    beyond = np.minimum.accumulate(np.where(is_end, number + 1, cases)[:, ::-1], axis=1)[:, ::-1]
    places, sizes = np.empty_like(order), np.empty_like(order)
    np.put_along_axis(places, order, first, axis=1)
    np.put_along_axis(sizes, order, beyond - first, axis=1)
    return places, sizes


def rank_acceptability(scores: ArrayLike, is_last: ArrayLike | None = None) -> Array:
    """The share of draws in which each case has each rank.

    Parameters
    ----------
    scores : array_like, shape (draws, cases)
        Higher is better; one draw at least.
    is_last : array_like of bool, shape (cases,), optional
        These come after all others in every draw.

    Returns
    -------
    array, shape (cases, ranks)
        0 to 1; adds up to 1 by case and by rank. Cases with the same score share their ranks
        equally.

    Raises
    ------
    ValueError
        If a score is no number, or there are no draws.

    Notes
    -----
    The rank acceptability index of Lahdelma and Salminen (2001), *SMAA-2: Stochastic
    multicriteria acceptability analysis for group decision making*, Operations Research 49(3),
    444-454. Ties sharing ranks equally is our own.

    Examples
    --------
    >>> rank_acceptability([[30, 10], [20, 20]]).tolist()
    [[0.75, 0.25], [0.25, 0.75]]
    """
    places, sizes = tied_places(scores, is_last)
    draws, cases = places.shape
    steps = np.zeros((cases, cases + 1))
    who = np.broadcast_to(np.arange(cases), places.shape)
    np.add.at(steps, (who, places), 1.0 / sizes)
    np.add.at(steps, (who, places + sizes), -1.0 / sizes)
    result: Array = np.clip(steps.cumsum(axis=1)[:, :-1] / draws, 0.0, 1.0)
    return result


def _draws_by_cases(scores: ArrayLike) -> Array:
    found: Array = np.asarray(scores, dtype=float)
    if found.ndim != 2 or not found.size or not np.isfinite(found).all():
        raise ValueError("every case has a finite score in every draw")
    return found
