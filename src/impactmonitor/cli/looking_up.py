"""Look-ups in the catalogue: a list, a search, or one entry in full."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.search import find
from impactmonitor.cli.outcome import console, print_json
from impactmonitor.messages import Language
from impactmonitor.problems import NotFound, Problem, nearest
from impactmonitor.report.entries import entry_document, entry_screen, list_screen


def look_up(
    section: Literal["values", "indicators"],
    words: str,
    language: Language,
    as_json: bool,
    catalogues: list[Path] | None,
) -> None:
    """Print what the catalogue has under an id or under some words.

    Raises
    ------
    NotFound
        If nothing is found.
    """
    catalogue = load_catalogue(*(catalogues or ()))
    exact = catalogue.value(words) if section == "values" else None
    entries = [exact[0]] if exact is not None else find(catalogue, words, section)
    if not entries:
        params = {"words": words, "nearest": nearest(words, getattr(catalogue, section))}
        raise NotFound(Problem("nothing-found", "", params))
    is_one = exact is not None or (len(entries) == 1 and bool(words)) or entries[0].id == words
    shown = entries[:1] if is_one else entries
    if as_json:
        print_json([entry_document(catalogue, entry, language) for entry in shown])
        return
    out = console()
    parts = entry_screen(catalogue, shown[0], language) if is_one else list_screen(
        catalogue, entries, language
    )  # fmt: skip
    for part in parts:
        out.print(part)
