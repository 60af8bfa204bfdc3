"""Commands on who pays: games, joint costs, arrangements."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import CaseFile, Catalogues, Force, Json, LangOption, Scenario
from impactmonitor.cli.outcome import reporting


@app.command(
    epilog="Examples: impactmonitor allocate joint.yaml · "
    "impactmonitor allocate joint.yaml --method scrb --method shapley --json"
)
@reporting
def allocate(
    game: Annotated[
        Path, typer.Argument(metavar="GAME", help="Costs, or a pot and claims, as .yaml or .json.")
    ],
    method: Annotated[
        list[str] | None,
        typer.Option("--method", metavar="NAME", help="Only these ways; by default all."),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="For a sample: the same number gives the same answer.")
    ] = 1,
    json: Json = False,
    lang: LangOption = None,
) -> None:
    """Divide a joint cost among those who share it, or a pot among claims."""
    from impactmonitor.cli.allocating import divide

    divide(game, method, seed, language_of(lang), json)


@app.command(
    name="share-costs",
    epilog="Examples: impactmonitor share-costs my-case.yaml · "
    "impactmonitor share-costs my-case.yaml --key equal --write shared.yaml",
)
@reporting
def share_costs(
    case: CaseFile,
    key: Annotated[
        str | None, typer.Option("--key", help="By which key; by default all side by side.")
    ] = None,
    costs: Annotated[
        str | None,
        typer.Option("--costs", metavar="ID,ID", help="Only these cost lines; by default all."),
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="OUT", help="Write the case with the payments in it."),
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    scenario: Scenario = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Divide the costs of a case by a key, and show who then pays whom."""
    from impactmonitor.cli.allocating import Sharing, share

    share(case, Sharing(key, costs, write, scenario), catalogue, language_of(lang), json, force)


@app.command(
    epilog="Examples: impactmonitor arrange my-case.yaml · "
    "impactmonitor arrange my-case.yaml --whole value --by-year --write agreed.yaml"
)
@reporting
def arrange(
    case: CaseFile,
    whole: Annotated[
        str | None,
        typer.Option("--whole", help="In what nobody may lose: value, cash or both."),
    ] = None,
    by_year: Annotated[
        bool | None,
        typer.Option("--by-year/--level", help="Nobody advances money, or every year the same."),
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="OUT", help="Write the case with the payments in it."),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", help="Cases to calculate for how sure it is; 0 for none.")
    ] = 4096,
    seed: Annotated[
        int, typer.Option("--seed", help="The same number gives the same answer again.")
    ] = 1,
    json: Json = False,
    lang: LangOption = None,
    scenario: Scenario = None,
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Find the smallest payments between actors after which nobody is worse off."""
    from impactmonitor.cli import arranging

    arranging.check_arranging(whole, draws, write, force)
    language = language_of(lang)
    asked, drawing = (whole, by_year), (draws, seed)
    found = arranging.load_and_arrange(case, catalogue, scenario, asked, drawing, language)
    if write is not None:
        arranging.save_arranged(found[1], catalogue, write, language, force)
    arranging.show_arrangement(*found, language, json, write)
