"""Cards on the screen and as plain values."""

from __future__ import annotations

import io
import json

from rich.console import Console

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.report.card_screen import card_document, card_list, card_screen

CARDS = load_cards().cards


def printed(parts: object) -> str:
    """What stands on a screen of 100 columns."""
    out = Console(file=io.StringIO(), width=100)
    for part in parts:  # type: ignore[attr-defined]
        out.print(part)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_a_list_has_a_row_for_each_card_with_its_whole_id() -> None:
    shown = printed(card_list(list(CARDS.values()), load_catalogue(), "en"))
    assert all(name in shown for name in CARDS)
    assert "78 found" in shown


def test_one_card_says_what_to_mind() -> None:
    shown = printed(card_screen(CARDS["EC-FALL-EX-RATE"], load_catalogue(), "nl"))
    assert "10.1002/14651858.CD012424.pub2" in shown
    assert "vermenigvuldig nooit" in shown


def test_a_document_has_ours_apart_and_one_language() -> None:
    found = card_document(CARDS["EC-FALL-EX-RATE"], "nl")
    json.dumps(found)
    assert found["title"].startswith("Valpreventie")
    assert found["ours"]["tau"] == 0.2
    assert found["ours"]["scale"] == [0.3, 0.6, 1.0]
    assert found["group"] == "EC-FALL"
    assert card_document(CARDS["EC-ZONE30"], "en")["ours"]["scale"] is None
    assert card_document(CARDS["EC-MENTOR"], "en")["ours"]["sigma"] is None
