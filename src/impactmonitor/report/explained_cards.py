"""The inputs of an effect that have to do with its effect card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from impactmonitor.model.prefilled import PrefilledEffect
from impactmonitor.report.origin import Origins

Row = dict[str, Any]


def card_rows(origins: Origins, name: str) -> Iterator[Row]:
    """The card of an effect, and what is on by default and switched off beside it.

    Parameters
    ----------
    origins : Origins
        Of the result.
    name : str
        Id of the effect.

    Yields
    ------
    dict
        path, value (the id of the card, or False for what is off) and origin; nothing for an
        effect without a card that was used.
    """
    effect, path = origins.evaluation.case.effects.get(name), f"effects.{name}.card"
    if not isinstance(effect, PrefilledEffect) or effect.used is None:
        return
    card = origins.card(effect)
    yield {"path": path, "value": effect.used.id, "origin": _set(origins, path, card.whole())}
    for field, why in card.switched_off():
        inner = f"{path}.{field}"
        yield {"path": inner, "value": False, "origin": _set(origins, inner, why)}


def place_at_card(origins: Origins, path: str) -> Row | None:
    """What was written beside a card, explained as the number that it became.

    Parameters
    ----------
    origins : Origins
        Of the result.
    path : str
        For example ``effects.fewer-falls.card.reach``.

    Returns
    -------
    dict or None
        None for a place that has nothing to do with a card.
    """
    section, name, *inner = [*path.split("."), "", ""][: max(4, path.count(".") + 1)]
    effect = origins.evaluation.case.effects.get(name) if section == "effects" else None
    if not isinstance(effect, PrefilledEffect) or inner[0] != "card":
        return None
    asked = f"effects.{name}.card" if inner[1:] in ([""], ["id"]) else path
    for row in card_rows(origins, name):
        if row["path"] == asked:
            return {**row, "path": path}
    for field, filling in effect.filled.items():
        if filling.by == "case" and filling.follows[0] == inner[1]:
            place = ".".join([f"effects.{name}.{field}", *inner[2:]])
            return origins.row(place, path) if place in origins.places else None
    return None


def _set(origins: Origins, path: str, origin: str) -> str:
    setter = origins.set_by(path)
    return origin if setter is None else f"{setter}: {origin}"
