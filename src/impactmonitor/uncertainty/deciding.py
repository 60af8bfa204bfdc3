"""Decisions under uncertainty: which option is best, what it may cost, what is worth measuring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index
from impactmonitor.evaluation.result import Evaluation
from impactmonitor.model.case import NOTHING, SOCIETY, THE_CASE, Case, Decision
from impactmonitor.uncertainty.decisions import Choice, Conditioning, expected_loss
from impactmonitor.uncertainty.results import DecisionResult, Measurement


@dataclass(frozen=True)
class Drawn:
    """What the decisions rest on: draws that all options share.

    Attributes
    ----------
    parties : tuple of str
        Names of the rows of ``net``.
    net : mapping from str to array of shape (parties, draws)
        By option; ``nothing`` is 0 and not among them.
    paths : tuple of str
        Uncertain numbers of the case and its alternatives.
    inputs : array, shape (paths, draws)
        Their values.
    """

    parties: tuple[str, ...]
    net: Mapping[str, Array]
    paths: tuple[str, ...]
    inputs: Array


def decisions_of(evaluation: Evaluation, own: Mapping[str, Decision]) -> dict[str, Decision]:
    """The decisions about a case.

    One by society between the case, its alternatives and doing nothing, one by every actor that
    pays for the case, and those that the case names itself.

    Parameters
    ----------
    evaluation : Evaluation
        Of the case, or of the case in a scenario.
    own : mapping from str to Decision
        What the case names; left out are those of a party that a scenario takes away.
    """
    options = (THE_CASE, *evaluation.alternatives, NOTHING)
    found = {by: Decision(options=options, by=by) for by in (SOCIETY, *evaluation.payers)}
    parties = evaluation.appraised.compiled.parties
    return found | {name: one for name, one in own.items() if one.by in parties}


def decided(
    decisions: Mapping[str, Decision], drawn: Drawn, case: Case
) -> dict[str, DecisionResult]:
    """What each decision comes to."""
    conditionings = [Conditioning(row) for row in drawn.inputs]
    groups = groups_of(case, drawn.paths)
    of_indicators = {
        name: conditionings[rows[0]] if len(rows) == 1 else Conditioning(drawn.inputs[rows].T)
        for name, rows in groups.items()
    }
    found = {}
    for name, decision in decisions.items():
        row = drawn.parties.index(decision.by)
        none = np.zeros(drawn.inputs.shape[1])
        net = np.stack(
            [drawn.net[o][row] if o != NOTHING else none for o in decision.options], axis=1
        )
        choice = Choice(net)
        found[name] = DecisionResult(
            decision.by,
            decision.options,
            decision.scale,
            expected=_named(decision.options, net.mean(axis=0)),
            probability_best=_named(decision.options, _is_best(net).mean(axis=0)),
            expected_loss=_named(decision.options, expected_loss(net)),
            best=decision.options[int(net.mean(axis=0).argmax())],
            evpi=float(choice.everything),
            inputs={
                path: float(one.worth(choice).value)
                for path, one in zip(drawn.paths, conditionings, strict=True)
            },
            indicators={i: float(one.worth(choice).value) for i, one in of_indicators.items()},
        )
    return found


def _named(options: Sequence[str], numbers: Array) -> dict[str, float]:
    return dict(zip(options, numbers.tolist(), strict=True))


def _is_best(net: Array) -> Array:
    """Whether an option is the best of a draw; equal ones share it."""
    best = net == net.max(axis=1, keepdims=True)
    result: Array = best / best.sum(axis=1, keepdims=True)
    return result


def groups_of(case: Case, paths: Sequence[str]) -> dict[str, Index]:
    """Which inputs speak of each indicator: rows of ``paths``.

    They are the parameters that name it, and the quantities and factors of effects that name it.
    """
    groups: dict[str, list[int]] = {}
    for row, path in enumerate(paths):
        kind, _, rest = path.partition(".")
        name, _, field = rest.partition(".")
        indicator = None
        if kind == "parameters" and name in case.parameters:
            indicator = case.parameters[name].indicator
        elif kind == "effects" and name in case.effects:
            is_amount = field.partition(".")[0] in ("quantity", "factors")
            indicator = case.effects[name].indicator if is_amount else None
        if indicator is not None:
            groups.setdefault(indicator, []).append(row)
    return {name: np.array(rows, dtype=np.intp) for name, rows in groups.items()}


def measurements(
    case: Case,
    decisions: Mapping[str, DecisionResult],
    named: Iterable[str],
    paths: Sequence[str],
) -> tuple[Measurement, ...]:
    """What is worth measuring before deciding, the most valuable first.

    Parameters
    ----------
    case : Case
        Says what measuring costs.
    decisions : mapping from str to DecisionResult
        From ``decided``.
    named : iterable of str
        Those that the case names itself: they count; without any, that of society.
    paths : sequence of str
        The uncertain numbers.
    """
    own = {name: decisions[name] for name in named if name in decisions}
    counted = own or {SOCIETY: decisions[SOCIETY]}
    groups = groups_of(case, paths)
    inside = {int(row) for rows in groups.values() for row in rows}
    found = [
        _measurement(counted, name, None, [paths[row] for row in rows], case)
        for name, rows in groups.items()
    ]
    found += [
        _measurement(counted, None, path, [path], case)
        for row, path in enumerate(paths)
        if row not in inside
    ]
    worthwhile = [one for one in found if one.value > 0]
    return tuple(sorted(worthwhile, key=lambda one: -one.value))


def _measurement(
    decisions: Mapping[str, DecisionResult],
    indicator: str | None,
    path: str | None,
    paths: Iterable[str],
    case: Case,
) -> Measurement:
    worth = {
        name: d.scale * (d.inputs[path] if path is not None else d.indicators[indicator or ""])
        for name, d in decisions.items()
    }
    decision = max(worth, key=lambda name: worth[name])
    cost = _cost(case, paths)
    return Measurement(indicator, path, decision, worth[decision] - (cost or 0.0), cost)


def _cost(case: Case, paths: Iterable[str]) -> float | None:
    """What measuring these inputs costs together, where that is said of any."""
    names = [path.partition(".")[2] for path in paths if path.startswith("parameters.")]
    costs = [case.parameters[name].measuring_cost for name in names if name in case.parameters]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known else None
