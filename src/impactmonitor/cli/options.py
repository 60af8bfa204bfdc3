"""Arguments and options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

MOST_YEARS, MOST_EFFECTS = 700, 500


class Lang(StrEnum):
    """Languages of what people read."""

    nl = "nl"
    en = "en"


CaseFile = Annotated[Path, typer.Argument(metavar="CASE", help="A case as .yaml, .json or .xlsx.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is already there.")]
Excel = Annotated[
    Path | None,
    typer.Option("--excel", metavar="OUT", help="Also write a workbook that calculates along."),
]
Years = Annotated[
    int | None,
    typer.Option("--years", min=1, max=MOST_YEARS, help="Years that have a column, at least."),
]
Effects = Annotated[
    int | None,
    typer.Option("--effects", min=1, max=MOST_EFFECTS, help="Rows for effects, at least."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]
LangOption = Annotated[
    Lang | None, typer.Option("--lang", help="Dutch or English; by default that of the machine.")
]
Catalogues = Annotated[
    list[Path] | None,
    typer.Option("--catalogue", metavar="DIR", help="A folder that adds to the catalogue."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print the answer in one sentence only.")]
Scenario = Annotated[
    str | None, typer.Option("--scenario", metavar="ID", help="Under this scenario of the case.")
]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        metavar="URL",
        envvar="IMPACTMONITOR_DATABASE_URL",
        help="Of SQLite or PostgreSQL; by default a file in your own data folder.",
    ),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="FILE",
        envvar="IMPACTMONITOR_DATABASE_PASSWORD_FILE",
        help="With the password of the database.",
    ),
]
