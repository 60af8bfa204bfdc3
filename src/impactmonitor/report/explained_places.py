"""A place of the case itself, explained: a figure, a parameter, a catalogue value, a choice."""

from __future__ import annotations

from typing import Any

from impactmonitor.model.changes import plain
from impactmonitor.report.explained_cards import place_at_card
from impactmonitor.report.explained_inputs import Row, choice_row, figure_row, value_row
from impactmonitor.report.origin import Origins


def place_in_case(origins: Origins, path: str) -> Row | None:
    """The input at a path of the case, or None where there is none.

    Parameters
    ----------
    origins : Origins
        Of the result.
    path : str
        For example ``effects.fewer-falls.quantity``, ``parameters.reached``, ``values.ID``.
    """
    if path in origins.places:
        return figure_row(origins, path)
    keys = path.split(".")
    if keys[0] == "parameters" and len(keys) > 1 and keys[2:] in ([], ["value"]):
        return _parameter(origins, path, keys[1])
    if keys[0] == "values":
        return _value(origins, path)
    return place_at_card(origins, path) or _choice(origins, path, keys)


def _parameter(origins: Origins, path: str, name: str) -> Row | None:
    parameter = origins.evaluation.case.parameters.get(name)
    if parameter is None:
        return None
    value = origins.value_of(f"parameters.{name}", parameter.value)
    return {"path": path, "value": value, "origin": origins.of_parameter(name)}


def _value(origins: Origins, path: str) -> Row | None:
    for found in origins.evaluation.appraised.resolved.effects.values():
        if found.value is None or found.edition is None:
            continue
        names = (found.unit_value_path, f"values.{found.value.id}-{found.edition.edition}")
        if path in names:
            return value_row(origins, found, path)
    return None


def _choice(origins: Origins, path: str, keys: list[str]) -> Row | None:
    node: Any = plain(origins.evaluation.case, is_prefilled=True)
    for key in keys:
        inside = {str(k): v for k, v in node.items()} if isinstance(node, dict) else {}
        if key not in inside:
            return None
        node = inside[key]
    if node is None or isinstance(node, dict | list):
        return None
    return choice_row(origins, path, node)
