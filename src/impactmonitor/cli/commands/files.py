"""Commands that turn a case into another file, or say what one looks like."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.cli.options import Catalogues, Effects, Force, LangOption, Years
from impactmonitor.cli.outcome import print_json, reporting


@app.command(
    epilog="Examples: impactmonitor template -o blank.xlsx · "
    "impactmonitor template -o mine.xlsx --from my-case.yaml --effects 80 · "
    "impactmonitor template -o falls.xlsx --topic fall-prevention --group older-people"
)
@reporting
def template(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="Where to: a name in .xlsx.")
    ],
    lang: LangOption = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="CASE", help="Fill in this case."),
    ] = None,
    years: Years = None,
    effects: Effects = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="ID", help="Suggest effects: what it is about.")
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar="ID", help="Suggest effects: for whom it is.")
    ] = None,
    framework: Annotated[
        list[str] | None,
        typer.Option("--framework", metavar="ID", help="Ask the questions of this framework too."),
    ] = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Make a workbook to fill in, which shows the answer while you do."""
    from impactmonitor.cli.converting import check_workbook, chosen_of, save_blank, save_workbook

    check_workbook(output, force)
    language, chosen = language_of(lang), chosen_of(topic, group, catalogue)
    if source is None:
        save_blank(catalogue, output, language, force, years, effects, chosen, framework or ())
        return
    result = load_and_evaluate(source, catalogue)
    save_workbook(
        result, catalogue, output, language, force, years or 0, effects or 0, chosen=chosen,
        frameworks=framework or (),
    )  # fmt: skip


@app.command(
    epilog="Examples: impactmonitor convert my-case.xlsx my-case.yaml · "
    "impactmonitor convert my-case.yaml my-case.xlsx --lang nl"
)
@reporting
def convert(
    old: Annotated[Path, typer.Argument(metavar="A", help="A case as .yaml, .json or .xlsx.")],
    new: Annotated[Path, typer.Argument(metavar="B", help="The same case in another form.")],
    lang: LangOption = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Turn a case into YAML, JSON or a workbook, without losing anything."""
    from impactmonitor.cli.converting import FORMS, check_form, save_text, save_workbook

    check_form(new, force)
    if new.suffix.lower() in FORMS:
        save_text(old, new, language_of(lang), force)
    else:
        result = load_and_evaluate(old, catalogue)
        save_workbook(result, catalogue, new, language_of(lang), force)


@app.command(epilog="Example: impactmonitor schema > case.schema.json")
@reporting
def schema(lang: LangOption = None) -> None:
    """Print the JSON Schema of a case, with a description of every field."""
    from impactmonitor.model.schema import json_schema

    print_json(json_schema(language_of(lang)))
