"""Mean, spread and Sobol' indices of a net present value without a single draw.

Where inputs are independent and no overlap scales lines, a net present value is a sum of
products of functions of one input each::

    sum over t of  constant_t x (product over k of f_tk(x_k))

so that everything follows from integrals over one input at a time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.annuities import annuities, schedule_factors
from impactmonitor.appraisal.arrays import Array, Flags, Index
from impactmonitor.uncertainty.integrals import rule
from impactmonitor.uncertainty.models import Model
from impactmonitor.uncertainty.products import Products, products_of
from impactmonitor.uncertainty.results import Exact

_TRUSTED = 1e-3
"""How far integrals may be from those with half the points: their error is near its square."""
_ROUNDING = 1e-13
_ROOM = 1 << 17
"""About how many numbers an array for a part of the pairs of terms may have."""


def exact_of(model: Model, weights: Array) -> Exact | None:
    """Mean, standard deviation and Sobol' indices of a weighted sum of present values.

    Parameters
    ----------
    model : Model
    weights : array, shape (lines,)
        What one unit of money of each line counts for: a row of ``model.net``, such as that of
        society. Lines of weight 0 play no part.

    Returns
    -------
    Exact or None
        In the money of the case. None where inputs are correlated, lines overlap, three inputs
        move the same years (a drop-off, a growth and the discount rate), or an integral is not
        finite: then only draws tell.

    Notes
    -----
    Mean and standard deviation are good to 1e-9 of the size of what is added up; to 1e-6 where a
    beta distribution has a parameter below 0.05. Indices: Sobol' (2001), *Global sensitivity
    indices for nonlinear mathematical models and their Monte Carlo estimates*, Mathematics and
    Computers in Simulation 55, 271-280.
    """
    if model.correlated or len(model.compiled.program.overlap_start):
        return None
    with np.errstate(all="ignore"):
        products = products_of(model, weights)
        functions = None if products is None else _functions(model, products)
        if products is None or functions is None:
            return None
        mean, parts = _summed(products, functions, len(model.variables))
    if not (np.isfinite(mean) and np.isfinite(parts).all()):
        return None
    (variance, size), (first, total) = parts[:, 0], parts[:, 1:]
    if variance <= _ROUNDING * size:
        return Exact(mean, 0.0, {}, {})
    paths = [one.path for one in model.compiled.inputs]
    return Exact(
        mean,
        math.sqrt(variance),
        dict(zip(paths, (np.maximum(first, 0.0) / variance).tolist(), strict=True)),
        dict(zip(paths, (np.maximum(total, 0.0) / variance).tolist(), strict=True)),
    )


class _Functions(NamedTuple):
    """Integrals of functions and of their products; the last function is 1.

    Attributes
    ----------
    input, mean : array, shape (functions + 1,)
    covariances : array, shape (all pairs of functions of one input,)
    row, column : array of int, shape (functions + 1,)
        The covariance of two functions of one input stands at row of one + column of the other.
    """

    input: Index
    mean: Array
    covariances: Array
    row: Index
    column: Index


def _functions(model: Model, products: Products) -> _Functions | None:
    """Integrate; None where the points do not tell the integral."""
    values, weights, coarse = _points(model)
    functions = products.functions
    made = _values(model, products, values)
    source = np.array([one.input for one in functions], dtype=np.intp)
    mean = np.einsum("fn,fn->f", weights[source], made)
    squares = made**2
    second = np.einsum("fn,fn->f", weights[source], squares)
    rough = np.einsum("fn,fn->f", coarse[source], squares)
    if not (np.abs(second - rough) <= _TRUSTED * second).all():
        return None
    made -= mean[:, None]
    row, column = np.zeros(len(functions) + 1, np.intp), np.zeros(len(functions) + 1, np.intp)
    matrices, start = [np.zeros(1)], 1
    for one in np.unique(source):
        here = np.flatnonzero(source == one)
        matrices.append(((made[here] * weights[one]) @ made[here].T).ravel())
        column[here] = np.arange(len(here))
        row[here] = start + len(here) * column[here]
        start += len(here) ** 2
    return _Functions(
        np.append(source, -1), np.append(mean, 1.0), np.concatenate(matrices), row, column
    )


def _points(model: Model) -> tuple[Array, Array, Array]:
    """Values of the inputs, weights, and weights of half of them; shape (inputs, points)."""
    rules = [rule(one.distribution, one.allowed) for one in model.variables]
    points = max((len(one.values) for one in rules), default=1)
    values, weights, coarse = np.zeros((3, len(rules), points))
    for row, one in enumerate(rules):
        count = len(one.values)
        values[row], values[row, :count] = one.values[0], one.values  # the rest counts for 0
        weights[row, :count], coarse[row, :count] = one.weights, one.coarse
    return values, weights, coarse


def _values(model: Model, products: Products, inputs: Array) -> Array:
    """Functions at some points of their inputs; shape (functions, points)."""
    functions = products.functions
    p, terms = model.compiled.program, model.present_values.terms
    moving = np.array([term for one in functions for term in one.annuities], dtype=np.intp)
    worth: dict[int, Array] = {}
    if len(moving):
        of_years = annuities(
            p, terms.taken(moving), lambda slots: p.at(slots, inputs), schedule_factors(p, inputs)
        )
        worth = dict(zip(moving.tolist(), of_years, strict=True))
    result = np.ones((len(functions), inputs.shape[1]))
    for row, one in enumerate(functions):
        for offset, slope in one.affine:
            result[row] *= offset + slope * inputs[one.input]
        for term in one.annuities:
            result[row] *= worth[term]
        for term, side, product in one.parts:
            separate = products.apart[term]
            numbers = np.clip(inputs[one.input], separate.low[side], separate.high[side])
            result[row] *= separate.values(side, product, numbers)
    return result


def _summed(products: Products, functions: _Functions, inputs: int) -> tuple[float, Array]:
    """The mean, and the parts of the variance over all pairs of products.

    Returns
    -------
    mean : float
    parts : array, shape (2, 1 + inputs)
        The variance and the size of what it was added up from; then by input what is explained
        by it alone, and what it has a part in.
    """
    pairs = _Pairs(products, functions, inputs)
    result = np.zeros((2, 1 + inputs))
    for first, second in pairs.blocks():
        result += pairs.parts(first, second)
    return float(pairs.means.prod(axis=1) @ products.constants), result


class _Pairs:
    """Pairs of products that share an input: all others are independent."""

    def __init__(self, products: Products, functions: _Functions, inputs: int) -> None:
        self._functions, self._inputs, self._constants = functions, inputs, products.constants
        sizes = np.array([len(one) for one in products.chosen], dtype=np.intp)
        self._of = np.repeat(np.arange(len(sizes)), sizes)
        self._place = np.arange(len(self._of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        flat = np.array([one for each in products.chosen for one in each], dtype=np.intp)
        self._table = np.full((len(sizes), max(1, sizes.max(initial=0))), len(functions.mean) - 1)
        self._table[self._of, self._place] = flat
        self._input = functions.input[flat]
        self._keys = np.append(self._key(self._of, self._input), np.iinfo(np.intp).max)
        self._flat = np.append(flat, 0)
        self.means = functions.mean[self._table]

    def _key(self, product: Index, source: Index) -> Index:
        return product * (self._inputs + 1) + source + 1

    def blocks(self) -> Iterator[tuple[Index, Index]]:
        """All pairs, the first of each not after the second, in parts that fit in memory."""
        order = np.argsort(self._input, kind="stable")  # of one input the products in order
        ends = np.searchsorted(self._input[order], self._input, side="right")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        products, width = self._table.shape
        heavy = np.bincount(self._of, weights=ends - rank, minlength=products) * width
        block = (np.cumsum(heavy) // _ROOM).astype(np.intp)[self._of]
        for one in np.unique(block):
            here = np.flatnonzero(block == one)
            counts = ends[here] - rank[here]
            within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
            partner = self._of[order[np.repeat(rank[here], counts) + within]]
            found = np.unique(np.repeat(self._of[here], counts) * products + partner)
            yield found // products, found % products

    def parts(self, first: Index, second: Index) -> Array:
        """What some pairs add to the sums of ``_summed``."""
        f = self._functions
        own, means = self._table[first], self.means[first]
        partner, is_shared = self._partners(own, second)
        apart = np.where(self._partners(self._table[second], first)[1], 1.0, self.means[second])
        constant = self._constants[first] * self._constants[second] * apart.prod(axis=1)
        constant *= np.where(first == second, 1.0, 2.0)
        covariance = np.where(is_shared, f.covariances[f.row[own] + f.column[partner]], 0.0)
        expected = np.where(is_shared, means * f.mean[partner], means)
        second_moment = expected + covariance
        covariance *= constant[:, None]
        before, after = _before(second_moment), _after(second_moment)
        telescoped = covariance * before * _after(expected)
        alone = covariance * _before(expected) * _after(expected)
        source = f.input[own] + 1
        result = np.array([
            np.bincount(source.ravel(), weights=part.ravel(), minlength=self._inputs + 1)
            for part in (alone, covariance * before * after)
        ])  # fmt: skip
        result[:, 0] = telescoped.sum(), np.abs(telescoped).sum()
        return result

    def _partners(self, own: Index, other: Index) -> tuple[Index, Flags]:
        """The function that another product has of the same input (or its own), and if it has."""
        keys = self._key(other[:, None], self._functions.input[own])
        place = np.searchsorted(self._keys, keys)
        is_shared = self._keys[place] == keys
        return np.where(is_shared, self._flat[place], own), is_shared


def _before(factors: Array) -> Array:
    """By place the product of all factors before it."""
    result = np.ones_like(factors)
    np.cumprod(factors[:, :-1], axis=1, out=result[:, 1:])
    return result


def _after(factors: Array) -> Array:
    """By place the product of all factors after it."""
    return _before(factors[:, ::-1])[:, ::-1]
