"""A frontier of options: what the command does between its file and its answer."""

from __future__ import annotations

from pathlib import Path

from impactmonitor.cli.outcome import console, print_json
from impactmonitor.intake.options_csv import load_options
from impactmonitor.messages import Language
from impactmonitor.proposals.frontier import frontier_of


def show_frontier(file: Path, language: Language, as_json: bool) -> None:
    """Read options, put them in order, and print the answer or the JSON object.

    Parameters
    ----------
    file : Path
        A CSV file with option, cost and effect.
    language : {"nl", "en"}
        Of the texts.
    as_json : bool
        Whether a program reads it.

    Raises
    ------
    InvalidInput, NotFound
        As ``load_options`` raises them.
    """
    found = frontier_of(load_options(file))
    if as_json:
        from impactmonitor.report.frontier_document import frontier_document

        print_json(frontier_document(found))
        return
    from impactmonitor.report.frontier_screen import frontier_screen

    out = console()
    for part in frontier_screen(found, language):
        out.print(part)
