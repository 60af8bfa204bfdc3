"""Terms on which something is regressed whose dependence on some inputs is not known beforehand.

One input is bent by natural cubic splines; several are multiplied as well. Coarse terms come before
fine ones, so that terms made orthogonal in this order can be taken or left one by one.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from impactmonitor.uncertainty.drawn import Array

MAX_CELLS = 64
"""Most combinations of values for which inputs count as discrete."""
DRAWS_PER_TERM = 20
MAX_TERMS = 128
_ENDS = (0.005, 0.995)
_KNOTS = (1 / 2, 1 / 4, 3 / 4, 1 / 8, 3 / 8, 5 / 8, 7 / 8, *(k / 16 for k in range(1, 16, 2)))
_BENDS = 3
_DEPENDENT = 1e-8
_ROUNDING = 1e-12


def recurring(table: Array) -> Array | None:
    """Groups of draws with the same values; None for inputs that are continuous.

    Values recur if each input has at most one per two draws, and few combinations are possible.

    Parameters
    ----------
    table : array, shape (draws, inputs)

    Returns
    -------
    array, shape (draws,), or None
        A whole number for each group, from 0 to 63.

    Examples
    --------
    >>> recurring(np.array([[0.1, 5], [0.1, 7], [0.2, 5], [0.2, 5]])).tolist()
    [0.0, 1.0, 2.0, 2.0]
    >>> recurring(np.array([[0.1], [0.2], [0.3]])) is None
    True
    """
    groups, combinations = np.zeros(len(table)), 1
    for column in table.T:
        values = np.unique(column)
        combinations *= len(values)
        if combinations > MAX_CELLS or (len(values) > 1 and 2 * len(values) > len(table)):
            return None
        groups = groups * len(values) + np.searchsorted(values, column)
    return groups


def smooth_terms(values: Array, draws: int) -> list[Array]:
    """Terms of one input: a straight line, then natural cubic splines with ever finer knots.

    Parameters
    ----------
    values : array, shape (n,)
        Values of the input, one for each draw or group of draws.
    draws : int
        How many draws there are: a term for every 20, but at least one and at most 16.

    Returns
    -------
    list of array, shape (n,)

    Examples
    --------
    >>> smooth_terms(np.array([0.0, 1.0, 2.0]), 3)[0].tolist()
    [-1.0, 0.0, 1.0]
    """
    return list(itertools.islice(_splines(values), max(1, draws // DRAWS_PER_TERM)))


def joint_terms(table: Array) -> list[Array]:
    """Terms of several inputs: each of them, their products with others, and their bends.

    Blocks of terms are taken whole, or not at all: no input is favoured by its place.

    Parameters
    ----------
    table : array, shape (draws, inputs)

    Returns
    -------
    list of array, shape (draws,)
        At most one for every 20 draws and 128 in all, except that every input has one.

    Examples
    --------
    >>> few, many = np.zeros((39, 2)), np.zeros((60, 2))
    >>> len(joint_terms(few)), len(joint_terms(many))  # many: with the product
    (2, 3)
    """
    draws, inputs = table.shape
    room = min(MAX_TERMS, draws // DRAWS_PER_TERM)
    splines = [list(itertools.islice(_splines(column), 1 + _BENDS)) for column in table.T]
    lines = [line for line, *_ in splines]
    terms = list(lines)
    for together in range(2, inputs + 1):
        if len(terms) + math.comb(inputs, together) <= room:
            chosen = itertools.combinations(lines, together)
            terms.extend(functools.reduce(np.multiply, several) for several in chosen)
        if together == 2:  # products of more inputs matter less than the bends of one
            for block in _bent(splines):
                if len(terms) + len(block) <= room:
                    terms.extend(block)
    return terms


def _bent(splines: Sequence[Sequence[Array]]) -> Iterator[list[Array]]:
    """Blocks of terms: the bends of each input from coarse to fine, and the coarse with others."""
    coarse = [spline[1:2] for spline in splines]
    yield [bend for bends in coarse for bend in bends]
    yield [
        bend * splines[other][0]
        for one, bends in enumerate(coarse)
        for bend in bends
        for other in range(len(splines))
        if other != one
    ]
    for place in range(2, 1 + _BENDS):
        yield [bend for spline in splines for bend in spline[place : place + 1]]


def orthogonal(terms: Sequence[Array], counts: NDArray[np.intp]) -> Array:
    """Make terms orthogonal to a constant and to the terms before them.

    Parameters
    ----------
    terms : sequence of array, shape (n,)
    counts : array of int, shape (n,)
        How many draws each number of a term stands for.

    Returns
    -------
    array, shape (terms, n)
        With mean square 1 over all draws. Terms that follow from those before are left out.

    Examples
    --------
    >>> line = np.array([-1.0, 0.0, 1.0])
    >>> abs(orthogonal([line, 2 * line + 3], np.array([1, 2, 1]))).round(3).tolist()
    [[1.414, 0.0, 1.414]]
    """
    roots = np.sqrt(counts / counts.sum())
    columns = np.stack([np.ones(len(roots)), *terms], axis=1)[:, : len(roots)] * roots[:, None]
    lengths = np.sqrt((columns**2).sum(axis=0))
    directions, triangle = np.linalg.qr(columns)
    independent = np.abs(np.diag(triangle)) > _DEPENDENT * lengths
    if not independent.all():  # what stands for the others would get in the way of those after it
        directions = np.linalg.qr(columns[:, independent]).Q
    found: Array = directions.T[1:] / roots
    return found


def _scaled(values: Array) -> Array:
    """Values with mean 0 and greatest distance 1; 0 for values that are all the same."""
    largest = float(np.abs(values).max()) or 1.0
    centred = values / largest
    centred = centred - centred.mean()
    spread = float(np.abs(centred).max())
    return centred / spread if spread > _ROUNDING else np.zeros_like(values)


def _splines(values: Array) -> Iterator[Array]:
    """A straight line, then natural cubic splines with ever finer knots.

    The second derivative of each is a tent between the ends with its top at the knot, so that it
    is straight outside the ends, where draws are few.
    """
    x = _scaled(values)
    yield x
    low, *knots, high = np.quantile(x, [_ENDS[0], *_KNOTS, _ENDS[1]])
    for knot in knots:
        if low < knot < high:
            left, right = knot - low, high - knot
            rising, falling = _cubed(x - low) / left, _cubed(x - high) / right
            yield rising + falling - _cubed(x - knot) * (1 / left + 1 / right)


def _cubed(values: Array) -> Array:
    """Third power of what is above 0."""
    positive: Array = np.maximum(values, 0.0)
    return positive * positive * positive
