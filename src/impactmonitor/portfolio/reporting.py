"""A portfolio in one period: the order of the steps, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.intake.portfolio_reading import PortfolioReading
from impactmonitor.measuring.selecting import View
from impactmonitor.model.record import FrozenDict
from impactmonitor.portfolio.cases import CaseBook
from impactmonitor.portfolio.changes import Changes, changes_between
from impactmonitor.portfolio.claims import Claim, double_claims
from impactmonitor.portfolio.holding_results import holding_result, own_warnings, total_money
from impactmonitor.portfolio.indicator_totals import (
    IndicatorTotal,
    Part,
    Untold,
    by_indicator,
    indicator_totals,
    untold,
)
from impactmonitor.portfolio.ledger import of_basis
from impactmonitor.portfolio.money_changes import money_changes
from impactmonitor.portfolio.overlaps import Counted, overlap_warnings, overlaps
from impactmonitor.portfolio.results import (
    HoldingResult,
    PortfolioResult,
    Restatement,
    Totalled,
)
from impactmonitor.portfolio.rollup import NOT_ASSIGNED, Dimension, Labels, labels_of, roll_ups
from impactmonitor.portfolio.rows import BASES, Basis, Totals, added
from impactmonitor.portfolio.states import Held, Moment, States, periods_of
from impactmonitor.problems import InvalidInput, Problem, nearest

AllLabels = Mapping[str, Mapping[Dimension, Labels]]


def report_on(
    reading: PortfolioReading,
    catalogue: Catalogue,
    period: int,
    view: View = "first_reported",
) -> PortfolioResult:
    """What a portfolio comes to in one period, over all its holdings.

    Parameters
    ----------
    reading : PortfolioReading
        From ``load_portfolio``; its cases are read here, each file once.
    catalogue : Catalogue
        In which the cases are evaluated.
    period : int
        Calendar year, of which there is a position somewhere in the portfolio.
    view : {"first_reported", "restated"}
        The period as it was reported then, or with everything that was corrected since. Both
        totals are in the result whatever is asked.

    Returns
    -------
    PortfolioResult
        A case that cannot be read or evaluated is named with its problems and is in no total;
        the total says so.

    Raises
    ------
    InvalidInput
        ``period-not-in-portfolio``, ``unknown-scheme``.
    CheckFailed
        If the changes do not add up.
    """
    check_period(reading, period)
    check_scheme(reading, catalogue)
    states = States(CaseBook(reading, catalogue))
    portfolio = reading.portfolio
    moment = Moment(period, None if view == "restated" else period)
    held = states.at(moment)
    labels = {name: labels_of(portfolio, one.holding.tags) for name, one in held.items()}
    parts = by_indicator(_parts(held))
    few = {name: untold(several) for name, several in parts.items()}
    shared = {name: own for name, each in parts.items() if (own := _with_share(each))}
    results = {
        name: holding_result(portfolio, one, labels[name], period, _kept_back(name, parts, few))
        for name, one in held.items()
    }
    rows = tuple(row for one in held.values() for row in one.rows)
    claims = double_claims(_claims(held))
    found = overlaps(_counted(held))
    previous, changes = _since(states, moment)
    return PortfolioResult(
        portfolio=portfolio,
        period=period,
        view=view,
        holdings=FrozenDict(results),
        rows=rows,
        totals=FrozenDict({basis: totalled(results, basis) for basis in BASES}),
        roll_ups=FrozenDict({basis: roll_ups(of_basis(rows, basis), labels) for basis in BASES}),
        indicators=FrozenDict(indicator_totals(shared, few)),
        indicators_by_theme=_by_theme(shared, labels, few),
        outstanding=total_money(results.values()),
        previous=previous,
        own=_restatement(states, period, None),
        changes=FrozenDict(changes),
        claims=claims,
        overlaps=found,
        warnings=(
            *own_warnings(portfolio, held),
            *(one.problem for one in claims),
            *overlap_warnings(found),
            *(problem for one in results.values() for problem in one.warnings),
        ),
        problems=_problems(states, moment, previous),
        labels=FrozenDict(labels),
    )


def check_period(reading: PortfolioReading, period: int, others: Iterable[int] = ()) -> None:
    """Refuse a period of which no holding has a position.

    Parameters
    ----------
    reading : PortfolioReading
    period : int
        Calendar year.
    others : iterable of int
        Further years of which enough is known.

    Raises
    ------
    InvalidInput
        ``period-not-in-portfolio``.
    """
    known = {*periods_of(reading.portfolio), *others}
    if period not in known:
        years = ", ".join(map(str, sorted(known))) or "-"
        params: dict[str, object] = {"period": period, "known": years}
        problem = Problem("period-not-in-portfolio", "holdings", params)
        raise InvalidInput([reading.document.located(problem)])


def check_scheme(reading: PortfolioReading, catalogue: Catalogue) -> None:
    """Refuse a discount scheme that the catalogue does not have, once and where it is written.

    Raises
    ------
    InvalidInput
        ``unknown-scheme``.
    """
    scheme = reading.portfolio.scheme
    if scheme is not None and scheme not in catalogue.schemes:
        params: dict[str, object] = {"id": scheme, "nearest": nearest(scheme, catalogue.schemes)}
        problem = Problem("unknown-scheme", "scheme", params)
        raise InvalidInput([reading.document.located(problem)])


def totalled(results: Mapping[str, HoldingResult], basis: Basis) -> Totalled:
    """What holdings come to on one basis, and which of those that are held are not in it.

    Parameters
    ----------
    results : Mapping[str, HoldingResult]
        By holding.
    basis : {"lifetime", "period", "plan"}
    """
    counted = {
        name: total for name, one in results.items() if (total := one.totals(basis)) is not None
    }
    left_out = {
        name: reason
        for name, one in results.items()
        if one.share.is_held and (reason := one.reason(basis)) is not None
    }
    return Totalled(added(counted.values()), tuple(counted), FrozenDict(left_out))


def _parts(held: Mapping[str, Held]) -> list[Part]:
    return [
        Part(name, one.appraisal.case.id, result)
        for name, one in held.items()
        if one.appraisal is not None
        for result in one.indicators.values()
    ]


def _with_share(parts: Iterable[Part]) -> list[Part]:
    """What is in a total: without a share there is no part of the fund."""
    return [part for part in parts if part.result.share is not None]


def _kept_back(
    holding: str, parts: Mapping[str, Sequence[Part]], few: Mapping[str, Untold]
) -> frozenset[str]:
    """The indicators of a holding whose figures may not be told."""
    return frozenset(
        part.result.id
        for name, each in parts.items()
        for part in each
        if part.holding == holding and part.case in few[name].cases
    )


def _by_theme(
    parts: Mapping[str, Sequence[Part]], labels: AllLabels, few: Mapping[str, Untold]
) -> Mapping[str, Mapping[str, IndicatorTotal]]:
    by_theme: dict[str, dict[str, list[Part]]] = {}
    for name, each in parts.items():
        for part in each:
            for theme, share in labels[part.holding]["theme"].items():
                weighted = replace(part, weight=share)
                by_theme.setdefault(theme, {}).setdefault(name, []).append(weighted)
    themes = sorted(by_theme, key=lambda theme: (theme == NOT_ASSIGNED, theme))
    return FrozenDict({
        theme: FrozenDict(indicator_totals(by_theme[theme], few, is_weighted=True))
        for theme in themes
    })  # fmt: skip


def _claims(held: Mapping[str, Held]) -> list[Claim]:
    return [
        Claim(name, one.appraisal.case.id, one.holding, one.share)
        for name, one in held.items()
        if one.appraisal is not None
    ]


def _counted(held: Mapping[str, Held]) -> list[Counted]:
    """Every case once, with the regions of all its holdings."""
    found: dict[str, Counted] = {}
    for name, one in held.items():
        if one.appraisal is None:
            continue
        case = one.appraisal.case.id
        regions = frozenset(one.holding.tags.regions)
        known = found.get(case)
        if known is None:
            found[case] = Counted(name, one.appraisal.evaluation, regions)
        else:
            found[case] = Counted(known.holding, known.evaluation, known.regions | regions)
    return list(found.values())


def _since(states: States, moment: Moment) -> tuple[Restatement | None, dict[str, Changes]]:
    """The last period before this one, and what changed since it was reported."""
    earlier = [year for year in states.periods if year < moment.period]
    if not earlier:
        return None, {}
    before = earlier[-1]
    first = states.at(Moment(before, before))
    restated = states.at(Moment(before, moment.known_in))
    now = states.at(moment)
    periods = (before, moment.period)
    bases: tuple[Literal["lifetime", "period"], ...] = ("lifetime", "period")
    changes: dict[str, Changes] = {
        basis: changes_between(
            basis,
            periods,
            *(
                {name: one.stand(basis) for name, one in each.items()}
                for each in (first, restated, now)
            ),
        )
        for basis in bases
    }
    changes["money"] = money_changes(states.portfolio, periods, first, restated, now)
    return _restatement(states, before, moment.known_in), changes


def _problems(states: States, moment: Moment, previous: Restatement | None) -> tuple[Problem, ...]:
    """Why holdings are in no total, of this period and of the one before; each once."""
    moments = [moment]
    if previous is not None:
        before = previous.period
        moments += [Moment(before, before), Moment(before, moment.known_in)]
    held = (one for each in moments for one in states.at(each).values())
    found = {(p.code, p.path): p for one in held for p in one.problems}
    return tuple(found.values())


def _restatement(states: States, period: int, known_in: int | None) -> Restatement:
    first, now = (states.at(Moment(period, known)) for known in (period, known_in))
    return Restatement(period, _sums(first), _sums(now))


def _sums(held: Mapping[str, Held]) -> Mapping[Basis, Totals]:
    return FrozenDict({
        basis: added(t for one in held.values() if (t := one.totals(basis)) is not None)
        for basis in BASES
    })  # fmt: skip
