"""Between which numbers the draws of an uncertain number lie, without its quantiles."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

from impactmonitor.model.numbers import (
    Beta,
    Counts,
    Discrete,
    Distribution,
    Interval,
    Lognormal,
    Normal,
    Pert,
    Range,
    Triangular,
    Uniform,
)
from impactmonitor.sampling.moments import (
    exponential,
    interval_parameters,
    lognormal_parameters,
)

SCORES = 6.5
"""Beyond so many standard deviations lies less than 2**-34 on either side: no draw comes there."""
SCORES_WHEN_CUT = 10.0
"""The same where only a 1e-12th of a distribution need be left."""

Ends = tuple[float, float]


def bounds(distribution: Distribution, allowed: Range) -> Ends:
    """The least and the greatest number that can be drawn.

    Parameters
    ----------
    distribution : Distribution
        An uncertain number as it was written.
    allowed : Range
        What its place takes; the distribution is cut off there.

    Returns
    -------
    low, high : float
        Finite; no draw lies outside, though none need come near.

    Examples
    --------
    >>> bounds(Pert(pert=(150, 200, 240)), Range(low=160))
    (160, 240.0)
    >>> bounds(Normal(normal={"mean": 1, "sd": 0.1}), Range())
    (0.35, 1.65)
    """
    low, high = _ENDS[type(distribution)](distribution, SCORES)
    if allowed.low > low or allowed.high < high:
        low, high = _ENDS[type(distribution)](distribution, SCORES_WHEN_CUT)
    return max(low, allowed.low), min(high, allowed.high)


def _of_normal(mean: float, sd: float, scores: float) -> Ends:
    return mean - scores * sd, mean + scores * sd


def _of_logarithm(mean: float, sd: float, scores: float) -> Ends:
    low, high = _of_normal(mean, sd, scores)
    return math.exp(low), min(exponential(high), sys.float_info.max)


def _normal(distribution: Normal, scores: float) -> Ends:
    return _of_normal(distribution.normal.mean, distribution.normal.sd, scores)


def _lognormal(distribution: Lognormal, scores: float) -> Ends:
    return _of_logarithm(*lognormal_parameters(distribution), scores)


def _interval(distribution: Interval, scores: float) -> Ends:
    is_log, mean, sd = interval_parameters(distribution)
    return (_of_logarithm if is_log else _of_normal)(mean, sd, scores)


def _beta(distribution: Beta, _: float) -> Ends:
    given = distribution.beta
    return (given.mean, given.mean) if given.sd == 0 else (0.0, 1.0)


def _discrete(distribution: Discrete, _: float) -> Ends:
    return min(distribution.discrete.values), max(distribution.discrete.values)


_ENDS: dict[type[Distribution], Callable[[Any, float], Ends]] = {
    Pert: lambda d, _: (d.pert[0], d.pert[2]),
    Triangular: lambda d, _: (d.triangular[0], d.triangular[2]),
    Uniform: lambda d, _: (d.uniform[0], d.uniform[1]),
    Normal: _normal,
    Lognormal: _lognormal,
    Interval: _interval,
    Beta: _beta,
    Counts: lambda _, __: (0.0, 1.0),
    Discrete: _discrete,
}
"""The ends of each type of distribution, or numbers beyond which it has nothing to speak of."""
