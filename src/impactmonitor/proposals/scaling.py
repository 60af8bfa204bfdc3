"""An uncertain number with another expected value and the same relative spread."""

from __future__ import annotations

from impactmonitor.model.numbers import (
    Beta,
    Counts,
    Discrete,
    DiscreteTable,
    Distribution,
    ExpertRange,
    Interval,
    Lognormal,
    LognormalQuantiles,
    MeanSd,
    Normal,
    Pert,
    Range,
    Triangular,
    Uniform,
)
from impactmonitor.sampling.moments import moments

EXACT = 1e-9
"""Relative difference from the wanted expected value up to which a scaled number has it."""


def with_expected(distribution: Distribution, expected: float, allowed: Range) -> Distribution:
    """An uncertain number scaled so that it has another expected value.

    Parameters
    ----------
    distribution : Distribution
        As it was written.
    expected : float
        Wanted, of the sign of the one that it has.
    allowed : Range
        What its place takes; what lies outside is cut off.

    Returns
    -------
    Distribution
        Of the same form with every bound, mean and standard deviation multiplied by one number; a
        measured share becomes a beta distribution.

    Raises
    ------
    ValueError
        If there is no such number: the expected value is 0 or of the other sign, or so much of
        what is scaled lies outside the range that its expected value is another one.

    Examples
    --------
    >>> from impactmonitor.model.numbers import SHARE
    >>> with_expected(Pert(pert=(0, 0.25, 0.5)), 0.5, SHARE).pert
    (0.0, 0.5, 1.0)
    >>> with_expected(Pert(pert=(0, 0.5, 1)), 0.9, SHARE)
    Traceback (most recent call last):
    ValueError: it cannot be scaled to 0.9
    """
    found = moments(distribution, allowed)
    by = expected / found.expected if found.expected else 0.0
    if by > 0:
        scaled = _scaled(distribution, by)
        again = None if scaled is None else moments(scaled, allowed).expected
        is_exact = again is not None and abs(again - expected) <= EXACT * abs(expected)
        if scaled is not None and is_exact:
            return scaled
    raise ValueError(f"it cannot be scaled to {expected:g}")


def _scaled(one: Distribution, by: float) -> Distribution | None:
    """All that a distribution is made of, times a number above 0; None where that is impossible."""
    found = _scaled_bounds(one, by) or _scaled_share(one, by)
    central = None if one.central is None else one.central * by
    return None if found is None else found.model_copy(update={"central": central})


def _scaled_bounds(one: Distribution, by: float) -> Distribution | None:
    """A distribution without bounds of its own on what it may be."""
    made: Distribution | None = None
    if isinstance(one, Pert):
        low, middle, high = (by * x for x in one.pert)
        made = Pert(pert=(low, middle, high))
    elif isinstance(one, Triangular):
        low, middle, high = (by * x for x in one.triangular)
        made = Triangular(triangular=(low, middle, high))
    elif isinstance(one, Uniform):
        made = Uniform(uniform=(by * one.uniform[0], by * one.uniform[1]))
    elif isinstance(one, Normal):
        made = Normal(normal=_times(one.normal, by))
    elif isinstance(one, Lognormal):
        given = one.lognormal.model_dump(exclude_none=True)
        scaled = {name: by * quantile for name, quantile in given.items()}
        made = Lognormal(lognormal=LognormalQuantiles(**scaled))
    elif isinstance(one, Discrete):
        values = tuple(by * x for x in one.discrete.values)
        table = DiscreteTable(values=values, probabilities=one.discrete.probabilities)
        made = Discrete(discrete=table)
    elif isinstance(one, Interval):
        given_range = one.interval
        ends = {"low": by * given_range.low, "high": by * given_range.high}
        made = Interval(interval=ExpertRange(**ends, coverage=given_range.coverage))
    return made


def _scaled_share(one: Distribution, by: float) -> Beta | None:
    """A share as a beta distribution, whose bounds 0 and 1 stay where they are."""
    if isinstance(one, Counts):
        a, b = one.counts.events + 0.5, one.counts.n - one.counts.events + 0.5
        mean = a / (a + b)
        sd = (mean * (1 - mean) / (a + b + 1)) ** 0.5
    elif isinstance(one, Beta):
        mean, sd = one.beta.mean, one.beta.sd
    else:
        return None
    mean, sd = by * mean, by * sd
    if mean >= 1 or sd * sd >= mean * (1 - mean):
        return None
    return Beta(beta=MeanSd(mean=mean, sd=sd))


def _times(one: MeanSd, by: float) -> MeanSd:
    return MeanSd(mean=by * one.mean, sd=by * one.sd)
