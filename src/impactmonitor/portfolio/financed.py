"""Financed emissions: per holding, by asset class and by sector, with how good the data is.

Partnership for Carbon Accounting Financials (2022), The Global GHG Accounting and Reporting
Standard Part A: Financed Emissions, second edition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from impactmonitor.catalogue.portfolio_templates import Templates
from impactmonitor.model.portfolio import Investee, Portfolio
from impactmonitor.model.portfolio_templates import TemplateIndicator
from impactmonitor.model.record import FrozenDict
from impactmonitor.portfolio.held_by import HeldBy
from impactmonitor.portfolio.indicators import template_result
from impactmonitor.portfolio.investee_facts import Missing
from impactmonitor.portfolio.over_days import result_over
from impactmonitor.portfolio.template_results import TemplateFigure, TemplateResult
from impactmonitor.portfolio.template_rows import NOT_ABOUT, TemplateRow

PCAF = "pcaf-2022"


@dataclass(frozen=True, slots=True)
class FinancedHolding:
    """What goes with the fund's money in one holding.

    Attributes
    ----------
    holding, investee, asset_class : str
        Which one.
    sector : str or None
        Of the investee.
    outstanding : float or None
        In the fund's currency, at the end of the period.
    is_from_shares : bool
        Whether that was worked out from shares and equity.
    whole : float or None
        What it is a part of; None also where the holding is the whole.
    whole_facts : tuple of str
        The facts that the whole was made of, or asks for.
    whole_currency : str
        In which the whole is.
    is_whole : bool
        Whether the holding is the whole, for want of a value.
    factor : float or None
        Outstanding / whole.
    emissions : Mapping[str, float or None]
        Factor x figure by indicator that is about it, in the unit of the indicator.
    quality : Mapping[str, int or None]
        Score of the data by indicator: 1 for the best to 5.
    missing : tuple of Missing
        What is not known, and where to fill it in.
    """

    holding: str
    investee: str
    asset_class: str
    sector: str | None
    outstanding: float | None
    is_from_shares: bool
    whole: float | None
    whole_facts: tuple[str, ...]
    whole_currency: str
    is_whole: bool
    factor: float | None
    emissions: Mapping[str, float | None]
    quality: Mapping[str, int | None]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class FinancedEmissions:
    """Financed emissions of a fund at the end of a period.

    Attributes
    ----------
    result : TemplateResult
        The totals: every indicator with its coverage and quality. Scope 3, removals, avoided
        emissions and credits stand apart and are never netted.
    holdings : Mapping[str, FinancedHolding]
        By holding that names an investee.
    by_asset_class, by_sector : Mapping
        Indicators by asset class, and by the sector as it is written.
    without_investee : tuple of str
        Holdings that name nobody, and so are in no total.
    """

    result: TemplateResult
    holdings: Mapping[str, FinancedHolding]
    by_asset_class: Mapping[str, Mapping[str, TemplateFigure]]
    by_sector: Mapping[str, Mapping[str, TemplateFigure]]
    without_investee: tuple[str, ...]

    def total(self, name: str) -> float | None:
        """The figure of an indicator over all holdings with data; None where there are none."""
        return self.result.indicators[name].value

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Everything that is not known, and where to fill it in."""
        every = (one for result in self.result.indicators.values() for one in result.missing)
        return tuple(dict.fromkeys(every))


