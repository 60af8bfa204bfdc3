"""What every uncertain number does to the result, and what rate and horizon do."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from impactmonitor.evaluation.result import Evaluation
from impactmonitor.model.case import SOCIETY
from impactmonitor.uncertainty.indices import indices_of
from impactmonitor.uncertainty.models import Model
from impactmonitor.uncertainty.over_time import switching_horizon, switching_rate
from impactmonitor.uncertainty.results import (
    DecisionResult,
    Exact,
    InputResult,
    Turning,
    TwoWay,
)
from impactmonitor.uncertainty.running import Sampling
from impactmonitor.uncertainty.sensitivity import switching_values, tornado, two_way

MOST_SAMPLED = 8192
"""So many draws at most for sampled indices: each costs a part of a run for every input."""


def inputs_of(
    evaluation: Evaluation,
    model: Model,
    sampling: Sampling,
    exact: Exact | None,
    decisions: Mapping[str, DecisionResult],
) -> dict[str, InputResult]:
    """What every uncertain number of a case does to its results, by path."""
    inputs = model.compiled.inputs
    if not inputs:
        return {}
    parties = model.compiled.parties
    payers = evaluation.payers
    with np.errstate(all="ignore"):
        swings = tornado(model)
        rows = [parties.index(SOCIETY), *(parties.index(name) for name in payers)]
        switching = switching_values(model, rows)
    draws = min(sampling.draws, MOST_SAMPLED)
    sampled = indices_of(model, model.net[-1], sampling.seed, draws)
    first, total = sampled if exact is None else (exact.first_order, exact.total)
    worth = decisions[SOCIETY].inputs
    return {
        one.path: InputResult(
            float(swings.low[i]),
            one.expected,
            float(swings.high[i]),
            (float(swings.net[i, 0]), float(swings.net[i, 1])),
            _number(switching[0, i]),
            {name: _number(switching[j, i]) for j, name in enumerate(payers, 1)},
            float(first.get(one.path, 0.0)),
            float(total.get(one.path, 0.0)),
            float(sampled[0].get(one.path, 0.0)),
            float(sampled[1].get(one.path, 0.0)),
            worth[one.path],
        )
        for i, one in enumerate(inputs)
    }


def two_way_of(model: Model, found: Mapping[str, InputResult]) -> TwoWay | None:
    """The result for combinations of the two inputs with the largest total index."""
    paths = [one.path for one in model.compiled.inputs]
    mattering = sorted((p for p in paths if found[p].total > 0), key=lambda p: -found[p].total)
    if len(mattering) < 2:
        return None
    first, second = mattering[:2]
    grid = two_way(model, paths.index(first), paths.index(second))
    return TwoWay(first, second, grid.first, grid.second, grid.net)


def turning_of(evaluation: Evaluation) -> dict[str, Turning]:
    """At which rate and horizon the result changes its sign, for society and all who pay."""
    parties = evaluation.appraised.compiled.parties
    return {
        name: Turning(
            switching_rate(evaluation, parties.index(name)),
            switching_horizon(evaluation, parties.index(name)),
        )
        for name in (SOCIETY, *evaluation.payers)
    }


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
