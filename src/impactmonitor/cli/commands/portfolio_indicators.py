"""The command that works out financed emissions and other figures over a portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import language_of
from impactmonitor.cli.commands.portfolio import portfolio
from impactmonitor.cli.options import Catalogues, Json, LangOption
from impactmonitor.cli.outcome import WrongUse, reporting
from impactmonitor.model.portfolio_templates import Within
from impactmonitor.problems import Problem


class Denominator(StrEnum):
    """What denominators hold."""

    all = "all"
    eligible = "eligible"
    covered = "covered"


WITHIN: Mapping[Denominator, Within] = {
    Denominator.all: "all",
    Denominator.eligible: "eligible",
    Denominator.covered: "covered",
}


@portfolio.command(
    epilog="Examples: impactmonitor portfolio indicators fund --period 2026 · "
    "impactmonitor portfolio indicators fund --period 2026 --template sfdr-2022 --json · "
    "impactmonitor portfolio indicators --list"
)
@reporting
def indicators(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="PORTFOLIO", help="A portfolio as .yaml or .json, or the folder it is in."
        ),
    ] = None,
    period: Annotated[
        int | None, typer.Option("--period", metavar="YEAR", help="The year to report on.")
    ] = None,
    template: Annotated[
        list[str] | None,
        typer.Option("--template", metavar="ID", help="Only this template; may be repeated."),
    ] = None,
    denominator: Annotated[
        Denominator | None,
        typer.Option(
            "--denominator",
            help="What all denominators hold: all investments, those that an indicator is about, "
            "or those with data. By default as each template says.",
        ),
    ] = None,
    base: Annotated[
        int | None,
        typer.Option(
            "--base", metavar="YEAR", help="Compare with this year at equal enterprise values."
        ),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="Show the templates and the facts that they need.")
    ] = False,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """Work out financed emissions (PCAF), adverse impacts (SFDR) and templates of your own."""
    from impactmonitor.cli.filling_templates import fill_templates, list_templates

    if list_ or (file is None and period is None):
        list_templates(template or (), catalogue, language_of(lang), json)
        return
    if file is None:
        raise WrongUse(Problem("portfolio-file-needed"))
    if period is None:
        raise WrongUse(Problem("period-needed"))
    within = None if denominator is None else WITHIN[denominator]
    asked = (template or (), within)
    fill_templates(file, (period, base), asked, catalogue, language_of(lang), json)
