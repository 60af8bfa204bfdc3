"""Look-ups among effect cards: a list, a search, or one card in full."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.cli.outcome import WrongUse, console, print_json, remark
from impactmonitor.messages import Language
from impactmonitor.model.cards import CardUse
from impactmonitor.problems import NotFound, Problem, nearest
from impactmonitor.report.card_screen import card_document, card_list, card_screen
from impactmonitor.report.searching import find_cards


def look_up_cards(
    words: str,
    use: str | None,
    language: Language,
    as_json: bool,
    catalogues: Sequence[Path] | None,
) -> None:
    """Print the effect cards that have some words in them, or the one with an id in full.

    Raises
    ------
    WrongUse
        If there is no such class of use.
    NotFound
        If nothing is found.
    """
    classes = get_args(CardUse)
    if use is not None and use.upper() not in classes:
        params = {"value": use, "expected": ", ".join(classes)}
        raise WrongUse(Problem("card-class-unknown", "", params))
    known = load_cards(*(catalogues or ()))
    chosen = [c for c in known.cards.values() if use is None or c.use == use.upper()]
    found = find_cards(chosen, words)
    if not found:
        params = {"words": words, "nearest": nearest(words.upper(), known.cards)}
        raise NotFound(Problem("nothing-found", "", params))
    remark(known.overrides, language)
    is_one = bool(words) and (len(found) == 1 or found[0].id.casefold() == words.casefold())
    shown = found[:1] if is_one else found
    if as_json:
        print_json([card_document(card, language) for card in shown])
        return
    catalogue, out = load_catalogue(*(catalogues or ())), console()
    parts = card_screen(shown[0], catalogue, language) if is_one else card_list(
        shown, catalogue, language
    )  # fmt: skip
    for part in parts:
        out.print(part)
