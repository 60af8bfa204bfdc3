"""Commands for whoever has to choose: proposals side by side, and options by cost and effect."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import Catalogues, Force, Json, LangOption
from impactmonitor.cli.outcome import reporting


@app.command(
    epilog="Examples: impactmonitor frontier options.csv · "
    "impactmonitor frontier options.csv --json"
)
@reporting
def frontier(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV file with option, cost and effect.")
    ],
    json: Json = False,
    lang: LangOption = None,
) -> None:
    """Show which options are worth considering, and what each extra effect costs."""
    from impactmonitor.cli.frontier import show_frontier

    show_frontier(file, language_of(lang), json)


@app.command(
    epilog="Examples: impactmonitor compare one.yaml other.yaml · "
    "impactmonitor compare proposals/ --level policy.yaml --excel report.xlsx"
)
@reporting
def compare(
    cases: Annotated[
        list[Path],
        typer.Argument(metavar="CASE...", help="Two cases or more, or a folder with cases."),
    ],
    level: Annotated[
        Path | None,
        typer.Option("--level", metavar="POLICY", help="Level them by this policy (.yaml, .json)."),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", help="For chances and how firm ranks are; 0: none.")
    ] = 1024,
    seed: Annotated[
        int, typer.Option("--seed", help="The same number gives the same answer again.")
    ] = 1,
    excel: Annotated[
        Path | None,
        typer.Option("--excel", metavar="OUT", help="Also write a report as a workbook."),
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Put proposals side by side: as claimed and on the same terms, with ranks."""
    from impactmonitor.cli.comparing_proposals import compare_proposals

    drawing = (draws, seed)
    compare_proposals(cases, level, drawing, excel, catalogue, language_of(lang), json, force)
