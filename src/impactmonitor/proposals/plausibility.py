"""The checks of plausibility: one registry, one small function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from impactmonitor.model.card_choice import choice_of
from impactmonitor.proposals.case_flags import double_counts, effects_after_costs, own_rate
from impactmonitor.proposals.checked import Flag, Unjudged
from impactmonitor.proposals.effect_flags import (
    large_unsupported,
    mostly_cash,
    net_with_deadweight,
    no_attribution,
    no_deadweight,
    no_displacement,
    no_drop_off,
)
from impactmonitor.proposals.judged import Judged
from impactmonitor.proposals.reach_flags import (
    more_helped_than_reached,
    reach_above_population,
    shares_above_one,
)
from impactmonitor.proposals.size_flags import effects_outside_card, unit_values_outside_catalogue
from impactmonitor.proposals.spreads import COST, RATIO


@dataclass(frozen=True, slots=True)
class PlausibilityCheck:
    """Something that an appraiser looks at.

    Attributes
    ----------
    id : str
        Its title, definition and question stand in the message catalogue under
        ``checking.checks.ID``.
    find : callable or None
        Given a result, what to ask; None for a check that needs the whole batch.
    thresholds : tuple of str
        The fields of `Thresholds` that it uses.
    """

    id: str
    find: Callable[[Judged], Iterator[Flag]] | None
    thresholds: tuple[str, ...] = ()


CHECKS: tuple[PlausibilityCheck, ...] = (
    PlausibilityCheck("reach-above-population", reach_above_population),
    PlausibilityCheck("more-helped-than-reached", more_helped_than_reached),
    PlausibilityCheck("share-above-one", shares_above_one),
    PlausibilityCheck(
        "no-deadweight", no_deadweight, ("least_deadweight", "other_deadweight", "large_effect")
    ),
    PlausibilityCheck("net-with-deadweight", net_with_deadweight),
    PlausibilityCheck("effect-outside-card", effects_outside_card, ("card_margin",)),
    PlausibilityCheck(
        "unit-value-outside-catalogue", unit_values_outside_catalogue, ("value_margin",)
    ),
    PlausibilityCheck("double-count", double_counts),
    PlausibilityCheck("no-drop-off", no_drop_off, ("longest_without_drop_off",)),
    PlausibilityCheck("effect-after-costs", effects_after_costs, ("years_after_costs",)),
    PlausibilityCheck("no-attribution", no_attribution),
    PlausibilityCheck("no-displacement", no_displacement),
    PlausibilityCheck("mostly-cash", mostly_cash, ("most_cashable",)),
    PlausibilityCheck("own-discount-rate", own_rate, ("rate_margin",)),
    PlausibilityCheck("large-effect-unsupported", large_unsupported, ("large_effect",)),
    PlausibilityCheck(COST, None, ("fewest_cases", "far", "far_factor")),
    PlausibilityCheck(RATIO, None, ("fewest_cases", "far", "far_factor")),
)
"""In the order in which they are asked about."""


REACH_CHECKS = frozenset({"reach-above-population", "more-helped-than-reached"})
"""What is asked about numbers of people."""


def flags_of(judged: Judged) -> list[Flag]:
    """What to ask about a case by itself, in the order of the checks."""
    return [flag for check in CHECKS if check.find is not None for flag in check.find(judged)]


def unjudged_of(judged: Judged) -> list[Unjudged]:
    """What cannot be judged about a case by itself, and why."""
    case = judged.evaluation.case
    found = []
    if case.about is None or case.about.population is None:
        found.append(Unjudged("reach-above-population", "no-population"))
    elif not judged.reaches:
        found.append(Unjudged("reach-above-population", "no-reach"))
    cards = [choice_of(one.card).id for one in case.effects.values() if one.card is not None]
    if not cards:
        found.append(Unjudged("effect-outside-card", "no-card"))
    return found
