"""What did not go well in a portfolio: harms, holdings below plan, money that did not come back.

Nothing here is netted: a harm stays beside the gains of the same holding, and a loss on one
holding beside the gains on another.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass

from impactmonitor.model.portfolio import Holding
from impactmonitor.portfolio.conversion import rate_at
from impactmonitor.portfolio.results import HoldingResult, PortfolioResult
from impactmonitor.portfolio.rows import Row

NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Harm:
    """A line of a holding that takes value away: a negative benefit.

    Attributes
    ----------
    holding, case, line : str
        Ids.
    period, plan, lifetime : float or None
        The part of the fund, 0 or below: in the year, in the year as planned, and over the whole
        life at the share at commitment. None where the share is not known. The first two are never
        added to the third.
    is_measured : bool
        Whether that of the year was measured.
    """

    holding: str
    case: str
    line: str
    period: float | None
    plan: float | None
    lifetime: float | None
    is_measured: bool


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A holding that was measured and of which less came than was planned for the year.

    Attributes
    ----------
    holding : str
    planned, realised : float
        Net value for everybody together, the part of the fund, in the year.
    """

    holding: str
    planned: float
    realised: float

    @property
    def difference(self) -> float:
        """Realised - planned; below 0.

        Examples
        --------
        >>> Shortfall("classes", 100.0, 60.0).difference
        -40.0
        """
        return self.realised - self.planned


@dataclass(frozen=True, slots=True)
class Exit:
    """A holding that the fund left in the period.

    Attributes
    ----------
    holding : str
    date : datetime.date
    outstanding : float or None
        What stood out at the end of the last period before, at the rate of the day of leaving.
    received : float or None
        The value on the day of leaving or last noted before it, in the same year.
    """

    holding: str
    date: datetime.date
    outstanding: float | None
    received: float | None

    @property
    def difference(self) -> float | None:
        """Received - outstanding; below 0 is a loss. None where one of the two is not known.

        Examples
        --------
        >>> Exit("debts", datetime.date(2026, 6, 30), 150.0, 40.0).difference
        -110.0
        """
        if self.outstanding is None or self.received is None:
            return None
        return self.received - self.outstanding


def harms(rows: Iterable[Row]) -> tuple[Harm, ...]:
    """The lines that take value away, the largest harm of the year first.

    Parameters
    ----------
    rows : iterable of Row
        Of all bases.

    Returns
    -------
    tuple of Harm
    """
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row.role == "benefit" and row.amount < -NOTHING:
            found.setdefault((row.holding, row.case, row.line), []).append(row)
    made = [_harm(key, several) for key, several in found.items()]
    return tuple(sorted(made, key=lambda one: (one.period or 0.0, one.holding, one.line)))


def _harm(key: tuple[str, str, str], rows: list[Row]) -> Harm:
    period, plan, lifetime = (
        _sum(row for row in rows if row.basis == basis) for basis in ("period", "plan", "lifetime")
    )
    is_measured = any(row.is_measured for row in rows if row.basis == "period")
    return Harm(*key, period, plan, lifetime, is_measured)


def _sum(rows: Iterable[Row]) -> float | None:
    """0 for no rows: there is no harm on that basis; None where a share is not known."""
    parts = [row.attributed for row in rows]
    known = [x for x in parts if x is not None]
    return math.fsum(known) if len(known) == len(parts) else None


def shortfalls(holdings: Iterable[HoldingResult]) -> tuple[Shortfall, ...]:
    """The measured holdings of which less came than was planned, the largest difference first.

    Parameters
    ----------
    holdings : iterable of HoldingResult
        Those that were not measured are passed over: their plan is no result.

    Returns
    -------
    tuple of Shortfall
    """
    found = [
        Shortfall(one.id, one.plan.net, one.period.net)
        for one in holdings
        if one.case is not None and one.case.is_measured and one.plan and one.period
        and one.period.net < one.plan.net - NOTHING
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.difference, one.holding)))


def exits(result: PortfolioResult) -> tuple[Exit, ...]:
    """What the fund left in the period, and what came back of it.

    Parameters
    ----------
    result : PortfolioResult
        Of the period.

    Returns
    -------
    tuple of Exit
        In the order of the file. Amounts are in the currency of the fund.
    """
    return tuple(
        _exit(result, one.id, one.holding, one.holding.exit)
        for one in result.holdings.values()
        if one.holding.exit is not None and one.holding.exit.year == result.period
    )


def _exit(result: PortfolioResult, name: str, holding: Holding, day: datetime.date) -> Exit:
    rate = rate_at(result.portfolio, holding.currency, day)
    before = [year for year in holding.positions if year < day.year]
    last = holding.positions[max(before)].outstanding if before else None
    noted = [one for one in holding.values if one.year == day.year and one <= day]
    received = holding.values[max(noted)] if noted else None
    return Exit(
        name,
        day,
        None if rate is None or last is None else last * rate,
        None if rate is None or received is None else received * rate,
    )
