"""How one result changes when a few inputs change, without working out all lines anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index, sum_by
from impactmonitor.appraisal.ledger import line_scale
from impactmonitor.appraisal.present import PresentValues
from impactmonitor.uncertainty.models import Model


class Base(NamedTuple):
    """A result for some draws, and what it was made from.

    Attributes
    ----------
    result : array, shape (draws,)
    rows : array, shape (rows, draws)
        Present values before overlap.
    """

    result: Array
    rows: Array


class Part(NamedTuple):
    """What has to be worked out anew when some inputs change.

    Attributes
    ----------
    rows : array of int, shape (changing rows,)
    present_values : PresentValues
        Of those rows; all others are 0.
    overlaps : bool
        Whether other lines may change by it.
    """

    rows: Index
    present_values: PresentValues
    overlaps: bool


class Response:
    """A weighted sum of present values as a function of inputs.

    Parameters
    ----------
    model : Model
    weights : array, shape (lines,)
        What one unit of money of each line counts for: a row of ``model.net``.
    """

    def __init__(self, model: Model, weights: Array) -> None:
        self._program, self._whole = model.compiled.program, model.present_values
        self._weights = weights
        self._row_weights = weights[self._program.row_line]
        self._rows_of = _rows_of(self._whole)

    def base(self, inputs: Array) -> Base:
        """The result for values of the inputs, shape (inputs, draws)."""
        rows = self._whole.of(inputs)
        return Base(self._result(rows, inputs), rows)

    def part(self, inputs: Iterable[int]) -> Part:
        """What changes with some inputs."""
        p, chosen = self._program, list(inputs)
        rows = np.array(sorted(set().union(*(self._rows_of[one] for one in chosen))), dtype=np.intp)
        overlaps = np.isin(p.row_line[rows], p.member_line).any()
        overlaps |= np.isin(p.slot_input[p.overlap_alpha], chosen).any()
        return Part(rows, _taken(self._whole, rows), bool(overlaps))

    def change(self, part: Part, inputs: Array, base: Base) -> Array:
        """By how much the result changes.

        Parameters
        ----------
        part : Part
            Of the inputs that changed.
        inputs : array, shape (inputs, draws)
            With the changes made.
        base : Base
            From before.

        Returns
        -------
        array, shape (draws,)
        """
        if not len(part.rows) and not part.overlaps:
            return np.zeros(inputs.shape[1])
        fresh = part.present_values.of(inputs)[part.rows]
        if part.overlaps:
            rows = base.rows.copy()
            rows[part.rows] = fresh
            return self._result(rows, inputs) - base.result
        fresh -= base.rows[part.rows]
        change: Array = self._row_weights[part.rows] @ fresh
        return change

    def _result(self, rows: Array, inputs: Array) -> Array:
        p = self._program
        if not len(p.overlap_start):
            plain: Array = self._row_weights @ rows
            return plain
        present = sum_by(p.row_line, rows, p.sizes["line"])
        present *= line_scale(p, p.at(p.overlap_alpha, inputs), present)
        scaled: Array = self._weights @ present
        return scaled


def _rows_of(whole: PresentValues) -> defaultdict[int, set[int]]:
    """By input the rows that it has a part in."""
    terms = whole.terms
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row, one in zip(whole.factors.of.tolist(), whole.factors.input.tolist(), strict=True):
        found[one].add(row)
    of_amounts = terms.row[terms.amounts.of]
    for row, one in zip(of_amounts.tolist(), terms.amounts.input.tolist(), strict=True):
        found[one].add(row)
    for row, timing in zip(terms.row.tolist(), whole.timing, strict=True):
        for one in timing:
            found[one].add(row)
    return found


def _taken(whole: PresentValues, rows: Index) -> PresentValues:
    """Present values of some rows; the others are 0."""
    chosen = np.flatnonzero(np.isin(whole.terms.row, rows))
    part = copy(whole)
    part.terms = whole.terms.taken(chosen)
    part.timing = [whole.timing[term] for term in chosen]
    part.certain = whole.certain[chosen]
    part.by_year = np.flatnonzero(np.isin(chosen, whole.by_year))
    factors, kept = whole.factors, np.isin(whole.factors.of, rows)
    part.factors = replace(
        factors,
        of=factors.of[kept],
        input=factors.input[kept],
        offset=factors.offset[kept],
        slope=factors.slope[kept],
    )
    if whole.polynomials is not None:
        old, kept = whole.polynomials, np.isin(whole.polynomials.of, chosen)
        part.polynomials = replace(
            old,
            of=np.searchsorted(chosen, old.of[kept]),
            input=old.input[kept],
            middle=old.middle[kept],
            half=old.half[kept],
            coefficients=old.coefficients[:, kept],
        )
    return part
