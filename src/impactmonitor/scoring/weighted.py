"""The weighted score of one case in a framework, with all that stands beside it.

Sums are exact to the last digit (`math.fsum`), so that no order of indicators gives another score.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.scoring.masses import Array, Flags, checked_scores, flags, masses


@dataclass(frozen=True, slots=True)
class Score:
    """What a framework, or a group of its indicators, says of a case.

    Attributes
    ----------
    score : float or None
        0 to 100, over the indicators with data; None where none of them weighs anything.
    score_unweighted : float or None
        The same with every multiplier 1.
    score_without_monetised : float or None
        The same without the indicators that are in euros as well.
    coverage : float or None
        Share of weight times multiplier that has data, 0 to 1; None where nothing weighs anything.
    low, high : float or None
        The score if all that has no data scored nothing, and if it scored in full.
    """

    score: float | None
    score_unweighted: float | None
    score_without_monetised: float | None
    coverage: float | None
    low: float | None
    high: float | None


def framework_score(
    scores: ArrayLike,
    weights: ArrayLike,
    multipliers: ArrayLike,
    *,
    is_not_applicable: ArrayLike | None = None,
    is_monetised: ArrayLike | None = None,
) -> Score:
    """The score of one case: 100 · Σ w·g·s ÷ Σ w·g over the indicators with data.

    Parameters
    ----------
    scores : array_like, shape (indicators,)
        s, 0 to 1; nan where there is no data. No contribution is 0, and counts as data.
    weights, multipliers : array_like, shape (indicators,)
        w and g, 0 or more.
    is_not_applicable : array_like of bool, shape (indicators,), optional
        These leave the framework, whatever their score.
    is_monetised : array_like of bool, shape (indicators,), optional
        These are also in euros in this case.

    Returns
    -------
    Score

    Raises
    ------
    ValueError
        If a score is not from 0 to 1, a weight or multiplier is below 0, or the shapes differ.

    Notes
    -----
    An additive value model (Keeney and Raiffa 1976, *Decisions with multiple objectives*); the
    multipliers by horizon and the rule that no data is not 0 are our own.

    Examples
    --------
    >>> found = framework_score([1, 0.5, np.nan], [1, 1, 1], [1, 3, 1])
    >>> found.score, found.score_unweighted, found.coverage
    (62.5, 75.0, 0.8)
    >>> found.low, found.high
    (50.0, 70.0)
    """
    mass, plain, found = _checked(scores, weights, multipliers)
    leaves, has_price = flags(is_not_applicable, found), flags(is_monetised, found)
    return _score(found, mass, plain, leaves, has_price)


def _checked(
    scores: ArrayLike, weights: ArrayLike, multipliers: ArrayLike
) -> tuple[Array, Array, Array]:
    """Masses with and without multipliers, and scores of one case."""
    mass = masses(weights, multipliers)
    return mass, masses(weights, np.ones_like(mass)), _one_case(scores, mass)


def _score(found: Array, mass: Array, plain: Array, leaves: Flags, has_price: Flags) -> Score:
    has_data = ~leaves & ~np.isnan(found)
    is_missing = ~leaves & ~has_data
    whole = fsum(mass[~leaves])
    gained = (mass * found)[has_data]
    return Score(
        score=_percentage(found, mass, has_data),
        score_unweighted=_percentage(found, plain, has_data),
        score_without_monetised=_percentage(found, mass, has_data & ~has_price),
        coverage=fsum(mass[has_data]) / whole if whole else None,
        low=100.0 * (fsum(gained) / whole) if whole else None,
        high=100.0 * (fsum([*gained, *mass[is_missing]]) / whole) if whole else None,
    )


def contributions(
    scores: ArrayLike,
    weights: ArrayLike,
    multipliers: ArrayLike,
    *,
    is_not_applicable: ArrayLike | None = None,
) -> Array:
    """What each indicator adds to the score: 100 · w·g·s ÷ Σ w·g over those with data.

    Parameters
    ----------
    scores, weights, multipliers, is_not_applicable
        As for `framework_score`.

    Returns
    -------
    array, shape (indicators,)
        They add up to the score; nan for what has no data or does not apply, and for all if
        nothing with data weighs anything.

    Examples
    --------
    >>> contributions([1, 0.5, np.nan], [1, 1, 1], [1, 3, 1]).tolist()
    [25.0, 37.5, nan]
    """
    mass = masses(weights, multipliers)
    found = _one_case(scores, mass)
    has_data = ~flags(is_not_applicable, found) & ~np.isnan(found)
    whole = fsum(mass[has_data])
    if not whole:
        return np.full(len(mass), np.nan)
    result: Array = np.where(has_data, 100.0 * (mass * found / whole), np.nan)
    return result


def group_scores(
    scores: ArrayLike,
    weights: ArrayLike,
    multipliers: ArrayLike,
    groups: ArrayLike,
    *,
    is_not_applicable: ArrayLike | None = None,
    is_monetised: ArrayLike | None = None,
) -> tuple[Score, ...]:
    """The score within each group of indicators, such as a transition.

    Parameters
    ----------
    scores, weights, multipliers, is_not_applicable, is_monetised
        As for `framework_score`.
    groups : array_like of int, shape (indicators,)
        The group of each indicator, from 0; -1 for an indicator in no group.

    Returns
    -------
    tuple of Score
        By group, 0 .. the highest that occurs. A group without indicators has None for all.

    Raises
    ------
    ValueError
        As `framework_score`, and if the groups are no whole numbers from -1.

    Examples
    --------
    >>> found = group_scores([1, 0, 0.5], [1, 1, 1], [1, 1, 3], [0, 0, 1])
    >>> [group.score for group in found]
    [50.0, 50.0]
    """
    mass, plain, found = _checked(scores, weights, multipliers)
    number = np.asarray(groups)
    if number.shape != found.shape or not ((number >= -1) & (number % 1 == 0)).all():
        raise ValueError("there is a group for each score: a whole number, -1 for none")
    leaves, has_price = flags(is_not_applicable, found), flags(is_monetised, found)
    return tuple(
        _score(found[own], mass[own], plain[own], leaves[own], has_price[own])
        for own in (number == group for group in range(int(number.max(initial=-1)) + 1))
    )


def _one_case(scores: ArrayLike, mass: Array) -> Array:
    found = checked_scores(scores, mass.shape[-1])
    if found.ndim != 1 or mass.ndim != 1:
        raise ValueError("the scores are those of one case, and so are its weights")
    return found


def _percentage(scores: Array, mass: Array, counted: Flags) -> float | None:
    whole = fsum(mass[counted])
    return 100.0 * (fsum((mass * scores)[counted]) / whole) if whole else None
