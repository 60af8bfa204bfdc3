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
ROOT_TOLERANCE = 1e-14
PIECES = 16
_COUNT = np.arange(PIECES + 1.0)
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
    bounds = (-np.log1p(HIGHEST_RATE), -np.log1p(LOWEST_RATE))
    terms = _Terms(np.sign(amounts), np.log(np.abs(amounts)), moments - moments[0])
    roots = _roots(terms, *bounds)
    rates = tuple(sorted(float(np.expm1(-x)) for x in roots))
    if not rates:
        return InternalRate(None, "no_sign_change")
    if len(rates) > 1:
        return InternalRate(None, "several_roots", rates)
    return InternalRate(rates[0], None, rates)


@dataclass(frozen=True, slots=True)
class _Terms:
    """A sum of sign * exp(size + power * x), powers ascending from 0.

    With x = -ln(1 + i) this is the worth of flows at a rate i. Their sizes are kept as logarithms,
    so that neither a long time nor a high derivative is out of range.
    """

    signs: Array
    sizes: Array
    powers: Array

    def changes_of_sign(self) -> int:
        """How often the sign of the next term is another one."""
        return int((self.signs[1:] != self.signs[:-1]).sum())

    def slope(self) -> _Terms:
        """The derivative, divided by what its terms have in common; the first term is gone."""
        powers = self.powers[1:]
        return _Terms(self.signs[1:], self.sizes[1:] + np.log(powers), powers - powers[0])

    def absolute_at(self, x: Array) -> Array:
        """Each term at each x without its sign, in units of the largest; shape (x, terms)."""
        sizes = self.sizes + self.powers * x[:, None]
        result: Array = np.exp(sizes - sizes.max(axis=1, keepdims=True))
        return result

    def at(self, x: Array) -> tuple[Array, Array]:
        """The sum and that of the absolute terms at each x, in units of the largest term."""
        absolute = self.absolute_at(x)
        return (self.signs * absolute).sum(axis=1), absolute.sum(axis=1)

    def signs_at(self, x: Array) -> Array:
        """The sign of the sum at each x."""
        result: Array = np.sign((self.signs * self.absolute_at(x)).sum(axis=1))
        return result


def _roots(terms: _Terms, low: float, high: float) -> list[float]:
    """All roots between two bounds: between neighbouring extremes there is at most one.

    By Descartes' rule of signs there is no root without a change of sign, and at most one with
    one change. With more, the extremes are the roots of the derivative.
    """
    derivatives = [terms]
    while derivatives[-1].changes_of_sign() > 1:
        derivatives.append(derivatives[-1].slope())
    roots: list[float] = []
    for each in reversed(derivatives):
        roots = _between_extremes(each, [low, *roots, high])
    return roots


def _between_extremes(terms: _Terms, points: list[float]) -> list[float]:
    values, sizes = terms.at(np.array(points))
    is_root = np.abs(values) <= TANGENT_TOLERANCE * sizes
    is_root[[0, -1]] = False  # the bounds are no extremes, and themselves out of range
    found = []
    for i, point in enumerate(points):
        if is_root[i]:
            found.append(point)
        elif i > 0 and values[i - 1] * values[i] < 0 and not is_root[i - 1]:
            found.append(_crossing(terms, points[i - 1], point))
    return found


def _crossing(terms: _Terms, low: float, high: float) -> float:
    """The root between two points of opposite sign.

    The interval is cut in pieces again and again, all points of a round at once. A root finder of
    scipy is no quicker than to gain a tenth of a millisecond, and takes hundreds to import.
    """
    while high - low > ROOT_TOLERANCE:
        x = _COUNT * ((high - low) / PIECES) + low
        x[-1] = high  # not what rounding makes of it
        signs = terms.signs_at(x)
        is_past = signs != signs[0]
        is_past[-1] = True  # whatever rounding makes of it
        i = int(is_past.argmax())
        low, high = float(x[i - 1]), float(x[i])
    return (low + high) / 2


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
