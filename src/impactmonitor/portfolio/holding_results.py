"""What a holding comes to in one period, with what deserves a second look."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from impactmonitor.model.figures import figures
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_rates import end_of, rate_at
from impactmonitor.model.positions import NUMERATORS
from impactmonitor.model.record import FrozenDict
from impactmonitor.portfolio.ledger import of_basis
from impactmonitor.portfolio.measured import DataQuality, data_quality
from impactmonitor.portfolio.results import CaseResult, HoldingResult, Money
from impactmonitor.portfolio.rollup import Dimension, Labels
from impactmonitor.portfolio.states import Held
from impactmonitor.problems import Problem


def holding_result(
    portfolio: Portfolio,
    one: Held,
    labels: Mapping[Dimension, Labels],
    period: int,
    kept_back: frozenset[str],
) -> HoldingResult:
    """A holding in one period.

    Parameters
    ----------
    portfolio : Portfolio
        With its exchange rates.
    one : Held
        The holding at that moment.
    labels : Mapping[str, Mapping[str, float]]
        Its labels.
    period : int
        Calendar year.
    kept_back : frozenset of str
        Its indicators whose figures may not be told.
    """
    case = case_result(one, kept_back)
    return HoldingResult(
        one.name,
        one.holding.title or (case.title if case else one.name),
        one.holding,
        one.share,
        money_of(portfolio, one, period),
        labels,
        case,
        one.totals("lifetime"),
        one.totals("period"),
        one.totals("plan"),
        tuple(_warnings(one, period)),
        one.problems,
    )


def case_result(one: Held, kept_back: frozenset[str]) -> CaseResult | None:
    """The case behind a holding; None where it gives no result."""
    if one.appraisal is None or one.outcome is None:
        return None
    case = one.appraisal.case
    return CaseResult(
        case.id,
        case.title,
        one.appraisal.path,
        one.appraisal.fingerprint,
        one.appraisal.evaluation,
        one.outcome.realised,
        one.appraisal.conversion,
        FrozenDict({
            name: result.hidden() if name in kept_back else result
            for name, result in one.indicators.items()
        }),
        _data(one),
    )  # fmt: skip


def _data(one: Held) -> DataQuality:
    assert one.appraisal is not None
    assert one.outcome is not None
    sizes: dict[tuple[str, bool], list[float]] = {}
    for row in of_basis(one.rows, "period"):
        sizes.setdefault((row.line, row.is_measured), []).append(abs(row.amount))
    return data_quality(
        one.appraisal, one.outcome, {key: math.fsum(each) for key, each in sizes.items()}
    )


def money_of(portfolio: Portfolio, one: Held, period: int) -> Money:
    """What the fund has in a holding, in its own currency.

    Parameters
    ----------
    portfolio : Portfolio
        With its exchange rates.
    one : Held
        The holding at that moment.
    period : int
        Calendar year, at the end of which is looked.
    """
    currency = one.holding.currency
    rate = rate_at(portfolio, currency, end_of(period))
    promised = one.holding.commitment
    then = None if promised is None else rate_at(portfolio, currency, promised.date)
    committed = None if promised is None or then is None else promised.amount * then
    return Money(_in_fund(one.share.numerator, rate), _in_fund(one.share.exposure, rate), committed)


def _in_fund(amount: float | None, rate: float | None) -> float | None:
    return None if amount is None or rate is None else amount * rate


def total_money(results: Iterable[HoldingResult]) -> float:
    """What the fund has in all holdings together, where it is known."""
    known = (one.money.outstanding for one in results)
    return math.fsum(x for x in known if x is not None)


def _warnings(one: Held, period: int) -> Iterator[Problem]:
    """What its position leaves out, and what its share counts twice with what its case says."""
    if one.appraisal is None:
        return
    place = f"holdings.{one.name}"
    if one.is_hidden:
        yield Problem("plan-for-few-people", place, {"year": period}, severity="warning")
    yield from _of_position(one, period, f"{place}.positions.{period}")
    shares = (one.share.period_share, one.share.commitment_share)
    if any(share is not None and share < 1 for share in shares):
        lines = _attributed_to_others(one)
        if lines:
            params: dict[str, object] = {"lines": ", ".join(lines)}
            yield Problem("attributed-twice", place, params, severity="warning")
    for name, other in one.holding.other_financiers.items():
        if other.costs_in_case:
            path = f"{place}.other_financiers.{name}"
            yield Problem("others-costs-in-case", path, {"name": name}, severity="warning")


def _of_position(one: Held, period: int, path: str) -> Iterator[Problem]:
    """What a position should say to be a part of something."""
    position = one.holding.positions.get(period)
    if position is None:
        return
    is_grant = one.holding.instrument == "grant"
    if one.share.period_reason in ("no-numerator", "no-whole"):
        wanted = NUMERATORS[one.holding.instrument]
        whole = "total_funding" if is_grant else "equity, debt"
        fields = wanted if one.share.period_reason == "no-numerator" else whole
        params: dict[str, object] = {"year": period, "fields": fields}
        yield Problem("position-incomplete", path, params, severity="warning")
    given = [name for name in ("equity", "debt") if getattr(position, name) is not None]
    if not is_grant and len(given) == 1:
        missing = "debt" if given == ["equity"] else "equity"
        half: dict[str, object] = {"year": period, "given": given[0], "missing": missing}
        yield Problem("half-of-the-whole", path, half, severity="warning")


def _attributed_to_others(one: Held) -> list[str]:
    """The effects of which a part is already left to others."""
    assert one.appraisal is not None
    case = one.appraisal.case
    named = {
        place.path.split(".")[1]
        for place in figures(case)
        if place.path.endswith(".attribution_to_others") and place.figure != 0
    }
    return sorted(named)


def own_warnings(portfolio: Portfolio, held: Mapping[str, Held]) -> Iterator[Problem]:
    """What holds for the portfolio as a whole."""
    if portfolio.scheme is None:
        schemes = {
            one.appraisal.evaluation.appraised.resolved.scheme_id or "-"
            for one in held.values()
            if one.appraisal is not None
        }
        if len(schemes) > 1:
            params: dict[str, object] = {"schemes": ", ".join(sorted(schemes))}
            yield Problem("several-schemes", "scheme", params, severity="warning")
