"""A report on a portfolio as a workbook to hand in, of which every sum is a live formula."""

from __future__ import annotations

from impactmonitor.report.portfolio_actors_page import actors_page
from impactmonitor.report.portfolio_book import SHEETS, PortfolioBook
from impactmonitor.report.portfolio_changes_page import changes_page
from impactmonitor.report.portfolio_claims_page import claims_page
from impactmonitor.report.portfolio_emissions_page import emissions_page
from impactmonitor.report.portfolio_heat_page import heat_page
from impactmonitor.report.portfolio_holdings_page import holdings_page
from impactmonitor.report.portfolio_indicators_page import indicators_page
from impactmonitor.report.portfolio_ledger_page import labels_page, ledger_page
from impactmonitor.report.portfolio_quality_page import quality_page
from impactmonitor.report.portfolio_results_page import results_page
from impactmonitor.report.portfolio_setbacks_page import setbacks_page
from impactmonitor.report.portfolio_text_pages import method_page, remarks_page, summary_page
from impactmonitor.report.portfolio_words import PortfolioWords
from impactmonitor.report.report_book import ReportLayout
from impactmonitor.report.workbook.book import Book
from impactmonitor.report.workbook.saving import to_bytes


def portfolio_book(told: PortfolioWords) -> PortfolioBook:
    """All sheets with their formulas, and what each formula gives.

    Parameters
    ----------
    told : PortfolioWords
        The report, and the language of all words.
    """
    layout = ReportLayout.named(told.language, SHEETS, "portfolio_report.sheets")
    made = PortfolioBook(Book(layout), told)
    for write in (
        summary_page, results_page, heat_page, actors_page, indicators_page, setbacks_page,
        quality_page, changes_page, claims_page, emissions_page, method_page, holdings_page,
        labels_page, ledger_page, remarks_page,
    ):  # fmt: skip
        write(made)
    return made


def portfolio_workbook(told: PortfolioWords) -> bytes:
    """The workbook of a report on a portfolio.

    Parameters
    ----------
    told : PortfolioWords
        The report, and the language of all words.

    Returns
    -------
    bytes
        An .xlsx file. The shares of the fund are cells to fill in; roll-ups, the heat map and the
        key figures are sums over the one table and move along. Text of the portfolio is never a
        formula.

    Examples
    --------
    >>> from pathlib import Path
    >>> from impactmonitor import load_catalogue
    >>> from impactmonitor.intake.portfolio_reading import read_portfolio
    >>> from impactmonitor.intake.portfolio_reading import PortfolioReading
    >>> from impactmonitor.report.portfolio_reported import portfolio_report
    >>> read = read_portfolio(b'''{
    ...     "impactmonitor_portfolio": 1, "id": "fund", "title": "Fund", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025,
    ...     "investees": {"mill": {"asset_class": "business-loans"}},
    ...     "holdings": {"loan": {"investee": "mill", "instrument": "loan",
    ...         "positions": {"2025": {"outstanding": 30, "equity": 50, "debt": 50}}}}}''', ".json")
    >>> reading = PortfolioReading(read[0], Path(), read[1])
    >>> report = portfolio_report(reading, load_catalogue(), 2025)
    >>> portfolio_workbook(PortfolioWords(report, "en"))[:2]
    b'PK'
    """
    made = portfolio_book(told)
    return to_bytes(made.book, made.values, told.report.result.portfolio.id)
