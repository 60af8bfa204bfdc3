"""Financed emissions by asset class and by holding on screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.record import in_language
from impactmonitor.portfolio.financed import FinancedEmissions, FinancedHolding
from impactmonitor.portfolio.template_results import TemplateFigure
from impactmonitor.report.formatting import number, percent
from impactmonitor.report.tables import new_table, numeric

MOST_HOLDINGS = 12
MOST_NAMES = 5
HEADLINE = "financed-scope-1-and-2"
"""The indicator that the tables show."""


def financed_screen(
    found: FinancedEmissions, portfolio: Portfolio, language: Language
) -> Iterator[RenderableType]:
    """Financed emissions by asset class and by holding, the largest first.

    Parameters
    ----------
    found : FinancedEmissions
        Of any template; one without emissions of scope 1 and 2 together shows nothing.
    portfolio : Portfolio
        Gives the titles of holdings.
    language : {"nl", "en"}
        The reader's language.
    """
    if HEADLINE not in found.result.indicators:
        return
    headline = in_language(found.result.template.indicators[HEADLINE].title, language)
    classes = {n: r[HEADLINE] for n, r in found.by_asset_class.items() if HEADLINE in r}
    if classes:
        yield _classes(classes, headline, language)
    if found.holdings:
        yield from _holdings(found, portfolio, headline, language)
    names = found.without_investee
    if names:
        key = "holdings.nobody" if len(names) <= MOST_NAMES else "holdings.nobody_more"
        first, more = ", ".join(names[:MOST_NAMES]), len(names) - MOST_NAMES
        yield Text(_text(key, language, names=first, count=more))


def _classes(classes: Mapping[str, TemplateFigure], headline: str, language: Language) -> Table:
    table = new_table(_text("classes.title", language))
    table.add_column(_text("classes.label", language), overflow="fold")
    table.add_column(headline, justify="right", overflow="fold")
    numeric(table, _text("table.coverage", language), _text("table.quality", language))
    for name, one in classes.items():
        coverage = percent(whole_percents(one.sureness.coverage), language)
        quality = data_quality(one.sureness.quality, language)
        label = _text(f"asset_class.{name}", language)
        table.add_row(label, number(one.value, language), coverage, quality)
    return table


def _holdings(
    found: FinancedEmissions, portfolio: Portfolio, headline: str, language: Language
) -> Iterator[RenderableType]:
    table = new_table(_text("holdings.title", language))
    table.add_column(_text("holdings.label", language), overflow="fold")
    outstanding = _text("holdings.outstanding", language, currency=found.result.currency)
    numeric(table, outstanding, _text("holdings.factor", language))
    table.add_column(headline, justify="right", overflow="fold")
    ordered = sorted(found.holdings.values(), key=_emitted, reverse=True)
    for one in ordered[:MOST_HOLDINGS]:
        table.add_row(
            in_language(portfolio.holdings[one.holding].title, language, one.holding),
            number(one.outstanding, language, 0),
            percent(one.factor, language),
            number(one.emissions.get(HEADLINE), language),
        )
    yield table
    if len(ordered) > MOST_HOLDINGS:
        count = len(ordered) - MOST_HOLDINGS
        yield Text(_text("holdings.more", language, count=count), style="dim")


def _emitted(one: FinancedHolding) -> float:
    return one.emissions.get(HEADLINE) or 0.0


def data_quality(score: float | None, language: Language) -> str:
    """A score of data quality; a dash where nobody gave any.

    Examples
    --------
    >>> data_quality(3.0325, "nl"), data_quality(None, "nl")
    ('3,03', '–')
    """
    return "–" if score is None else number(score, language, 2)


def whole_percents(share: float | None) -> float | None:
    """A share in whole percents; what is not quite all of it is never shown as 100 %.

    Examples
    --------
    >>> whole_percents(0.9999), whole_percents(1.0), whole_percents(0.123)
    (0.99, 1.0, 0.12)
    """
    if share is None:
        return None
    rounded = round(share, 2)
    return 0.99 if rounded == 1 and share < 1 - 1e-9 else rounded


def _text(key: str, language: Language, **params: object) -> str:
    return messages.text(f"templates.{key}", language, **params)
