"""Expected values and modes of uncertain numbers, cut off at the range of their place.

Truncation keeps the shape inside the range and loses what is outside: the expected value is
that of the truncated distribution. Closed forms throughout; scipy is asked for the incomplete
beta function only where a beta shape is really cut.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from statistics import NormalDist
from typing import Any, NamedTuple

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

_STANDARD = NormalDist()
MINIMUM_MASS = 1e-12
_LARGEST_POWER = 709.0


class Moments(NamedTuple):
    """What the point estimate needs of an uncertain number.

    Attributes
    ----------
    expected : float
        Mean of the truncated distribution, nan when nothing is left of it.
    mode : float
        Most likely value within the range; the mean where the distribution has no inner mode.
    lost : float
        Probability mass outside the range, 0..1.
    """

    expected: float
    mode: float
    lost: float


def moments(distribution: Distribution, allowed: Range) -> Moments:
    """Expected value, mode and lost mass of a distribution within a range.

    ``central``, where it is given, stands for both the expected value and the mode.

    Parameters
    ----------
    distribution : Distribution
        An uncertain number as it was written.
    allowed : Range
        What its place in the case takes.

    Examples
    --------
    >>> moments(Pert(pert=(150, 200, 240)), Range()).expected
    198.33333333333334
    >>> halved = moments(Pert(pert=(-2, 0, 2)), Range(low=0))
    >>> round(halved.lost, 6), halved.mode
    (0.5, 0.0)
    """
    found = _MOMENTS[type(distribution)](distribution, allowed)
    if distribution.central is None:
        return found
    return Moments(distribution.central, distribution.central, found.lost)


def _certain(value: float, allowed: Range) -> Moments:
    inside = allowed.contains(value)
    return Moments(value, value, 0.0) if inside else Moments(math.nan, math.nan, 1.0)


def _clip(value: float, allowed: Range) -> float:
    return min(max(value, allowed.low), allowed.high)


@cache
def z_value(probability: float) -> float:
    """The standard normal quantile.

    Examples
    --------
    >>> round(z_value(0.95), 6)
    1.644854
    """
    return _STANDARD.inv_cdf(probability)


def _normal_mass(low: float, high: float) -> float:
    """Probability of a standard normal number between two bounds, exact in the tails."""
    if low > 0:
        low, high = -high, -low
    return 0.5 * (math.erfc(-high / math.sqrt(2)) - math.erfc(-low / math.sqrt(2)))


def _density(z: float) -> float:
    return math.exp(-0.5 * z * z) / math.sqrt(2 * math.pi) if math.isfinite(z) else 0.0


def _normal_between(mean: float, sd: float, allowed: Range) -> Moments:
    if sd == 0:
        return _certain(mean, allowed)
    low, high = (allowed.low - mean) / sd, (allowed.high - mean) / sd
    mass = _normal_mass(low, high)
    if mass < MINIMUM_MASS:
        return Moments(math.nan, math.nan, 1.0)
    expected = mean + sd * (_density(low) - _density(high)) / mass
    return Moments(expected, _clip(mean, allowed), max(0.0, 1 - mass))


def exponential(power: float) -> float:
    """Raise e to this power, infinite where that is more than a computer can hold."""
    return math.exp(power) if power < _LARGEST_POWER else math.inf


def _lognormal_between(mu: float, sigma: float, allowed: Range) -> Moments:
    if sigma == 0:
        return _certain(math.exp(mu), allowed)
    low = (math.log(allowed.low) - mu) / sigma if allowed.low > 0 else -math.inf
    high = (math.log(allowed.high) - mu) / sigma if allowed.high > 0 else -math.inf
    mass = _normal_mass(low, high)
    if mass < MINIMUM_MASS:
        return Moments(math.nan, math.nan, 1.0)
    scale = exponential(mu + sigma * sigma / 2)
    expected = scale * _normal_mass(low - sigma, high - sigma) / mass
    return Moments(expected, _clip(math.exp(mu - sigma * sigma), allowed), max(0.0, 1 - mass))


def _normal(distribution: Normal, allowed: Range) -> Moments:
    return _normal_between(distribution.normal.mean, distribution.normal.sd, allowed)


def lognormal_parameters(distribution: Lognormal) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm."""
    q = distribution.lognormal
    if q.median is not None:
        mu = math.log(q.median)
        return mu, (math.log(q.p95) - mu) / z_value(0.95)
    low, high = math.log(q.p05 or 0.0), math.log(q.p95)  # the record holds one of the two
    return (low + high) / 2, (high - low) / (2 * z_value(0.95))


def _lognormal(distribution: Lognormal, allowed: Range) -> Moments:
    return _lognormal_between(*lognormal_parameters(distribution), allowed)


def interval_parameters(distribution: Interval) -> tuple[bool, float, float]:
    """Whether an interval is that of a logarithm, and mean and standard deviation of what it is."""
    given = distribution.interval
    z = 2 * z_value((1 + given.coverage) / 2)
    is_log = given.low > 0
    low, high = (math.log(given.low), math.log(given.high)) if is_log else (given.low, given.high)
    return is_log, (low + high) / 2, (high - low) / z


