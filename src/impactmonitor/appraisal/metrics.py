"""The metrics: one registry, each a function of the appraised case, with its definition.

Titles, definitions and formulas stand in the message catalogue (``metrics``) in both languages
and go into every report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array, sum_by
from impactmonitor.appraisal.discounting import discount_factors, time_in_steps
from impactmonitor.appraisal.incidence import Split
from impactmonitor.appraisal.ledger import Ledger
from impactmonitor.appraisal.program import BENEFIT, COST
from impactmonitor.appraisal.returns import (
    InternalRate,
    internal_rate_of_return,
    modified_rate_of_return,
    payback_year,
)

ROUNDING = 1e-12

Kind = Literal["money", "ratio", "rate", "year"]
Value = float | int | InternalRate | None
Function = TypeVar("Function", bound=Callable[[Appraised], Value])


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that says something about a whole case.

    Attributes
    ----------
    id : str
        Its name in the JSON and in the message catalogue.
    kind : {"money", "ratio", "rate", "year"}
        How it is written for people.
    reason : str
        Code of the warning that says why it has no value.
    compute : callable
        From an appraised case to the value, or None.
    """

    id: str
    kind: Kind
    reason: str
    compute: Callable[[Appraised], Value]


METRICS: dict[str, Metric] = {}


def metric(kind: Kind, reason: str = "", name: str = "") -> Callable[[Function], Function]:
    """Register a metric, under the name of its function unless it has another."""

    def register(function: Function) -> Function:
        key = name or function.__name__
        METRICS[key] = Metric(key, kind, reason, function)
        return function

    return register


def ratio(numerator: float, denominator: float) -> float | None:
    """A quotient, or None where the denominator is 0 or less.

    Examples
    --------
    >>> ratio(3.0, 2.0), ratio(1.0, 0.0)
    (1.5, None)
    """
    return numerator / denominator if denominator > 0 else None


def party_ratio(split: Split, party: int) -> float | None:
    """(Benefits + received) / (costs + paid) of one party, in the first draw."""
    gains = float(split.benefits[party, 0] + split.received[party, 0])
    return ratio(gains, float(split.costs[party, 0] + split.paid[party, 0]))


@metric("money")
def costs(a: Appraised) -> float:
    """Present value of all costs."""
    return float(a.ledger.costs[0])


@metric("money")
def benefits(a: Appraised) -> float:
    """Present value of all benefits; harms are negative benefits."""
    return float(a.ledger.benefits[0])


def _net(ledger: Ledger) -> float:
    return float(ledger.benefits[0] - ledger.costs[0])


@metric("money")
def net_present_value(a: Appraised) -> float:
    """Benefits - costs."""
    return _net(a.ledger)


@metric("ratio", reason="no-costs")
def benefit_cost_ratio(a: Appraised) -> float | None:
    """Benefits / costs."""
    return ratio(float(a.ledger.benefits[0]), float(a.ledger.costs[0]))


@metric("ratio", reason="no-costs")
def sroi(a: Appraised) -> float | None:
    """Social return on investment: benefits / costs of society."""
    return ratio(float(a.ledger.benefits[0]), float(a.ledger.costs[0]))


@metric("ratio", reason="no-costs")
def sroi_net(a: Appraised) -> float | None:
    """Net social return on investment: net present value / costs."""
    return ratio(_net(a.ledger), float(a.ledger.costs[0]))


def moments(a: Appraised, amounts: Array) -> tuple[Array, Array]:
    """Society's net amounts by moment.

    Parameters
    ----------
    a : Appraised
        The case.
    amounts : array, shape (rows, years)
        Undiscounted or discounted amounts within the horizon.

    Returns
    -------
    times, net : arrays
        Every moment at which any line flows, ascending, and the sum of benefits - costs; what
        only differs from 0 by rounding is 0.
    """
    p = a.compiled.program
    signed = amounts * p.row_sign[:, None]
    is_flow = signed != 0
    found, index = np.unique(p.row_time[is_flow], return_inverse=True)
    flows = signed[is_flow][:, None]
    net, size = (sum_by(index, part, len(found))[:, 0] for part in (flows, np.abs(flows)))
    return found, np.where(np.abs(net) <= ROUNDING * size, 0.0, net)


@metric("rate", name="internal_rate_of_return")
def internal_rate_of_return_of_society(a: Appraised) -> InternalRate:
    """The only rate at which society's flows are worth nothing together."""
    times, net = moments(a, a.ledger.inside[:, :, 0])
    return internal_rate_of_return(times.tolist(), net.tolist())


def standard_factor(a: Appraised, time: float) -> float:
    """The standard discount factor at a moment, in the point estimate."""
    p = a.compiled.program
    steps = a.resolved.schedules["standard"]
    spent = time_in_steps(np.array([time]), [s.until for s in steps])
    rates = a.ledger.slots[p.step_slot[: len(steps)], :1]
    return float(discount_factors(rates, spent, np.array([0]))[0, 0, 0])


@metric("rate", reason="no-modified-rate")
def modified_internal_rate_of_return(a: Appraised) -> float | None:
    """The rate at which the costs would have to grow to reach the gains."""
    p = a.compiled.program
    flows = a.ledger.inside[:, :, 0] * p.row_sign[:, None]
    times = p.row_time[flows != 0]
    if not len(times):
        return None
    _, present = moments(a, a.ledger.discounted[:, :, 0])
    last = float(times.max())
    factor = standard_factor(a, last)
    return modified_rate_of_return(present.tolist(), factor, last)


def _yearly_net(a: Appraised, amounts: Array) -> list[float]:
    """Society's net by year of the horizon; amounts by line and year."""
    ledger = a.ledger
    net = ledger.by_role(amounts, BENEFIT).sum(axis=0) - ledger.by_role(amounts, COST).sum(axis=0)
    return [float(n) for n in net[: len(a.years)]]


@metric("year", reason="no-payback", name="payback_year")
def payback_year_undiscounted(a: Appraised) -> int | None:
    """First year from which the cumulative undiscounted net stays at or above 0."""
    return payback_year(a.years[0], _yearly_net(a, a.ledger.within[:, :, 0]))


@metric("year", reason="no-payback")
def payback_year_discounted(a: Appraised) -> int | None:
    """First year from which the cumulative discounted net stays at or above 0."""
    return payback_year(a.years[0], _yearly_net(a, a.ledger.discounted_by_line[:, :, 0]))


@metric("money")
def beyond_horizon(a: Appraised) -> float:
    """Present value (benefits - costs) of what falls after the horizon, in no total."""
    ledger = a.ledger
    parts = (ledger.by_role(ledger.beyond, role).sum(axis=0) for role in (BENEFIT, COST))
    gains, losses = parts
    return float(gains[0] - losses[0])


@metric("money")
def equivalent_annual_value(a: Appraised) -> float:
    """The same amount every year of the horizon that is worth the net present value."""
    standard = a.ledger.factors[0, : len(a.years), 0]
    return net_present_value(a) / float(standard.sum())


@metric("money")
def most_likely_net_present_value(a: Appraised) -> float:
    """Net present value with every uncertain input at its mode."""
    return _net(a.most_likely)
