"""A small local result beside what research found elsewhere: weighed, not put in its place."""

from __future__ import annotations

import math
from dataclasses import dataclass

from impactmonitor.problems import InvalidInput, Problem

ADDED_TO_EMPTY_CELLS = 0.5
FEW_EVENTS = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """A normal distribution, for ratios on the logarithmic scale.

    Attributes
    ----------
    mean, sd : float
        ``sd`` is at least 0.
    """

    mean: float
    sd: float

    def interval(self, coverage: float = 0.95) -> tuple[float, float]:
        """Bounds between which the truth lies with this chance, on the same scale.

        Examples
        --------
        >>> low, high = Spread(0.0, 1.0).interval()
        >>> round(low, 2), round(high, 2)
        (-1.96, 1.96)
        """
        width = z_of(coverage) * self.sd
        return self.mean - width, self.mean + width


@dataclass(frozen=True, slots=True)
class Shrunk(Spread):
    """What is to be expected after weighing; ``weight`` is what the local result counts for."""

    weight: float = 0.0


def z_of(coverage: float) -> float:
    """How many standard deviations on either side hold this share of a normal distribution.

    Parameters
    ----------
    coverage : float
        Above 0 and below 1.

    Examples
    --------
    >>> round(z_of(0.95), 4), round(z_of(0.9955), 3)
    (1.96, 2.841)
    """
    from statistics import NormalDist

    return NormalDist().inv_cdf((1.0 + coverage) / 2.0)


def spread_of_interval(low: float, high: float, coverage: float, is_ratio: bool) -> Spread:
    """Middle and standard deviation that a confidence interval comes from.

    Parameters
    ----------
    low, high : float
        Bounds; above 0 for a ratio.
    coverage : float
        The interval's own: 0.9955 taken for 0.95 makes the standard deviation 45 % too large.
    is_ratio : bool
        Whether it is even on the logarithmic scale.

    Returns
    -------
    Spread
        For a ratio, of its logarithm.

    Notes
    -----
    Higgins JPT et al., "Cochrane Handbook for Systematic Reviews of Interventions", chapter 6.

    Examples
    --------
    >>> round(spread_of_interval(0.71, 0.83, 0.95, is_ratio=True).sd, 4)
    0.0398
    """
    bounds = (math.log(low), math.log(high)) if is_ratio else (low, high)
    return Spread((bounds[0] + bounds[1]) / 2.0, (bounds[1] - bounds[0]) / (2.0 * z_of(coverage)))


def in_a_new_setting(card: Spread, tau: float) -> Spread:
    """What a card says about the next project, and not only about the mean of projects.

    Parameters
    ----------
    card : Spread
        Of the mean of settings.
    tau : float
        Standard deviation between settings, on the same scale.

    Examples
    --------
    >>> low, high = in_a_new_setting(Spread(-0.2614, 0.0398), 0.20).interval()
    >>> round(math.exp(low), 2), round(math.exp(high), 2)
    (0.52, 1.15)
    """
    return Spread(card.mean, math.hypot(card.sd, tau))


def shrink(local: Spread, prior: Spread) -> Shrunk:
    """A local estimate and a prior, each weighed by how precise it is.

    Parameters
    ----------
    local : Spread
        The local estimate and its standard error.
    prior : Spread
        What is to be expected in a new setting.

    Returns
    -------
    Shrunk
        ``weight`` is 1 where the prior says nothing against an exact local result.

    Notes
    -----
    The normal-normal model: Gelman A et al. (2013), "Bayesian Data Analysis", 3rd edition, 2.5.

    Examples
    --------
    >>> found = shrink(Spread(math.log(0.50), 0.45), in_a_new_setting(Spread(-0.2614, 0.0398), 0.2))
    >>> round(found.weight, 2), round(math.exp(found.mean), 2)
    (0.17, 0.72)
    """
    known, seen = prior.sd**2, local.sd**2
    weight = 1.0 if seen == 0 else known / (known + seen)
    mean = weight * local.mean + (1.0 - weight) * prior.mean
    return Shrunk(mean, math.sqrt((1.0 - weight) * known), weight)


@dataclass(frozen=True, slots=True)
class TwoGroups:
    """What was counted in a project and in a group beside it.

    Attributes
    ----------
    events, people : float
        Among those who took part; for rates ``people`` are person-years.
    control_events, control_people : float
        Among those who did not.
    """

    events: float
    people: float
    control_events: float
    control_people: float


def log_ratio(measure: str, groups: TwoGroups) -> Spread:
    """The logarithm of a ratio between two groups, and its standard error.

    Parameters
    ----------
    measure : {"RaR", "IRR", "RR", "OR"}
        Of rates, risks or odds.
    groups : TwoGroups
        Where a cell is empty, a half is added to every cell (ours to do it only then).

    Returns
    -------
    Spread

    Raises
    ------
    InvalidInput
        ``local-ratio-impossible`` for other measures, ``local-more-events`` where more people had
        the outcome than there were, ``local-no-contrast`` where everybody had it in both groups.

    Notes
    -----
    Rothman KJ, Greenland S, Lash TL (2008), "Modern Epidemiology", 3rd edition, chapter 14.

    Examples
    --------
    >>> found = log_ratio("RR", TwoGroups(12, 200, 24, 200))
    >>> round(math.exp(found.mean), 2), round(found.sd, 3)
    (0.5, 0.339)
    """
    if measure not in ("RaR", "IRR", "RR", "OR"):
        raise InvalidInput([Problem("local-ratio-impossible", params={"measure": measure})])
    a, n, c, m = groups.events, groups.people, groups.control_events, groups.control_people
    if measure in ("RaR", "IRR"):
        add = ADDED_TO_EMPTY_CELLS if 0 in (a, c) else 0.0
        a, c = a + add, c + add
        return Spread(math.log((a / n) / (c / m)), math.sqrt(1 / a + 1 / c))
    if a > n or c > m:
        raise InvalidInput([Problem("local-more-events")])
    if measure == "RR":
        return _log_risk_ratio(a, n, c, m)
    cells = (a, n - a, c, m - c)
    add = ADDED_TO_EMPTY_CELLS if 0 in cells else 0.0
    with_, without, other_with, other_without = (cell + add for cell in cells)
    spread = math.sqrt(1 / with_ + 1 / without + 1 / other_with + 1 / other_without)
    return Spread(math.log(with_ * other_without / (without * other_with)), spread)


def _log_risk_ratio(a: float, n: float, c: float, m: float) -> Spread:
    if a == n and c == m:
        raise InvalidInput([Problem("local-no-contrast")])
    if 0 in (a, c):
        a, c = a + ADDED_TO_EMPTY_CELLS, c + ADDED_TO_EMPTY_CELLS
        n, m = n + 2 * ADDED_TO_EMPTY_CELLS, m + 2 * ADDED_TO_EMPTY_CELLS
    return Spread(math.log((a / n) / (c / m)), math.sqrt(1 / a - 1 / n + 1 / c - 1 / m))
