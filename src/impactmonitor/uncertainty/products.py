"""Present values as sums of products of functions of one input each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.uncertainty.models import Model
from impactmonitor.uncertainty.separating import Separated, separated


class Function(NamedTuple):
    """A product of functions of one input: offset + slope x input, and annuities by term.

    Of an annuity of two inputs it has a part: term, which of the two, and number of the product.
    """

    input: int
    affine: tuple[tuple[float, float], ...]
    annuities: tuple[int, ...]
    parts: tuple[tuple[int, int, int], ...] = ()


class Products(NamedTuple):
    """Products of functions, each of another input.

    Attributes
    ----------
    constants : array, shape (products,)
    chosen : list of tuple of int
        By product its functions, in the order of their inputs.
    functions : list of Function
    apart : dict of int to Separated
        The annuities of two inputs, by term.
    """

    constants: Array
    chosen: list[tuple[int, ...]]
    functions: list[Function]
    apart: dict[int, Separated]


def products_of(model: Model, weights: Array) -> Products | None:
    """Take a weighted sum of present values apart.

    Parameters
    ----------
    model : Model
    weights : array, shape (lines,)

    Returns
    -------
    Products or None
        None if an annuity cannot be taken apart by input.
    """
    found, terms = model.present_values, model.present_values.terms
    constants = found.constants[terms.row] * weights[model.compiled.program.row_line[terms.row]]
    of_row: list[list[tuple[int, float, float]]] = [[] for _ in found.constants]
    of_term: list[list[tuple[int, float, float]]] = [[] for _ in constants]
    for lists, factors in ((of_row, found.factors), (of_term, terms.amounts)):
        columns = (factors.of, factors.input, factors.offset, factors.slope)
        for owner, *factor in zip(*(c.tolist() for c in columns), strict=True):
            lists[owner].append(tuple(factor))
    functions: dict[Function, int] = {}
    sums: dict[tuple[int, ...], float] = defaultdict(float)
    apart: dict[int, Separated] = {}
    for term in np.flatnonzero(constants).tolist():
        timing = found.timing[term]
        if len(timing) == 2:
            separate = separated(model, term, (timing[0], timing[1]))
            if separate is None:
                return None
            apart[term] = separate
        elif len(timing) > 2:
            return None
        affine: dict[int, list[tuple[float, float]]] = {one: [] for one in timing}
        for source, offset, slope in of_row[terms.row[term]] + of_term[term]:
            affine.setdefault(source, []).append((offset, slope))
        constant = constants[term] * (1.0 if timing else found.certain[term])
        for product in range(len(apart[term].first) if term in apart else 1):
            made = [
                _function(source, affine[source], term, timing, product)
                for source in sorted(affine)
            ]
            sums[tuple(functions.setdefault(one, len(functions)) for one in made)] += constant
    return Products(np.array([*sums.values()], dtype=float), list(sums), list(functions), apart)


def _function(
    source: int,
    affine: Sequence[tuple[float, float]],
    term: int,
    timing: tuple[int, ...],
    product: int,
) -> Function:
    """What an input has to do with a product of a term."""
    factors = tuple(sorted(affine))
    if source not in timing:
        return Function(source, factors, ())
    if len(timing) == 1:
        return Function(source, factors, (term,))
    return Function(source, factors, (), ((term, timing.index(source), product),))
