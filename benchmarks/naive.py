"""The same calculation in plain loops over lines, years and actors, as anyone would write it.

It knows the fields that the measured cases use, and no others.
"""

from __future__ import annotations

import math

from impactmonitor.model.case import SOCIETY, Case
from impactmonitor.model.lines import Cost, Effect, shares_of
from impactmonitor.model.numbers import Lognormal, Pert, Triangular, Uniform

MOMENTS = {"start_of_year": 0.0, "mid_year": 0.5, "end_of_year": 1.0}
Z95 = 1.6448536269514722


def expected(figure: object) -> float:
    """The expected value of a number."""
    if isinstance(figure, Triangular):
        return sum(figure.triangular) / 3
    if isinstance(figure, Pert):
        low, mode, high = figure.pert
        return (low + 4 * mode + high) / 6
    if isinstance(figure, Uniform):
        return sum(figure.uniform) / 2
    if isinstance(figure, Lognormal):
        median, p95 = figure.lognormal.median, figure.lognormal.p95
        sigma = math.log(p95 / median) / Z95
        return median * math.exp(sigma**2 / 2)
    assert isinstance(figure, float)
    return figure


def rebasing(case: Case, line: Cost | Effect) -> float:
    """From the price level of a line to that of the case."""
    if line.price_year is None or line.price_year == case.price_year:
        return 1.0
    index = case.price_indices["cpi"].years
    return index[case.price_year] / index[line.price_year]


def net_values(case: Case) -> dict[str, float]:
    """Net present value of each actor, and of society."""
    rate, moment = expected(case.discount.rate), MOMENTS[case.discount.timing]
    discount = [(1 + rate) ** -(year + moment) for year in range(case.horizon)]
    net = dict.fromkeys((*case.actors, SOCIETY), 0.0)
    for cost in case.costs.values():
        amount, growth = expected(cost.amount) * rebasing(case, cost), expected(cost.growth)
        shares = shares_of(cost.paid_by)
        for year in range(cost.years):
            present = amount * (1 + growth) ** year * discount[year]
            net[SOCIETY] -= present
            for actor, share in shares.items():
                net[actor] -= share * present
    for effect in case.effects.values():
        quantity, price = expected(effect.quantity), expected(effect.unit_value)
        for factor in effect.factors.values():
            quantity *= expected(factor)
        price *= rebasing(case, effect)
        price *= 1 - expected(effect.deadweight)
        price *= 1 - expected(effect.attribution_to_others)
        change, drop_off = expected(effect.real_price_change), expected(effect.drop_off)
        shares = shares_of(effect.falls_to)
        for first in range(effect.years):
            for since in range(effect.lasts):
                year = first + since
                if year >= case.horizon:
                    break
                left = quantity * (1 - drop_off) ** since
                present = left * price * (1 + change) ** year * discount[year]
                net[SOCIETY] += present
                for actor, share in shares.items():
                    net[actor] += share * present
    return net
