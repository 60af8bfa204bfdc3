"""Everything that a report on a portfolio tells, worked out once for screen, JSON and workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.frameworks import Frameworks, load_frameworks
from impactmonitor.catalogue.portfolio_templates import load_templates
from impactmonitor.intake.portfolio_reading import PortfolioReading
from impactmonitor.measuring.selecting import View
from impactmonitor.model.case import Case
from impactmonitor.model.record import FrozenDict, Text
from impactmonitor.portfolio.indicators import template_result
from impactmonitor.portfolio.quality import FundQuality, fund_quality
from impactmonitor.portfolio.reporting import report_on
from impactmonitor.portfolio.results import PortfolioResult
from impactmonitor.portfolio.rollup import by_label_and_holding
from impactmonitor.portfolio.rows import Basis, Totals
from impactmonitor.portfolio.setbacks import (
    Exit,
    Harm,
    Shortfall,
    exits,
    harms,
    shortfalls,
)
from impactmonitor.portfolio.template_results import TemplateResult
from impactmonitor.report.calibration_shown import ShownCalibration, shown_calibration
from impactmonitor.tracking.calibrating import calibration

HEAT_BASIS: Basis = "lifetime"
"""The heat map shows lifetime value: what a transition gains takes longer than a year."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What somebody of a case wrote about a year.

    Attributes
    ----------
    holding : str
        One that holds the case.
    went_wrong, learned : Text or None
    """

    holding: str
    went_wrong: Text | None
    learned: Text | None


@dataclass(frozen=True)
class PortfolioReport:
    """A portfolio in one period, with all that a report says about it.

    Attributes
    ----------
    result : PortfolioResult
        The sums.
    catalogue : Catalogue
    frameworks : Frameworks
        Give titles to missions, transitions and goals.
    calibration : ShownCalibration
        How good the forecasts of the cases were, without outcomes about few people.
    quality : FundQuality
        How good the data are.
    harms : tuple of Harm
    shortfalls : tuple of Shortfall
    exits : tuple of Exit
    lessons : tuple of Lesson
        Of the period, of every case once.
    templates : tuple of TemplateResult
        Financed emissions, adverse impacts and templates of the fund's own; none where no holding
        names an investee.
    heat : Mapping[tuple of str, Totals]
        By (transition, holding), the part of the fund in lifetime value.
    """

    result: PortfolioResult
    catalogue: Catalogue
    frameworks: Frameworks
    calibration: ShownCalibration
    quality: FundQuality
    harms: tuple[Harm, ...]
    shortfalls: tuple[Shortfall, ...]
    exits: tuple[Exit, ...]
    lessons: tuple[Lesson, ...]
    templates: tuple[TemplateResult, ...]
    heat: Mapping[tuple[str, str], Totals]


def portfolio_report(
    reading: PortfolioReading,
    catalogue: Catalogue,
    period: int,
    view: View = "first_reported",
) -> PortfolioReport:
    """A report on a portfolio.

    Parameters
    ----------
    reading : PortfolioReading
        The portfolio and the folder with its cases.
    catalogue : Catalogue
    period : int
        Calendar year.
    view : {"first_reported", "restated"}
        The period as it was reported then, or with everything that was corrected since.

    Returns
    -------
    PortfolioReport

    Raises
    ------
    NotFound, InvalidInput
        As ``report_on`` raises them.

    Examples
    --------
    >>> from pathlib import Path
    >>> from impactmonitor import load_catalogue
    >>> from impactmonitor.intake.portfolio_reading import read_portfolio
    >>> read = read_portfolio(b'''{
    ...     "impactmonitor_portfolio": 1, "id": "fund", "title": "Fund", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025,
    ...     "investees": {"mill": {"asset_class": "business-loans"}},
    ...     "holdings": {"loan": {"investee": "mill", "instrument": "loan",
    ...         "positions": {"2025": {"outstanding": 30, "equity": 50, "debt": 50}}}}}''', ".json")
    >>> reading = PortfolioReading(read[0], Path(), read[1])
    >>> portfolio_report(reading, load_catalogue(), 2025).result.outstanding
    30.0
    """
    return reported(report_on(reading, catalogue, period, view), catalogue)


def reported(result: PortfolioResult, catalogue: Catalogue) -> PortfolioReport:
    """What a report tells about a result.

    Parameters
    ----------
    result : PortfolioResult
    catalogue : Catalogue
        With which it was made.
    """
    cases = _cases(result)
    found = calibration(cases.values(), catalogue)
    counted = {one.id: one for one in result.holdings.values()}
    totals = {name: t for name, one in counted.items() if (t := one.totals(HEAT_BASIS)) is not None}
    return PortfolioReport(
        result,
        catalogue,
        load_frameworks(*catalogue.folders),
        shown_calibration(found, list(cases.values()), catalogue),
        fund_quality(result),
        harms(result.rows),
        shortfalls(result.held),
        exits(result),
        tuple(_lessons(result)),
        _templates(result, catalogue),
        FrozenDict(by_label_and_holding(totals, "transition", result.labels)),
    )


def _templates(result: PortfolioResult, catalogue: Catalogue) -> tuple[TemplateResult, ...]:
    """Every template that is known, worked out for the fund."""
    if all(one.holding.investee is None for one in result.holdings.values()):
        return ()
    every = tuple(load_templates(*catalogue.folders).templates.values())
    return tuple(
        template_result(result.portfolio, one, result.period, known=every) for one in every
    )


def _cases(result: PortfolioResult) -> dict[str, Case]:
    """The case of every holding by its id, each once, also of what was left."""
    found: dict[str, Case] = {}
    for one in result.holdings.values():
        if one.case is not None:
            found.setdefault(one.case.id, one.case.evaluation.case)
    return found


def _lessons(result: PortfolioResult) -> list[Lesson]:
    found: dict[str, Lesson] = {}
    for one in result.holdings.values():
        monitoring = one.case.evaluation.case.monitoring if one.case is not None else None
        said = monitoring.lessons.get(str(result.period)) if monitoring is not None else None
        if one.case is not None and said is not None and one.case.id not in found:
            found[one.case.id] = Lesson(one.id, said.went_wrong, said.learned)
    return list(found.values())
