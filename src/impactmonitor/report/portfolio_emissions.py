"""Financed emissions and adverse impacts in a report: the figures of templates that are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from impactmonitor import messages
from impactmonitor.model.record import in_language
from impactmonitor.portfolio.template_results import TemplateFigure, TemplateResult
from impactmonitor.report.portfolio_words import PortfolioWords
from impactmonitor.report.template_document import unit_text


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A figure of a template that could be worked out.

    Attributes
    ----------
    title : str
        With its number in the template, its sector, or that it stands apart.
    value : float
    is_share : bool
        Whether it is a part of 1.
    unit : str
        Empty for a share.
    coverage : float or None
        Part of the money that it is about for which there are data.
    quality : float or None
        Of the data: 1 for the best to 5.
    """

    title: str
    value: float
    is_share: bool
    unit: str
    coverage: float | None
    quality: float | None


def template_title(told: PortfolioWords, result: TemplateResult) -> str:
    """The title of a template, with the moment that it looks at."""
    moment = messages.text(
        f"templates.moments.{result.template.moments}", told.language, period=result.period
    )
    return f"{told.read(result.template.title)}, {moment}"


def known_figures(told: PortfolioWords, result: TemplateResult) -> list[KnownFigure]:
    """The figures of a template that are known, in its order.

    Parameters
    ----------
    told : PortfolioWords
    result : TemplateResult
        One of the report.
    """
    found = []
    for name, one in result.indicators.items():
        found += list(_known(told, result, name, "", one))
        for sector, part in one.sectors.items():
            found += list(_known(told, result, name, f" ({sector})", part))
    return found


def _known(
    told: PortfolioWords, result: TemplateResult, name: str, sector: str, one: TemplateFigure
) -> Iterator[KnownFigure]:
    if one.value is None:
        return
    indicator = result.template.indicators[name]
    title = in_language(indicator.title, told.language)
    if indicator.number is not None:
        title = f"{indicator.number} {title}"
    elif indicator.is_apart:
        title = messages.text("templates.apart", told.language, title=title)
    unit = "" if indicator.is_share else unit_text(indicator.unit, result.currency, told.language)
    sure = one.sureness
    yield KnownFigure(
        title + sector, one.value, indicator.is_share, unit, sure.coverage, sure.quality
    )
