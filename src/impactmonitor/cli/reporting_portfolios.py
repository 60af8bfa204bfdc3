"""Report on a portfolio: what the command does between its options and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from impactmonitor import messages
from impactmonitor.catalogue import load_catalogue
from impactmonitor.cli.converting import check_workbook
from impactmonitor.cli.files import write_whole
from impactmonitor.cli.outcome import console, print_json
from impactmonitor.intake.portfolio_reading import load_portfolio
from impactmonitor.measuring.selecting import View
from impactmonitor.messages import Language
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.portfolio.states import periods_of
from impactmonitor.report.portfolio_reported import portfolio_report
from impactmonitor.report.portfolio_words import PortfolioWords


@dataclass(frozen=True, slots=True)
class Asked:
    """Of what somebody wants a report.

    Attributes
    ----------
    period : int or None
        Calendar year; None for the last one with positions.
    view : {"first_reported", "restated"}
        Whether what was corrected after the period counts.
    """

    period: int | None
    view: View


def check_report(output: Path | None, is_forced: bool) -> None:
    """Refuse a workbook that cannot be made, before any work is done.

    Raises
    ------
    WrongUse
        As ``check_target``.
    """
    if output is not None:
        check_workbook(output, is_forced)


def last_period(portfolio: Portfolio) -> int:
    """The last year of which there is a position; the base year where there is none."""
    return max(periods_of(portfolio), default=portfolio.base_year)


def load_and_report(
    file: Path, catalogues: Sequence[Path] | None, asked: Asked, language: Language
) -> PortfolioWords:
    """Read a portfolio with its cases and work out its report.

    Parameters
    ----------
    file : Path
        Of the portfolio, or its folder.
    catalogues : sequence of Path or None
        Folders that add to the catalogue.
    asked : Asked
    language : {"nl", "en"}
        Of the report.

    Raises
    ------
    NotFound, InvalidInput
        As ``load_portfolio`` and ``report_on`` raise them.
    """
    reading = load_portfolio(file)
    catalogue = load_catalogue(*(catalogues or ()))
    period = asked.period if asked.period is not None else last_period(reading.portfolio)
    return PortfolioWords(portfolio_report(reading, catalogue, period, asked.view), language)


def save_report(told: PortfolioWords, output: Path, is_forced: bool) -> None:
    """Write the workbook."""
    with console(is_error=True).status(messages.text("screen.making_workbook", told.language)):
        from impactmonitor.report.portfolio_workbook import portfolio_workbook

        data = portfolio_workbook(told)
    write_whole(output, data, is_forced)


def show_report(told: PortfolioWords, as_json: bool) -> None:
    """Print the whole report, or the JSON object."""
    if as_json:
        from impactmonitor.report.portfolio_document import portfolio_document

        print_json(portfolio_document(told))
        return
    from impactmonitor.report.portfolio_screen import portfolio_screen

    out = console()
    for part in portfolio_screen(told):
        out.print(part)
