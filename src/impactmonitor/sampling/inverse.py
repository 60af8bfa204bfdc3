"""Inverse distribution functions of uncertain numbers, cut off at the range of their place.

A point between 0 and 1 becomes a value of an input: the quantile of its distribution *within*
the range that its place allows (truncation, not clipping), the same distribution of which
``moments`` gives the expected value. Every form is registered by its type in ``INVERSES``.

Far in a tail probabilities from below are too close to 1 to be told apart; what is cut on the
left in its upper half is therefore reckoned from above.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    beta_shape,
    interval_parameters,
    lognormal_parameters,
    moments,
    pert_shape,
)

Array = NDArray[np.float64]
Quantile = Callable[[Array], Array]

BELOW_ONE = 1 - 2.0**-53
"""The last number before 1: a sum that rounds to 1 is no certainty, and no infinite value."""
ABOVE_ZERO = 1e-60
"""Where scipy 1.17 still inverts every beta distribution; below about 1e-100 it may give nan."""


@dataclass(frozen=True, slots=True)
class Inverse:
    """The inverse distribution function of an uncertain number within its range.

    Call it with probabilities, all above 0 and below 1, in an array of any shape; it gives as
    many values, never outside ``low`` and ``high``. A number without spread gives that number.

    Attributes
    ----------
    quantile : callable
        Probabilities to values, unchecked: without the look at its arguments and results.
    low, high : float
        The least and the greatest value that can come out.
    lost : float
        Probability mass outside the range, 0..1, as ``moments`` gives it.
    """

    quantile: Quantile
    low: float
    high: float
    lost: float

    def __call__(self, probabilities: ArrayLike) -> Array:
        """Values at these probabilities.

        Raises
        ------
        ValueError
            If a probability is not above 0 and below 1 (or is nan).
        """
        p = np.asarray(probabilities, dtype=float)
        if p.size and not (p.min() > 0 and p.max() < 1):
            raise ValueError("every probability lies between 0 and 1, those themselves excluded")
        return np.clip(self.quantile(p), self.low, self.high)


def inverse(distribution: Distribution, allowed: Range) -> Inverse:
    """The inverse distribution function of an uncertain number within a range.

    ``central`` plays no part: it stands for the expected value in the point estimate, and says
    nothing about the spread.

    Parameters
    ----------
    distribution : Distribution
        An uncertain number as it was written.
    allowed : Range
        What its place in the case takes. An open lower bound itself never comes out.

    Returns
    -------
    Inverse
        A function of probabilities that knows the mass that was cut off.

    Raises
    ------
    ValueError
        If nothing of the distribution is left within the range (a mass below 1e-12).

    Notes
    -----
    A quantile u of the truncated distribution is the quantile F(low) + u (F(high) - F(low)) of
    the whole one (Devroye, 1986, *Non-Uniform Random Variate Generation*, II.2, page 27 on, and
    III.2, page 85 on, for discrete numbers). PERT with weight 4: Malcolm
    and others (1959), *Operations Research* 7(5), 646-669. Counts: the beta distribution that
    Jeffreys' prior gives (Brown, Cai and DasGupta, 2001, *Statistical Science* 16(2), 101-133).

    Examples
    --------
    >>> triangle = inverse(Triangular(triangular=(0, 2, 4)), Range())
    >>> triangle([0.125, 0.5, 0.875])
    array([1., 2., 3.])
    >>> above = inverse(Uniform(uniform=(-1, 3)), Range(low=0))
    >>> above.lost, above([0.5])
    (0.25, array([1.5]))
    """
    lost = moments(distribution, allowed).lost
    if lost == 1:
        raise ValueError(f"nothing of this {distribution.kind} lies within {allowed}")
    quantile, low, high = INVERSES[type(distribution)](distribution, allowed)
    least = math.nextafter(allowed.low, math.inf) if allowed.is_open else allowed.low
    return Inverse(quantile, max(low, least), min(high, allowed.high), lost)


Found = tuple[Quantile, float, float]
"""A quantile function, and the bounds of the distribution before anything is cut off."""


def _certain(value: float) -> Found:
    return (lambda p: np.full(p.shape, value)), value, value


def _normal_scores(low: float, high: float) -> Quantile:
    """Quantiles of a standard normal number between two bounds."""
    from scipy.special import ndtr, ndtri

    if low > -high:  # the longer tail is on the right
        mirrored = _normal_scores(-high, -low)
        return lambda p: -mirrored(1 - p)
    if low == -math.inf and high == math.inf:
        return lambda p: np.asarray(ndtri(p))
    start = float(ndtr(low))
    mass = float(ndtr(high)) - start
    return lambda p: np.asarray(ndtri(np.minimum(start + p * mass, BELOW_ONE)))


def _normal_between(mean: float, sd: float, allowed: Range) -> Found:
    if sd == 0:
        return _certain(mean)
    scores = _normal_scores((allowed.low - mean) / sd, (allowed.high - mean) / sd)
    return (lambda p: mean + sd * scores(p)), -math.inf, math.inf


def _lognormal_between(mu: float, sigma: float, allowed: Range) -> Found:
    if sigma == 0:
        return _certain(math.exp(mu))
    low = (math.log(allowed.low) - mu) / sigma if allowed.low > 0 else -math.inf
    scores = _normal_scores(low, (math.log(allowed.high) - mu) / sigma)
    return (lambda p: np.exp(mu + sigma * scores(p))), 0.0, math.inf


def _normal(distribution: Normal, allowed: Range) -> Found:
    return _normal_between(distribution.normal.mean, distribution.normal.sd, allowed)


def _lognormal(distribution: Lognormal, allowed: Range) -> Found:
    return _lognormal_between(*lognormal_parameters(distribution), allowed)


def _interval(distribution: Interval, allowed: Range) -> Found:
    is_log, middle, spread = interval_parameters(distribution)
    return (_lognormal_between if is_log else _normal_between)(middle, spread, allowed)


def _uniform(distribution: Uniform, allowed: Range) -> Found:
    low, high = distribution.uniform
    if low == high:
        return _certain(low)
    left, right = max(low, allowed.low), min(high, allowed.high)
    return (lambda p: left + p * (right - left)), left, right


def _triangular(distribution: Triangular, allowed: Range) -> Found:
    low, mode, high = distribution.triangular
    if low == high:
        return _certain(low)
    left, right = max(low, allowed.low), min(high, allowed.high)
    share = (mode - low) / (high - low)
    rising, falling = (high - low) * (mode - low), (high - low) * (high - mode)

    def below(x: float) -> float:
        return (x - low) ** 2 / rising if x < mode else 1 - above(x)

    def above(x: float) -> float:
        return (high - x) ** 2 / falling if x > mode else 1 - below(x) if x < mode else 1 - share

    start, rest = below(left), above(right)
    # a difference of tails loses the least where both are taken from the nearer end
    mass = above(left) - rest if left >= mode else below(right) - start

    def quantile(p: Array) -> Array:
        left_of_mode = low + np.sqrt((start + p * mass) * rising)
        right_of_mode = high - np.sqrt((rest + (1 - p) * mass) * falling)
        return np.where(start + p * mass < share, np.minimum(left_of_mode, mode), right_of_mode)

    return quantile, low, high


def _pert(distribution: Pert, allowed: Range) -> Found:
    low, _, high = distribution.pert
    if low == high:
        return _certain(low)
    width = high - low
    inner = Range((allowed.low - low) / width, (allowed.high - low) / width)
    shares = _beta_between(*pert_shape(distribution), inner)[0]
    return (lambda p: low + width * shares(p)), low, high


def _beta(distribution: Beta, allowed: Range) -> Found:
    if distribution.beta.sd == 0:
        return _certain(distribution.beta.mean)
    return _beta_between(*beta_shape(distribution), allowed)


def _counts(distribution: Counts, allowed: Range) -> Found:
    given = distribution.counts
    return _beta_between(given.events + 0.5, given.n - given.events + 0.5, allowed)


def _beta_between(a: float, b: float, allowed: Range) -> Found:
    from scipy.special import betainc, betaincc, betainccinv, betaincinv

    low, high = max(0.0, allowed.low), min(1.0, allowed.high)
    start, mass = float(betainc(a, b, low)), float(betainc(a, b, high) - betainc(a, b, low))
    if start > 0.5:
        rest = float(betaincc(a, b, high))
        mass = float(betaincc(a, b, low)) - rest
        return (lambda p: np.asarray(betainccinv(a, b, _inner(rest + (1 - p) * mass)))), 0.0, 1.0
    return (lambda p: np.asarray(betaincinv(a, b, _inner(start + p * mass)))), 0.0, 1.0


def _inner(probabilities: Array) -> Array:
    return np.clip(probabilities, ABOVE_ZERO, BELOW_ONE)


def _discrete(distribution: Discrete, allowed: Range) -> Found:
    table = zip(distribution.discrete.values, distribution.discrete.probabilities, strict=True)
    kept = sorted((v, p) for v, p in table if allowed.contains(v) and p > 0)
    values = np.array([v for v, _ in kept])
    rising = np.cumsum([p for _, p in kept])
    steps = rising[:-1] / rising[-1]  # above the last step comes the last value
    return (lambda p: values[np.searchsorted(steps, p)]), float(values[0]), float(values[-1])


INVERSES: dict[type[Distribution], Callable[[Any, Range], Found]] = {
    Pert: _pert,
    Triangular: _triangular,
    Uniform: _uniform,
    Normal: _normal,
    Lognormal: _lognormal,
    Beta: _beta,
    Discrete: _discrete,
    Interval: _interval,
    Counts: _counts,
}
"""By type of distribution: its parameters and range to a quantile function and its bounds."""
