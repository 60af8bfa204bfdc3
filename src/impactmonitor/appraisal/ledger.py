"""The ledger: what a program gives for the values of its inputs.

Every total, split, cash flow and chart is a sum over this ledger; nothing is computed twice. It
is kept as line values by year with a static incidence, and only written out as rows (who, to
whom, what, when) when somebody asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from impactmonitor.appraisal.annuities import schedule_factors
from impactmonitor.appraisal.arrays import Array, Flags, product_by, sum_by
from impactmonitor.appraisal.burden import excess_burden
from impactmonitor.appraisal.flows import bias_factor, starting, surviving
from impactmonitor.appraisal.incidence import Split, split
from impactmonitor.appraisal.overlap import overlap_scale
from impactmonitor.appraisal.present import PresentValues
from impactmonitor.appraisal.prices import price_path
from impactmonitor.appraisal.program import BENEFIT, COST, NO_DOMAIN, Program


@dataclass(frozen=True)
class Ledger:
    """Amounts of all lines by draw, in the money of the case; by year where that is asked for.

    Attributes
    ----------
    program : Program
        What was run.
    inputs : array, shape (inputs, draws)
        The values it was run on.
    present : array, shape (lines, draws)
        Present value within the horizon; costs and transfers positive.
    scale : array, shape (lines, draws or 1)
        By what overlap scaled each line; 1 where it left the line alone.
    """

    program: Program
    inputs: Array
    present: Array
    scale: Array

    @cached_property
    def slots(self) -> Array:
        """The values of all slots; shape (slots, draws)."""
        return self.program.values(self.inputs)

    @cached_property
    def factors(self) -> Array:
        """Discount factors; shape (schedules, years, draws or 1)."""
        return schedule_factors(self.program, self.inputs)

    @cached_property
    def quantity(self) -> Array:
        """Gross quantities, before deadweight and not scaled by overlap.

        Shape (rows, years, draws). A row is a strand or, after all strands, a burden; burdens
        have no quantity (0).
        """
        p = self.program
        strands = gross_quantity(p, self.slots, self.slots[p.entry_slot])
        if not len(p.burden_strand):
            return strands
        burdens = np.zeros((len(p.burden_strand), *strands.shape[1:]))
        return np.concatenate([strands, burdens])

    @cached_property
    def value(self) -> Array:
        """Undiscounted value after overlap; shape (rows, years, draws)."""
        return self._valued(self.quantity[: len(self.program.strand_line)])

    def value_of(self, counted: Flags) -> Array:
        """The part of ``value`` that comes from some of what starts.

        Parameters
        ----------
        counted : array of bool, shape (entries,)
            Which entries of the program are meant; overlap scales them as it scales the whole.

        Returns
        -------
        array, shape (rows, years, draws)
        """
        p, slots = self.program, self.slots
        begun = np.where(counted[:, None], slots[p.entry_slot], 0.0)
        return self._valued(gross_quantity(p, slots, begun))

    def _valued(self, quantity: Array) -> Array:
        """Quantities of the strands in money, with the burdens that their costs raise."""
        p, slots = self.program, self.slots
        value = priced(p, slots, quantity, worth_factors(p, slots))
        value = value * bias_factor(slots[p.strand_bias], p.strand_direction)
        if len(p.burden_strand):
            rates = slots[p.burden_rate]
            burden = excess_burden(value, p.burden_strand, p.burden_share, rates)
            value = np.concatenate([value, burden])
        if len(p.overlap_start):
            value = value * self.scale[p.row_line][:, None, :]
        return value

    @cached_property
    def beyond(self) -> Array:
        """Present value after the horizon; shape (lines, draws)."""
        p = self.program
        after = self.value * self.factors[p.row_schedule] * ~p.row_within[:, :, None]
        return sum_by(p.row_line, after.sum(axis=1), p.sizes["line"])

    @cached_property
    def inside(self) -> Array:
        """Undiscounted value by row and year, within the horizon; shape (rows, years, draws)."""
        result: Array = self.value * self.program.row_within[:, :, None]
        return result

    @cached_property
    def within(self) -> Array:
        """Undiscounted value by line and year, within the horizon; shape (lines, years, draws)."""
        return self._by_line(self.inside)

    @cached_property
    def discounted(self) -> Array:
        """Discounted value by row and year, within the horizon."""
        result: Array = self.inside * self.factors[self.program.row_schedule]
        return result

    @cached_property
    def discounted_by_line(self) -> Array:
        """Discounted value by line and year, within the horizon."""
        return self._by_line(self.discounted)

    @cached_property
    def quantities(self) -> Array:
        """Gross quantity by line and year, also after the horizon."""
        return self._by_line(self.quantity)

    @cached_property
    def discounted_quantity(self) -> Array:
        """Sum of quantity x discount factor within the horizon; shape (lines, draws)."""
        p = self.program
        counted = self.quantity * self.factors[p.row_schedule] * p.row_within[:, :, None]
        return sum_by(p.row_line, counted.sum(axis=1), p.sizes["line"])

    def _by_line(self, rows: Array) -> Array:
        p = self.program
        if p.has_a_row_for_each_line:
            return rows + 0.0  # as a sum of one number: without a sign where it is 0
        flat = rows.reshape(len(rows), -1)
        lines = sum_by(p.row_line, flat, p.sizes["line"])
        return lines.reshape(p.sizes["line"], *rows.shape[1:])

    @cached_property
    def is_turned(self) -> Flags:
        """Flows whose giver and receiver change places; shape (flows, draws)."""
        p = self.program
        result: Flags = p.flow_may_turn[:, None] & (self.present[p.flow_line] < 0)
        return result

    @cached_property
    def parties(self) -> Split:
        """Present values by actor and perspective; columns are draws."""
        return split(self.program, self.present, self.slots, self.is_turned)

    @cached_property
    def yearly(self) -> Split:
        """Undiscounted amounts by actor and perspective of the first draw; columns are years."""
        return split(self.program, self.within[:, :, 0], self.slots[:, :1], self.is_turned[:, :1])

    def by_role(self, amounts: Array, role: int) -> Array:
        """The amounts of the lines of one role, the others as 0; any number of columns."""
        chosen = self.program.line_role == role
        result: Array = np.where(chosen.reshape(-1, *(1,) * (amounts.ndim - 1)), amounts, 0.0)
        return result

    @cached_property
    def costs(self) -> Array:
        """Present value of all costs; shape (draws,)."""
        result: Array = self.by_role(self.present, COST).sum(axis=0)
        return result

    @cached_property
    def benefits(self) -> Array:
        """Present value of all benefits, harms being negative; shape (draws,)."""
        result: Array = self.by_role(self.present, BENEFIT).sum(axis=0)
        return result

    def by_domain(self, role: int) -> Array:
        """Present value of costs or benefits by domain; shape (domains, draws)."""
        sums = sum_by(self.program.line_domain, self.by_role(self.present, role), NO_DOMAIN + 1)
        return sums[:NO_DOMAIN]


def run(program: Program, inputs: Array, present_values: PresentValues | None = None) -> Ledger:
    """Evaluate a program on values of its inputs.

    Parameters
    ----------
    program : Program
        One case, or several laid end to end.
    inputs : array, shape (inputs, draws)
        Values of the uncertain numbers: one column is the point estimate, many a simulation.
    present_values : PresentValues, optional
        Those of this program, with polynomials where many draws are to come.

    Returns
    -------
    Ledger
    """
    p = program
    rows = (present_values or p.present_values).of(inputs)
    present = rows if p.has_a_row_for_each_line else sum_by(p.row_line, rows, p.sizes["line"])
    scale = np.ones((p.sizes["line"], 1))
    if len(p.overlap_start):
        scale = line_scale(p, p.at(p.overlap_alpha, inputs), present)
        present = present * scale
    return Ledger(p, inputs, present, scale)


def line_scale(p: Program, alpha: Array, present: Array) -> Array:
    """By what overlap scales each line.

    Parameters
    ----------
    p : Program
        Says which lines overlap.
    alpha : array, shape (groups, draws)
        Share of what is not the largest that counts.
    present : array, shape (lines, draws)
        Present values before overlap.

    Returns
    -------
    array, shape (lines, draws)
        What an actor keeps of an effect is scaled as that effect is.
    """
    scale = np.ones_like(present)
    if len(p.overlap_start):
        scale[p.member_line] = overlap_scale(present[p.member_line], p.overlap_start, alpha)
        scale[p.kept_line] = scale[p.kept_of]
    return scale


def gross_quantity(p: Program, slots: Array, begun: Array) -> Array:
    """Gross quantity of each strand by year.

    Parameters
    ----------
    p : Program
        Says when an entry starts, how it grows and how long it goes on.
    slots : array, shape (slots, draws)
        Values of all slots.
    begun : array, shape (entries, draws)
        What starts with each entry: its slot, or 0 for one that is left out.

    Returns
    -------
    array, shape (strands, years, draws)
    """
    growth = np.power(1.0 + slots[p.strand_growth][p.entry_strand], p.entry_power[:, None])
    shape = (p.sizes["strand"], p.years)
    starts = starting(p.entry_strand, p.entry_year, begun, growth, shape)
    staying = (1.0 - slots[p.strand_drop_off]) * (1.0 - p.strand_leaving[:, None])
    going_on = surviving(starts, p.strand_lasts, staying)
    result: Array = going_on * product_by(p.factor_start, slots[p.factor_slot])[:, None, :]
    return result


def worth_factors(p: Program, slots: Array) -> Array:
    """What each number makes of a value: a share that is taken off, what it leaves."""
    numbers = slots[p.worth_slot]
    result: Array = np.where(p.worth_is_share_off[:, None], 1.0 - numbers, numbers)
    return result


def priced(p: Program, slots: Array, amount: Array, factors: Array) -> Array:
    """An amount of each strand by year in the prices of the case.

    Parameters
    ----------
    p : Program
        Says how prices move.
    slots : array, shape (slots, draws)
        Values of all slots.
    amount : array, shape (strands, years, draws)
        What is priced, with any correction that is no price.
    factors : array, shape (worths, draws)
        From ``worth_factors``; 1 for what is left out.

    Returns
    -------
    array, shape (strands, years, draws)
    """
    per_unit = product_by(p.worth_start, factors) * p.strand_scale[:, None]
    value: Array = amount * per_unit[:, None, :]
    value = value * price_path(slots[p.strand_path], p.strand_path_exponent)
    if len(p.anchored_strand):
        by_anchor = p.anchor_weight[:, :, None] * slots[p.anchor_slot][:, None, :]
        value[p.anchored_strand] *= np.add.reduceat(by_anchor, p.anchor_start, axis=0)
    return value
