"""Commands on what a case says, and does not say, about how it works."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import CaseFile, Catalogues, Force, Json, LangOption
from impactmonitor.cli.outcome import reporting


@app.command(
    epilog="Examples: impactmonitor theory my-case.yaml · "
    "impactmonitor theory my-case.yaml -o theory.svg --lang nl"
)
@reporting
def theory(
    case: CaseFile,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="Draw it: a name in .svg."),
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Show or draw what is done, what that delivers and what it leads to."""
    from impactmonitor.cli.drawing_theory import draw_theory

    draw_theory(case, output, catalogue, language_of(lang), json, force)


@app.command(
    epilog="Examples: impactmonitor gaps my-case.yaml · "
    "impactmonitor gaps my-case.yaml --draws 4096 --json"
)
@reporting
def gaps(
    case: CaseFile,
    draws: Annotated[
        int, typer.Option("--draws", help="Cases to calculate for what is worth knowing.")
    ] = 0,
    seed: Annotated[
        int, typer.Option("--seed", help="The same number gives the same answer again.")
    ] = 1,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """List what a case does not say yet about its effects and scores, the weightiest first."""
    from impactmonitor.cli.listing_gaps import list_gaps

    list_gaps(case, catalogue, (draws, seed), language_of(lang), json)
