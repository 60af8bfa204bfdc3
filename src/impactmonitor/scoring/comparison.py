"""Several cases in one framework, compared on what all of them have data for.

Without these rules hiding an unknown long term would raise a score: a case is compared only on
indicators with data in all cases, and one that has data for too little is never ranked first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.scoring.masses import Flags, checked_scores, flags, masses
from impactmonitor.scoring.ranks import tied_places
from impactmonitor.scoring.weighted import Score, framework_score

LOWEST_COVERAGE = 0.8
"""A case that has data for less is never ranked first. Our own choice."""
ROUNDING = 1e-9

NoRank = Literal["nothing_in_common", "all_below_coverage"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cases side by side.

    Attributes
    ----------
    own : tuple of Score
        Each case by itself, over all indicators that apply to all cases.
    common_scores : tuple of float or None
        0 to 100, over the indicators with data in all cases; None if there are none that weigh
        anything.
    common_coverage : float or None
        Share of weight times multiplier that has data in all cases, 0 to 1.
    is_common : array of bool, shape (indicators,)
        Applies to all cases, and has data in all.
    is_left_out : array of bool, shape (indicators,)
        Does not apply to one of the cases, and so counts for none.
    is_below_coverage : tuple of bool
        Cases with a coverage under 0.8: after all others, and never first.
    ranks : tuple of int or None
        By common score, 1 for the best; the same score has the same rank. None where there is a
        reason.
    reason : str or None
        Why nobody has a rank: ``nothing_in_common``, or ``all_below_coverage`` (somebody would be
        first who may not be).
    """

    own: tuple[Score, ...]
    common_scores: tuple[float | None, ...]
    common_coverage: float | None
    is_common: Flags
    is_left_out: Flags
    is_below_coverage: tuple[bool, ...]
    ranks: tuple[int | None, ...]
    reason: NoRank | None


def compare_scores(
    scores: ArrayLike,
    weights: ArrayLike,
    multipliers: ArrayLike,
    *,
    is_not_applicable: ArrayLike | None = None,
    is_monetised: ArrayLike | None = None,
    lowest_coverage: float = LOWEST_COVERAGE,
) -> Comparison:
    """Compare cases on the indicators that have data in all of them.

    Parameters
    ----------
    scores : array_like, shape (cases, indicators)
        0 to 1; nan where a case has no data.
    weights, multipliers : array_like, shape (indicators,)
        0 or more.
    is_not_applicable : array_like of bool, shape (cases, indicators), optional
        What does not apply to one case leaves the framework for all.
    is_monetised : array_like of bool, shape (cases, indicators), optional
        What is in euros as well.
    lowest_coverage : float, optional
        Below this a case comes after all others.

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        If a score is not from 0 to 1, a weight or multiplier is below 0, or the shapes differ.

    Examples
    --------
    The first case says nothing of the long term, in which it is weak:

    >>> found = compare_scores([[1, np.nan], [0.8, 0.8]], [1, 1], [1, 3])
    >>> found.common_scores, found.is_below_coverage, found.ranks
    ((100.0, 80.0), (True, False), (2, 1))
    """
    mass = masses(weights, multipliers)
    found = checked_scores(scores, mass.shape[-1])
    if found.ndim != 2 or not len(found) or mass.ndim != 1:
        raise ValueError("the scores are a row for each case, and the weights are the same for all")
    has_price = flags(is_monetised, found)
    left_out: Flags = np.any(flags(is_not_applicable, found), axis=0)
    is_common: Flags = ~left_out & ~np.any(np.isnan(found), axis=0)
    own = tuple(
        framework_score(
            row, weights, multipliers, is_not_applicable=left_out, is_monetised=with_price
        )
        for row, with_price in zip(found, has_price, strict=True)
    )
    common = tuple(
        framework_score(
            np.where(is_common, row, np.nan), weights, multipliers, is_not_applicable=left_out
        )
        for row in found
    )
    below = tuple(
        each.coverage is None or each.coverage < lowest_coverage - ROUNDING for each in own
    )
    common_scores = tuple(each.score for each in common)
    ranks, reason = _ranks(common_scores, below)
    return Comparison(
        own, common_scores, common[0].coverage, is_common, left_out, below, ranks, reason
    )


def _ranks(
    scores: tuple[float | None, ...], below: tuple[bool, ...]
) -> tuple[tuple[int | None, ...], NoRank | None]:
    nobody = (None,) * len(scores)
    numbers = [score for score in scores if score is not None]
    if not numbers:
        return nobody, "nothing_in_common"
    if all(below):
        return nobody, "all_below_coverage"
    places, _ = tied_places([numbers], below)
    return tuple(place + 1 for place in places[0].tolist()), None
