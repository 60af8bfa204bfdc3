"""How high prices of outcomes may be before a payer loses too often."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from impactmonitor.financing.outcome_payments import Terms, saving_under

Array = NDArray[np.float64]


def highest_price_factor(
    due: ArrayLike, cash: ArrayLike, factors: ArrayLike, probability: float, terms: Terms
) -> float | None:
    """By what all prices can be multiplied at most, so that a payer does not lose too often.

    Parameters
    ----------
    due : array_like, shape (years, draws)
        What is due at the prices as they are, before cap and floor; from ``payments_due``.
    cash : array_like, shape (draws,)
        Present value of the money that the outcomes save the payer; prices do not change it.
    factors : array_like, shape (years, draws or 1)
        Discount factors at the end of each year.
    probability : float
        The share of the draws in which the payer may lose (keep less than 0).
    terms : Terms
        What the payer agreed to.

    Returns
    -------
    float or None
        Exact for these draws: at the factor the share is at most ``probability``, just above it,
        it is larger. Infinity where no price makes the payer lose more often, such as under a
        low cap; None where it loses more often at every price, also at 0.

    Notes
    -----
    Between the factors at which a cap, a floor or a guarantee begins or stops to count, what a
    payer keeps in a draw is a straight line. Where these lines cross 0 the number of losing draws
    changes, and nowhere else.

    Examples
    --------
    >>> cash = [100.0, 200.0, 300.0, 400.0]
    >>> highest_price_factor([[10.0] * 4], cash, [[1.0]], 0.25, Terms())
    20.0
    >>> highest_price_factor([[10.0] * 4], cash, [[1.0]], 0.25, Terms(cap=150.0))
    inf
    """
    asked, saved = np.asarray(due, dtype=float), np.asarray(cash, dtype=float)
    by_year = np.broadcast_to(np.asarray(factors, dtype=float), asked.shape)
    bends = _bends(asked, terms)
    kept = np.array([saving_under(terms, saved, bend * asked, by_year) for bend in bends])
    falls, rises = _crossings(bends, kept)
    beyond = np.isinf(terms.cap) * (by_year * asked).sum(axis=0)
    ends = (kept[-1] >= 0) & (beyond > 0)
    falls = np.sort(np.concatenate([falls, bends[-1, ends] + kept[-1, ends] / beyond[ends]]))
    at_zero = np.count_nonzero(kept[0] < 0)

    def is_allowed(losing: NDArray[np.intp]) -> NDArray[np.bool_]:
        result: NDArray[np.bool_] = losing / len(saved) <= probability
        return result

    if is_allowed(np.array(at_zero + len(falls) - len(rises))):
        return float(np.inf)
    # at a crossing itself the payer keeps 0, which is no loss
    before = np.searchsorted(falls, falls, side="left")
    after = np.searchsorted(np.sort(rises), falls, side="right")
    found = falls[is_allowed(at_zero + before - after)]
    return float(found[-1]) if len(found) else None


def _bends(due: Array, terms: Terms) -> Array:
    """Factors of each draw at which a line may change its slope, rising from 0.

    Returns
    -------
    array, shape (bends, draws)
    """
    so_far = np.cumsum(due, axis=0)
    short = max(terms.invested - terms.guarantee, 0.0)
    totals = np.array([terms.floor, terms.invested, short])[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.concatenate([terms.cap / so_far, totals / so_far[-1]])
    found[~np.isfinite(found)] = 0.0
    return np.sort(np.concatenate([np.zeros((1, due.shape[1])), found]), axis=0)


def _crossings(bends: Array, kept: Array) -> tuple[Array, Array]:
    """Factors at which what is kept falls below 0, and at which it is 0 again."""
    low, high = kept[:-1], kept[1:]
    falls, rises = (low >= 0) & (high < 0), (low < 0) & (high >= 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = bends[:-1] + np.diff(bends, axis=0) * low / (low - high)
    return at[falls], at[rises]
