"""Commands that answer for one case: what it yields, how sure that is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.cli.options import (
    CaseFile,
    Catalogues,
    Excel,
    Force,
    Json,
    LangOption,
    Quiet,
    Scenario,
)
from impactmonitor.cli.outcome import console, print_json, reporting
from impactmonitor.messages import Language

if TYPE_CHECKING:
    from impactmonitor.evaluation import Evaluation


@app.command(
    epilog="Examples: impactmonitor evaluate my-case.yaml · "
    "impactmonitor evaluate my-case.yaml --json --scenario bad"
)
@reporting
def evaluate(
    case: CaseFile,
    json: Json = False,
    lang: LangOption = None,
    quiet: Quiet = False,
    scenario: Scenario = None,
    catalogue: Catalogues = None,
    excel: Excel = None,
    force: Force = False,
) -> None:
    """Show what a case yields, who pays and who benefits."""
    if excel is not None:
        from impactmonitor.cli.converting import check_workbook, save_workbook

        check_workbook(excel, force)
    result = load_and_evaluate(case, catalogue, scenario)
    if excel is not None:
        save_workbook(result, catalogue, excel, language_of(lang), force)
    show(result, language_of(lang), json, quiet)


@app.command(
    epilog="Examples: impactmonitor simulate my-case.yaml · "
    "impactmonitor simulate my-case.yaml --draws 65536 --value-ranges --excel out.xlsx"
)
@reporting
def simulate(
    case: CaseFile,
    draws: Annotated[
        int, typer.Option("--draws", help="How many cases to calculate; a power of 2 is best.")
    ] = 4096,
    seed: Annotated[
        int, typer.Option("--seed", help="The same number gives the same answer again.")
    ] = 1,
    method: Annotated[
        str, typer.Option("--method", help="sobol (evenly spread) or mc (plain chance).")
    ] = "sobol",
    value_ranges: Annotated[
        bool, typer.Option("--value-ranges", help="Use the published ranges of catalogue values.")
    ] = False,
    detail: Annotated[
        bool, typer.Option("--detail", help="Also show what only experts need.")
    ] = False,
    json: Json = False,
    lang: LangOption = None,
    scenario: Scenario = None,
    catalogue: Catalogues = None,
    excel: Excel = None,
    force: Force = False,
) -> None:
    """Show how sure the answer is, what it depends on, and what to measure first."""
    from impactmonitor.cli.simulating import check_drawing, load_and_simulate, show_simulation

    check_drawing(draws, method)
    if excel is not None:
        from impactmonitor.cli.converting import check_workbook

        check_workbook(excel, force)
    language = language_of(lang)
    drawing = (draws, seed, method)
    found = load_and_simulate(case, catalogue, drawing, scenario, value_ranges, language)
    if excel is not None:
        from impactmonitor.cli.converting import save_workbook

        save_workbook(found.evaluation, catalogue, excel, language, force, simulation=found)
    show_simulation(found, language, json, detail)


@app.command(epilog="Example: impactmonitor demo --lang nl")
@reporting
def demo(lang: LangOption = None, json: Json = False) -> None:
    """Evaluate an example that comes with the package: fall prevention for people over 65."""
    from impactmonitor.resources import folder

    case = folder("examples") / "fall-prevention-65plus" / "case.yaml"
    show(load_and_evaluate(case, None), language_of(lang), json, quiet=False)


def show(result: Evaluation, language: Language, as_json: bool, quiet: bool) -> None:
    """Print a result: the whole answer, its first sentence, or the JSON object."""
    if as_json:
        from impactmonitor.report.document import document

        print_json(document(result, language))
        return
    from impactmonitor.report.screen import screen
    from impactmonitor.report.sentences import headline

    out = console()
    if quiet:
        out.print(headline(result, language), soft_wrap=True)
        return
    for part in screen(result, language):
        out.print(part)


@app.command(
    epilog="Examples: impactmonitor explain my-case.yaml actors.insurer.net · "
    "impactmonitor explain my-case.yaml lines.courses"
)
@reporting
def explain(
    case: CaseFile,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="As in the JSON object.")],
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """Unfold a printed number to its formula, its inputs and their sources."""
    from impactmonitor.report.explanation import explain as unfold
    from impactmonitor.report.explanation_screen import explanation_screen

    result = load_and_evaluate(case, catalogue)
    found = unfold(result, number, language_of(lang))
    if json:
        print_json(found.as_dict())
        return
    for part in explanation_screen(result, found, language_of(lang)):
        console().print(part)
