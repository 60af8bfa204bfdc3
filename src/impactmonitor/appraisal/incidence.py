"""Incidence: to whom costs, benefits and transfers fall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impactmonitor.appraisal.arrays import Array, Flags, sum_by, sums_by
from impactmonitor.appraisal.program import Program


@dataclass(frozen=True, slots=True)
class Split:
    """Amounts by party (actors first, then perspectives, in the order of the case).

    All arrays have the shape (parties, columns); columns are draws or years. Costs and payments
    are positive amounts.

    Attributes
    ----------
    costs, benefits : array
        Harms are negative benefits.
    received, paid : array
        Transfers across the boundary of the party, gross.
    confirmed : array
        Benefits and harms of the lines that the bearers themselves confirmed.
    cash : array
        Money: cashable benefits - costs not in kind + transfers not in kind.
    """

    costs: Array
    benefits: Array
    received: Array
    paid: Array
    confirmed: Array
    cash: Array

    @property
    def transfers(self) -> Array:
        """Received minus paid."""
        return self.received - self.paid

    @property
    def net(self) -> Array:
        """Benefits - costs + transfers."""
        return self.benefits - self.costs + self.transfers


def split(program: Program, amounts: Array, slots: Array, is_turned: Flags) -> Split:
    """Divide the amounts of lines over the parties.

    Parameters
    ----------
    program : Program
        Holds the shares.
    amounts : array, shape (lines, columns)
        Present values, or amounts of one year per column.
    slots : array, shape (slots, 1 or columns)
        Values of all slots, for the cashable shares.
    is_turned : array of bool, shape (flows, 1 or columns)
        Flows whose giver and receiver change places (a transfer effect that is negative).
    """
    p = program
    costs = amounts[p.cost_line] * p.cost_share[:, None]
    benefits = amounts[p.benefit_line] * p.benefit_share[:, None]
    cash = slots[p.benefit_cash] * benefits
    confirmed = p.benefit_is_confirmed[:, None] * benefits
    flows = amounts[p.flow_line] * p.flow_share[:, None]
    cash_flows = flows * p.flow_is_cash[:, None]
    actors = p.sizes["actor"]
    of_actor = [
        *sums_by(p.cost_actor, [costs, costs * p.cost_is_cash[:, None]], actors),
        *sums_by(p.benefit_actor, [benefits, confirmed, cash], actors),
        sum_by(p.flow_to, cash_flows, actors),
        sum_by(p.flow_from, cash_flows, actors),
    ]
    cost, cash_out, benefit, agreed, cash_in, money_in, money_out = sums_by(
        p.of_party, [part[p.of_actor] for part in of_actor], p.sizes["party"]
    )
    received, paid = _crossing(program, flows, is_turned)
    money = cash_in - cash_out + money_in - money_out
    return Split(cost, benefit, received, paid, agreed, money)


def _crossing(program: Program, flows: Array, is_turned: Flags) -> tuple[Array, Array]:
    """What crosses the boundary of each party inwards and outwards, both as positive amounts."""
    crossing = flows[program.crossing_flow]
    turned = is_turned[program.crossing_flow]
    is_in = program.crossing_is_in[:, None] != turned
    signed = np.where(turned, -crossing, crossing)
    inwards, outwards = np.where(is_in, signed, 0.0), np.where(is_in, 0.0, signed)
    party, size = program.crossing_party, program.sizes["party"]
    received, paid = sums_by(party, [inwards, outwards], size)
    return received, paid
