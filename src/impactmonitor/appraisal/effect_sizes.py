"""From a size of effect to how many people or events change: one formula per kind of measure.

Every change has the sign of the outcome itself: fewer falls is below 0. Multiply by the number of
people reached, by the share that takes part and by the years to get a total.
"""

from __future__ import annotations

import math

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.model.cards import WITHOUT_EUROS, EffectMeasure
from impactmonitor.problems import InvalidInput, Problem

NEEDS_BASELINE: frozenset[EffectMeasure] = frozenset(
    {"RaR", "IRR", "RR", "OR", "HR", "PCT", "RATIO"}
)
"""Measures that say nothing without what happens otherwise."""

Figure = float | Array


def change_of_rate(rate: Figure, ratio: Figure) -> Figure:
    """Events more (or fewer) per person and year under a rate ratio.

    Parameters
    ----------
    rate : float or array
        Events per person and year without the activity, at least 0.
    ratio : float or array
        Rate with the activity divided by the rate without it, above 0.

    Notes
    -----
    Events are counted, not people: somebody may fall twice.

    Examples
    --------
    >>> round(change_of_rate(0.850, 0.77), 4)
    -0.1955
    """
    return rate * (ratio - 1.0)


def risk_after_risk_ratio(risk: Figure, ratio: Figure) -> Figure:
    """The share of people with the outcome under a risk ratio, at most 1.

    Parameters
    ----------
    risk : float or array
        Share without the activity, from 0 to 1.
    ratio : float or array
        Risk with the activity divided by the risk without it, above 0.

    Examples
    --------
    >>> round(risk_after_risk_ratio(0.124, 0.53), 4), risk_after_risk_ratio(0.6, 2.46)
    (0.0657, 1.0)
    """
    capped: Figure = np.minimum(risk * ratio, 1.0)
    return capped if isinstance(capped, np.ndarray) and capped.ndim else float(capped)


def risk_after_odds_ratio(risk: Figure, ratio: Figure) -> Figure:
    """The share of people with the outcome under an odds ratio.

    An odds ratio is no risk ratio: the two are close only where the outcome is rare.

    Parameters
    ----------
    risk : float or array
        Share without the activity, from 0 to 1; at 0 and 1 it stays what it is.
    ratio : float or array
        Odds with the activity divided by the odds without it, above 0.

    Notes
    -----
    ``ratio * risk / (1 - risk + ratio * risk)``: Zhang J, Yu KF (1998), "What's the relative
    risk?", JAMA 280(19), rearranged.

    Examples
    --------
    >>> round(1 - risk_after_odds_ratio(1 - 0.211, 1.72), 3)
    0.135
    """
    return ratio * risk / (1.0 - risk + ratio * risk)


def risk_after_hazard_ratio(risk: Figure, ratio: Figure) -> Figure:
    """The share of people with the outcome under a hazard ratio, over the same time.

    Parameters
    ----------
    risk : float or array
        Share without the activity over some time, from 0 to 1.
    ratio : float or array
        Hazard with the activity divided by the hazard without it, constant over that time.

    Notes
    -----
    ``1 - (1 - risk) ** ratio``: proportional hazards, Cox DR (1972), "Regression models and
    life-tables", JRSS B 34(2).

    Examples
    --------
    >>> round(risk_after_hazard_ratio(0.559, 0.96), 4)
    0.5443
    """
    return 1.0 - (1.0 - risk) ** ratio


def change_per_person(
    measure: EffectMeasure, effect: Figure, baseline: Figure | None = None
) -> Figure:
    """By how much the outcome changes for one person who takes part.

    Parameters
    ----------
    measure : str
        As on an effect card.
    effect : float or array
        In that measure: a ratio, a difference, percentage points or per cents.
    baseline : float or array, optional
        What happens without the activity: events per person and year for rate ratios, a share
        for risk, odds and hazard ratios, an amount for ``PCT`` (a change in per cent) and for
        ``RATIO`` (the part of a calculated amount that is really reached).

    Returns
    -------
    float or array
        People or events per person (``PP``: the points divided by 100), or units of a mean
        difference; below 0 where there are fewer.

    Raises
    ------
    InvalidInput
        ``effect-without-units`` for standardised differences, percentiles and texts;
        ``effect-needs-baseline``; ``risk-outside-0-1``.

    Examples
    --------
    >>> round(change_per_person("RR", 1.83, 0.086), 5), change_per_person("MD", -25.0)
    (0.07138, -25.0)
    """
    if measure in WITHOUT_EUROS:
        raise InvalidInput([Problem("effect-without-units", params={"measure": measure})])
    if measure == "MD":
        return effect
    if measure == "PP":
        return effect / 100.0
    if baseline is None:
        raise InvalidInput([Problem("effect-needs-baseline", params={"measure": measure})])
    if measure in _AFTER:
        _refuse_no_risk(baseline)
        return _AFTER[measure](baseline, effect) - baseline
    if measure == "PCT":
        return baseline * effect / 100.0
    if measure == "RATIO":
        return baseline * effect
    return change_of_rate(baseline, effect)


_AFTER = {
    "RR": risk_after_risk_ratio,
    "OR": risk_after_odds_ratio,
    "HR": risk_after_hazard_ratio,
}


def _refuse_no_risk(baseline: Figure) -> None:
    if not bool(np.all((np.asarray(baseline) >= 0) & (np.asarray(baseline) <= 1))):
        found = f"{float(np.asarray(baseline).max()):g}"
        raise InvalidInput([Problem("risk-outside-0-1", params={"value": found})])


def change_among(
    reach: Figure,
    per_person: Figure,
    uptake: Figure = 1.0,
    adherence: Figure = 1.0,
    years: Figure = 1.0,
) -> Figure:
    """How many people or events change among those who are reached.

    Parameters
    ----------
    reach : float or array
        People who are offered the activity.
    per_person : float or array
        From ``change_per_person``.
    uptake : float or array
        Share of them that takes part.
    adherence : float or array
        How well they keep to it *compared with the trials*: a trial has dropouts of its own.
    years : float or array
        For rates: how long. A risk has its time in it.

    Examples
    --------
    >>> round(change_among(200, change_per_person("RaR", 0.70, 0.03), uptake=0.5), 4)
    -0.9
    """
    return reach * uptake * adherence * years * per_person


def number_needed(per_person: float) -> float:
    """How many people must take part for one of them to change, for better or for worse.

    Returns
    -------
    float
        Above 0; infinite where nothing changes.

    Notes
    -----
    Laupacis A, Sackett DL, Roberts RS (1988), "An assessment of clinically useful measures of
    the consequences of treatment", NEJM 318(26).

    Examples
    --------
    >>> round(number_needed(change_per_person("RR", 0.72, 0.048)), 1)
    74.4
    """
    return math.inf if per_person == 0 else abs(1.0 / per_person)
