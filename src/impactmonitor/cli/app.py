"""The commands. Heavy parts are imported by the command that needs them."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.cli.options import (
    CaseFile,
    Catalogues,
    Effects,
    Excel,
    Force,
    Json,
    Lang,
    LangOption,
    Quiet,
    Scenario,
    Years,
)
from impactmonitor.cli.outcome import console, default_language, print_json, reporting
from impactmonitor.messages import Language

if TYPE_CHECKING:
    from impactmonitor.evaluation import Evaluation

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="What does a project yield, for whom, and how sure is that?",
)


def _language(lang: Lang | None) -> Language:
    return default_language() if lang is None else lang.value


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
        save_workbook(result, catalogue, excel, _language(lang), force)
    show(result, _language(lang), json, quiet)


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
    language = _language(lang)
    drawing = (draws, seed, method)
    found = load_and_simulate(case, catalogue, drawing, scenario, value_ranges, language)
    if excel is not None:
        from impactmonitor.cli.converting import save_workbook

        save_workbook(found.evaluation, catalogue, excel, language, force, simulation=found)
    show_simulation(found, language, json, detail)


@app.command(
    epilog="Examples: impactmonitor template -o blank.xlsx · "
    "impactmonitor template -o mine.xlsx --from my-case.yaml --effects 80"
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
    catalogue: Catalogues = None,
    force: Force = False,
) -> None:
    """Make a workbook to fill in, which shows the answer while you do."""
    from impactmonitor.cli.converting import check_workbook, save_blank, save_workbook

    check_workbook(output, force)
    language = _language(lang)
    if source is None:
        save_blank(catalogue, output, language, force, years, effects)
    else:
        result = load_and_evaluate(source, catalogue)
        save_workbook(result, catalogue, output, language, force, years or 0, effects or 0)


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
        save_text(old, new, _language(lang), force)
    else:
        result = load_and_evaluate(old, catalogue)
        save_workbook(result, catalogue, new, _language(lang), force)


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


@app.command(epilog="Example: impactmonitor demo --lang nl")
@reporting
def demo(lang: LangOption = None, json: Json = False) -> None:
    """Evaluate an example that comes with the package: fall prevention for people over 65."""
    from impactmonitor.resources import folder

    case = folder("examples") / "fall-prevention-65plus" / "case.yaml"
    show(load_and_evaluate(case, None), _language(lang), json, quiet=False)


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
    found = unfold(result, number, _language(lang))
    if json:
        print_json(found.as_dict())
        return
    for part in explanation_screen(result, found, _language(lang)):
        console().print(part)


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

    divide(game, method, seed, _language(lang), json)


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

    share(case, Sharing(key, costs, write, scenario), catalogue, _language(lang), json, force)


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
    language = _language(lang)
    asked, drawing = (whole, by_year), (draws, seed)
    found = arranging.load_and_arrange(case, catalogue, scenario, asked, drawing, language)
    if write is not None:
        arranging.save_arranged(found[1], catalogue, write, language, force)
    arranging.show_arrangement(*found, language, json, write)


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

    language = _language(lang)
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
    ranking.rank(cases, framework, drawing, catalogue, _language(lang), json)


@app.command(epilog="Example: impactmonitor schema > case.schema.json")
@reporting
def schema(lang: LangOption = None) -> None:
    """Print the JSON Schema of a case, with a description of every field."""
    from impactmonitor.model.schema import json_schema

    print_json(json_schema(_language(lang)))


@app.command(
    epilog="Examples: impactmonitor values huisarts · impactmonitor values gp-consult --json"
)
@reporting
def values(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="An id, or words to search for.")
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """List, search or show the unit values of the catalogue, with their sources."""
    from impactmonitor.cli.looking_up import look_up

    look_up("values", " ".join(words or ()), _language(lang), json, catalogue)


@app.command(
    epilog="Examples: impactmonitor indicators hospital-days-avoided · "
    "impactmonitor indicators suggest --topic fall-prevention --group older-people"
)
@reporting
def indicators(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS", help="An id, words to search for, or suggest to be given some."
        ),
    ] = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="ID", help="With suggest: what it is about.")
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar="ID", help="With suggest: for whom it is.")
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """List, search or show the indicators of the catalogue, or suggest some for a topic."""
    if topic is not None or group is not None or words == ["suggest"]:
        from impactmonitor.cli.suggesting import suggest

        suggest(words or (), (topic, group), _language(lang), json, catalogue)
        return
    from impactmonitor.cli.looking_up import look_up

    look_up("indicators", " ".join(words or ()), _language(lang), json, catalogue)


@app.command(
    epilog="Examples: impactmonitor frameworks · impactmonitor frameworks readiness --lang nl"
)
@reporting
def frameworks(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="An id, or words to search for.")
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """List, search or show frameworks: what is asked about a project beside euros."""
    from impactmonitor.cli.suggesting import look_up_frameworks

    look_up_frameworks(" ".join(words or ()), _language(lang), json, catalogue)


@app.command(
    epilog="Examples: impactmonitor cards vallen · impactmonitor cards EC-FALL-EX-MEDCARE · "
    "impactmonitor cards --class A --json"
)
@reporting
def cards(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="An id, or words to search for.")
    ] = None,
    use: Annotated[
        str | None, typer.Option("--class", metavar="A|B|C|N", help="Only this class of use.")
    ] = None,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """List, search or show effect cards: what research found about sizes of effects."""
    from impactmonitor.cli.looking_up_cards import look_up_cards

    look_up_cards(" ".join(words or ()), use, _language(lang), json, catalogue)


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

    draw_theory(case, output, catalogue, _language(lang), json, force)


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

    list_gaps(case, catalogue, (draws, seed), _language(lang), json)


@app.command()
def version() -> None:
    """Print the version of the engine."""
    from impactmonitor.version import __version__

    sys.stdout.write(f"{__version__}\n")


def main() -> None:
    """Run the command line.

    Text that the terminal cannot show is escaped rather than failing, and a reader who stops
    reading (``| head``) is no error.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    app()
