"""What a value is made of: quantity, price, rate and method, row by row and year by year.

A row is a line, or what one cost adds to the excess burden. For every row and year::

    present value = quantity x price x (what method keeps of it) x discount factor

so that one factor can be replaced by that of another result while the others stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array, Flags, product_by, sum_by
from impactmonitor.appraisal.burden import excess_burden
from impactmonitor.appraisal.compiling import compile_case
from impactmonitor.appraisal.discounting import discount_factors
from impactmonitor.appraisal.flows import bias_direction, bias_factor
from impactmonitor.appraisal.ledger import gross_quantity, line_scale, priced, worth_factors
from impactmonitor.appraisal.program import BENEFIT, COST, KEPT, Program
from impactmonitor.model.case import EXCESS_BURDEN, Case

SIGNS = np.array([1.0, -1.0])
"""What starts is held apart by its sign: optimism moves gains and harms in opposite ways."""


@dataclass(frozen=True, slots=True)
class LineKey:
    """What makes two lines of two results the same one.

    Attributes
    ----------
    id, kind : str
        ``kind`` is cost, effect or transfer.
    role : int
        What the line does; see ``program``.
    keeper : str
        Of a line that holds what an actor keeps of an effect, that actor; else empty.
    """

    id: str
    kind: str
    role: int
    keeper: str = ""

    @property
    def whole(self) -> LineKey:
        """The effect of which a line holds what an actor keeps; any other line itself."""
        return LineKey(self.id, self.kind, BENEFIT) if self.role == KEPT else self


@dataclass(frozen=True, slots=True)
class RowKey:
    """A line, and for the excess burden the cost that raises it (else empty)."""

    line: LineKey
    source: str = ""

    @property
    def whole(self) -> RowKey:
        """The row of the effect of which a line holds what an actor keeps; else the row itself."""
        return RowKey(self.line.whole, self.source)


@dataclass(frozen=True, slots=True)
class Components:
    """The factors of every row of one result, on a calendar that two results share.

    Attributes
    ----------
    rows : tuple of RowKey
        In the order of the case, the excess burden last.
    quantity : array, shape (2, rows, years)
        Gross quantity of what starts as 0 or more, and of what starts below 0.
    price : array, shape (rows, years)
        Money per unit at the price level of the case.
    price_sign : array, shape (rows, years)
        Sign of the price at the point estimate, by which the direction of optimism is decided.
    factor : array, shape (rows, years)
        Discount factor at the timing and class of the line.
    bias : array, shape (rows,)
        Optimism bias.
    kept : array, shape (rows,)
        What is kept after deadweight, displacement, attribution to others and overlap; of the
        excess burden also its rate and the share of the cost that it is raised on.
    within, after : array of bool, shape (years,)
        Years within and after the horizon.
    """

    rows: tuple[RowKey, ...]
    quantity: Array
    price: Array
    price_sign: Array
    factor: Array
    bias: Array
    kept: Array
    within: Flags
    after: Flags

    def aligned(self, rows: Sequence[RowKey]) -> Components:
        """The same in another order of rows; a row that is not there is 0 throughout."""
        place = {row: i for i, row in enumerate(self.rows)}
        found = np.array([place.get(row, len(self.rows)) for row in rows], dtype=np.intp)
        return replace(
            self,
            rows=tuple(rows),
            quantity=_with_zero(self.quantity, 1)[:, found],
            price=_with_zero(self.price)[found],
            price_sign=_with_zero(self.price_sign)[found],
            factor=_with_zero(self.factor)[found],
            bias=_with_zero(self.bias)[found],
            kept=_with_zero(self.kept)[found],
        )


def _with_zero(amounts: Array, axis: int = 0) -> Array:
    """With one more row, of zeros."""
    widths = [(0, int(i == axis)) for i in range(amounts.ndim)]
    return np.pad(amounts, widths)


def discounted(
    quantity: Components, price: Components, rate: Components, method: Components
) -> Array:
    """Discounted value by row and year, with each factor from the result that is given for it.

    Parameters
    ----------
    quantity, price, rate, method : Components
        With the same rows and years.

    Returns
    -------
    array, shape (rows, years)
        Also of years outside the horizon.
    """
    is_effect = np.array([row.line.kind == "effect" for row in method.rows], dtype=bool)
    gain_or_harm = bias_direction(SIGNS[:, None, None] * price.price_sign)
    direction = np.where(is_effect[:, None], gain_or_harm, 1.0)
    bias = np.stack([bias_factor(method.bias[:, None], part)[:, :, 0] for part in direction])
    flows = (quantity.quantity * bias).sum(axis=0)
    amounts = flows * price.price * method.kept[:, None] * rate.factor
    return np.where(flows == 0, 0.0, amounts)


def last_year(a: Appraised) -> int:
    """The last year in which anything flows, or the last of the horizon."""
    return a.case.base_year + a.compiled.program.years - 1


def line_keys(a: Appraised) -> tuple[LineKey, ...]:
    """The lines of a result, in the order of its program."""
    case, roles, keepers = a.case, a.compiled.program.line_role.tolist(), a.compiled.keepers
    return tuple(
        LineKey(name, _kind(case, name), role, keepers.get(line, ""))
        for line, (name, role) in enumerate(zip(a.compiled.lines, roles, strict=True))
    )


def _kind(case: Case, name: str) -> str:
    if name in case.effects:
        return "effect"
    return "transfer" if name in case.transfers else "cost"


def components_of(a: Appraised, years: range) -> Components:
    """The factors of a result's rows.

    Parameters
    ----------
    a : Appraised
        The result.
    years : range
        A calendar that holds all years of the result.
    """
    p = _lasting(a, years)
    slots = p.values(a.ledger.inputs[:, :1])
    expected = p.values(a.compiled.expected())
    lines, first = np.unique(p.strand_line, return_index=True)
    factors = discount_factors(slots[p.step_slot], p.step_time, p.schedule_start)
    keys = line_keys(a)
    calendar = np.array(years)
    base, end = a.years.start, a.years.stop

    def laid(amounts: Array) -> Array:
        before = base - years.start
        return np.pad(amounts[..., 0], ((0, 0), (before, len(years) - before - p.years)))

    own = Components(
        rows=tuple(RowKey(keys[line]) for line in lines),
        quantity=np.stack([laid(part) for part in _quantities(p, slots, expected)])[:, lines],
        price=laid(_prices(p, slots)[first]),
        price_sign=laid(np.sign(_prices(p, expected)[first])),
        factor=laid(factors[p.strand_schedule[first]]),
        bias=slots[p.strand_bias[first], 0],
        kept=_kept(p, slots)[first],
        within=(calendar >= base) & (calendar < end),
        after=calendar >= end,
    )
    return _with_burden(_overlapping(own, p, slots), p, slots, keys)


def _lasting(a: Appraised, years: range) -> Program:
    """The program of a result, laid out again where it ends before the calendar does."""
    wanted = years.stop - a.years.start
    program = a.compiled.program
    return program if wanted <= program.years else compile_case(a.resolved, wanted).program


def _quantities(p: Program, slots: Array, expected: Array) -> list[Array]:
    """Gross quantity by line of the entries of each sign at the point estimate."""
    factor = product_by(p.factor_start, expected[p.factor_slot])[p.entry_strand]
    is_harm = expected[p.entry_slot] * factor < 0
    begun = slots[p.entry_slot]
    result = []
    for counted in (~is_harm, is_harm):
        strands = gross_quantity(p, slots, np.where(counted, begun, 0.0))
        lines = sum_by(p.strand_line, strands[:, :, 0].copy(), p.sizes["line"])
        result.append(lines[:, :, None])
    return result


def _prices(p: Program, slots: Array) -> Array:
    """Price by strand and year."""
    money = np.where(p.worth_is_share_off[:, None], 1.0, worth_factors(p, slots))
    return priced(p, slots, np.ones((p.sizes["strand"], p.years, 1)), money)


def _kept(p: Program, slots: Array) -> Array:
    """What the shares that are taken off leave of each strand."""
    left = np.where(p.worth_is_share_off[:, None], worth_factors(p, slots), 1.0)
    result: Array = product_by(p.worth_start, left)[:, 0]
    return result


def _overlapping(own: Components, p: Program, slots: Array) -> Components:
    """With the lines of overlap groups scaled; the rows are still the lines with strands."""
    lines = np.unique(p.strand_line)
    present = np.zeros((p.sizes["line"], 1))
    present[lines, 0] = (discounted(own, own, own, own) * own.within).sum(axis=1)
    return replace(own, kept=own.kept * line_scale(p, slots[p.overlap_alpha], present)[lines, 0])


def _with_burden(
    own: Components, p: Program, slots: Array, keys: tuple[LineKey, ...]
) -> Components:
    """With a row for what each cost adds to the excess burden, if the case has one."""
    burden = next((key for key in keys if key.id == EXCESS_BURDEN), None)
    if burden is None:
        return own
    ones = np.ones((p.sizes["strand"], 1, 1))
    weights = excess_burden(ones, p.burden_strand, p.burden_share, slots[p.burden_rate])
    per_line = sum_by(p.strand_line[p.burden_strand], weights[:, 0], p.sizes["line"])
    weight = dict(zip(keys, per_line[:, 0], strict=True))
    costs = [row for row in own.rows if row.line.role == COST]
    both = own.aligned([*own.rows, *costs])
    raised = np.array([weight[row.line] for row in costs])
    return replace(
        both,
        rows=(*own.rows, *(RowKey(burden, row.line.id) for row in costs)),
        kept=both.kept * np.concatenate([np.ones(len(own.rows)), raised]),
    )
