"""The indicators of a template over a portfolio: one engine for every standard and law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_templates import PortfolioTemplate, TemplateIndicator, Within
from impactmonitor.model.record import FrozenDict
from impactmonitor.portfolio.held_by import HeldBy
from impactmonitor.portfolio.investee_facts import checked_facts
from impactmonitor.portfolio.over_days import result_over
from impactmonitor.portfolio.template_results import TemplateFigure, TemplateResult
from impactmonitor.portfolio.template_rows import NOT_ABOUT
from impactmonitor.portfolio.wholes import InvesteeFigure


def template_result(
    portfolio: Portfolio,
    template: PortfolioTemplate,
    period: int,
    within: Within | None = None,
    known: Sequence[PortfolioTemplate] = (),
) -> TemplateResult:
    """Work out every indicator of a template.

    Parameters
    ----------
    portfolio : Portfolio
        With investees and their facts, and what the fund holds of them.
    template : PortfolioTemplate
        Drives everything: an indicator whose facts are all there is worked out.
    period : int
        Calendar year.
    within : {"all", "eligible", "covered"}, optional
        What denominators hold; by default as each indicator says.
    known : sequence of PortfolioTemplate, optional
        Others whose facts may stand in the portfolio as well.

    Returns
    -------
    TemplateResult

    Raises
    ------
    InvalidInput
        For facts that cannot be what they are called, all of them at once.

    Examples
    --------
    >>> from impactmonitor.catalogue.portfolio_templates import load_templates
    >>> fund = Portfolio.model_validate({
    ...     "impactmonitor_portfolio": 1, "id": "fund", "title": "Fund", "currency": "EUR",
    ...     "price_year": 2026, "base_year": 2026,
    ...     "investees": {"mill": {"asset_class": "business-loans", "facts": {2026: {
    ...         "total-equity": 60, "total-debt": 40, "emissions-scope-1": 500}}}},
    ...     "holdings": {"loan": {"investee": "mill", "instrument": "loan",
    ...         "positions": {2026: {"outstanding": 20}}}}})
    >>> found = template_result(fund, load_templates().named("pcaf-2022"), 2026)
    >>> found.indicators["financed-scope-1"].value
    100.0
    >>> found.indicators["financed-scope-2"].missing[0].place
    'investees.mill.facts.2026.emissions-scope-2'
    """
    doubts = checked_facts(portfolio, [template, *known])
    held = HeldBy(portfolio, template, period)
    found = {
        name: indicator_result(held, indicator, within)
        for name, indicator in template.indicators.items()
    }
    warnings = (*doubts, *held.warnings())
    return TemplateResult(template, period, portfolio.currency, within, FrozenDict(found), warnings)


def indicator_result(
    held: HeldBy, indicator: TemplateIndicator, within: Within | None = None
) -> TemplateFigure:
    """Work out one indicator, for each of its sectors if it is asked so.

    Parameters
    ----------
    held : HeldBy
        The portfolio in the period.
    indicator : TemplateIndicator
        Of its template, or one made in the same way.
    within : {"all", "eligible", "covered"}, optional
        By default as the indicator says.
    """
    figures = held.figures(indicator)
    whole = _result(held, indicator, figures, within)
    if not indicator.sectors:
        return whole
    sectors = {
        sector: _result(held, indicator, _of_sector(held.portfolio, figures, sector), within)
        for sector in indicator.sectors
    }
    has_any = any(one.value is not None for one in sectors.values())
    reason = "by-sector" if has_any else whole.reason or "nothing-held"
    return TemplateFigure(
        None, reason, whole.days, whole.sureness, whole.missing, FrozenDict(sectors)
    )


def _of_sector(
    portfolio: Portfolio, figures: Mapping[str, InvesteeFigure], sector: str
) -> Mapping[str, InvesteeFigure]:
    inside = {name for name, one in portfolio.investees.items() if nace(one.sector) == sector}
    return {name: figure if name in inside else NOT_ABOUT for name, figure in figures.items()}


def nace(sector: str | None) -> str | None:
    """The letter of a NACE code; None for any other word.

    Examples
    --------
    >>> nace("C10.7"), nace("d"), nace("Care"), nace(None)
    ('C', 'D', None, None)
    """
    code = (sector or "").strip()
    return code[:1].upper() if code[1:2] in ("", *".0123456789") and code[:1].isalpha() else None


def _result(
    held: HeldBy,
    indicator: TemplateIndicator,
    figures: Mapping[str, InvesteeFigure],
    within: Within | None,
) -> TemplateFigure:
    by_day = {day: held.rows(indicator, figures, day) for day in held.days}
    return result_over(by_day, indicator, within)
