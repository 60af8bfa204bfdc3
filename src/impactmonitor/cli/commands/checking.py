"""The command that checks a batch of proposals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import Catalogues, Force, Json, LangOption
from impactmonitor.cli.outcome import reporting


@app.command(
    epilog="Examples: impactmonitor check proposals · "
    "impactmonitor check proposals --letters letters --excel checked.xlsx"
)
@reporting
def check(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="With cases as .yaml, .json or .xlsx.")
    ],
    json: Json = False,
    excel: Annotated[
        Path | None,
        typer.Option("--excel", metavar="OUT", help="Also write the overview as a workbook."),
    ] = None,
    letters: Annotated[
        Path | None,
        typer.Option("--letters", metavar="DIR", help="Also write a letter to every applicant."),
    ] = None,
    lang: LangOption = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Check a folder with proposals: what is missing, what to ask, with letters ready to send."""
    from impactmonitor.cli import checking

    outputs = checking.Outputs(excel, letters, force)
    checking.check(folder, catalogue, outputs, language_of(lang), json)
