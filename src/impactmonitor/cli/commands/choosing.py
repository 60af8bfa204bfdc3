"""Commands that choose among the candidates of a portfolio."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import Catalogues, Excel, Force, Json, LangOption
from impactmonitor.cli.outcome import reporting


@app.command(
    epilog="Examples: impactmonitor select fund/portfolio.yaml --budget 2000000 · "
    "impactmonitor select fund/portfolio.yaml --maximise score --framework prevention-core-set"
)
@reporting
def select(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A portfolio with candidates, or its folder.")
    ],
    budget: Annotated[
        float | None,
        typer.Option("--budget", help="What the chosen may ask together; else that of FILE."),
    ] = None,
    maximise: Annotated[
        str, typer.Option("--maximise", metavar="npv|score", help="What there is most of.")
    ] = "npv",
    floor: Annotated[
        float | None,
        typer.Option("--floor", help="At least so much of the other: score points, or money."),
    ] = None,
    framework: Annotated[
        str | None, typer.Option("--framework", metavar="ID", help="Of the scores.")
    ] = None,
    step: Annotated[
        float | None,
        typer.Option("--step", help="One budget step; by default the smallest amount."),
    ] = None,
    draws: Annotated[int, typer.Option("--draws", help="How many draws for how sure it is.")] = (
        1024
    ),
    seed: Annotated[
        int, typer.Option("--seed", help="The same number gives the same answer again.")
    ] = 1,
    excel: Excel = None,
    force: Force = False,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """Choose the candidates that add most within a budget, and show how sure that is."""
    from impactmonitor.cli import choosing

    asked = choosing.Asked(budget, maximise, floor, framework, step, draws, seed)
    choosing.choose(file, asked, catalogue, language_of(lang), json, (excel, force))
