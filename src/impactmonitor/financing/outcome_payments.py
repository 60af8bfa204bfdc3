"""What a payer owes for measured outcomes, and what it keeps of what they save it.

Everything is worked out draw by draw: a cap and a floor bend the payments, so that the payment
for expected outcomes is not the expected payment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

ROUNDING = 1e-12
"""What differs from 0 by less than this share of what was added up is 0."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a payer agreed to, besides the prices; amounts in the money of the case.

    Attributes
    ----------
    cap : float
        The most that is paid for outcomes in all years together; infinity for no cap.
    floor : float
        The least that is paid in all years together, at most the cap.
    evaluation_cost : float
        What measuring costs in each year.
    invested : float
        What all investors together put in.
    guarantee : float
        The most that the payer itself makes good of what they get back less than that.

    Raises
    ------
    ValueError
        If a number is below 0 or nan, or the floor is above the cap.
    """

    cap: float = np.inf
    floor: float = 0.0
    evaluation_cost: float = 0.0
    invested: float = 0.0
    guarantee: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what nobody can agree to."""
        for name in ("cap", "floor", "evaluation_cost", "invested", "guarantee"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} is a number of 0 or more, not {getattr(self, name)}")
        if self.floor > self.cap:
            raise ValueError(f"the floor ({self.floor}) may not be above the cap ({self.cap})")


def payments_due(quantities: ArrayLike, prices: ArrayLike, baseline: ArrayLike) -> Array:
    """What is due by year for outcomes above the baseline, before cap and floor.

    Parameters
    ----------
    quantities : array_like, shape (effects, years, draws)
        Measured outcomes; a harm is negative.
    prices : array_like, shape (effects,)
        Of one outcome, 0 or more.
    baseline : array_like, shape (effects,)
        Outcomes of each year that are not paid for, 0 or more.

    Returns
    -------
    array, shape (years, draws)
        An effect that stays below its baseline in a year, or is a harm, counts as 0 in that year
        and takes nothing from other effects and years.

    Examples
    --------
    >>> payments_due([[[12.0], [7.0]]], [100.0], [8.0]).ravel().tolist()
    [400.0, 0.0]
    """
    above = np.asarray(quantities, dtype=float) - np.asarray(baseline, dtype=float)[:, None, None]
    due: Array = np.tensordot(np.asarray(prices, dtype=float), np.maximum(above, 0.0), axes=1)
    return due


def payments_within(due: ArrayLike, cap: float = np.inf, floor: float = 0.0) -> Array:
    """What is paid by year under a cap and a floor over all years together.

    Parameters
    ----------
    due : array_like, shape (years, draws)
        From ``payments_due``: 0 or more, at least one year.
    cap, floor : float
        See ``Terms``. The cap is used up in the order of the years; what is missing to the floor
        is paid in the last year.

    Returns
    -------
    array, shape (years, draws)
        Not discounted. Sums over the years lie from the floor to the cap.

    Examples
    --------
    >>> payments_within([[60.0], [60.0], [60.0]], cap=100.0).ravel().tolist()
    [60.0, 40.0, 0.0]
    >>> payments_within([[10.0], [0.0]], floor=25.0).ravel().tolist()
    [10.0, 15.0]
    """
    asked = np.asarray(due, dtype=float)
    before = np.cumsum(asked, axis=0)[:-1]
    left = np.concatenate([np.full((1, asked.shape[1]), cap), np.maximum(cap - before, 0.0)])
    paid: Array = np.minimum(asked, left)
    paid[-1] += np.maximum(floor - paid.sum(axis=0), 0.0)
    return paid


def payments(
    quantities: ArrayLike,
    prices: ArrayLike,
    baseline: ArrayLike,
    cap: float = np.inf,
    floor: float = 0.0,
) -> Array:
    """What a payer pays by year for measured outcomes.

    Parameters
    ----------
    quantities, prices, baseline
        As for ``payments_due``.
    cap, floor
        As for ``payments_within``.

    Returns
    -------
    array, shape (years, draws)

    Raises
    ------
    ValueError
        If the floor is above the cap, or one of them below 0.

    Examples
    --------
    >>> payments([[[12.0], [15.0]]], [100.0], [8.0], cap=1000.0).ravel().tolist()
    [400.0, 600.0]
    """
    terms = Terms(cap=cap, floor=floor)
    return payments_within(payments_due(quantities, prices, baseline), terms.cap, terms.floor)


def guarantee_called(paid: ArrayLike, invested: float, guarantee: float) -> Array:
    """What a guarantor pays at the end: what investors together get back less than they put in.

    Interest of one investor does not count as a loss of another, so that the call does not depend
    on how investors divide the payments.

    Parameters
    ----------
    paid : array_like, shape (years, draws)
        Payments for outcomes, which all go to the investors until they have their money back.
    invested : float
        What they put in together.
    guarantee : float
        The most that is called.

    Returns
    -------
    array, shape (draws,)

    Examples
    --------
    >>> guarantee_called([[30.0, 80.0, 120.0]], 100.0, 50.0).tolist()
    [50.0, 20.0, 0.0]
    """
    short = np.maximum(invested - np.asarray(paid, dtype=float).sum(axis=0), 0.0)
    result: Array = np.minimum(short, guarantee)
    return result


def saving(
    cash: ArrayLike,
    paid: ArrayLike,
    factors: ArrayLike,
    evaluation_cost: float = 0.0,
    called: ArrayLike = 0.0,
) -> Array:
    """What a payer keeps of what outcomes save it, as a present value.

    Parameters
    ----------
    cash : array_like, shape (draws,)
        Present value of the money that the outcomes save the payer.
    paid : array_like, shape (years, draws)
        Payments at the end of each year.
    factors : array_like, shape (years, draws or 1)
        Discount factors at the end of each year.
    evaluation_cost : float
        Of each year, at its end.
    called : array_like, shape (draws,)
        What the payer pays at the end of the last year under a guarantee of its own.

    Returns
    -------
    array, shape (draws,)
        The payer loses where it is below 0; what only differs from 0 by rounding is 0.

    Examples
    --------
    >>> saving([500.0], [[100.0], [110.0]], [[1.0], [0.5]], evaluation_cost=10.0).tolist()
    [330.0]
    """
    by_year = np.asarray(factors, dtype=float)
    saved = np.asarray(cash, dtype=float)
    spent = (by_year * (np.asarray(paid, dtype=float) + evaluation_cost)).sum(axis=0)
    spent = spent + by_year[-1] * np.asarray(called, dtype=float)
    kept = saved - spent
    return np.where(np.abs(kept) < ROUNDING * (np.abs(saved) + spent), 0.0, kept)


def saving_under(terms: Terms, cash: ArrayLike, due: ArrayLike, factors: ArrayLike) -> Array:
    """What a payer keeps under all its terms, from what is due before cap and floor.

    Parameters
    ----------
    terms : Terms
    cash, factors
        As for ``saving``.
    due : array_like, shape (years, draws)

    Returns
    -------
    array, shape (draws,)

    Examples
    --------
    >>> terms = Terms(cap=100.0, evaluation_cost=5.0)
    >>> saving_under(terms, [300.0], [[80.0], [80.0]], [[1.0], [1.0]]).tolist()
    [190.0]
    """
    paid = payments_within(due, terms.cap, terms.floor)
    called = guarantee_called(paid, terms.invested, terms.guarantee)
    return saving(cash, paid, factors, terms.evaluation_cost, called)
