"""The rise of enterprise values between two periods, taken out of an intensity.

Partnership for Carbon Accounting Financials (2022), The Global GHG Accounting and Reporting
Standard Part A: Financed Emissions, second edition: adjustment of EVIC for inflation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_templates import PortfolioTemplate
from impactmonitor.portfolio.attribution_factors import EvicAdjustment, evic_adjustment
from impactmonitor.portfolio.held_by import HeldBy

EVIC_FACTS = ("evic", "market-cap-ordinary")
"""A whole is an enterprise value where the first of its facts is one of these."""
INTENSITY = "intensity"
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class EvicInflation:
    """An intensity of two periods, at equal enterprise values.

    Attributes
    ----------
    base_period, period : int
        Calendar years.
    adjustment : EvicAdjustment or None
        Intensities per million of the fund's currency; None where no company has all that it takes
        in both periods.
    compared : tuple of str
        Investees that have it.
    left_out : tuple of str
        Investees with an enterprise value in one of the periods that do not.
    """

    base_period: int
    period: int
    adjustment: EvicAdjustment | None
    compared: tuple[str, ...]
    left_out: tuple[str, ...]


def evic_inflation(
    portfolio: Portfolio,
    template: PortfolioTemplate,
    base_period: int,
    period: int,
    name: str = INTENSITY,
) -> EvicInflation:
    """Compare an intensity of two periods without the rise of enterprise values between them.

    Parameters
    ----------
    portfolio : Portfolio
        With facts and positions of both years.
    template : PortfolioTemplate
        That looks at the end of a period.
    base_period, period : int
        Calendar years.
    name : str
        Id of the indicator: emissions over the amount held.

    Returns
    -------
    EvicInflation
        Over the companies with an enterprise value, emissions and an amount in both years. The
        factor is weighted by the amounts of ``period``.
    """
    years = [_companies(HeldBy(portfolio, template, year), name) for year in (base_period, period)]
    both = tuple(
        who for who in years[0] if who in years[1] and None not in (*years[0][who], *years[1][who])
    )
    either = dict.fromkeys([*years[0], *years[1]])
    figures = [[[float(year[who][i] or 0.0) for who in both] for year in years] for i in range(3)]
    emissions, values, weights = figures
    has_weight = all(math.fsum(one) > 0 for one in weights)
    adjustment = evic_adjustment(emissions, values, weights) if has_weight else None
    return EvicInflation(
        base_period, period, adjustment, both, tuple(who for who in either if who not in both)
    )


Company = tuple[float | None, float | None, float | None]


def _companies(held: HeldBy, name: str) -> Mapping[str, Company]:
    """Emissions, enterprise value in millions and amount held, of companies that have a value."""
    figures = held.figures(held.template.indicators[name])
    (amounts,) = held.days.values()
    found: dict[str, Company] = {}
    for who, whole in held.wholes.items():
        own = [h.amount for n, h in amounts.items() if held.portfolio.holdings[n].investee == who]
        is_value = whole.facts[:1] and whole.facts[0] in EVIC_FACTS
        if own and is_value and figures[who].is_eligible:
            known = [amount for amount in own if amount is not None]
            amount = math.fsum(known) if len(known) == len(own) else None
            value = whole.value / MILLION if whole.value is not None else None
            found[who] = (figures[who].value, value, amount)
    return found
