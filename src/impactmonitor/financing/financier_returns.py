"""What a financier earns: rates of return, multiple and payback of money put in and paid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from impactmonitor.appraisal.returns import (
    InternalRate,
    internal_rate_of_return,
    payback_year,
)

Array = NDArray[np.float64]
Reason = Literal[
    "no_sign_change",
    "no_root_in_range",
    "several_roots",
    "no_time_spread",
    "nothing_put_in",
    "not_paid_back",
]


@dataclass(frozen=True, slots=True)
class InvestorReturns:
    """What a financier earns on a series of flows.

    Attributes
    ----------
    put_in, paid_out : float
        Sums of the net flows at the moments at which money goes in, and comes out; both 0 or more.
    internal_rate : InternalRate
        The rate of return with all its roots, or why there is none.
    modified_rate : float or None
        A decimal per year.
    multiple : float or None
        ``paid_out / put_in``.
    payback_year : int or None
        The first year from whose end on more has come out than went in.
    reasons : Mapping[str, str]
        Why a rate, the multiple or the payback year does not exist, by its name. An internal rate
        is looked for between -99.99 % and 1000 %.
    """

    put_in: float
    paid_out: float
    internal_rate: InternalRate
    modified_rate: float | None
    multiple: float | None
    payback_year: int | None
    reasons: Mapping[str, Reason]


def flows_by_moment(start: ArrayLike, end: ArrayLike) -> Array:
    """The net flow at each turn of the year, from flows at the start and at the end of years.

    The end of a year is the start of the next one.

    Parameters
    ----------
    start, end : array_like, shape (years,)
        What comes out of an investment is positive, what goes in is negative.

    Returns
    -------
    array, shape (years + 1,)

    Raises
    ------
    ValueError
        If the two do not have the same number of finite numbers, or have none.

    Examples
    --------
    >>> flows_by_moment([-100, 0], [5, 105]).tolist()
    [-100.0, 5.0, 105.0]
    """
    first, last = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    if first.ndim != 1 or first.shape != last.shape or not first.size:
        raise ValueError("start and end have one number for each of the same years")
    if not (np.isfinite(first).all() and np.isfinite(last).all()):
        raise ValueError("flows are finite numbers")
    flows: Array = np.append(first, 0.0) + np.insert(last, 0, 0.0)
    return flows


def deflated(flows: ArrayLike, inflation: float, since: float = 0.0) -> Array:
    """Nominal flows in the money of one year.

    Parameters
    ----------
    flows : array_like, shape (moments,)
        Nominal, a year apart.
    inflation : float
        Per year, a decimal above -1.
    since : float
        Years from the start of the price year to the first moment; negative when that is earlier.

    Returns
    -------
    array, shape (moments,)
        ``flows / (1 + inflation) ** t``.

    Examples
    --------
    >>> deflated([-100, 102], 0.02).round(9).tolist()
    [-100.0, 100.0]
    """
    nominal = np.asarray(flows, dtype=float)
    result: Array = nominal / np.power(1.0 + inflation, since + np.arange(len(nominal)))
    return result


def real_rate(nominal: float, inflation: float) -> float:
    """A rate of return without inflation (Fisher, 1930, The Theory of Interest).

    Examples
    --------
    >>> round(real_rate(0.05, 0.02), 6)
    0.029412
    """
    return (1.0 + nominal) / (1.0 + inflation) - 1.0


def multiple(flows: ArrayLike) -> float | None:
    """Money out divided by money in.

    Parameters
    ----------
    flows : array_like, shape (moments,)
        Net flow at each moment; what goes in is negative. What goes in and out at one moment
        cancels, so that money that is lent again counts once.

    Returns
    -------
    float or None
        None when nothing is put in.

    Examples
    --------
    >>> multiple([-100, 30, 120])
    1.5
    """
    found = np.asarray(flows, dtype=float)
    put_in = -found[found < 0].sum()
    return float(found[found > 0].sum() / put_in) if put_in > 0 else None


def modified_internal_rate(
    flows: ArrayLike, finance_rate: float, reinvestment_rate: float
) -> float | None:
    """The modified internal rate of return (Lin, 1976, The modified internal rate of return).

    What goes in is discounted to the first flow at the finance rate, what comes out is brought to
    the last one at the reinvestment rate; the answer is the rate at which the one grows into the
    other.

    Parameters
    ----------
    flows : array_like, shape (moments,)
        A year apart; what goes in is negative. Zeros before the first flow and after the last one
        do not count.
    finance_rate, reinvestment_rate : float
        Per year, decimals above -1.

    Returns
    -------
    float or None
        None when nothing goes in or nothing comes out.

    Examples
    --------
    >>> round(modified_internal_rate([-100, 60, 60], 0.05, 0.05), 6)
    0.109054
    """
    found = np.trim_zeros(np.asarray(flows, dtype=float))
    if not (found < 0).any() or not (found > 0).any():
        return None
    last = len(found) - 1
    moments = np.arange(len(found))
    gone_in = -(np.minimum(found, 0.0) * np.power(1.0 + finance_rate, -moments)).sum()
    come_out = (np.maximum(found, 0.0) * np.power(1.0 + reinvestment_rate, last - moments)).sum()
    return float((come_out / gone_in) ** (1.0 / last) - 1.0)


def investor_returns(
    start: ArrayLike,
    end: ArrayLike,
    first_year: int,
    finance_rate: float,
    reinvestment_rate: float,
) -> InvestorReturns:
    """Everything that a financier earns on flows at the start and at the end of years.

    Parameters
    ----------
    start, end : array_like, shape (years,)
        What the financier receives is positive, what it pays is negative. All nominal, or all in
        the money of one year.
    first_year : int
        Calendar year of the first flows.
    finance_rate, reinvestment_rate : float
        For the modified rate; nominal or real, as the flows are.

    Returns
    -------
    InvestorReturns
        What does not exist is None, with the reason.

    Examples
    --------
    >>> found = investor_returns([-100, 0, 0], [5, 5, 105], 2025, 0.03, 0.03)
    >>> round(found.internal_rate.value, 9), found.multiple, found.payback_year
    (0.05, 1.15, 2027)
    """
    flows = flows_by_moment(start, end)
    moments = [float(first_year + i) for i in range(len(flows))]
    internal = internal_rate_of_return(moments, flows.tolist())
    modified = modified_internal_rate(flows, finance_rate, reinvestment_rate)
    times = multiple(flows)
    by_year = np.asarray(start, dtype=float) + np.asarray(end, dtype=float)
    payback = None if times is None else payback_year(first_year, by_year.tolist())
    reasons: dict[str, Reason] = {}
    if internal.reason is not None:
        reasons["internal_rate"] = internal.reason
        if internal.reason == "no_sign_change" and modified is not None:
            reasons["internal_rate"] = "no_root_in_range"
    if modified is None:
        reasons["modified_rate"] = "no_sign_change"
    if times is None:
        reasons["multiple"] = "nothing_put_in"
    if payback is None:
        reasons["payback_year"] = "nothing_put_in" if times is None else "not_paid_back"
    put_in, paid_out = -flows[flows < 0].sum(), flows[flows > 0].sum()
    return InvestorReturns(
        float(put_in) + 0.0, float(paid_out), internal, modified, times, payback, reasons
    )
