"""The one maker of the JSON object about templates of figures over a portfolio."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from impactmonitor.messages import Language
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_templates import PortfolioTemplate
from impactmonitor.model.record import in_language
from impactmonitor.portfolio.evic_inflation import EvicInflation
from impactmonitor.portfolio.financed import FinancedEmissions
from impactmonitor.portfolio.investee_facts import Missing
from impactmonitor.portfolio.template_results import TemplateFigure, TemplateResult
from impactmonitor.problems import Problem
from impactmonitor.report.document import problem_list
from impactmonitor.version import __version__


@dataclass(frozen=True)
class Filled:
    """Templates that were worked out for a fund.

    Attributes
    ----------
    portfolio : Portfolio
        The fund.
    period : int
        Calendar year.
    results : sequence of TemplateResult
        One for each template.
    financed : Mapping[str, FinancedEmissions]
        By id of a template that looks at the end of the period: its holdings and classes.
    inflation : Mapping[str, EvicInflation]
        By id, where an earlier year was asked for.
    warnings : sequence of Problem
        What was noticed on the way, each once.
    """

    portfolio: Portfolio
    period: int
    results: Sequence[TemplateResult]
    financed: Mapping[str, FinancedEmissions] = field(default_factory=dict)
    inflation: Mapping[str, EvicInflation] = field(default_factory=dict)
    warnings: Sequence[Problem] = ()


def template_document(filled: Filled, language: Language = "en") -> dict[str, Any]:
    """Figures over a portfolio as one object of plain values.

    Parameters
    ----------
    filled : Filled
        Templates that were worked out.
    language : {"nl", "en"}
        Of titles and messages; numbers and names are the same in both.

    Returns
    -------
    dict
        As ``impactmonitor portfolio indicators PORTFOLIO --json`` prints it; numbers are not
        rounded, and shares are from 0 to 1.
    """
    portfolio = filled.portfolio
    return {
        "portfolio": portfolio.id,
        "title": in_language(portfolio.title, language),
        "period": filled.period,
        "currency": portfolio.currency,
        "engine": __version__,
        "templates": {one.template.id: _result(filled, one, language) for one in filled.results},
        "warnings": problem_list(filled.warnings, language),
    }


def _result(filled: Filled, result: TemplateResult, language: Language) -> dict[str, Any]:
    template = result.template
    found = {
        **described(template, language),
        "within": result.within,
        "indicators": {
            name: {
                **definition(template, name, result.currency, language),
                **_figures(one, template, language),
            }
            for name, one in result.indicators.items()
        },
    }
    if template.id in filled.financed:
        found |= _financed(filled.financed[template.id], template, language)
    if template.id in filled.inflation:
        found["evic_inflation"] = _inflation(filled.inflation[template.id])
    return found


def described(template: PortfolioTemplate, language: Language) -> dict[str, Any]:
    """What a template is, as plain values."""
    return {
        "title": in_language(template.title, language),
        "edition": template.edition,
        "source": template.source,
        "status": in_language(template.status, language),
        "note": in_language(template.note, language) or None,
        "moments": template.moments,
    }


def definition(
    template: PortfolioTemplate, name: str, currency: str, language: Language
) -> dict[str, Any]:
    """What an indicator of a template is, as plain values, with its unit in a currency."""
    indicator = template.indicators[name]
    return {
        "number": indicator.number,
        "title": in_language(indicator.title, language),
        "operator": indicator.operator,
        "denominator": indicator.within,
        "unit": unit_text(indicator.unit, currency, language),
        "needs": list(template.needed(name)),
        "asset_classes": list(indicator.asset_classes),
        "is_apart": indicator.is_apart,
        "is_tried": indicator.is_tried,
        "place": indicator.place,
        "note": in_language(indicator.note, language) or None,
    }


def unit_text(unit: Any, currency: str, language: Language) -> str:
    """A unit of a template, with the currency of the fund in it.

    Examples
    --------
    >>> unit_text("t CO2e per {currency}", "EUR", "en")
    't CO2e per EUR'
    """
    return in_language(unit, language).replace("{currency}", currency)


def _figures(
    one: TemplateFigure, template: PortfolioTemplate, language: Language
) -> dict[str, Any]:
    return {
        "value": one.value,
        "reason": one.reason,
        **asdict(one.sureness),
        "days": [{"day": f"{d.day}", "value": d.value, "reason": d.reason} for d in one.days],
        "days_missing": [f"{day}" for day in one.days_missing],
        "missing": missing_list(one.missing, template, language),
        "sectors": {name: _figures(s, template, language) for name, s in one.sectors.items()},
    }


def missing_list(
    missing: Iterable[Missing], template: PortfolioTemplate, language: Language
) -> list[dict[str, Any]]:
    """What is not known as plain values, with the titles of facts."""
    return [
        {
            "place": one.place,
            "lack": one.lack,
            "name": one.name,
            "title": in_language(template.facts[one.name].title, language)
            if one.name in template.facts
            else None,
        }
        for one in missing
    ]


def _financed(
    found: FinancedEmissions, template: PortfolioTemplate, language: Language
) -> dict[str, Any]:
    groups = {"by_asset_class": found.by_asset_class, "by_sector": found.by_sector}
    return {
        "holdings": {
            name: {
                **{
                    key: getattr(one, key)
                    for key in (
                        "investee", "asset_class", "sector", "outstanding", "is_from_shares",
                        "whole", "whole_currency", "is_whole", "factor",
                    )
                },
                "whole_facts": list(one.whole_facts),
                "emissions": dict(one.emissions),
                "quality": dict(one.quality),
                "missing": missing_list(one.missing, template, language),
            }
            for name, one in found.holdings.items()
        },
        **{
            title: {
                group: {
                    name: {"value": r.value, "reason": r.reason, **asdict(r.sureness)}
                    for name, r in results.items()
                }
                for group, results in grouped.items()
            }
            for title, grouped in groups.items()
        },
        "without_investee": list(found.without_investee),
    }  # fmt: skip


def _inflation(found: EvicInflation) -> dict[str, Any]:
    adjustment = found.adjustment
    return {
        "base_period": found.base_period,
        "period": found.period,
        "factor": adjustment.factor if adjustment else None,
        "base": adjustment.base if adjustment else None,
        "current": adjustment.current if adjustment else None,
        "adjusted_base": adjustment.adjusted_base if adjustment else None,
        "adjusted_current": adjustment.adjusted_current if adjustment else None,
        "change": adjustment.change if adjustment else None,
        "reason": None if adjustment else "no-data",
        "compared": list(found.compared),
        "left_out": list(found.left_out),
    }