def financed_emissions(
    portfolio: Portfolio, templates: Templates, period: int, name: str = PCAF
) -> FinancedEmissions:
    """The emissions that go with a fund's money at the end of a period.

    Parameters
    ----------
    portfolio : Portfolio
        With investees, their facts, and positions. Positions count as they were corrected.
    templates : Templates
        In which the template stands.
    period : int
        Calendar year.
    name : str
        Id of a template that looks at the end of the period.

    Returns
    -------
    FinancedEmissions

    Raises
    ------
    NotFound
        ``unknown-template``.
    InvalidInput
        For facts that cannot be what they are called, all of them at once.
    ValueError
        If the template takes the mean of quarters.

    Examples
    --------
    A company without a market value, and equity below zero, which counts as 0:

    >>> from impactmonitor.catalogue.portfolio_templates import load_templates
    >>> fund = Portfolio.model_validate({
    ...     "impactmonitor_portfolio": 1, "id": "fund", "title": "Fund", "currency": "EUR",
    ...     "price_year": 2026, "base_year": 2026,
    ...     "investees": {"mill": {"asset_class": "business-loans", "facts": {2026: {
    ...         "total-equity": -10, "total-debt": 40,
    ...         "emissions-scope-1": {"value": 500, "quality": 2}}}}},
    ...     "holdings": {"loan": {"investee": "mill", "instrument": "loan",
    ...         "positions": {2026: {"outstanding": 20}}}}})
    >>> found = financed_emissions(fund, load_templates(), 2026)
    >>> found.holdings["loan"].factor, found.total("financed-scope-1")
    (0.5, 250.0)
    >>> found.result.indicators["financed-scope-1"].sureness.quality
    2.0
    """
    template = templates.named(name)
    if template.moments != "period-end":
        raise ValueError(f"{name} is about quarters, and not about the end of a period")
    result = template_result(portfolio, template, period, known=tuple(templates.templates.values()))
    held = HeldBy(portfolio, template, period)
    (day,) = held.days
    rows = {
        key: held.rows(indicator, held.figures(indicator), day)
        for key, indicator in template.indicators.items()
    }
    own = {n: h.investee for n, h in portfolio.holdings.items() if n in held.days[day]}
    holdings = {n: _holding(held, n, who, rows) for n, who in own.items() if who is not None}
    return FinancedEmissions(
        result=result,
        holdings=FrozenDict(holdings),
        by_asset_class=_grouped(held, rows, lambda investee: investee.asset_class),
        by_sector=_grouped(held, rows, lambda investee: investee.sector),
        without_investee=tuple(n for n, who in own.items() if who is None),
    )


def _holding(
    held: HeldBy, name: str, who: str, rows: Mapping[str, list[TemplateRow]]
) -> FinancedHolding:
    (amounts,) = held.days.values()
    whole, investee = held.wholes[who], held.portfolio.investees[who]
    mine = {key: row for key, found in rows.items() for row in found if row.holding == name}
    about = {key: row for key, row in mine.items() if row.figure.is_eligible}
    missing = dict.fromkeys(one for row in about.values() for one in row.missing)
    return FinancedHolding(
        holding=name,
        investee=who,
        asset_class=investee.asset_class,
        sector=investee.sector,
        outstanding=amounts[name].amount,
        is_from_shares=amounts[name].is_from_shares,
        whole=whole.value,
        whole_facts=whole.facts,
        whole_currency=whole.currency or held.portfolio.currency,
        is_whole=whole.is_whole,
        factor=held.factor(who, amounts[name])[0],
        emissions=FrozenDict({key: row.attributed for key, row in about.items()}),
        quality=FrozenDict({key: row.figure.quality for key, row in about.items()}),
        missing=tuple(missing),
    )


def _grouped(
    held: HeldBy,
    rows: Mapping[str, list[TemplateRow]],
    label: Callable[[Investee], str | None],
) -> Mapping[str, Mapping[str, TemplateFigure]]:
    """Every indicator for each of the groups that it is about."""
    labels = {name: label(investee) for name, investee in held.portfolio.investees.items()}
    groups = sorted({found for found in labels.values() if found is not None})
    return FrozenDict(
        {
            group: FrozenDict(
                {
                    key: result
                    for key, indicator in held.template.indicators.items()
                    if (result := _of_group(held, rows[key], indicator, labels, group)) is not None
                }
            )
            for group in groups
        }
    )


def _of_group(
    held: HeldBy,
    rows: list[TemplateRow],
    indicator: TemplateIndicator,
    labels: Mapping[str, str | None],
    group: str,
) -> TemplateFigure | None:
    inside = [r for r in rows if r.investee is not None and labels[r.investee] == group]
    if all(row.figure is NOT_ABOUT or not row.figure.is_eligible for row in inside):
        return None
    (day,) = held.days
    return result_over({day: inside}, indicator)
