"""Keys that divide a joint cost among those who share it, from totals by player."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_DIGITS = 400
"""As many as the largest number has, and its decimals; 28 is the limit otherwise."""


def _vector(name: str, numbers: ArrayLike) -> Array:
    found = np.asarray(numbers, dtype=float)
    if found.ndim != 1 or not found.size or not np.isfinite(found).all():
        raise ValueError(f"{name} are one or more finite numbers")
    return found


def equal(total: float, players: int) -> Array:
    """The same for everybody.

    Examples
    --------
    >>> equal(90, 3).tolist()
    [30.0, 30.0, 30.0]
    """
    return np.full(players, total / players)


def in_proportion(total: float, weights: ArrayLike) -> Array:
    """In proportion to weights, such as benefits or stand-alone costs.

    Parameters
    ----------
    total : float
        What is divided.
    weights : array_like, shape (players,)
        0 or more, and not all 0 unless the total is.

    Returns
    -------
    array, shape (players,)
        Adds up to the total.

    Raises
    ------
    ValueError
        If a weight is below 0, or all are 0 and the total is not.

    Examples
    --------
    >>> in_proportion(90, [1, 2]).tolist()
    [30.0, 60.0]
    """
    found = _vector("weights", weights)
    if (found < 0).any() or (total and not found.any()):
        raise ValueError("weights are 0 or more, and not all 0")
    if not total:
        return np.zeros(len(found))
    result: Array = total * (found / found.sum())
    return result


def separable_costs_remaining_benefits(
    total: float, stand_alone: ArrayLike, marginal: ArrayLike, benefits: ArrayLike | None = None
) -> tuple[Array, bool]:
    """Everybody's own cost, and the rest in proportion to what each still gains (SCRB).

    Parameters
    ----------
    total : float
        Cost of everybody together.
    stand_alone, marginal : array_like, shape (players,)
        What each would pay alone, and what each adds to the cost of the others (separable cost).
    benefits : array_like, shape (players,), optional
        What each gains; by default more than enough. A remaining benefit is the smaller of benefit
        and stand-alone cost, minus the separable cost, and at least 0.

    Returns
    -------
    shares : array, shape (players,)
        Adds up to the total.
    is_equal : bool
        Whether nobody has a remaining benefit, so that the rest is divided equally.

    Notes
    -----
    Ransmeier (1942), *The Tennessee Valley Authority*; the method of separable costs - remaining
    benefits of US federal water projects.

    Examples
    --------
    >>> separable_costs_remaining_benefits(100, [80, 60], [40, 20])[0].tolist()
    [60.0, 40.0]
    """
    alone, own = _vector("stand-alone costs", stand_alone), _vector("marginal costs", marginal)
    limit = alone if benefits is None else np.minimum(alone, _vector("benefits", benefits))
    remaining = np.maximum(limit - own, 0.0)
    rest = total - own.sum()
    is_equal = not remaining.any()
    weights = np.ones(len(own)) if is_equal else remaining
    return own + in_proportion(rest, weights), is_equal


def rounded(shares: ArrayLike, decimals: int = 2, total: float | None = None) -> Array:
    """Shares in whole cents that still add up to the rounded total.

    Parameters
    ----------
    shares : array_like, shape (players,)
    decimals : int
        How many are kept.
    total : float, optional
        What the shares add up to; by default their sum.

    Returns
    -------
    array, shape (players,)
        What is left over by rounding goes to the largest share, the first of equal ones.

    Examples
    --------
    >>> rounded([100 / 3, 100 / 3, 100 / 3]).tolist()
    [33.34, 33.33, 33.33]
    """
    exact = _vector("shares", shares)
    cent = Decimal(1).scaleb(-decimals)

    def whole(number: float) -> Decimal:
        return Decimal(repr(float(number))).quantize(cent, ROUND_HALF_EVEN)

    with localcontext(prec=_DIGITS):
        found = [whole(one) for one in exact]
        wanted = whole(float(exact.sum()) if total is None else total)
        found[int(np.abs(exact).argmax())] += wanted - sum(found)
    return np.array([float(one) for one in found])
