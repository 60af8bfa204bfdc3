"""The page with every field of a portfolio, made from the JSON Schema of the model."""

from __future__ import annotations

from impactmonitor.messages import Language
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.schema import portfolio_schema
from impactmonitor.report.reference.case import record_sections
from impactmonitor.report.reference.markdown import page, word


def portfolio_page(language: Language) -> str:
    """Every field of every record of a portfolio.

    Parameters
    ----------
    language : {"nl", "en"}
        Of the page.
    """
    schema = portfolio_schema(language)
    records = {Portfolio.__name__: schema, **schema["$defs"]}
    return page(
        language,
        word("portfolio.title", language),
        word("portfolio.intro", language),
        word("portfolio.legend", language),
        *record_sections(records, language, Portfolio.__name__),
    )
