"""One input at another value, all others at their point estimate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index
from impactmonitor.sampling.inverse import inverse
from impactmonitor.uncertainty.models import Model

COLUMNS = 4096
"""So many values are worked out at a time, whatever their number."""


def quantiles(model: Model, probabilities: Sequence[float]) -> Array:
    """Quantiles of every input within its range.

    Parameters
    ----------
    model : Model
    probabilities : sequence of float
        Between 0 and 1.

    Returns
    -------
    array, shape (inputs, probabilities)
        Of a discrete input values that occur; infinite where it overflows.
    """
    inputs = model.compiled.inputs
    found = np.empty((len(inputs), len(probabilities)))
    for row, one in enumerate(inputs):
        with np.errstate(over="ignore"):  # a spread may be as wide as numbers go
            found[row] = inverse(one.distribution, one.allowed)(probabilities)
    return found


def net_of_parties(
    model: Model, parties: Sequence[int], which: Index, values: Array
) -> tuple[Array, Array]:
    """Net present values with one input at another value.

    Parameters
    ----------
    model : Model
        From ``exact``.
    parties : sequence of int
        Rows of ``Outcome.net``; -1 is society.
    which : array of int, shape (columns,)
        The input that has another value in each column.
    values : array, shape (columns,)
        That value.

    Returns
    -------
    net, size : array, shape (parties, columns)
        Benefits - costs + transfers, and the sum of the absolute amounts that it is made of.
        What overflows is not finite.
    """
    rows = list(parties)
    net, size = (np.empty((len(rows), len(values))) for _ in range(2))
    weights = np.abs(model.net[rows])
    expected = model.compiled.expected()
    for start in range(0, len(values), COLUMNS):
        part = slice(start, start + COLUMNS)
        changed = values[part]
        inputs = np.repeat(expected, len(changed), axis=1)
        inputs[which[part], np.arange(len(changed))] = changed
        with np.errstate(all="ignore"):
            outcome = model.outcome(inputs)
            net[:, part] = outcome.net[rows]
            size[:, part] = weights @ np.abs(outcome.ledger.present)
    return net, size
