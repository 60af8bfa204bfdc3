"""Sobol' indices from draws: for any model, and for any function of points.

The share of the variance that would vanish if an input were known (first order), and the share
that would remain if only that input were not (total). Two independent sets of draws, A and B; and
for every input A once more, with that input from B: Saltelli and others (2010), *Variance based
sensitivity analysis of model output*, Computer Physics Communications 181, 259-270, for the first
order; Jansen (1999), *Analysis of variance designs for model output*, Computer Physics
Communications 117, 35-43, for the total. What A and B have in common by chance would blur the
inputs that matter most; it serves as a control variate. Independent randomisations tell how
precise both are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.sampling.inverse import BELOW_ONE, inverse
from impactmonitor.sampling.points import Coordinate, QuasiRandom
from impactmonitor.sampling.streams import random_words
from impactmonitor.uncertainty.blocks import BLOCK, RANDOMISATIONS
from impactmonitor.uncertainty.models import Model
from impactmonitor.uncertainty.responses import Base, Part, Response


@dataclass(frozen=True, slots=True)
class Indices:
    """Sobol' indices as they were estimated: noise may bring them below 0 or above 1.

    Attributes
    ----------
    first_order, total : array, shape (inputs,)
        Shares of the variance; nan where the result does not vary.
    first_order_error, total_error : array, shape (inputs,)
        Their standard errors.
    """

    first_order: Array
    total: Array
    first_order_error: Array
    total_error: Array


def sobol_indices(
    function: Callable[[Array], Array], inputs: int, draws: int, seed: int
) -> Indices:
    """Sobol' indices of a function of independent points.

    Parameters
    ----------
    function : callable
        From points above 0 and below 1, shape (inputs, draws), to results, shape (draws,). A
        function of other numbers first makes them of the points, by their inverse distribution
        functions.
    inputs : int
        At most 128 are spread evenly together.
    draws : int
        Of each of the two sets; the function is asked for ``inputs + 2`` times as many. A power
        of two, at least 16, is spread best.
    seed : int
        Any integer.

    Returns
    -------
    Indices

    Examples
    --------
    >>> found = sobol_indices(lambda x: 3 * x[0] + 4 * x[1], inputs=2, draws=4096, seed=1)
    >>> found.first_order.round(2).tolist(), found.total.round(2).tolist()
    ([0.36, 0.64], [0.36, 0.64])
    """
    coordinates = [Coordinate(f"input {one}", "inputs", one) for one in range(2 * inputs)]
    sums = _Sums(inputs)
    each = _each(draws)
    source = QuasiRandom(seed, coordinates, each)
    for randomisation in range(RANDOMISATIONS):
        points = source.randomised(randomisation)
        for start in range(0, each, BLOCK):
            both = points.at(start, min(BLOCK, each - start))
            a, b = both[:inputs], both[inputs:]
            before = function(a)
            changes = _exchanged(function, a, b, before)
            sums.add(randomisation, before, function(b), changes)
    return sums.indices()


def _each(draws: int) -> int:
    if draws < RANDOMISATIONS or draws % RANDOMISATIONS:
        raise ValueError(f"the number of draws is a multiple of {RANDOMISATIONS}, not {draws}")
    return draws // RANDOMISATIONS


def _exchanged(
    function: Callable[[Array], Array], a: Array, b: Array, before: Array
) -> Iterator[tuple[int, Array, Array]]:
    """By input what changes if it is taken from the other draws."""
    for one in range(len(a)):
        changed = a.copy()
        changed[one] = b[one]
        change = function(changed) - before
        yield one, change, change


def indices_of(
    model: Model, weights: Array, seed: int, draws: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Sobol' indices of a weighted sum of present values, for any model.

    Parameters
    ----------
    model : Model
    weights : array, shape (lines,)
        What one unit of money of each line counts for: a row of ``model.net``.
    seed : int
        That of the simulation: A are its own draws.
    draws : int
        Of each of the two sets; a multiple of the number of randomisations.

    Returns
    -------
    first_order, total : dict from str to float
        By path, 0 or more; empty where the result does not vary, nan where a draw has no value.

    Notes
    -----
    For an input that is correlated with others, the first order is what would vanish of the
    variance if it were known, and the others therefore known a little; the total is what would
    remain if all others were known. The total can then be the smaller of the two. Within a
    Gaussian copula both follow from scores: Kucherenko, Tarantola and Annoni (2012), *Estimation
    of global sensitivity indices for models with dependent variables*, Computer Physics
    Communications 183, 937-946.

    Only lines that an input has a part in are worked out anew.
    """
    sums = _Sums(len(model.variables))
    each = _each(draws)
    exchange = _Exchange(model, weights)
    with np.errstate(all="ignore"):
        # randomisations of one seed only differ by a move: A and B have each a seed of their own
        a, b = (_Drawn(model, each_seed, each) for each_seed in (seed, _other(seed)))
        for randomisation in range(RANDOMISATIONS):
            for start in range(0, each, BLOCK):
                count = min(BLOCK, each - start)
                first, second = (one.at(start, count, randomisation) for one in (a, b))
                base, other = (exchange.response.base(one.values) for one in (first, second))
                changes = exchange.changes(first, second, base)
                sums.add(randomisation, base.result, other.result, changes)
        found = sums.indices()
    if not sums.of_inputs.any():
        return {}, {}
    paths = [one.path for one in model.compiled.inputs]
    first_order, total = (
        dict(zip(paths, np.maximum(one, 0.0).tolist(), strict=True))
        for one in (found.first_order, found.total)
    )
    return first_order, total


