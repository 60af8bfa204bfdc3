"""Rates of return and payback of a series of net flows.

A stated rule for every case in which a spreadsheet would silently pick a number: all real roots
are found, and several roots are no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from impactmonitor.appraisal.arrays import Array

Reason = Literal["no_sign_change", "several_roots", "no_time_spread"]
LOWEST_RATE, HIGHEST_RATE = -0.9999, 10.0
TANGENT_TOLERANCE = 1e-12
PAYBACK_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class InternalRate:
    """An internal rate of return, or why there is none.

    Attributes
    ----------
    value : float or None
        The only root in (-99.99 %, 1000 %), a decimal.
    reason : str or None
        ``no_sign_change``, ``several_roots`` or ``no_time_spread`` when there is no value.
    roots : tuple of float
        All roots, ascending.
    """

    value: float | None
    reason: Reason | None
    roots: tuple[float, ...] = ()


def internal_rate_of_return(times: Sequence[float], flows: Sequence[float]) -> InternalRate:
    """All rates at which the flows are worth nothing together.

    Parameters
    ----------
    times : sequence of float
        Moments in years after the start of the base year, ascending, each once.
    flows : sequence of float
        Net flow at each moment, costs negative.

    Returns
    -------
    InternalRate

    Examples
    --------
    >>> internal_rate_of_return([0, 1], [-100, 110]).value.__round__(12)
    0.1
    >>> result = internal_rate_of_return([0, 1, 2, 3, 4], [-50, -100, 600, 300, -100])
    >>> result.value, result.reason, [round(r, 3) for r in result.roots]
    (None, 'several_roots', [-0.769, 1.854])
    """
    present = [(t, f) for t, f in zip(times, flows, strict=True) if f != 0]
    if not present:
        return InternalRate(None, "no_sign_change")
    if len(present) == 1:
        return InternalRate(None, "no_time_spread")
    moments = np.array([t for t, _ in present])
    amounts = np.array([f for _, f in present])
    # in v = 1 / (1 + i) the flows are a polynomial; x = ln v keeps high powers in range
    bounds = (-np.log1p(HIGHEST_RATE), -np.log1p(LOWEST_RATE))
    roots = _roots(amounts, moments - moments[0], *bounds)
    rates = tuple(sorted(float(np.expm1(-x)) for x in roots))
    if not rates:
        return InternalRate(None, "no_sign_change")
    if len(rates) > 1:
        return InternalRate(None, "several_roots", rates)
    return InternalRate(rates[0], None, rates)


def _scaled(amounts: Array, powers: Array, x: float) -> tuple[float, float]:
    """Sum of amount * exp(power * x) and of its absolute terms, in units of the largest term."""
    sizes = np.log(np.abs(amounts)) + powers * x
    terms = np.sign(amounts) * np.exp(sizes - sizes.max())
    return float(terms.sum()), float(np.abs(terms).sum())


def _roots(amounts: Array, powers: Array, low: float, high: float) -> list[float]:
    """All roots between two bounds: between neighbouring extremes there is at most one.

    By Descartes' rule of signs there is no root without a change of sign, and at most one with
    one change. With more, the extremes are the roots of the derivative, whose first term is gone.
    """
    signs = np.sign(amounts)
    changes = int((signs[1:] != signs[:-1]).sum())
    if changes == 0:
        return []
    extremes: list[float] = []
    if changes > 1:
        slopes, exponents = (amounts * powers)[1:], powers[1:]
        extremes = _roots(slopes, exponents - exponents[0], low, high)
    return _between_extremes(amounts, powers, [low, *extremes, high])


def _between_extremes(amounts: Array, powers: Array, points: list[float]) -> list[float]:
    from scipy.optimize import brentq

    values = [_scaled(amounts, powers, x) for x in points]
    found: list[float] = []
    for i, (x, (value, size)) in enumerate(zip(points, values, strict=True)):
        is_inner = 0 < i < len(points) - 1
        if is_inner and abs(value) <= TANGENT_TOLERANCE * size:
            found.append(x)
        if i == 0:
            continue
        before, size_before = values[i - 1]
        is_touching = any(
            abs(v) <= TANGENT_TOLERANCE * s and 0 < j < len(points) - 1
            for j, v, s in ((i - 1, before, size_before), (i, value, size))
        )
        if before * value < 0 and not is_touching:
            root = brentq(
                lambda x: _scaled(amounts, powers, x)[0], points[i - 1], x, xtol=1e-14, rtol=1e-14
            )
            found.append(float(root))
    return found


def modified_rate_of_return(
    present: Sequence[float], last_factor: float, last_time: float
) -> float | None:
    """The rate at which the costs would have to grow to reach the gains.

    Parameters
    ----------
    present : sequence of float
        Present value of each moment, the sum of its lines at their own class.
    last_factor : float
        Standard discount factor at the last moment.
    last_time : float
        The last moment with a flow, in years after the start of the base year.

    Returns
    -------
    float or None
        ``((gains / D(T)) / |costs|) ** (1 / T) - 1``; None without both signs or when T is 0.

    Examples
    --------
    >>> round(modified_rate_of_return([-100.0, 110 / 1.05], 1 / 1.05, 1.0), 10)
    0.1
    """
    gains = sum(p for p in present if p > 0)
    losses = -sum(p for p in present if p < 0)
    if gains <= 0 or losses <= 0 or last_time <= 0:
        return None
    return float((gains / last_factor / losses) ** (1 / last_time) - 1)


def payback_year(first_year: int, net: Sequence[float]) -> int | None:
    """The first year from which the cumulative net result stays at or above 0 to the end.

    Parameters
    ----------
    first_year : int
        Year of the first flow.
    net : sequence of float
        Net flow of each year.

    Returns
    -------
    int or None
        The first year itself if the sum is never below 0, None if it ends below 0. A shortfall
        within 1e-9 of the largest cumulative amount counts as 0.

    Examples
    --------
    >>> payback_year(2025, [-100.0, 60.0, 60.0])
    2027
    """
    cumulative = np.cumsum(net)
    tolerance = PAYBACK_TOLERANCE * float(np.abs(cumulative).max(initial=0.0))
    below = np.flatnonzero(cumulative < -tolerance)
    if below.size == 0:
        return first_year
    last_below = int(below[-1])
    return None if last_below == len(cumulative) - 1 else first_year + last_below + 1
