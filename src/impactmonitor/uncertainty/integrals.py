"""Integrals over the distribution of one uncertain number, within its range.

The double exponential rule of Takahasi and Mori (1974), *Double exponential formulas for numerical
integration*, Publ. RIMS 9, 721-741: its points crowd at the ends of an interval, where densities
and their inverses bend. Normal and lognormal numbers are integrated over their scores, so that no
far tail is lost; uniform and triangular ones over their values; beta distributions over
probabilities. Discrete numbers are added up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.model.numbers import (
    Discrete,
    Distribution,
    Interval,
    Lognormal,
    Normal,
    Range,
    Triangular,
    Uniform,
)
from impactmonitor.sampling.inverse import BELOW_ONE, inverse
from impactmonitor.sampling.moments import interval_parameters, lognormal_parameters

_REACH, _STEPS = 3.2, 32
_FURTHEST, _WIDEST = 9.0, 6.5
"""Beyond a score of 9 nothing is left of a normal density; a panel is at most 6.5 wide."""


class Rule(NamedTuple):
    """Where to look at a function of a number, and what each place counts for.

    Attributes
    ----------
    values : array, shape (points,)
        Values of the number.
    weights : array, shape (points,)
        Adding up to 1.
    coarse : array, shape (points,)
        The same for every other point alone, and 0 for the rest: an integral that this does not
        change much has an error near the square of that change.
    """

    values: Array
    weights: Array
    coarse: Array


def rule(distribution: Distribution, allowed: Range) -> Rule:
    """Points and weights for integrals over a distribution within a range.

    Parameters
    ----------
    distribution : Distribution
        Of which something is left within the range.
    allowed : Range
        What its place takes; the distribution is cut off there.

    Returns
    -------
    Rule
        Means of smooth functions are good to 1e-10 of the size of the function, those of a
        lognormal number up to its fourth power; to 1e-6 for a beta distribution with a parameter
        below 0.05. A number without spread has one point.

    Examples
    --------
    >>> found = rule(Lognormal.model_validate({"lognormal": {"median": 1, "p95": 10}}), Range())
    >>> sigma = math.log(10) / 1.6448536269514722
    >>> abs(float(found.weights @ found.values**2) / math.exp(2 * sigma**2) - 1) < 1e-10
    True
    """
    return _RULES.get(type(distribution), _of_probabilities)(distribution, allowed)


def _of_probabilities(distribution: Distribution, allowed: Range) -> Rule:
    found = inverse(distribution, allowed)
    if found.low == found.high:
        return _certain(found.low)
    places, weights, coarse = _points()
    values = found(np.clip(places, np.finfo(float).tiny, BELOW_ONE))
    return Rule(values, weights / weights.sum(), coarse / coarse.sum())


def _discrete(distribution: Discrete, allowed: Range) -> Rule:
    table = distribution.discrete
    both = zip(table.values, table.probabilities, strict=True)
    values, shares = np.array([one for one in both if allowed.contains(one[0])]).T
    return Rule(values, shares / shares.sum(), shares / shares.sum())


def _certain(value: float) -> Rule:
    return Rule(np.array([value]), np.ones(1), np.ones(1))


@cache
def _points() -> tuple[Array, Array, Array]:
    """Places between 0 and 1, their weights, and the weights of every other place alone."""
    steps = np.arange(-_STEPS, _STEPS + 1)
    at = np.pi * np.sinh(steps * (_REACH / _STEPS))
    places = 1 / (1 + np.exp(-at))
    weights = np.cosh(steps * (_REACH / _STEPS)) * places / (1 + np.exp(at))
    return places, weights, np.where(steps % 2 == 0, weights, 0.0)


def _panels(edges: Sequence[float]) -> tuple[Array, Array, Array]:
    """The same over a few panels, one after the other."""
    places, weights, coarse = _points()
    panels = [(low, high - low) for low, high in pairwise(edges)]
    return (
        np.concatenate([low + width * places for low, width in panels]),
        np.concatenate([width * weights for _, width in panels]),
        np.concatenate([width * coarse for _, width in panels]),
    )


def _of_scores(is_log: bool, mean: float, sd: float, allowed: Range) -> Rule:
    """Of a normal number or of one whose logarithm is normal; far enough for its fourth power."""
    if sd == 0:
        return _certain(math.exp(mean) if is_log else mean)
    low, high = allowed.low, allowed.high
    if is_log:
        low, high = math.log(low) if low > 0 else -math.inf, math.log(high)
    low, high = (low - mean) / sd, (high - mean) / sd
    begin = max(low, min(high, 0.0) - _FURTHEST)
    end = min(high, max(low, 0.0) + _FURTHEST + (4 * sd if is_log else 0.0))
    edges = np.linspace(begin, end, math.ceil((end - begin) / _WIDEST) + 1)
    scores, weights, coarse = _panels(edges.tolist())
    density = np.exp(-0.5 * scores**2)
    values = mean + sd * scores
    return _weighted(np.exp(values) if is_log else values, density, weights, coarse)


def _of_values(corners: Sequence[float], allowed: Range) -> Rule:
    """Of a uniform number, from its bounds, or of a triangular one, from low, mode and high."""
    low, mode, high = corners[0], corners[1], corners[-1]
    left, right = max(low, allowed.low), min(high, allowed.high)
    if left >= right:
        return _certain(left)
    values, weights, coarse = _panels([left, *([mode] if left < mode < right else []), right])
    if len(corners) == 2:
        return _weighted(values, np.ones(len(values)), weights, coarse)
    rising, falling = (values - low) / (mode - low or 1.0), (high - values) / (high - mode or 1.0)
    return _weighted(values, np.where(values < mode, rising, falling), weights, coarse)


def _weighted(values: Array, density: Array, weights: Array, coarse: Array) -> Rule:
    both = (part * density for part in (weights, coarse))
    return Rule(values, *(part / part.sum() for part in both))


_RULES: dict[type[Distribution], Callable[[Any, Range], Rule]] = {
    Discrete: _discrete,
    Normal: lambda d, allowed: _of_scores(False, d.normal.mean, d.normal.sd, allowed),
    Lognormal: lambda d, allowed: _of_scores(True, *lognormal_parameters(d), allowed),
    Interval: lambda d, allowed: _of_scores(*interval_parameters(d), allowed),
    Uniform: lambda d, allowed: _of_values(d.uniform, allowed),
    Triangular: lambda d, allowed: _of_values(d.triangular, allowed),
}
"""By type of distribution; those that are not named go by their probabilities."""
