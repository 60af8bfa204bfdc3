"""Many cases at once: their programs laid end to end, their numbers drawn together.

A case of its own costs some hundred calls of numpy before the first number is drawn. Laid end to
end, a batch of cases costs hardly more calls than one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index
from impactmonitor.appraisal.ledger import run
from impactmonitor.appraisal.program import lay_end_to_end
from impactmonitor.sampling.draws import Draws, Variable
from impactmonitor.uncertainty.blocks import RANDOMISATIONS, blocks_of, draws_of
from impactmonitor.uncertainty.models import Model, timing_bounds
from impactmonitor.uncertainty.results import Spread, by_party
from impactmonitor.uncertainty.running import Sampling
from impactmonitor.uncertainty.tally import Tally

AT_ONCE = 8
"""Cases that are laid end to end: enough to make numpy's calls cheap, few enough for a cache."""


def spreads_of(
    models: Sequence[Model], sampling: Sampling, at_once: int = AT_ONCE
) -> Iterator[dict[str, Spread]]:
    """Distributions of net and cash of the parties of many cases.

    Parameters
    ----------
    models : sequence of Model
        The cases; no two with the same id. A number that several share is drawn once.
    sampling : Sampling
        Which draws.
    at_once : int
        How many cases are laid end to end; no number depends on it, but for rounding.

    Yields
    ------
    dict of str to Spread
        By party, one case after the other, with the numbers that ``run_model`` gives.
    """
    for start in range(0, len(models), at_once):
        yield from _batch(models[start : start + at_once], sampling)


@dataclass(frozen=True)
class _Numbers:
    """The inputs of some cases, those that they share only once.

    Attributes
    ----------
    variables : tuple of Variable
        What is drawn.
    rows : array of int, shape (inputs of all cases,)
        Which of them each input is.
    """

    variables: tuple[Variable, ...]
    rows: Index

    @classmethod
    def of(cls, models: Sequence[Model]) -> _Numbers:
        places: dict[str, int] = {}
        variables, rows = list[Variable](), list[int]()
        for variable in (one for model in models for one in model.variables):
            key = variable.coordinate.key
            if key not in places:
                places[key] = len(variables)
                variables.append(variable)
            rows.append(places[key])
        return cls(tuple(variables), np.array(rows, dtype=np.intp))

    @property
    def are_shared(self) -> bool:
        """Whether any number is that of more than one case."""
        return len(self.variables) < len(self.rows)


def _batch(models: Sequence[Model], sampling: Sampling) -> list[dict[str, Spread]]:
    joined = lay_end_to_end([model.compiled.program for model in models])
    inputs = [one for model in models for one in model.compiled.inputs]
    present_values = joined.present_values.interpolated(*timing_bounds(joined, inputs))
    numbers = _Numbers.of(models)
    correlated = {copula.keys: copula for model in models for copula in model.correlated}
    each = sampling.draws // RANDOMISATIONS
    draws = Draws(sampling.seed, numbers.variables, each, sampling.method, RANDOMISATIONS,
                  correlated.values())  # fmt: skip
    sizes = [2 * len(model.compiled.parties) for model in models]

    def results(values: Array) -> Array:
        with np.errstate(all="ignore"):
            return _results(models, run(joined, values, present_values).present, values)

    centre = results(np.concatenate([model.compiled.expected() for model in models]))[:, 0]
    tally = Tally(np.where(np.isfinite(centre), centre, 0.0), RANDOMISATIONS, sampling.draws)
    for pieces, drawn in draws_of(draws, blocks_of(sampling.draws), len(numbers.variables)):
        values = drawn[numbers.rows] if numbers.are_shared else drawn
        tally.add(results(values), [(piece.randomisation, piece.size) for piece in pieces])
    found = tally.summaries()
    ends = [*accumulate(sizes)]
    return [
        by_party(model.compiled.parties, found[end - size : end])
        for model, size, end in zip(models, sizes, ends, strict=True)
    ]


def _results(models: Sequence[Model], present: Array, values: Array) -> Array:
    """Net and cash of the parties, one case after the other."""
    found, line, place = [], 0, 0
    for model in models:
        own = present[line : line + len(model.compiled.lines)]
        cash = model.cash @ own
        if len(model.cash_line):
            shares = values[place + model.cash_input]
            cash += model.cash_share @ (own[model.cash_line] * shares)
        found += [model.net @ own, cash]
        line += len(model.compiled.lines)
        place += len(model.variables)
    return np.concatenate(found)
