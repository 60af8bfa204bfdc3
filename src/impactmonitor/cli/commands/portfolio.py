"""Commands on a portfolio: its format, its holdings from a table, and whether all of it fits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import Catalogues, Json, LangOption
from impactmonitor.cli.outcome import print_json, reporting

portfolio = typer.Typer(
    no_args_is_help=True, help="What a fund holds: check it, add holdings, report on a year."
)
app.add_typer(portfolio, name="portfolio")

PortfolioFile = Annotated[
    Path,
    typer.Argument(
        metavar="PORTFOLIO", help="A portfolio as .yaml or .json, or the folder it is in."
    ),
]


@portfolio.command(
    epilog="Examples: impactmonitor portfolio check fund · "
    "impactmonitor portfolio check fund/portfolio.yaml --period 2026"
)
@reporting
def check(
    file: PortfolioFile,
    period: Annotated[
        int | None,
        typer.Option("--period", metavar="YEAR", help="By default the last one with positions."),
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """Check a portfolio and all its cases: form, files, double claims and overlaps."""
    from impactmonitor.cli.portfolio_checking import check_portfolio

    check_portfolio(file, period, catalogue, language_of(lang), json)


@portfolio.command(
    name="import",
    epilog="Examples: impactmonitor portfolio import holdings.csv --into fund/portfolio.yaml · "
    "impactmonitor portfolio import holdings.xlsx --into fund/portfolio.yaml --write",
)
@reporting
def import_(
    holdings: Annotated[
        Path,
        typer.Argument(metavar="HOLDINGS", help="A table of holdings as .csv or .xlsx."),
    ],
    into: Annotated[
        Path,
        typer.Option("--into", metavar="PORTFOLIO", help="The portfolio to which they belong."),
    ],
    write: Annotated[
        bool, typer.Option("--write", help="Write the portfolio; else only say what would change.")
    ] = False,
    json: Json = False,
    lang: LangOption = None,
) -> None:
    """Add holdings and their positions from a table: nothing that was there is ever lost."""
    from impactmonitor.cli.importing_holdings import import_holdings

    import_holdings(holdings, into, write, language_of(lang), json)


@portfolio.command(epilog="Example: impactmonitor portfolio schema > portfolio.schema.json")
@reporting
def schema(lang: LangOption = None) -> None:
    """Print the JSON Schema of a portfolio, with a description of every field."""
    from impactmonitor.model.schema import portfolio_schema

    print_json(portfolio_schema(language_of(lang)))
