"""The program: a case as flat arrays, ready to be run on any number of draws.

A program knows nothing of ids, files or texts; the order of its lines and actors is that of
the case it was compiled from. Numbers that may vary are *slots*; it knows which of them are
constants, so that ``run`` needs only the values of the inputs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np

from impactmonitor.appraisal.arrays import Array, Flags, Index
from impactmonitor.appraisal.discounting import discount_factors
from impactmonitor.appraisal.present import PresentValues

COST, BENEFIT, FLOW, UNMONETISED, KEPT = 0, 1, 2, 3, 4
"""What a line does: it costs, it benefits, it moves money between actors, or it only counts.

``KEPT`` is the part of an effect that an actor keeps from which somebody leaves every year: it only
moves benefits of that effect between two actors, and counts in no total.
"""

NO_DOMAIN = 4


def _of(kind: str) -> Any:
    """A field whose elements number things of this kind, counted on when programs are joined."""
    return field(metadata={"counts": kind})


def _plain() -> Any:
    """A field whose elements are the same wherever the program is laid."""
    return field(metadata={"counts": None})


@dataclass(frozen=True)
class Program:
    """A case, or several laid end to end, as arrays.

    The first letters of a field name say what its rows are: ``line_``, ``strand_``, ``entry_``
    (what starts in a year), ``factor_`` (multiplied into a strand's quantity), ``worth_``
    (multiplied into its value besides), ``anchor_`` (a unit value of one year), ``step_`` (of a
    discount schedule), ``burden_`` (excess burden of a cost), ``member_`` (of an overlap),
    ``cost_``, ``benefit_`` (incidence), ``flow_`` (money from one actor to another), ``kept_``
    (a line of role ``KEPT`` and the effect that it is a part of; after all other lines), ``of_``
    (membership of parties), ``case_`` (the first line and party of each case:
    ``np.split(ledger.present, program.case_line[1:])`` takes the lines of the cases apart).
    """

    inputs: int
    years: int
    constants: Array = _plain()
    input_slots: Index = _of("slot")
    constant_slots: Index = _of("slot")

    line_role: Index = _plain()
    line_domain: Index = _plain()

    strand_line: Index = _of("line")
    strand_scale: Array = _plain()
    strand_lasts: Index = _plain()
    strand_drop_off: Index = _of("slot")
    strand_leaving: Array = _plain()
    strand_growth: Index = _of("slot")
    strand_path: Index = _of("slot")
    strand_bias: Index = _of("slot")
    strand_schedule: Index = _of("schedule")
    strand_within: Flags = _plain()
    strand_path_exponent: Array = _plain()
    strand_direction: Array = _plain()

    entry_strand: Index = _of("strand")
    entry_year: Index = _plain()
    entry_slot: Index = _of("slot")
    entry_power: Array = _plain()

    factor_start: Index = _of("factor")
    factor_slot: Index = _of("slot")
    worth_start: Index = _of("worth")
    worth_slot: Index = _of("slot")
    worth_is_share_off: Flags = _plain()

    anchored_strand: Index = _of("strand")
    anchor_start: Index = _of("anchor")
    anchor_slot: Index = _of("slot")
    anchor_weight: Array = _plain()

    schedule_start: Index = _of("step")
    schedule_timing: Array = _plain()
    step_slot: Index = _of("slot")
    step_time: Array = _plain()

    burden_strand: Index = _of("strand")
    burden_line: Index = _of("line")
    burden_share: Array = _plain()
    burden_rate: Index = _of("slot")
    burden_schedule: Index = _of("schedule")
    burden_within: Flags = _plain()

    overlap_start: Index = _of("member")
    overlap_alpha: Index = _of("slot")
    member_line: Index = _of("line")

    cost_line: Index = _of("line")
    cost_actor: Index = _of("actor")
    cost_share: Array = _plain()
    cost_is_cash: Array = _plain()

    benefit_line: Index = _of("line")
    benefit_actor: Index = _of("actor")
    benefit_share: Array = _plain()
    benefit_cash: Index = _of("slot")
    benefit_is_confirmed: Array = _plain()

    flow_line: Index = _of("line")
    flow_from: Index = _of("actor")
    flow_to: Index = _of("actor")
    flow_share: Array = _plain()
    flow_is_cash: Array = _plain()
    flow_may_turn: Flags = _plain()

    kept_line: Index = _of("line")
    kept_of: Index = _of("line")

    of_party: Index = _of("party")
    of_actor: Index = _of("actor")
    crossing_party: Index = _of("party")
    crossing_flow: Index = _of("flow")
    crossing_is_in: Flags = _plain()

    case_line: Index = _of("line")
    case_party: Index = _of("party")
    sizes: dict[str, int] = field(default_factory=dict)

    @cached_property
    def slot_input(self) -> Index:
        """The input that each slot holds, -1 for a constant; shape (slots,)."""
        found = np.full(len(self.input_slots) + len(self.constant_slots), -1, dtype=np.intp)
        found[self.input_slots] = np.arange(len(self.input_slots))
        return found

    @cached_property
    def slot_constant(self) -> Array:
        """The constant that each slot holds, nan for an input; shape (slots,)."""
        found = np.full(len(self.input_slots) + len(self.constant_slots), np.nan)
        found[self.constant_slots] = self.constants
        return found

    @cached_property
    def is_mixed(self) -> Flags:
        """Whether optimism moves some years of a strand up and others down; shape (strands,)."""
        signs = self.strand_direction
        return np.logical_and((signs > 0).any(axis=1), (signs < 0).any(axis=1))

    @cached_property
    def direction(self) -> Array:
        """Where optimism moves all years of a strand, 0 where not all alike; shape (strands,)."""
        signs = self.strand_direction
        both: Array = signs.max(axis=1, initial=0.0) + signs.min(axis=1, initial=0.0)
        return np.where(self.is_mixed, 0.0, both)

    @cached_property
    def present_values(self) -> PresentValues:
        """How present values follow from inputs, exactly."""
        return PresentValues(self)

    @cached_property
    def own_lines(self) -> Index:
        """The lines of the case, without what actors keep of them."""
        return np.flatnonzero(self.line_role != KEPT)

    def with_kept(self, amounts: Array) -> Array:
        """Amounts by line in which what actors keep stands under its effect.

        Parameters
        ----------
        amounts : array, shape (lines, ..)

        Returns
        -------
        array, shape (lines, ..)
            0 for the lines of role ``KEPT``.
        """
        if not len(self.kept_line):
            return amounts
        together = amounts.copy()
        np.add.at(together, self.kept_of, amounts[self.kept_line])
        together[self.kept_line] = 0.0
        return together

    @cached_property
    def row_line(self) -> Index:
        """The line of each row of value: the strands, then the burdens."""
        return np.concatenate([self.strand_line, self.burden_line])

    @cached_property
    def has_a_row_for_each_line(self) -> bool:
        """Whether the rows are the lines, in their order."""
        return np.array_equal(self.row_line, np.arange(self.sizes["line"]))

    @cached_property
    def row_schedule(self) -> Index:
        """The discount schedule of each row of value."""
        return np.concatenate([self.strand_schedule, self.burden_schedule])

    @cached_property
    def row_within(self) -> Flags:
        """Whether a row's year counts; shape (rows, years)."""
        return np.concatenate([self.strand_within, self.burden_within])

    @cached_property
    def row_sign(self) -> Array:
        """What a row's value counts for in society's net: 1, -1 for a cost, 0 for no part of it."""
        role = self.line_role[self.row_line]
        return np.where(role == BENEFIT, 1.0, 0.0) - np.where(role == COST, 1.0, 0.0)

    @cached_property
    def row_time(self) -> Array:
        """When a row's value of each year flows, from the start of year 0; shape (rows, years)."""
        timing = self.schedule_timing[self.row_schedule]
        result: Array = np.arange(self.years)[None, :] + timing[:, None]
        return result

    @cached_property
    def certain_factors(self) -> Array | None:
        """Discount factors by schedule and year, in one column; None where a rate is an input."""
        if (self.slot_input[self.step_slot] >= 0).any():
            return None
        rates = self.slot_constant[self.step_slot, None]
        return discount_factors(rates, self.step_time, self.schedule_start)

    @cached_property
    def society(self) -> Index:
        """The last party of each case, which is all its actors together; shape (cases,)."""
        after = np.append(self.case_party[1:], self.sizes["party"])
        return after - 1

    def values(self, inputs: Array) -> Array:
        """All slots, with the given values of the inputs.

        Parameters
        ----------
        inputs : array, shape (inputs, draws)

        Returns
        -------
        array, shape (slots, draws)
        """
        return self.at(np.arange(len(self.slot_input)), inputs)

    def at(self, slots: Index, inputs: Array) -> Array:
        """Some slots, with the given values of the inputs.

        Parameters
        ----------
        slots : array of int, shape (chosen,)
        inputs : array, shape (inputs, draws)

        Returns
        -------
        array, shape (chosen, draws)
        """
        result = np.empty((len(slots), inputs.shape[1]))
        source = self.slot_input[slots]
        varies = source >= 0
        result[varies] = inputs[source[varies]]
        result[~varies] = self.slot_constant[slots[~varies], None]
        return result


def lay_end_to_end(programs: Sequence[Program]) -> Program:
    """One program that holds several: the same rows, counted on.

    The inputs of the first program come first, and so on; the years are those of the longest.

    Parameters
    ----------
    programs : sequence of Program
        At least one.
    """
    years = max(p.years for p in programs)
    counts = {kind: [p.sizes[kind] for p in programs] for kind in programs[0].sizes}
    joined: dict[str, Any] = {"inputs": sum(p.inputs for p in programs), "years": years}
    for spec in fields(Program):
        if "counts" not in spec.metadata:
            continue
        kind = spec.metadata["counts"]
        parts = [getattr(p, spec.name) for p in programs]
        rows = np.concatenate([_lengthened(part, years) for part in parts])
        if kind is not None:
            before = np.cumsum([0, *counts[kind][:-1]])
            rows += np.repeat(before, [len(part) for part in parts])
        joined[spec.name] = rows
    return Program(**joined, sizes={kind: sum(each) for kind, each in counts.items()})


def _lengthened(part: Any, years: int) -> Any:
    """Rows by year that go on to a later year with nothing: no flow, no weight."""
    if part.ndim == 1 or part.shape[1] == years:
        return part
    longer = np.zeros((len(part), years), dtype=part.dtype)
    longer[:, : part.shape[1]] = part
    return longer
