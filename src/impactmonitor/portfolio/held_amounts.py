"""How much of the fund's money is in each holding, at the end of a period or of a quarter."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from impactmonitor.model.portfolio import Holding, Portfolio
from impactmonitor.model.portfolio_templates import PortfolioTemplate
from impactmonitor.portfolio.attribution import absence, position_of
from impactmonitor.portfolio.attribution_factors import unlisted_outstanding
from impactmonitor.portfolio.conversion import rate_at
from impactmonitor.portfolio.investee_facts import InvesteeFacts, Missing

GIFTS = ("grant", "guarantee")
"""Instruments that leave no claim behind, unless an amount says otherwise."""


@dataclass(frozen=True, slots=True)
class HeldAmount:
    """The fund's money in one holding at one moment.

    Attributes
    ----------
    amount : float or None
        In the fund's currency, at least 0; None where it is not known.
    missing : tuple of Missing
        What is needed to know it.
    is_from_shares : bool
        Whether it was worked out from shares and equity, instead of written.
    """

    amount: float | None
    missing: tuple[Missing, ...] = ()
    is_from_shares: bool = False


def days_of(template: PortfolioTemplate, period: int) -> tuple[datetime.date, ...]:
    """The days at which a template looks: the end of the period, or of its four quarters.

    Examples
    --------
    >>> from impactmonitor.catalogue.portfolio_templates import load_templates
    >>> [f"{day:%d-%m}" for day in days_of(load_templates().named("sfdr-2022"), 2026)]
    ['31-03', '30-06', '30-09', '31-12']
    """
    end = datetime.date(period, 12, 31)
    if template.moments == "period-end":
        return (end,)
    return (*(datetime.date(period, month, day) for month, day in ((3, 31), (6, 30), (9, 30))), end)


def held_amounts(
    portfolio: Portfolio, template: PortfolioTemplate, period: int, day: datetime.date
) -> Mapping[str, HeldAmount]:
    """The fund's money in every holding at one of the days of a template.

    Parameters
    ----------
    portfolio : Portfolio
        With positions (for the end of a period) or values (for the ends of quarters).
    template : PortfolioTemplate
        Says which of the two, and which shares have no market price.
    period : int
        Calendar year. All is brought to the fund's currency at the rate of its end.
    day : date
        One of ``days_of``.

    Returns
    -------
    Mapping[str, HeldAmount]
        By holding; what is not held on that day is not in it.
    """
    find = _outstanding if template.moments == "period-end" else _value
    found: dict[str, HeldAmount] = {}
    for name, holding in portfolio.holdings.items():
        written = find(name, holding, period, day)
        if written is not None:
            found[name] = _in_currency(portfolio, holding, written, period)
    return _from_shares(portfolio, template, period, found)


def _outstanding(name: str, holding: Holding, period: int, _: datetime.date) -> HeldAmount | None:
    if absence(holding, period) is not None:
        return None
    position = position_of(holding, period)
    amount = position.outstanding if position is not None else None
    if amount is None and position is not None and holding.instrument == "guarantee":
        amount = position.called
    if amount is not None:
        return HeldAmount(amount)
    if holding.instrument in GIFTS:
        return None
    place = f"holdings.{name}.positions.{period}.outstanding"
    return HeldAmount(None, (Missing(place, "amount", name),))


def _value(name: str, holding: Holding, _: int, day: datetime.date) -> HeldAmount | None:
    if day in holding.values:
        return HeldAmount(holding.values[day])
    is_gone = holding.exit is not None and holding.exit <= day
    is_later = holding.commitment is not None and holding.commitment.date > day
    if is_gone or is_later or (holding.instrument in GIFTS and not holding.values):
        return None
    return HeldAmount(None, (Missing(f"holdings.{name}.values.{day}", "amount", name),))


def _in_currency(
    portfolio: Portfolio, holding: Holding, written: HeldAmount, period: int
) -> HeldAmount:
    rate = rate_at(portfolio, holding.currency, datetime.date(period, 12, 31))
    if written.amount is None:
        return written
    if rate is None:
        return HeldAmount(None, (_no_rate(str(holding.currency)),))
    return HeldAmount(written.amount * rate)


def _no_rate(currency: str) -> Missing:
    return Missing(f"exchange_rates.{currency}", "exchange-rate", currency)


def in_other_currency(
    portfolio: Portfolio, amount: float, currency: str | None, period: int
) -> tuple[float | None, tuple[Missing, ...]]:
    """An amount of the fund in the currency of a whole, at the rate of the end of the period.

    Returns
    -------
    tuple of float or None, and of tuple of Missing
    """
    rate = rate_at(portfolio, currency, datetime.date(period, 12, 31))
    if rate is None:
        return None, (_no_rate(str(currency)),)
    return amount / rate, ()


def _from_shares(
    portfolio: Portfolio,
    template: PortfolioTemplate,
    period: int,
    found: Mapping[str, HeldAmount],
) -> Mapping[str, HeldAmount]:
    """Shares without a market price at their part of the equity, over their holdings."""
    changed = dict(found)
    for investee in {holding.investee for holding in portfolio.holdings.values()} - {None}:
        names = [
            name
            for name in found
            if portfolio.holdings[name].investee == investee
            and portfolio.holdings[name].instrument == "equity"
        ]
        worth = _worth(InvesteeFacts(portfolio, template, str(investee), period))
        if worth is None or not names:
            continue
        amounts = [found[name].amount for name in names]
        parts = [amount for amount in amounts if amount is not None]
        if len(names) > 1 and (len(parts) < len(names) or not math.fsum(parts)):
            continue  # nobody says whose the shares are
        for name, amount in zip(names, amounts, strict=True):
            part = 1.0 if len(names) == 1 else (amount or 0.0) / math.fsum(parts)
            changed[name] = replace(
                found[name], amount=worth * part, missing=(), is_from_shares=True
            )
    return changed


def _worth(facts: InvesteeFacts) -> float | None:
    """What all of the fund's shares in an investee stand for, where that can be worked out."""
    rule = facts.template.attribution.get(facts.investee.asset_class)
    if rule is None or rule.shares is None:
        return None
    parts = [facts.fact(name) for name in (rule.shares.held, rule.shares.total, rule.shares.worth)]
    known = [part.value for part in parts if part is not None]
    return unlisted_outstanding(*known) if len(known) == len(parts) else None
