"""The command that reports on a portfolio."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import language_of
from impactmonitor.cli.commands.portfolio import PortfolioFile, portfolio
from impactmonitor.cli.options import Catalogues, Force, Json, LangOption
from impactmonitor.cli.outcome import reporting


@portfolio.command(
    epilog="Examples: impactmonitor portfolio report fund --period 2026 · "
    "impactmonitor portfolio report fund/portfolio.yaml --period 2026 --excel report.xlsx"
)
@reporting
def report(
    file: PortfolioFile,
    period: Annotated[
        int | None,
        typer.Option("--period", metavar="YEAR", help="By default the last one with positions."),
    ] = None,
    restated: Annotated[
        bool, typer.Option("--restated", help="With what was corrected after the period.")
    ] = False,
    excel: Annotated[
        Path | None, typer.Option("--excel", metavar="OUT", help="Also write a report workbook.")
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Report on a year: results against plan, who benefits, harms, data quality, what changed."""
    from impactmonitor.cli import reporting_portfolios as reporting_on

    reporting_on.check_report(excel, force)
    asked = reporting_on.Asked(period, "restated" if restated else "first_reported")
    told = reporting_on.load_and_report(file, catalogue, asked, language_of(lang))
    if excel is not None:
        reporting_on.save_report(told, excel, force)
    reporting_on.show_report(told, json)
