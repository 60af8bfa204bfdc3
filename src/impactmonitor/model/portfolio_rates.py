"""Exchange rates of a portfolio, by date."""

from __future__ import annotations

import datetime

from impactmonitor.model.portfolio import Portfolio


def rate_at(portfolio: Portfolio, currency: str | None, day: datetime.date) -> float | None:
    """Units of the fund's currency for one of another, as last noted on or before a day.

    Parameters
    ----------
    portfolio : Portfolio
        With its exchange rates.
    currency : str or None
        None is the fund's own.
    day : datetime.date
        For a position the end of the period.

    Returns
    -------
    float or None
        None where no rate was noted by then.

    Examples
    --------
    >>> fund = Portfolio.model_validate({"impactmonitor_portfolio": 1, "id": "f", "title": "F",
    ...     "currency": "EUR", "price_year": 2025, "base_year": 2025,
    ...     "exchange_rates": {"GBP": {"2025-06-30": 1.17, "2025-12-31": 1.15}}})
    >>> [rate_at(fund, "GBP", datetime.date(2025, month, 30)) for month in (5, 6, 11)]
    [None, 1.17, 1.17]
    """
    if currency is None or currency == portfolio.currency:
        return 1.0
    noted = portfolio.exchange_rates.get(currency, {})
    days = [one for one in noted if one <= day]
    return noted[max(days)] if days else None


def end_of(year: int) -> datetime.date:
    """The last day of a period."""
    return datetime.date(year, 12, 31)