@dataclass
class _Sums:
    """What is added up over the draws, by randomisation.

    ``single`` holds the number of results, their sum, their sum of squares, and twice the sum of
    a x b; ``of_inputs`` the sums of b x change, of change, and of the square of the change for
    the total.
    """

    inputs: int
    centre: float | None = None
    single: Array = field(default_factory=lambda: np.zeros((4, RANDOMISATIONS)))
    of_inputs: Array = field(init=False)

    def __post_init__(self) -> None:
        self.of_inputs = np.zeros((3, self.inputs, RANDOMISATIONS))

    def add(
        self, randomisation: int, a: Array, b: Array, changes: Iterable[tuple[int, Array, Array]]
    ) -> None:
        """Add a block: results for A and B, and by input the changes of those for A."""
        if self.centre is None:
            self.centre = float(a[0])
        a, b = a - self.centre, b - self.centre
        for one in (a, b):
            self.single[:, randomisation] += np.array([len(one), one.sum(), one @ one, a @ b])
        for place, of_first, of_total in changes:
            sums = [b @ of_first, of_first.sum(), of_total @ of_total]
            self.of_inputs[:, place, randomisation] += np.array(sums)

    def variance(self) -> float:
        """Of all results together."""
        count, total, squares, _ = self.single.sum(axis=1)
        return float(squares / count - (total / count) ** 2)

    def indices(self) -> Indices:
        """Shares of the variance, with errors that count that of the variance too."""
        count, total, squares, products = self.single
        mean, variance = total.sum() / count.sum(), self.variance() or np.nan
        level = mean**2 - 2 * mean * total / count
        variances, by_chance = squares / count + level, products / count + level
        crossed, plain, changed = 2 * self.of_inputs / count
        crossed, changed = crossed - mean * plain, changed / 2
        first, whole = (parts.mean(axis=1) / variance for parts in (crossed, changed))
        crossed, changed = (
            parts + share[:, None] * by_chance
            for parts, share in ((crossed, whole), (changed, first))
        )
        first, whole = (parts.mean(axis=1) / variance for parts in (crossed, changed))
        rest = [crossed - first[:, None] * variances, changed - whole[:, None] * variances]
        return Indices(first, whole, *(_error(one / variance) for one in rest))


