"""What changed in what the fund has outstanding: holdings, amounts and exchange rates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_rates import end_of, rate_at
from impactmonitor.portfolio.changes import Change, Changes, checked
from impactmonitor.portfolio.stands import Figures, summed
from impactmonitor.portfolio.states import Held

OUTSTANDING = "outstanding"


def money_changes(
    portfolio: Portfolio,
    periods: tuple[int, int],
    first: Mapping[str, Held],
    restated: Mapping[str, Held],
    now: Mapping[str, Held],
) -> Changes:
    """What moved in what is outstanding, in the money of the fund.

    Parameters
    ----------
    portfolio : Portfolio
        With its exchange rates.
    periods : tuple of int
        The earlier and the later one.
    first, restated, now : Mapping[str, Held]
        By holding: the earlier period as it was first reported and as it is known now, and the
        later period.

    Returns
    -------
    Changes
        Of kind ``money``. Where no rate was noted a holding is in no total.

    Raises
    ------
    CheckFailed
        If the steps do not add up to 1e-9 of the sum of absolute values.
    """
    moved, parts = [], {}
    stands: tuple[dict[str, float], ...] = ({}, {}, {})
    for name, last in now.items():
        rates = [_rate(portfolio, last, period) for period in (periods[0], *periods)]
        known = [
            _of(one, rate)
            for one, rate in zip((first[name], restated[name], last), rates, strict=True)
        ]
        for place, pair in zip(stands, known, strict=True):
            place[name] = 0.0 if pair is None else pair[0] * pair[1]
        moved += [
            Change(step, name, {OUTSTANDING: x})
            for step, x in _steps(first[name], restated[name], last, known)
        ]
        parts[name] = _figures(stands[0][name]), _figures(stands[2][name])
    start, middle, end = (
        summed(map(_figures, each.values()), {OUTSTANDING: 0.0}) for each in stands
    )
    return checked("money", periods, (start, middle, end), moved, parts)


_Pair = tuple[float, float]


def _figures(amount: float) -> Figures:
    return {OUTSTANDING: amount}


def _rate(portfolio: Portfolio, one: Held, period: int) -> float | None:
    return rate_at(portfolio, one.holding.currency, end_of(period))


def _of(one: Held, rate: float | None) -> _Pair | None:
    """Amount in the currency of the holding, and the rate of the end of the period."""
    amount = one.share.numerator
    return None if amount is None or rate is None else (amount, rate)


def _steps(
    first: Held, restated: Held, now: Held, known: list[_Pair | None]
) -> Iterator[tuple[str, float]]:
    before, better, later = known
    reported = 0.0 if before is None else before[0] * before[1]
    corrected = 0.0 if better is None else better[0] * better[1]
    yield "positions-restated", corrected - reported
    if better is None and later is not None:
        step = "became-known" if restated.share.is_held else "new-holdings"
        yield step, later[0] * later[1]
    elif better is not None and later is None:
        yield ("no-longer-known" if now.share.is_held else "exits"), -corrected
    elif better is not None and later is not None:
        yield "amount", (later[0] - better[0]) * better[1]
        yield "currency", later[0] * (later[1] - better[1])
