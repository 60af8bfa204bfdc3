"""Commands on several cases, or versions of one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import Catalogues, Json, LangOption
from impactmonitor.cli.outcome import console, print_json, reporting


@app.command(
    epilog="Examples: impactmonitor diff old.yaml new.yaml · "
    "impactmonitor diff case.yaml case.yaml --new-scheme nl-2021"
)
@reporting
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier case.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later case, or the same.")],
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
    new_catalogue: Annotated[
        list[Path] | None,
        typer.Option("--new-catalogue", metavar="DIR", help="Catalogue folder for NEW only."),
    ] = None,
    old_scheme: Annotated[
        str | None, typer.Option("--old-scheme", metavar="ID", help="Discount scheme for OLD.")
    ] = None,
    new_scheme: Annotated[
        str | None, typer.Option("--new-scheme", metavar="ID", help="Discount scheme for NEW.")
    ] = None,
) -> None:
    """Show what changed between two results, line by line and why, adding up exactly."""
    from impactmonitor.cli.comparing import difference

    language = language_of(lang)
    found = difference((old, catalogue, old_scheme), (new, new_catalogue or catalogue, new_scheme))
    if json:
        from impactmonitor.report.difference import difference_document

        print_json(difference_document(found, language))
        return
    from impactmonitor.report.difference_screen import difference_screen

    for part in difference_screen(found, language):
        console().print(part)


@app.command(
    epilog="Examples: impactmonitor rank one.yaml other.yaml --framework readiness · "
    "impactmonitor rank one.yaml other.yaml --framework prevention-core-set --json"
)
@reporting
def rank(
    cases: Annotated[list[Path], typer.Argument(metavar="CASE", help="Two cases or more.")],
    framework: Annotated[
        str, typer.Option("--framework", metavar="ID", help="By their score in this framework.")
    ],
    draws: Annotated[
        int, typer.Option("--draws", help="How many other weights to try for how sure it is.")
    ] = 10_000,
    seed: Annotated[
        int, typer.Option("--seed", help="The same number gives the same answer again.")
    ] = 1,
    max_multiplier: Annotated[
        float,
        typer.Option("--max-multiplier", help="The long term counts 1 to so many times."),
    ] = 5.0,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """Rank cases by their score in a framework, and show how sure that is."""
    from impactmonitor.cli import ranking

    drawing = (draws, seed, max_multiplier)
    ranking.rank(cases, framework, drawing, catalogue, language_of(lang), json)
