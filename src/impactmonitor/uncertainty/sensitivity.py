"""What the net present value becomes when inputs have other values, and where it turns.

One input is changed at a time, or two, while all others stay at their point estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index
from impactmonitor.uncertainty.models import Model
from impactmonitor.uncertainty.one_at_a_time import net_of_parties, quantiles
from impactmonitor.uncertainty.roots import ROUNDING, nearest_roots

LOW, HIGH = 0.05, 0.95
"""Quantiles of an input that stand for low and high."""
LOWEST, HIGHEST = 0.001, 0.999
"""Between these quantiles of an input a switching value is looked for."""
POINTS = 64
"""So many values at equal distances, and as many at equal probabilities, are looked at first."""
SOCIETY = -1


class Tornado(NamedTuple):
    """The result when one input is low or high.

    Attributes
    ----------
    low, high : array, shape (inputs,)
        The 5th and the 95th percentile of each input.
    net : array, shape (inputs, 2)
        Society's net present value with the input there, all others at their point estimate.
    """

    low: Array
    high: Array
    net: Array


class Grid(NamedTuple):
    """The result for combinations of two inputs.

    Attributes
    ----------
    first, second : array, shape (points,)
        Values of both inputs, rising.
    net : array, shape (points, points)
        Society's net present value by value of the first (rows) and of the second (columns),
        all other inputs at their point estimate.
    """

    first: Array
    second: Array
    net: Array


def tornado(model: Model) -> Tornado:
    """Society's net present value with each input at its 5th and 95th percentile.

    Parameters
    ----------
    model : Model

    Returns
    -------
    Tornado
        A discrete input takes the values that occur at those percentiles.
    """
    values = quantiles(model, [LOW, HIGH])
    which = np.repeat(np.arange(len(values)), 2)
    net, _ = net_of_parties(model.exactly(), [SOCIETY], which, values.ravel())
    low, high = values.T
    return Tornado(low, high, net.reshape(-1, 2))


def two_way(model: Model, first: int, second: int, points: int = 9) -> Grid:
    """Society's net present value for combinations of two inputs.

    Parameters
    ----------
    model : Model
    first, second : int
        Two different inputs of the model, by place.
    points : int
        How many values each input takes, at equal distances from its 5th to its 95th
        percentile; of a discrete input also values that do not occur.

    Returns
    -------
    Grid

    Raises
    ------
    ValueError
        If both inputs are the same one.
    """
    if first == second:
        raise ValueError("two inputs are needed, and both are the same one")
    low, high = quantiles(model, [LOW, HIGH]).T
    rows, columns = (np.linspace(low[one], high[one], points) for one in (first, second))
    inputs = np.repeat(model.compiled.expected(), points * points, axis=1)
    inputs[first], inputs[second] = np.repeat(rows, points), np.tile(columns, points)
    with np.errstate(all="ignore"):  # what overflows is not finite
        net = model.exactly().outcome(inputs).net[SOCIETY]
    return Grid(rows, columns, net.reshape(points, points))


def switching_values(model: Model, parties: Sequence[int]) -> Array:
    """Where the net present value of a party is 0, as a function of one input at a time.

    Parameters
    ----------
    model : Model
    parties : sequence of int
        Rows of ``Outcome.net``: actors, then perspectives, then society (also -1).

    Returns
    -------
    array, shape (parties, inputs)
        The value of each input, all others at their point estimate, at which the party's net
        present value becomes 0 or changes sign: the one nearest to its point estimate within
        its 0.1 to 99.9 % range, nan if there is none. The point estimate itself where the net
        present value is 0 there, which it then is for every input; in all other cases the value
        lies within the range, also if the point estimate does not.

        Of a discrete input the value is in general none that occurs: the result has one sign at
        the values that occur between it and the point estimate, and another just beyond it.

    Notes
    -----
    The net present value may be any continuous function of the input (drop-off, growth, rates,
    overlaps, one parameter in several places), also one that rises and falls. It is looked at
    in 128 values of the range; two changes of sign within one step are not seen.

    Examples
    --------
    >>> from impactmonitor import evaluate
    >>> from impactmonitor.model.case import Case
    >>> from impactmonitor.uncertainty.models import model_of
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1, "discount": {"rate": 0.03},
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": {"uniform": [50, 150]}, "paid_by": "city"}},
    ...     "effects": {"rest": {"quantity": {"uniform": [1, 2]}, "unit_value": 80,
    ...                          "falls_to": "city", "domain": "social"}},
    ... })
    >>> compiled = evaluate(case).appraised.compiled
    >>> model = model_of(case, compiled, {one.path: i for i, one in enumerate(compiled.inputs)})
    >>> switching_values(model, [-1]).round(9)
    array([[120.  ,   1.25]])
    """
    exactly, inputs = model.exactly(), len(model.compiled.inputs)
    grid, start = _grids(model)
    which = np.repeat(np.arange(inputs), grid.shape[1])
    found = net_of_parties(exactly, parties, which, grid.ravel())
    net, size = (part.reshape(-1, grid.shape[1]) for part in found)

    def net_at(number: Index, values: Array) -> tuple[Array, Array]:
        party, single = np.divmod(number, inputs)
        net, size = net_of_parties(exactly, parties, single, values)
        own = party, np.arange(len(values))
        return net[own], size[own]

    laid = np.tile(grid, (len(parties), 1)), net, size, np.tile(start, len(parties))
    roots = nearest_roots(net_at, *laid).reshape(len(parties), inputs)
    return _at_point(exactly, parties, roots)


def _grids(model: Model) -> tuple[Array, Index]:
    """Rising values of every input, and which of them is the nearest to its point estimate."""
    probabilities = np.linspace(LOWEST, HIGHEST, POINTS)
    by_chance = quantiles(model, probabilities.tolist())
    low, high = by_chance[:, :1], by_chance[:, -1:]
    with np.errstate(all="ignore"):
        by_distance = low + (high - low) * np.linspace(0.0, 1.0, POINTS)
    nearest = np.clip(model.compiled.expected().reshape(-1, 1), low, high)
    inside = np.minimum(by_distance, high)  # not beyond it by rounding
    grid = np.sort(np.concatenate([by_chance, inside, nearest], axis=1), axis=1)
    start: Index = np.argmax(grid == nearest, axis=1)
    return grid, start


def _at_point(model: Model, parties: Sequence[int], roots: Array) -> Array:
    """The roots, or the point estimates where these already give 0."""
    expected = model.compiled.expected()[:, 0]
    net, size = net_of_parties(model, parties, np.arange(len(expected)), expected)
    return np.where(np.abs(net) <= ROUNDING * size, expected, roots)
