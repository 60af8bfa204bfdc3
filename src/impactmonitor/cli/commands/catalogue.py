"""Commands that look things up in the catalogue."""

from __future__ import annotations

from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import Catalogues, Json, LangOption
from impactmonitor.cli.outcome import reporting


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

    look_up("values", " ".join(words or ()), language_of(lang), json, catalogue)


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

        suggest(words or (), (topic, group), language_of(lang), json, catalogue)
        return
    from impactmonitor.cli.looking_up import look_up

    look_up("indicators", " ".join(words or ()), language_of(lang), json, catalogue)


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

    look_up_frameworks(" ".join(words or ()), language_of(lang), json, catalogue)


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

    look_up_cards(" ".join(words or ()), use, language_of(lang), json, catalogue)
