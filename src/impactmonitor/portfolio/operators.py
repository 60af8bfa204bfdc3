"""The three operators of a figure over a portfolio: attributed sum, share, weighted mean.

All take plain numbers, one per holding; nan is "not known", which is never 0. Each gives its
figure over what is known together with the part of the weight that is known, so that nothing is
left out in silence.

The PCAF standard (Partnership for Carbon Accounting Financials, 2022, The Global GHG Accounting
and Reporting Standard Part A, second edition) and the indicators of adverse impacts of Delegated
Regulation (EU) 2022/1288 are made of these three.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from impactmonitor.model.portfolio_templates import Within

Array = NDArray[np.float64]
Reason = Literal["nothing-held", "no-data"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over holdings, and how much of them it rests on.

    Attributes
    ----------
    value : float or None
        Over the holdings with data; None where there are none.
    coverage : float or None
        Weight with data / all weight, 0 to 1; None where nothing weighs anything.
    reason : {"nothing-held", "no-data"} or None
        Why there is no value.
    """

    value: float | None
    coverage: float | None
    reason: Reason | None = None


def attributed_sum(
    factors: ArrayLike, amounts: ArrayLike, weights: ArrayLike | None = None
) -> Figure:
    """Σ factor x amount over the holdings of which both are known.

    Parameters
    ----------
    factors : array_like, shape (holdings,)
        The part of each whole that is the fund's: 0.1 is a tenth. May be above 1.
    amounts : array_like, shape (holdings,)
        Of the whole, in any unit and of either sign.
    weights : array_like, shape (holdings,), optional
        At least 0, for the coverage only; by default every holding counts once.

    Returns
    -------
    Figure
        Without holdings the sum is nothing, and not 0.

    Raises
    ------
    ValueError
        If the arrays do not have one number per holding, or a weight is below 0.

    Examples
    --------
    >>> attributed_sum([0.1, 0.25, 0.2], [1000, 20000, 5000]).value
    6100.0
    >>> attributed_sum([0.1, 0.5], [1000, float("nan")], [3, 1])
    Figure(value=100.0, coverage=0.75, reason=None)
    """
    given = np.ones(np.shape(factors)) if weights is None else weights
    factor, amount, weight = _alike(factors, amounts, given)
    products = factor * amount
    known = np.isfinite(products)
    return _figure(math.fsum(products[known]), known, weight)


def share(values: ArrayLike, flags: ArrayLike, within: Within = "covered") -> Figure:
    """Σ value of the holdings with a flag / Σ value.

    Parameters
    ----------
    values : array_like, shape (holdings,)
        At least 0.
    flags : array_like, shape (holdings,)
        1 for yes, 0 for no, nan where it is not known.
    within : {"covered", "eligible", "all"}
        What the denominator holds. Within ``all``, as within ``eligible``, a holding without a
        flag counts in the denominator only, so that the share is at least what is shown.

    Returns
    -------
    Figure
        From 0 to 1.

    Raises
    ------
    ValueError
        As ``attributed_sum``; also for a flag that is not 0, 1 or nan.

    Examples
    --------
    >>> share([30, 10, 60], [1, 0, float("nan")])
    Figure(value=0.75, coverage=0.4, reason=None)
    >>> share([30, 10, 60], [1, 0, float("nan")], within="all").value
    0.3
    """
    marks = np.asarray(flags, dtype=float)
    if not np.isin(marks[np.isfinite(marks)], (0.0, 1.0)).all():
        raise ValueError("a flag is 0, 1 or not known")
    return weighted_mean(values, marks, within)


def weighted_mean(weights: ArrayLike, figures: ArrayLike, within: Within = "covered") -> Figure:
    """Σ weight x figure / Σ weight.

    Parameters
    ----------
    weights : array_like, shape (holdings,)
        At least 0; nan where it is not known.
    figures : array_like, shape (holdings,)
        Of each holding, nan where it is not known.
    within : {"covered", "eligible", "all"}
        Whether holdings without a figure count in Σ weight. Which holdings are given decides
        between ``eligible`` and ``all``.

    Returns
    -------
    Figure
        Within ``covered`` it lies between the lowest and the highest figure.

    Raises
    ------
    ValueError
        As ``attributed_sum``.

    Examples
    --------
    >>> round(weighted_mean([522425, 187449, 82778, 108997, 67556, 54762], [3, 5, 1, 1, 2, 5]
    ...     ).value, 2)
    3.03
    """
    weight, figure = _alike(weights, figures)
    known = np.isfinite(figure) & np.isfinite(weight)
    base = known if within == "covered" else np.isfinite(weight)
    whole = math.fsum(weight[base])
    total = math.fsum(weight[known] * figure[known])
    found = _figure(total, known, weight)
    if found.value is None:
        return found
    return Figure(total / whole, found.coverage)


def _alike(*given: ArrayLike) -> tuple[Array, ...]:
    """Numbers of one length, the last or first of which weigh; none of a weight is below 0."""
    arrays = tuple(np.asarray(one, dtype=float) for one in given)
    if any(one.ndim != 1 or one.shape != arrays[0].shape for one in arrays):
        raise ValueError("every array has one number per holding")
    weight = arrays[-1] if len(arrays) > 2 else arrays[0]
    if (weight < 0).any():
        raise ValueError("no weight is below 0")
    return arrays


def _figure(total: float, known: NDArray[np.bool_], weight: Array) -> Figure:
    """A total with its coverage, or the reason why there is none."""
    weighing = np.where(np.isfinite(weight), weight, 0.0)
    whole, covered = math.fsum(weighing), math.fsum(weighing[known])
    coverage = min(1.0, covered / whole) if whole > 0 else None
    if coverage is None:
        return Figure(None, None, "nothing-held")
    if covered == 0:
        return Figure(None, 0.0, "no-data")
    return Figure(total, coverage)