def _error(deviations: Array) -> Array:
    """Standard errors of means, from how much the randomisations differ."""
    return np.asarray(deviations.std(axis=1, ddof=1) / np.sqrt(RANDOMISATIONS))


class _Block(NamedTuple):
    """Values of the inputs, and by copula the normal scores of its inputs; columns are draws."""

    values: Array
    scores: list[Array]


def _other(seed: int) -> int:
    """Another seed, which has nothing to do with this one."""
    return int(random_words(seed, 0, "exchange", ["indices"])[0])


class _Drawn:
    """Draws of a model, with the scores behind those inputs that are correlated."""

    def __init__(self, model: Model, seed: int, count: int) -> None:
        self._draws = model.draws(seed, count, "sobol", RANDOMISATIONS)
        self._copulas = model.correlated
        of_key = {one.coordinate.key: one.coordinate for one in model.variables}
        self._points = [
            QuasiRandom(seed, [of_key[key] for key in copula.keys], count)
            for copula in self._copulas
        ]

    def at(self, start: int, count: int, randomisation: int = 0) -> _Block:
        """Some draws from ``start`` on."""
        from scipy.special import ndtri

        scores = []
        for copula, source in zip(self._copulas, self._points, strict=True):
            points = source.randomised(randomisation).at(start, count)
            copula.apply(points, {key: row for row, key in enumerate(copula.keys)})
            scores.append(np.asarray(ndtri(points)))
        return _Block(self._draws.at(start, count, randomisation=randomisation), scores)


class _Exchange:
    """What changes when an input, and what is known by it, is taken from other draws."""

    def __init__(self, model: Model, weights: Array) -> None:
        self.response = Response(model, weights)
        rows = {one.coordinate.key: row for row, one in enumerate(model.variables)}
        self._together = [[rows[key] for key in copula.keys] for copula in model.correlated]
        self._normal = [copula.factor @ copula.factor.T for copula in model.correlated]
        self._of_copula = [self.response.part(members) for members in self._together]
        self._of_input = [self.response.part([row]) for row in range(len(model.variables))]
        within = {row for members in self._together for row in members}
        self._apart = [row for row in range(len(model.variables)) if row not in within]
        self._inverse = {
            row: inverse(model.variables[row].distribution, model.variables[row].allowed)
            for row in within
        }

    def changes(self, a: _Block, b: _Block, base: Base) -> Iterator[tuple[int, Array, Array]]:
        """By input the change for the first order, and that for the total."""
        for row in self._apart:
            change = self._change(self._of_input[row], a, base, {row: b.values[row]})
            yield row, change, change
        for nth, members in enumerate(self._together):
            mine, other, normal = a.scores[nth], b.scores[nth], self._normal[nth]
            for place, row in enumerate(members):
                moved = mine + normal[:, place, None] * (other[place] - mine[place])
                known = {one: self._values(one, s) for one, s in zip(members, moved, strict=True)}
                rest = np.arange(len(members)) != place
                weights = np.linalg.pinv(normal[np.ix_(rest, rest)]) @ normal[rest, place]
                alone = other[place] + weights @ (mine[rest] - other[rest])
                yield (
                    row,
                    self._change(self._of_copula[nth], a, base, known),
                    self._change(self._of_input[row], a, base, {row: self._values(row, alone)}),
                )

    def _values(self, row: int, scores: Array) -> Array:
        from scipy.special import ndtr

        return self._inverse[row](np.clip(ndtr(scores), np.finfo(float).tiny, BELOW_ONE))

    def _change(self, part: Part, a: _Block, base: Base, changed: dict[int, Array]) -> Array:
        """The change of the result when some rows are other ones; they are put back after."""
        before = {row: a.values[row].copy() for row in changed}
        for row, values in changed.items():
            a.values[row] = values
        change = self.response.change(part, a.values, base)
        for row, values in before.items():
            a.values[row] = values
        return change
