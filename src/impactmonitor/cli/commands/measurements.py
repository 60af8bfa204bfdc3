"""Commands on what was measured: the yearly form, and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import CaseFile, Catalogues, Force, Json, LangOption
from impactmonitor.cli.outcome import reporting


@app.command(
    name="update-form",
    epilog="Examples: impactmonitor update-form my-case.yaml --period 2027 -o form.xlsx · "
    'impactmonitor update-form my-case.yaml --period 2027Q1 -o form.xlsx --reporter "Buurthuis"',
)
@reporting
def update_form(
    case: CaseFile,
    period: Annotated[
        str,
        typer.Option("--period", help="What is reported: 2027, 2027Q1, 2027-01 or an own period."),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FORM", help="Where to: a name in .xlsx.")
    ],
    reporter: Annotated[
        str | None,
        typer.Option("--reporter", metavar="NAME", help="Who reports: filled in beforehand."),
    ] = None,
    lang: LangOption = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Make a form in which somebody reports what is due in a period, and nothing else."""
    from impactmonitor.cli.updating import make_form

    make_form(case, period, output, catalogue, language_of(lang), reporter, force)


@app.command(
    name="add-measurements",
    epilog="Examples: impactmonitor add-measurements my-case.yaml form.xlsx -o new.yaml · "
    "impactmonitor add-measurements my-case.yaml records.csv -o new.yaml --approve",
)
@reporting
def add_measurements(
    case: CaseFile,
    reports: Annotated[
        Path,
        typer.Argument(metavar="FORM", help="A form that was filled in, or records as .csv."),
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="NEW", help="The case with them in it."),
    ],
    approve: Annotated[
        bool, typer.Option("--approve", help="Let what is added count as approved.")
    ] = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Add what was reported to a case: nothing that was there before is replaced."""
    from impactmonitor.cli.updating import add_measurements as add

    add(case, reports, output, catalogue, language_of(lang), approve, force)


@app.command(
    epilog="Examples: impactmonitor measurements my-case.yaml · "
    "impactmonitor measurements my-case.yaml --csv records.csv"
)
@reporting
def measurements(
    case: CaseFile,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="OUT", help="Write them to a file that ends in .csv."),
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """List what was measured, without what is about very few people."""
    from impactmonitor.cli.listing_measurements import list_measurements

    list_measurements(case, catalogue, csv, language_of(lang), json, force)
