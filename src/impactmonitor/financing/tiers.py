"""How payments for outcomes are divided over investors, one tier after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Terms = Sequence[tuple[float, float | None]]
"""By tier: what it puts in, and what it earns a year at most (None: all that is left)."""

SQUARE = 1e-9
"""Within this share of what was put in, money is back: amounts are sums of rounded numbers."""
ROUNDING = 1e-12
_STEPS = 100


class Waterfall(NamedTuple):
    """Where payments go.

    Attributes
    ----------
    flows : array, shape (tiers, years + 1, draws)
        Of each tier: what it puts in at the start (below 0), and what it gets at the end of each
        year (0 or more).
    rest : array, shape (years, draws)
        What is left after all tiers.
    """

    flows: Array
    rest: Array


def waterfall(paid: ArrayLike, tiers: Terms, called: ArrayLike = 0.0) -> Waterfall:
    """Pay out to the tiers in their order.

    A tier is owed what it put in with interest, and takes all there is until it is square; the
    next tier gets what is left of a year.

    Parameters
    ----------
    paid : array_like, shape (years, draws)
        Payments at the end of each year, 0 or more.
    tiers : sequence of (amount, rate)
        Amounts above 0, put in at the start of the first year. Rates are decimals of 0 or more a
        year. Only the last tier may have none: it takes all that is left.
    called : array_like, shape (draws,)
        From a guarantee at the end of the last year; it goes to the tiers in their order, up to
        what each is short of what it put in. What is more goes to the rest.

    Returns
    -------
    Waterfall

    Raises
    ------
    ValueError
        If a tier before the last has no rate, an amount is not above 0, or a rate is below 0.

    Examples
    --------
    >>> found = waterfall([[60.0], [70.0]], [(100.0, 0.05), (20.0, None)])
    >>> found.flows[:, :, 0].round(2).tolist()
    [[-100.0, 60.0, 47.25], [-20.0, 0.0, 22.75]]
    >>> waterfall([[60.0], [70.0]], [(100.0, 0.05)]).rest.ravel().round(2).tolist()
    [0.0, 22.75]
    """
    _check(tiers)
    income = np.asarray(paid, dtype=float)
    years, draws = income.shape
    flows = np.zeros((len(tiers), years + 1, draws))
    left: Array = income.copy()
    for place, (amount, rate) in enumerate(tiers):
        flows[place, 0] = -amount
        taken = left.copy() if rate is None else _until_square(left, amount, rate)
        flows[place, 1:] = taken
        left -= taken
        left[left < ROUNDING * income] = 0.0  # taken in full, but for rounding
    extra: Array = np.broadcast_to(np.asarray(called, dtype=float), (draws,)).copy()
    for place in range(len(tiers)):
        unpaid = np.maximum(-flows[place].sum(axis=0), 0.0)
        given = np.minimum(unpaid, extra)
        flows[place, -1] += given
        extra -= given
    left[-1] += extra
    return Waterfall(flows, left)


def _check(tiers: Terms) -> None:
    for place, (amount, rate) in enumerate(tiers):
        if not amount > 0:
            raise ValueError(f"a tier puts in more than 0, not {amount}")
        if rate is None and place < len(tiers) - 1:
            raise ValueError("only the last tier may be without a rate")
        if rate is not None and not rate >= 0:
            raise ValueError(f"a rate is 0 or more, not {rate}")


def _until_square(left: Array, amount: float, rate: float) -> Array:
    """What a tier takes by year of what is left for it."""
    owed = np.full(left.shape[1], amount)
    taken = np.empty_like(left)
    for year, there in enumerate(left):
        owed = owed * (1.0 + rate)
        taken[year] = np.minimum(owed, there)
        owed = owed - taken[year]
    return taken


def is_repaid(flows: ArrayLike) -> NDArray[np.bool_]:
    """Whether an investor gets back at least what it put in.

    Parameters
    ----------
    flows : array_like, shape (years + 1, draws)
        Of one tier, from ``waterfall``.

    Examples
    --------
    >>> is_repaid([[-100.0, -100.0], [100.0, 99.0]]).tolist()
    [True, False]
    """
    amounts = np.asarray(flows, dtype=float)
    result: NDArray[np.bool_] = amounts.sum(axis=0) >= SQUARE * amounts[0]
    return result


def rates_of_return(flows: ArrayLike) -> Array:
    """Internal rates of return of money that is put in once and comes back later.

    Parameters
    ----------
    flows : array_like, shape (years + 1, draws)
        The first is below 0, all others are 0 or more; a year apart.

    Returns
    -------
    array, shape (draws,)
        Decimals, -1 where nothing comes back. With one change of sign there is exactly one rate
        above -1 (Descartes' rule of signs); it has no upper bound.

    Notes
    -----
    With ``u = -ln(1 + rate)`` the logarithm of the present value of what comes back is convex and
    rising in ``u``, so that Newton's steps cannot miss.

    Examples
    --------
    >>> rates_of_return([[-100.0, -100.0], [0.0, 0.0], [121.0, 0.0]]).round(9).tolist()
    [0.1, -1.0]
    """
    amounts = np.asarray(flows, dtype=float)
    result = np.full(amounts.shape[1], -1.0)
    some = (amounts[1:] > 0).any(axis=0)
    with np.errstate(divide="ignore"):
        sizes = np.log(amounts[1:, some])
    put_in = np.log(-amounts[0, some])
    times = np.arange(1, len(amounts))[:, None]
    point = np.zeros(len(put_in))
    for _ in range(_STEPS):
        parts = sizes + times * point
        top = parts.max(axis=0, initial=-np.inf)
        weights = np.exp(parts - top)
        total = weights.sum(axis=0)
        step = (top + np.log(total) - put_in) * total / (times * weights).sum(axis=0)
        point = point - step
        if not (np.abs(step) > 1e-15 * np.maximum(np.abs(point), 1.0)).any():
            break
    rates = np.expm1(-point)
    # who just gets back what was put in earns nothing, and not a rounding error
    result[some] = np.where(np.abs(rates) < ROUNDING, 0.0, rates)
    return result
