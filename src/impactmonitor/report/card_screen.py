"""Effect cards as people and programs read them: a list, or one in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from impactmonitor.catalogue import Catalogue
from impactmonitor.messages import Language
from impactmonitor.model.cards import SCALE, TAU, EffectCard
from impactmonitor.model.record import in_language
from impactmonitor.report.card_texts import facts_of, figure_of, text, unit_name
from impactmonitor.report.tables import new_table


def card_list(
    cards: Sequence[EffectCard], catalogue: Catalogue, language: Language
) -> Iterator[RenderableType]:
    """A table of cards, one row each.

    Parameters
    ----------
    cards : sequence of EffectCard
        At least one.
    catalogue : Catalogue
        Gives the units.
    language : {"nl", "en"}
        Of the texts.
    """
    table = new_table()
    widest = max(len(card.id) for card in cards)  # an id is copied: better not broken
    table.add_column(text("list.entry", language), min_width=widest, overflow="fold")
    for key in ("use", "found", "unit"):
        is_fixed = key == "found"
        table.add_column(text(f"list.{key}", language), no_wrap=is_fixed, overflow="fold")
    for card in cards:
        named = f"{card.id}\n  {in_language(card.title, language)}"
        unit = unit_name(card, catalogue, language)
        table.add_row(named, card.use, figure_of(card, language), unit)
    yield table
    yield Text(text("list.count", language, count=len(cards)), style="dim")


def card_screen(
    card: EffectCard, catalogue: Catalogue, language: Language
) -> Iterator[RenderableType]:
    """Everything about one card: what was found, for whom, how sure, and what to mind.

    Parameters
    ----------
    card : EffectCard
        The card.
    catalogue : Catalogue
        Gives units, actors and levels of evidence.
    language : {"nl", "en"}
        Of the texts.
    """
    yield Text(f"{in_language(card.title, language)} ({card.id})", style="bold")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", min_width=14, max_width=24)
    grid.add_column(overflow="fold")
    for key, content in facts_of(card, catalogue, language):
        style = "bold" if key == "warning" else ""
        grid.add_row(text(f"facts.{key}", language), content, style=style)
    yield grid


def card_document(card: EffectCard, language: Language) -> dict[str, Any]:
    """A card as plain values, its texts in one language.

    Parameters
    ----------
    card : EffectCard
        The card.
    language : {"nl", "en"}
        Of the texts.

    Returns
    -------
    dict
        With the fields of the card, ``group``, and under ``ours`` also the spread between
        settings and the factor at scale (null for what was measured at scale).
    """
    content = card.model_dump(mode="json", by_alias=True)
    plain: dict[str, Any] = _in(content, language)
    plain["group"] = card.overlap_group
    spread = plain["ours"] or {"distribution": None, "mu": None, "sigma": None}
    scale = None if card.is_roll_out else list(SCALE)
    return {**plain, "ours": {**spread, "tau": TAU, "scale": scale}}


def _in(node: Any, language: Language) -> Any:
    """A tree in which every text in two languages is in one."""
    if isinstance(node, dict) and set(node) == {"nl", "en"}:
        return node[language] or node["en"] or node["nl"]
    if isinstance(node, dict):
        return {key: _in(part, language) for key, part in node.items()}
    return [_in(part, language) for part in node] if isinstance(node, list) else node