def _interval(distribution: Interval, allowed: Range) -> Moments:
    is_log, middle, spread = interval_parameters(distribution)
    return (_lognormal_between if is_log else _normal_between)(middle, spread, allowed)


def _uniform(distribution: Uniform, allowed: Range) -> Moments:
    low, high = distribution.uniform
    if low == high:
        return _certain(low, allowed)
    inner_low, inner_high = max(low, allowed.low), min(high, allowed.high)
    if inner_high <= inner_low:
        return Moments(math.nan, math.nan, 1.0)
    middle = (inner_low + inner_high) / 2
    return Moments(middle, middle, 1 - (inner_high - inner_low) / (high - low))


def _discrete(distribution: Discrete, allowed: Range) -> Moments:
    table = zip(distribution.discrete.values, distribution.discrete.probabilities, strict=True)
    kept = [(v, p) for v, p in table if allowed.contains(v) and p > 0]
    mass = math.fsum(p for _, p in kept)
    if mass < MINIMUM_MASS:
        return Moments(math.nan, math.nan, 1.0)
    chances: dict[float, float] = {}
    for value, probability in kept:
        chances[value] = chances.get(value, 0.0) + probability
    mode = min(chances, key=lambda v: (-chances[v], v))
    total = math.fsum(distribution.discrete.probabilities)
    expected = math.fsum(v * p for v, p in kept) / mass
    return Moments(expected, mode, max(0.0, 1 - mass / total))


def _triangular(distribution: Triangular, allowed: Range) -> Moments:
    low, mode, high = distribution.triangular
    if low == high:
        return _certain(low, allowed)
    if allowed.contains(low) and allowed.contains(high):
        return Moments((low + mode + high) / 3, mode, 0.0)
    left, right = max(low, allowed.low), min(high, allowed.high)
    rising = _ramp(min(left, mode) - low, min(right, mode) - low, mode - low)
    falling = _ramp(high - max(right, mode), high - max(left, mode), high - mode)
    share = (mode - low) / (high - low)
    mass = rising[0] * share + falling[0] * (1 - share)
    if right <= left or mass < MINIMUM_MASS:
        return Moments(math.nan, math.nan, 1.0)
    first = share * (low * rising[0] + rising[1])
    second = (1 - share) * (high * falling[0] - falling[1])
    return Moments((first + second) / mass, _clip(mode, allowed), 1 - mass)


def _ramp(start: float, end: float, width: float) -> tuple[float, float]:
    """Mass and first moment between two points of a density that rises from 0 over a width."""
    if width <= 0:
        return 0.0, 0.0
    mass = (end**2 - start**2) / width**2
    return mass, 2 * (end**3 - start**3) / (3 * width**2)


def pert_shape(distribution: Pert) -> tuple[float, float]:
    """The two shape parameters of a PERT distribution.

    Examples
    --------
    >>> pert_shape(Pert(pert=(0, 5, 10)))
    (3.0, 3.0)
    """
    low, mode, high = distribution.pert
    rise = 4 * (mode - low) / (high - low)
    return 1 + rise, 5 - rise


def _pert(distribution: Pert, allowed: Range) -> Moments:
    low, mode, high = distribution.pert
    if low == high:
        return _certain(low, allowed)
    if allowed.contains(low) and allowed.contains(high):
        return Moments((low + 4 * mode + high) / 6, mode, 0.0)
    width = high - low
    inner = Range((allowed.low - low) / width, (allowed.high - low) / width)
    cut = _beta_between(*pert_shape(distribution), inner)
    return Moments(low + width * cut.expected, _clip(mode, allowed), cut.lost)


def beta_shape(distribution: Beta) -> tuple[float, float]:
    """The two shape parameters of a beta distribution given by mean and standard deviation."""
    mean, sd = distribution.beta.mean, distribution.beta.sd
    weight = mean * (1 - mean) / sd**2 - 1
    return mean * weight, (1 - mean) * weight


def _beta(distribution: Beta, allowed: Range) -> Moments:
    if distribution.beta.sd == 0:
        return _certain(distribution.beta.mean, allowed)
    return _beta_between(*beta_shape(distribution), allowed)


def _counts(distribution: Counts, allowed: Range) -> Moments:
    given = distribution.counts
    return _beta_between(given.events + 0.5, given.n - given.events + 0.5, allowed)


def _beta_between(a: float, b: float, allowed: Range) -> Moments:
    expected, lost = a / (a + b), 0.0
    if allowed.low > 0 or allowed.high < 1:
        from scipy.special import betainc  # rarely needed, and slow to import

        low, high = max(0.0, allowed.low), min(1.0, allowed.high)
        mass = float(betainc(a, b, high) - betainc(a, b, low)) if low < high else 0.0
        if mass < MINIMUM_MASS:
            return Moments(math.nan, math.nan, 1.0)
        expected *= float(betainc(a + 1, b, high) - betainc(a + 1, b, low)) / mass
        lost = max(0.0, 1 - mass)
    has_mode = a > 1 and b > 1
    mode = _clip((a - 1) / (a + b - 2), allowed) if has_mode else expected
    return Moments(expected, mode, lost)


_MOMENTS: dict[type[Distribution], Callable[[Any, Range], Moments]] = {
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
