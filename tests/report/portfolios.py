"""Reports on the example fund, worked out once for all tests."""

from __future__ import annotations

from functools import cache

from impactmonitor import load_catalogue
from impactmonitor.intake.portfolio_reading import load_portfolio
from impactmonitor.messages import Language
from impactmonitor.report.portfolio_reported import PortfolioReport, portfolio_report
from impactmonitor.report.portfolio_words import PortfolioWords
from impactmonitor.resources import folder

FUND = folder("examples") / "example-fund"


@cache
def report_of(period: int = 2026) -> PortfolioReport:
    return portfolio_report(load_portfolio(FUND), load_catalogue(), period)


def told(language: Language = "en", period: int = 2026) -> PortfolioWords:
    return PortfolioWords(report_of(period), language)
