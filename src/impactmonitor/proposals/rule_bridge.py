"""The bridge from what a case claims to what it is levelled to, rule by rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from impactmonitor.appraisal.bridge import bridge
from impactmonitor.appraisal.steps import STEPS
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.record import FrozenDict
from impactmonitor.proposals.levelled import Rule

BRIDGED = ("costs", "benefits", "net_present_value")
SHARED = ("costs", "benefits", "transfers", "net", "cash_net")


@dataclass(frozen=True, slots=True)
class RuleStep:
    """What one rule moved.

    Attributes
    ----------
    totals : Mapping[str, float]
        In costs, benefits and net present value of society.
    steps : Mapping[str, float]
        The net present value taken apart by what moved: quantity, price, rate, method and so on.
    actors : Mapping[str, Mapping[str, float]]
        By actor of the case, in costs, benefits, transfers, net and cash.
    """

    totals: Mapping[str, float]
    steps: Mapping[str, float]
    actors: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class RuleBridge:
    """From one result of a case to another in the order of the rules; it adds up.

    Attributes
    ----------
    start, end : Mapping[str, float]
        Costs, benefits and net present value before the first and after the last rule.
    start_of_actors, end_of_actors : Mapping[str, Mapping[str, float]]
        The same by actor.
    rules : Mapping[str, RuleStep]
        In the order in which they were applied.
    """

    start: Mapping[str, float]
    end: Mapping[str, float]
    start_of_actors: Mapping[str, Mapping[str, float]]
    end_of_actors: Mapping[str, Mapping[str, float]]
    rules: Mapping[Rule, RuleStep]


def rule_bridge(
    stages: Sequence[Evaluation], rules: Sequence[Rule], scale: float = 1.0
) -> RuleBridge:
    """What every rule moved between results of one case.

    Parameters
    ----------
    stages : sequence of Evaluation
        Before the first rule, and after each of them.
    rules : sequence of str
        In their order, one fewer than the stages.
    scale : float
        What every amount is multiplied by.

    Returns
    -------
    RuleBridge

    Raises
    ------
    ValueError
        If there is not one result more than there are rules.
    CheckFailed
        If a step does not add up.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "warm-homes" / "case.yaml")
    >>> shorter = case.model_copy(update={"horizon": 10})
    >>> found = rule_bridge([evaluate(case), evaluate(shorter)], ["horizon"])
    >>> moved = found.rules["horizon"].totals["benefits"]
    >>> abs(found.start["benefits"] + moved - found.end["benefits"]) < 1e-6
    True
    """
    if len(stages) != len(rules) + 1:
        raise ValueError("there is one result before the first rule and one after each")
    moved = {
        rule: _step(old, new, scale)
        for rule, old, new in zip(rules, stages, stages[1:], strict=False)
    }
    return RuleBridge(
        _totals(stages[0], scale),
        _totals(stages[-1], scale),
        _actors(stages[0], scale),
        _actors(stages[-1], scale),
        FrozenDict(moved),
    )


def _step(old: Evaluation, new: Evaluation, scale: float) -> RuleStep:
    if new is old:
        nothing = {name: dict.fromkeys(SHARED, 0.0) for name in old.by_actor}
        return RuleStep(dict.fromkeys(BRIDGED, 0.0), dict.fromkeys(STEPS, 0.0), nothing)
    found = bridge(old, new)
    totals = {name: scale * sum(found.by_step[step][name] for step in STEPS) for name in BRIDGED}
    steps = {step: scale * found.by_step[step]["net_present_value"] for step in STEPS}
    by_actor = (scale * found.shared.sum(axis=(0, 2))).tolist()
    actors = {
        name: dict(zip(SHARED, row, strict=True))
        for name, row in zip(found.actors, by_actor, strict=True)
    }
    return RuleStep(FrozenDict(totals), FrozenDict(steps), FrozenDict(actors))


def _totals(evaluation: Evaluation, scale: float) -> dict[str, float]:
    return {name: scale * evaluation.amount(name) for name in BRIDGED}


def _actors(evaluation: Evaluation, scale: float) -> dict[str, dict[str, float]]:
    return {
        name: {column: scale * float(getattr(party, column)) for column in SHARED}
        for name, party in evaluation.by_actor.items()
    }
