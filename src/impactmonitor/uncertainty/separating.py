"""Annuities of two inputs as sums of products of functions of one input each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.polynomial import chebyshev

from impactmonitor.appraisal.annuities import annuities, schedule_factors
from impactmonitor.appraisal.arrays import Array
from impactmonitor.sampling.bounds import bounds
from impactmonitor.uncertainty.models import Model

POINTS = 24
ACCURACY = 1e-11
"""What the products may leave over, as a share of the largest value."""


class Separated(NamedTuple):
    """Functions whose products, added up, are an annuity.

    Attributes
    ----------
    first, second : array, shape (products, coefficients)
        Chebyshev series of each function, between the bounds of its input.
    low, high : tuple of float
        The bounds of both inputs.
    """

    first: Array
    second: Array
    low: tuple[float, float]
    high: tuple[float, float]

    def values(self, side: int, product: int, numbers: Array) -> Array:
        """One of the functions, at some numbers of its input."""
        low, high = self.low[side], self.high[side]
        series = (self.first, self.second)[side][product]
        width = (high - low) / 2 or 1.0
        found: Array = chebyshev.chebval((numbers - (low + high) / 2) / width, series)
        return found


def separated(model: Model, term: int, inputs: tuple[int, int]) -> Separated | None:
    """Take the annuity of a term apart that follows from two inputs.

    Parameters
    ----------
    model : Model
    term : int
        Its place among the terms.
    inputs : tuple of int
        The two inputs.

    Returns
    -------
    Separated or None
        None where polynomials of degree 23 are not good enough.

    Notes
    -----
    Interpolation in Chebyshev points of both inputs; the matrix of coefficients is taken apart by
    its singular values. Townsend and Trefethen (2013), *An extension of Chebfun to two
    dimensions*, SIAM Journal on Scientific Computing 35, C495-C518.
    """
    p, found = model.compiled.program, model.present_values
    ends = [bounds(model.variables[one].distribution, model.variables[one].allowed)
            for one in inputs]  # fmt: skip
    low, high = zip(*ends, strict=True)
    nodes = chebyshev.chebpts1(POINTS)
    first, second = ((a + b) / 2 + (b - a) / 2 * nodes for a, b in ends)
    columns = np.zeros((p.inputs, POINTS * POINTS))
    columns[inputs[0]], columns[inputs[1]] = np.repeat(first, POINTS), np.tile(second, POINTS)
    worth = annuities(
        p,
        found.terms.taken(np.array([term])),
        lambda slots: p.at(slots, columns),
        schedule_factors(p, columns),
    ).reshape(POINTS, POINTS)
    turn = chebyshev.chebvander(nodes, POINTS - 1).T * (2 / POINTS)
    turn[0] /= 2
    series = turn @ worth @ turn.T
    room = ACCURACY * float(np.abs(worth).max())
    rest = max(float(np.abs(series[-3:]).max()), float(np.abs(series[:, -3:]).max()))
    if not np.isfinite(rest) or rest > room:
        return None
    left, sizes, right = np.linalg.svd(series)
    kept = max(1, int((sizes > room).sum()))
    return Separated((left[:, :kept] * sizes[:kept]).T, right[:kept], low, high)
