"""Polynomials that stand for smooth functions of one number, as good as rounding allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.polynomial import chebyshev

from impactmonitor.appraisal.arrays import Array, Index

ACCURACY = 1e-10
"""What a polynomial may differ, as a share of the largest value of its function."""
_POINTS = (16, 24)
_TOGETHER = 4
_ROOM = 1 << 12
"""So many numbers stay in the cache nearby."""


@dataclass(frozen=True, slots=True)
class Polynomials:
    """Polynomials of one input each.

    Attributes
    ----------
    of : array of int, shape (polynomials,)
        What each stands for.
    input : array of int, shape (polynomials,)
        Of which input it is a function.
    middle, half : array, shape (polynomials,)
        The variable is (input - middle) / half.
    coefficients : array, shape (degree + 1, polynomials)
        By power, the lowest first.
    """

    of: Index
    input: Index
    middle: Array
    half: Array
    coefficients: Array

    def at(self, inputs: Array) -> Array:
        """Their values; shape (polynomials, draws).

        Parameters
        ----------
        inputs : array, shape (inputs, draws)
        """
        result = np.empty((len(self.of), inputs.shape[1]))
        rows = max(1, _ROOM // max(1, inputs.shape[1]))
        if rows > 1:
            for start in range(0, len(result), rows):
                self._side_by_side(inputs, slice(start, start + rows), result)
        else:
            self.into(inputs, result)
        return result

    def _side_by_side(self, inputs: Array, rows: slice, result: Array) -> None:
        """Few draws: some polynomials in one go."""
        variable = inputs[self.input[rows]]
        variable -= self.middle[rows, None]
        variable *= 1.0 / self.half[rows, None]
        out, coefficients = result[rows], self.coefficients[:, rows, None]
        out[:] = coefficients[-1]
        for coefficient in coefficients[-2::-1]:
            out *= variable
            out += coefficient

    def into(self, inputs: Array, targets: Sequence[Array] | Array) -> None:
        """Write their values for many draws, one polynomial after the other.

        Parameters
        ----------
        inputs : array, shape (inputs, draws)
        targets : sequence of array of shape (draws,)
            Where the values of each polynomial go.
        """
        # four coefficients at a time: fewer passes over the draws than one by one
        powers = np.ones((_TOGETHER, inputs.shape[1]))
        short = -len(self.coefficients) % _TOGETHER
        groups = np.pad(self.coefficients, ((0, short), (0, 0)))
        groups = groups.reshape(len(groups) // _TOGETHER, _TOGETHER, len(self.of))
        step, parts = np.empty(inputs.shape[1]), np.empty((len(groups), inputs.shape[1]))
        for row, (source, out) in enumerate(zip(self.input.tolist(), targets, strict=True)):
            np.subtract(inputs[source], self.middle[row], out=powers[1])
            powers[1] *= 1.0 / self.half[row]
            for power in range(2, _TOGETHER):
                np.multiply(powers[power - 1], powers[1], out=powers[power])
            np.multiply(powers[-1], powers[1], out=step)
            np.matmul(groups[:, :, row], powers, out=parts)
            out[:] = parts[-1]
            for part in parts[-2::-1]:
                np.multiply(out, step, out=out)
                np.add(out, part, out=out)


def fitted(
    exact: Callable[[Array], Array], of: Index, source: Index, low: Array, high: Array
) -> Polynomials:
    """Polynomials for some functions of one number each.

    Parameters
    ----------
    exact : callable
        From values, shape (functions, points), to values of the functions, same shape.
    of, source : array of int, shape (functions,)
        What each function stands for, and of which input it is a function.
    low, high : array, shape (functions,)
        Between which it is wanted.

    Returns
    -------
    Polynomials
        Of those functions for which a polynomial of degree 23 or less is within ``ACCURACY``. A
        function that is wanted at one number only has exactly its value there.

    Notes
    -----
    Interpolation in Chebyshev points; coefficients beyond the last that matters tell how good it
    is. L. N. Trefethen (2013), *Approximation Theory and Approximation Practice*, chapters 3-8.
    """
    middle = (low + high) / 2
    half = np.where(high > low, (high - low) / 2, 1.0)
    open_ones, found = np.arange(len(of)), np.zeros((_POINTS[-1], len(of)))
    for points in _POINTS:
        nodes = chebyshev.chebpts1(points)
        width = np.where(high > low, half, 0.0)
        values = exact(middle[:, None] + width[:, None] * nodes)
        series = chebyshev.chebvander(nodes, points - 1).T @ values.T * (2 / points)
        series[0] /= 2
        series[:, high == low] = 0.0
        series[0, high == low] = values[high == low, 0]
        largest = np.abs(values).max(axis=1, initial=0.0)
        is_good = (np.abs(series[-3:]) <= ACCURACY * largest).all(axis=0)
        fresh = np.isin(np.arange(len(of)), open_ones) & is_good
        found[:points, fresh] = series[:, fresh]
        open_ones = np.setdiff1d(open_ones, np.flatnonzero(fresh))
        if not len(open_ones):
            break
    good = np.setdiff1d(np.arange(len(of)), open_ones)
    powers = _in_powers(found[:, good])
    return Polynomials(of[good], source[good], middle[good], half[good], powers)


def _in_powers(series: Array) -> Array:
    """Chebyshev series in powers of the variable, without the powers that no series needs."""
    largest = np.abs(series).max(axis=0, initial=0.0)
    needed = np.flatnonzero((np.abs(series) > ACCURACY / 10 * largest).any(axis=1))
    degree = int(needed.max(initial=0))
    result: Array = _powers_of(degree) @ series[: degree + 1]
    return result


@cache
def _powers_of(degree: int) -> Array:
    """Chebyshev polynomials up to a degree, in columns, by power of the variable."""
    rows = [np.pad(chebyshev.cheb2poly(row), (0, degree)) for row in np.eye(degree + 1)]
    return np.array([row[: degree + 1] for row in rows]).T
