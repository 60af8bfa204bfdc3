"""The factors that turn people reached into what a card changes, each an uncertain number."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.effect_sizes import NEEDS_BASELINE, change_per_person
from impactmonitor.appraisal.shrinkage import (
    Shrunk,
    Spread,
    TwoGroups,
    in_a_new_setting,
    log_ratio,
    shrink,
    z_of,
)
from impactmonitor.model.card_choice import CardChoice
from impactmonitor.model.cards import RATIO_MEASURES, TAU, EffectCard

VALUES = 40
PER_VALUE = 50
Written = float | dict[str, Any]


def change_factor(card: EffectCard, choice: CardChoice, baseline: float | None) -> Written:
    """What one unit of the baseline, or one person, is better off: above 0 for what is good.

    Parameters
    ----------
    card : EffectCard
        That has a number.
    choice : CardChoice
        With the local result, if there is one.
    baseline : float or None
        What is to be expected without the activity.

    Returns
    -------
    float or dict
        For measures with a baseline the change as a share of it, else the change per person; a
        number where the card has no confidence interval, else as it is written in a case. A
        ratio becomes equally likely values, of which the mean is the expected one.

    Notes
    -----
    Odds and hazard ratios are converted at the expected baseline; that a different baseline would
    have another ratio of risks is left out (ours).
    """
    assert card.point is not None
    sign = -1.0 if card.good == "lower" else 1.0
    spread = spread_of(card, choice)
    if spread is None:
        return sign * float(_share(card, np.array([card.point]), baseline)[0])
    if card.measure not in RATIO_MEASURES:
        unit = float(_share(card, np.array([1.0]), baseline)[0])
        return {"normal": {"mean": sign * unit * spread.mean, "sd": abs(unit) * spread.sd}}
    logarithms = spread.mean + spread.sd * _normal_quantiles()
    changes = sign * _share(card, np.exp(logarithms), baseline)
    means = np.sort(changes).reshape(VALUES, PER_VALUE).mean(axis=1)
    values = [float(f"{value:.6g}") for value in means]
    table = {"values": values, "probabilities": [1.0 / VALUES] * VALUES}
    return {"discrete": table, "central": sum(values) / VALUES}


@cache
def _normal_quantiles() -> Array:
    """Equally likely values of a standard normal variable, shape (VALUES * PER_VALUE,)."""
    fine = VALUES * PER_VALUE
    ranks = (np.arange(fine) + 0.5) / fine
    found = np.array([z_of(2.0 * abs(p - 0.5)) * np.sign(p - 0.5) for p in ranks])
    found.flags.writeable = False
    return found


def _share(card: EffectCard, effect: Array, baseline: float | None) -> Array:
    """The change as a share of the baseline, or per person where there is none."""
    if card.measure not in NEEDS_BASELINE:
        return np.asarray(change_per_person(card.measure, effect))
    assert baseline is not None
    is_opposite = card.baseline is not None and card.baseline.is_of_the_opposite
    where = 1.0 - baseline if is_opposite else baseline
    change = np.asarray(change_per_person(card.measure, effect, where))
    return change / baseline if baseline else 0.0 * change


def spread_of(card: EffectCard, choice: CardChoice) -> Spread | None:
    """What is to be expected of the effect, with the local result in it; None without interval.

    For a ratio, of its logarithm.
    """
    own = Spread(card.ours.mu, card.ours.sigma) if card.ours and card.may_be_sampled else None
    return own if choice.local is None else with_local(card, choice)


def with_local(card: EffectCard, choice: CardChoice) -> Spread:
    """The local result, weighed with the card unless the case says why not."""
    local = choice.local
    assert local is not None
    groups = TwoGroups(local.events, local.people, local.control_events, local.control_people)
    here = log_ratio(card.measure, groups)
    if choice.shrinkage is not None and not choice.shrinkage.applied:
        return here
    assert card.point is not None
    sigma = card.ours.sigma if card.ours is not None and card.may_be_sampled else 0.0
    tau = TAU if local.tau is None else local.tau
    prior = in_a_new_setting(Spread(math.log(card.point), sigma), tau)
    found: Shrunk = shrink(here, prior)
    return found
