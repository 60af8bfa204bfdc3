"""Whether the money that has come in covers the money that has gone out, year after year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.model.legs import Leg, last_year_of
from impactmonitor.model.numbers import in_figures
from impactmonitor.problems import Problem

COVERAGE_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Coverage:
    """Cumulative cash of an actor, and whether it is ever short of money.

    Attributes
    ----------
    years : tuple of int
        Calendar years.
    cumulative : tuple of float
        Cash that has come in minus cash that has gone out up to the end of each year.
    first_shortfall : int or None
        The first year in which it is below 0; None when it never is.
    deepest_year : int or None
        The year in which it is lowest, of several the first; None without a shortfall.
    deepest : float
        The money that is short in that year, above 0; 0 without a shortfall.
    """

    years: tuple[int, ...]
    cumulative: tuple[float, ...]
    first_shortfall: int | None
    deepest_year: int | None
    deepest: float


def coverage(first_year: int, cash: Sequence[float]) -> Coverage:
    """Whether the cash of an actor covers its need in every year.

    Parameters
    ----------
    first_year : int
        Calendar year of the first amount.
    cash : sequence of float
        Net cash of each year with everything in it, undiscounted; what comes in is positive.

    Returns
    -------
    Coverage
        A shortfall within 1e-9 of the largest cumulative amount counts as none.

    Examples
    --------
    >>> found = coverage(2025, [-20.0, -30.0, 10.0, 60.0])
    >>> found.first_shortfall, found.deepest_year, found.deepest
    (2025, 2026, 50.0)
    """
    cumulative = np.cumsum(np.asarray(cash, dtype=float))
    scale = max(float(np.abs(cumulative).max(initial=0.0)), float(np.abs(cash).max(initial=0.0)))
    short = np.flatnonzero(cumulative < -COVERAGE_TOLERANCE * scale)
    years = tuple(range(first_year, first_year + len(cumulative)))
    amounts = tuple(cumulative.tolist())
    if not short.size:
        return Coverage(years, amounts, None, None, 0.0)
    lowest = int(cumulative.argmin())
    first, deepest = years[int(short[0])], years[lowest]
    return Coverage(years, amounts, first, deepest, float(-cumulative[lowest]))


def coverage_by_receiver(a: Appraised) -> dict[str, Coverage]:
    """Coverage of every actor that receives an instrument, over the years of the horizon.

    In the money and at the price level of the case.
    """
    receivers = dict.fromkeys(one.to for one in a.case.instruments.values() if one.to)
    cash = a.ledger.yearly.cash[:, : len(a.years)]
    return {
        actor: coverage(a.case.base_year, cash[a.compiled.parties.index(actor)].tolist())
        for actor in receivers
    }


def shortfalls(a: Appraised) -> Iterator[Problem]:
    """Actors that receive instruments and are short of money all the same."""
    for actor, found in coverage_by_receiver(a).items():
        if found.first_shortfall is not None:
            params = {
                "id": actor,
                "first": found.first_shortfall,
                "deepest": found.deepest_year,
                "amount": in_figures(round(found.deepest, 2)),
                "currency": a.case.currency,
                "price_year": a.case.price_year,
            }
            yield Problem("financing-shortfall", f"actors.{actor}", params, severity="warning")


def beyond_the_horizon(a: Appraised) -> Iterator[Problem]:
    """Instruments of which money still moves after the years that count."""
    flowing = {
        leg.instrument
        for name, leg in a.case.transfers.items()
        if isinstance(leg, Leg) and a.ledger.beyond[a.compiled.lines.index(name)].any()
    }
    horizon = a.case.base_year + a.case.horizon - 1
    for name in a.case.instruments:
        if name in flowing:
            last = last_year_of(a.case, a.case.instruments[name])
            params = {"last": last, "horizon": horizon}
            path = f"instruments.{name}"
            yield Problem("instrument-beyond-horizon", path, params, severity="warning")
