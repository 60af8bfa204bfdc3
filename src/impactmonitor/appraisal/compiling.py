"""From a resolved case to a program: which lines there are, and to whom they fall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.inputs import Input
from impactmonitor.appraisal.layout import Layout
from impactmonitor.appraisal.program import BENEFIT, COST, FLOW, UNMONETISED, Program
from impactmonitor.appraisal.retention import lay_benefits, lay_kept
from impactmonitor.appraisal.strands import lay_amounts, lay_effect
from impactmonitor.catalogue.resolved import Resolved
from impactmonitor.model.case import EXCESS_BURDEN
from impactmonitor.model.lines import Cost, Effect, Transfer, shares_of
from impactmonitor.problems import InvalidInput, Problem, errors


@dataclass(frozen=True, slots=True)
class Compiled:
    """A program with the names of its rows.

    Attributes
    ----------
    program : Program
        The arrays.
    inputs : tuple of Input
        The uncertain numbers, in the order of the program's inputs.
    lines, actors, parties : tuple of str
        Names in the order of the program; parties are the actors, then the perspectives, then
        society. What an actor keeps of an effect, after all other lines, bears the name of the
        effect.
    warnings : tuple of Problem
        What was cut off.
    keepers : Mapping[int, str]
        By line that holds what an actor keeps of an effect: the actor.
    """

    program: Program
    inputs: tuple[Input, ...]
    lines: tuple[str, ...]
    actors: tuple[str, ...]
    parties: tuple[str, ...]
    warnings: tuple[Problem, ...]
    keepers: Mapping[int, str] = field(default_factory=dict)

    def expected(self) -> Array:
        """The point estimate of the inputs; shape (inputs, 1)."""
        return np.array([i.expected for i in self.inputs], dtype=float)[:, None]

    def most_likely(self) -> Array:
        """The modes of the inputs; shape (inputs, 1)."""
        return np.array([i.mode for i in self.inputs], dtype=float)[:, None]


def compile_case(resolved: Resolved, least_years: int = 0) -> Compiled:
    """Lay a case out as arrays.

    Parameters
    ----------
    resolved : Resolved
        A case that keeps its rules, with everything looked up.
    least_years : int
        Years that the arrays have at least, also where nothing flows any more.

    Returns
    -------
    Compiled

    Raises
    ------
    InvalidInput
        If an uncertain number has no value at all within the range of its place.
    """
    layout, case = Layout(resolved), resolved.case
    layout.reach(least_years - 1)
    for name, cost in case.costs.items():
        _cost(layout, name, cost)
    for name, effect in case.effects.items():
        _effect(layout, name, effect)
    for name, transfer in case.transfers.items():
        _transfer(layout, name, transfer)
    _excess_burden(layout)
    lay_kept(layout)  # after every other line
    _overlaps(layout)
    _parties(layout)
    program = layout.program()
    inputs = tuple(layout.register.inputs)
    problems = layout.register.problems
    if any(errors(problems)):
        raise InvalidInput(problems)
    return Compiled(
        program,
        inputs,
        tuple(layout.names),
        tuple(layout.actors),
        tuple(layout.parties),
        tuple(problems),
        layout.keepers,
    )


def _cost(layout: Layout, name: str, cost: Cost) -> None:
    line = layout.line(name, COST, cost.domain)
    strands = lay_amounts(layout, f"costs.{name}", line, cost)
    shares = shares_of(cost.paid_by)
    _paid(layout, line, shares, 0.0 if cost.in_kind else 1.0)
    burden = layout.case.excess_burden
    if burden is not None and not cost.in_kind:
        taxed = sum(shares.get(actor, 0.0) for actor in burden.actors)
        for strand in strands if taxed > 0 else ():
            layout.add(burden_strand=strand, burden_share=taxed)


def _paid(layout: Layout, line: int, shares: Mapping[str, float], cash: float) -> None:
    for actor, share in shares.items():
        layout.add(
            cost_line=line, cost_actor=layout.actors[actor], cost_share=share, cost_is_cash=cash
        )


def _effect(layout: Layout, name: str, effect: Effect) -> None:
    path, found = f"effects.{name}", layout.resolved.effects[name]
    role = FLOW if found.taken_from else BENEFIT
    line = layout.line(name, role if effect.monetised else UNMONETISED, found.domain)
    lay_effect(layout, path, line, effect)
    if effect.monetised and role == BENEFIT:
        lay_benefits(layout, path, line, effect, found)
    elif effect.monetised:
        _flows(layout, line, found.taken_from, found.falls_to, 1.0, may_turn=True)


def _transfer(layout: Layout, name: str, transfer: Transfer) -> None:
    line = layout.line(name, FLOW, None)
    lay_amounts(layout, f"transfers.{name}", line, transfer)
    cash = 0.0 if transfer.in_kind else 1.0
    _flows(layout, line, {transfer.from_: 1.0}, {transfer.to: 1.0}, cash, may_turn=False)


def _flows(
    layout: Layout,
    line: int,
    givers: Mapping[str, float],
    receivers: Mapping[str, float],
    cash: float,
    may_turn: bool,
) -> None:
    """Money from each giver to each receiver; nobody gives to himself."""
    for giver, given in givers.items():
        for receiver, received in receivers.items():
            if giver != receiver and given * received > 0:
                layout.add(
                    flow_line=line,
                    flow_from=layout.actors[giver],
                    flow_to=layout.actors[receiver],
                    flow_share=given * received,
                    flow_is_cash=cash,
                    flow_may_turn=may_turn,
                )


def _excess_burden(layout: Layout) -> None:
    burden = layout.case.excess_burden
    if burden is None:
        return
    line = layout.line(EXCESS_BURDEN, COST, "economic")
    rate = layout.slot("excess_burden", burden, "rate")
    for strand in layout.columns["burden_strand"]:
        schedule = layout.columns["strand_schedule"][strand]
        layout.add(burden_line=line, burden_rate=rate, burden_schedule=schedule)
    _paid(layout, line, shares_of(burden.borne_by), 0.0)


def _overlaps(layout: Layout) -> None:
    for name, group in layout.case.overlaps.items():
        alpha = layout.slot(f"overlaps.{name}", group, "alpha")
        layout.add(overlap_start=layout.count("member_line"), overlap_alpha=alpha)
        for line in group.lines:
            layout.add(member_line=layout.lines[line])


def _parties(layout: Layout) -> None:
    """Who belongs to which party, and which flows cross its boundary."""
    case = layout.case
    groups: list[tuple[str, ...]] = [(name,) for name in case.actors]
    groups += [*case.perspectives.values(), tuple(case.actors)]
    flows = list(zip(layout.columns["flow_from"], layout.columns["flow_to"], strict=True))
    for party, members in enumerate(groups):
        inside = {layout.actors[name] for name in members}
        for actor in sorted(inside):
            layout.add(of_party=party, of_actor=actor)
        for flow, (giver, receiver) in enumerate(flows):
            if (giver in inside) != (receiver in inside):
                layout.add(
                    crossing_party=party, crossing_flow=flow, crossing_is_in=receiver in inside
                )
