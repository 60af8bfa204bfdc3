"""Present values of rows from the inputs of a program: a few products, without years.

What one unit of a term is worth now (its annuity) needs the years, but not the draws: it is
worked out once where it is certain, and once per point of a polynomial where it follows from a
single input, such as a drop-off. Only where two or more inputs move it together (a drop-off and
the discount rate) are the years gone through for every draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactmonitor.appraisal.annuities import annuities, schedule_factors, timing_inputs
from impactmonitor.appraisal.arrays import Array, Index, sum_by
from impactmonitor.appraisal.polynomials import Polynomials, fitted
from impactmonitor.appraisal.terms import Factors, Terms, multipliers, terms_of

if TYPE_CHECKING:
    from impactmonitor.appraisal.program import Program

FEW = 64
"""Up to so many draws all rows are worked out together, beyond it row by row: the same numbers."""
_COLUMNS = 256


class PresentValues:
    """How present values within the horizon follow from the inputs of a program.

    Parameters
    ----------
    program : Program
        One case, or several laid end to end.
    polynomials : Polynomials, optional
        Annuities that follow from one input, as polynomials of it; by default all annuities are
        worked out exactly.

    Attributes
    ----------
    terms : Terms
        What is added up.
    constants : array, shape (rows,)
        What every row is multiplied by.
    factors : Factors
        Which inputs it is multiplied by besides.
    certain : array, shape (terms,)
        Annuities, nan where they depend on an input.
    by_year : array of int
        The terms whose annuities are worked out from the years for every draw.
    """

    def __init__(self, program: Program, polynomials: Polynomials | None = None) -> None:
        self.program = program
        self.terms: Terms = terms_of(program)
        self.constants, self.factors = multipliers(program)
        self.timing = timing_inputs(program, self.terms)
        depends = np.array([len(inputs) > 0 for inputs in self.timing], dtype=bool)
        self.certain = np.full(len(self.terms), np.nan)
        fixed = np.flatnonzero(~depends)
        self.certain[fixed] = self._annuities(fixed, np.zeros((program.inputs, 1)))[:, 0]
        self.polynomials = polynomials
        left = depends.copy()
        if polynomials is not None:
            left[polynomials.of] = False
        self.by_year: Index = np.flatnonzero(left)

    def interpolated(self, low: Array, high: Array) -> PresentValues:
        """The same with a polynomial for every annuity that follows from a single input.

        Parameters
        ----------
        low, high : array, shape (inputs,)
            Between which each input lies.

        Returns
        -------
        PresentValues
            Annuities within 1e-10 of the largest one; those for which no polynomial of a low
            degree is as good as that stay as they are.
        """
        single = [t for t in self.by_year.tolist() if len(self.timing[t]) == 1]
        chosen = np.array(single, dtype=np.intp)
        source = np.array([self.timing[t][0] for t in single], dtype=np.intp)

        def exact(values: Array) -> Array:
            return self._annuities_alone(chosen, source, values)

        found = fitted(exact, chosen, source, low[source], high[source])
        return PresentValues(self.program, found)

    def _annuities_alone(self, chosen: Index, source: Index, values: Array) -> Array:
        """Annuities of some terms, each at its own values of the one input that it follows from.

        Parameters
        ----------
        chosen, source : array of int, shape (chosen,)
            The terms, and the input of each.
        values : array, shape (chosen, points)
        """
        p, result = self.program, np.empty(values.shape)
        is_rate = np.isin(source, p.slot_input[p.step_slot])
        own = np.flatnonzero(~is_rate)
        if len(own):
            no_inputs = np.zeros((p.inputs, 1))

            def numbers(slots: Index) -> Array:
                constant = p.slot_constant[slots, None]
                return np.where(np.isnan(constant), values[own], constant)

            factors = schedule_factors(p, no_inputs)
            result[own] = annuities(p, self.terms.taken(chosen[own]), numbers, factors)
        for one in np.unique(source[is_rate]):  # equal inputs have equal points
            here = np.flatnonzero(source == one)
            inputs = np.zeros((p.inputs, values.shape[1]))
            inputs[one] = values[here[0]]
            result[here] = self._annuities(chosen[here], inputs)
        return result

    def _annuities(self, chosen: Index, inputs: Array) -> Array:
        """Annuities of some terms, from their years; shape (chosen, draws)."""
        p, terms = self.program, self.terms
        if len(chosen) < len(terms) or not np.array_equal(chosen, np.arange(len(terms))):
            terms = terms.taken(chosen)
        columns = inputs.shape[1]
        result = np.empty((len(chosen), columns))
        for start in range(0, columns, _COLUMNS):
            part = inputs[:, start : start + _COLUMNS]

            def numbers(slots: Index, part: Array = part) -> Array:
                return p.at(slots, part)

            factors = schedule_factors(p, part)
            result[:, start : start + _COLUMNS] = annuities(p, terms, numbers, factors)
        return result

    def of(self, inputs: Array) -> Array:
        """Present value of every row; shape (rows, draws).

        Parameters
        ----------
        inputs : array, shape (inputs, draws)
        """
        moving: dict[int, Array] = {}
        if len(self.by_year):
            moving = dict(zip(self.by_year, self._annuities(self.by_year, inputs), strict=True))
        if inputs.shape[1] > FEW:
            return self._row_by_row(inputs, moving)
        if self.polynomials is not None:
            moving |= zip(self.polynomials.of, self.polynomials.at(inputs), strict=True)
        return self._together(inputs, moving)

    def _together(self, inputs: Array, moving: dict[int, Array]) -> Array:
        """All rows at once: few draws of many rows."""
        terms, draws = self.terms, inputs.shape[1]
        worth = np.empty((len(terms), draws))
        worth[:] = self.certain[:, None]
        for term, annuity in moving.items():
            worth[term] = annuity
        worth *= self.constants[terms.row, None]
        _multiply(worth, terms.amounts, inputs)
        rows = sum_by(terms.row, worth, len(self.constants))
        _multiply(rows, self.factors, inputs)
        return rows

    def _row_by_row(self, inputs: Array, moving: dict[int, Array]) -> Array:
        """One row after the other: many draws, which stay in the cache nearby."""
        terms = self.terms
        rows = np.zeros((len(self.constants), inputs.shape[1]))
        if self.polynomials is not None:
            # what is alone in its row is worked out there
            alone = np.bincount(terms.row, minlength=len(rows)) == 1
            targets = [
                rows[row] if alone[row] else np.empty(inputs.shape[1])
                for row in terms.row[self.polynomials.of].tolist()
            ]
            self.polynomials.into(inputs, targets)
            moving |= zip(self.polynomials.of, targets, strict=True)
        started = np.zeros(len(rows), dtype=bool)
        worth = np.empty(inputs.shape[1])
        amounts: list[list[int]] = [[] for _ in range(len(terms))]
        for term, source in zip(terms.amounts.of, terms.amounts.input, strict=True):
            amounts[term].append(source)
        for term, row in enumerate(terms.row.tolist()):
            out = worth if started[row] else rows[row]
            constant = self.constants[row]
            annuity = moving.get(term)
            if annuity is None:
                out[:] = constant * self.certain[term]
            else:
                np.multiply(annuity, constant, out=out)
            for source in amounts[term]:
                out *= inputs[source]
            if started[row]:
                rows[row] += worth
            started[row] = True
        factors = self.factors
        each = zip(factors.of, factors.input, factors.offset, factors.slope, strict=True)
        for row, source, offset, slope in each:
            if offset == 0.0 and slope == 1.0:
                rows[row] *= inputs[source]
            else:
                if slope == -1.0:  # most are shares that are taken off
                    np.subtract(offset, inputs[source], out=worth)
                else:
                    np.multiply(inputs[source], slope, out=worth)
                    worth += offset
                rows[row] *= worth
        return rows


def _multiply(amounts: Array, factors: Factors, inputs: Array) -> None:
    """Multiply rows by their factors, one after the other, in place."""
    if not len(factors.of):
        return
    first = np.searchsorted(factors.of, factors.of)
    place = np.arange(len(factors.of)) - first
    for nth in range(int(place.max(initial=-1)) + 1):
        chosen = np.flatnonzero(place == nth)
        made = factors.slope[chosen, None] * inputs[factors.input[chosen]]
        made += factors.offset[chosen, None]
        amounts[factors.of[chosen]] *= made
