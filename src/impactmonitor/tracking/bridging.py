"""The bridge from plan to result: what moved the realised part, step by step.

The order of the steps is fixed, and ours:

* ``timing``: the planned total of every measured line in the years in which it was measured, on
  the profile of what came of it; 0 for a line of which either total is 0;
* ``quantity``: how much started;
* ``counterfactual``: deadweight, displacement, attribution to others;
* ``unit_value``: money per unit;
* ``costs``, ``transfers``: their amounts.

Every step is the difference between two whole cases that the engine evaluates, at the plan's
rates and price year. What comes earlier is measured by then, what comes later is still the plan.
The steps therefore add up, with overlap and excess burden too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, isfinite

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.checks import TOLERANCE, Check, insist
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.model.realised import SHARES_OFF
from impactmonitor.tracking.measured_case import (
    AMOUNT,
    QUANTITY,
    UNIT_VALUE,
    Figures,
    Learned,
    as_measured,
)
from impactmonitor.tracking.parts import TOTALS, Account, Part, parts_of

STEPS = ("timing", "quantity", "counterfactual", "unit_value", "costs", "transfers")

_COSTS, _EFFECTS, _TRANSFERS = "costs.", "effects.", "transfers."


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """What one step moved in the realised part.

    Attributes
    ----------
    step : str
        One of ``STEPS``.
    totals : Mapping[str, float]
        ``costs``, ``benefits`` and ``net_present_value`` of society.
    actors : Mapping[str, Account]
        Of every actor.
    """

    step: str
    totals: Mapping[str, float]
    actors: Mapping[str, Account]

    @property
    def total(self) -> float:
        """What it moved in the net present value."""
        return self.totals["net_present_value"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A case on the way from the plan to the result."""

    figures: Figures
    learned: Learned


def on_realised_profile(
    planned: Mapping[int, float], measured: Mapping[int, float]
) -> Mapping[int, float]:
    """The planned total of some years, over those years as the measured total is.

    Parameters
    ----------
    planned : Mapping[int, float]
        By year; a year that is not there is 0.
    measured : Mapping[int, float]
        The years that were measured completely.

    Returns
    -------
    Mapping[int, float]
        For the years that were measured; the plan itself where either total is 0.

    Examples
    --------
    >>> on_realised_profile({2025: 100.0, 2026: 50.0}, {2025: 40.0, 2026: 60.0})
    {2025: 60.0, 2026: 90.0}
    >>> on_realised_profile({2025: 100.0}, {2025: 0.0})
    {2025: 100.0}
    """
    own = {year: planned.get(year, 0.0) for year in measured}
    totals = fsum(own.values()), fsum(measured.values())
    if 0.0 in totals:
        return own
    moved = {year: figure * (totals[0] / totals[1]) for year, figure in measured.items()}
    return moved if all(map(isfinite, moved.values())) else own


def stages(planned: Figures, measured: Figures, learned: Learned) -> list[Stage]:
    """The cases between plan and result, one after each step.

    Parameters
    ----------
    planned : Figures
        What the plan expects of quantities and amounts.
    measured : Figures
        What was measured completely.
    learned : Learned
        What is to be done to the rest: quantities from that step on, shares from theirs.

    Returns
    -------
    list of Stage
        As many as ``STEPS``; the last holds everything.
    """
    timed = {
        key: on_realised_profile(planned.get(key, {}), figures)
        for key, figures in measured.items()
        if key[1] in (QUANTITY, AMOUNT)
    }
    shown: dict[tuple[str, str], Mapping[int, float]] = dict(timed)
    found = [Stage(dict(shown), Learned())]
    known = Learned(rebased=learned.rebased)
    for start, names in _MEASURED_IN:
        if names == SHARES_OFF:
            known = learned
        shown |= {
            key: figures
            for key, figures in measured.items()
            if key[0].startswith(start) and key[1] in names
        }
        found.append(Stage(dict(shown), known))
    return found


_MEASURED_IN: Sequence[tuple[str, Sequence[str]]] = (
    (_EFFECTS, (QUANTITY,)),
    (_EFFECTS, SHARES_OFF),
    (_EFFECTS, (UNIT_VALUE,)),
    (_COSTS, (AMOUNT,)),
    (_TRANSFERS, (AMOUNT,)),
)


def evaluated(plan: Evaluation, catalogue: Catalogue, steps: Sequence[Stage]) -> list[Evaluation]:
    """The plan, and the case after each step; a step that changes nothing is not worked out again.

    Parameters
    ----------
    plan : Evaluation
        The case as it was planned.
    catalogue : Catalogue
        In which it was evaluated.
    steps : sequence of Stage
    """
    found, before = [plan], Stage({}, Learned())
    for stage in steps:
        if stage == before:
            found.append(found[-1])
        else:
            changed = as_measured(plan.case, stage.figures, stage.learned)
            found.append(evaluate(changed, catalogue))
        before = stage
    return found


def bridge_steps(bases: Sequence[Appraised], last_year: int) -> tuple[BridgeStep, ...]:
    """What every step moved in the realised part.

    Parameters
    ----------
    bases : sequence of Appraised
        The plan, and the case after each of ``STEPS``.
    last_year : int
        The last calendar year that has passed.

    Raises
    ------
    CheckFailed
        If the steps do not add up to 1e-9 of the sum of absolute values, in total or per actor.
    """
    known: dict[int, Part] = {}
    for one in bases:
        if id(one) not in known:
            known[id(one)] = parts_of(one, last_year).realised
    realised = [known[id(one)] for one in bases]
    moved: list[Part] = [new - old for old, new in pairwise(realised)]
    steps = tuple(
        BridgeStep(name, part.totals, part.actors) for name, part in zip(STEPS, moved, strict=True)
    )
    insist((_check(realised[0], realised[-1], steps),))
    return steps


def _check(plan: Part, result: Part, steps: Sequence[BridgeStep]) -> Check:
    """Whether the steps are the change, in every total and for every actor."""
    worst, allowed = 0.0, 0.0
    every: tuple[Part | BridgeStep, ...] = (plan, result, *steps)
    rows = [[part.totals[name] for part in every] for name in TOTALS]
    rows += [
        [getattr(part.actors[actor], column) for part in every]
        for actor in plan.actors
        for column in Account.__dataclass_fields__
    ]
    passed = True
    for old, new, *parts in rows:
        difference = abs(fsum(parts) - (new - old))
        tolerance = TOLERANCE * fsum(map(abs, (old, new, *parts)))
        passed = passed and difference <= tolerance
        worst, allowed = max(worst, difference), max(allowed, tolerance)
    return Check("bridge-of-result", passed, worst, allowed)
