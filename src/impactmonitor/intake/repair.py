"""What is left of a document with mistakes, so that the rest of it can be checked too."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from impactmonitor.model.case import Case
from impactmonitor.model.validation import path_of

_STAND_INS: dict[str, Any] = {
    "impactmonitor": 1,
    "id": "stand-in",
    "title": "",
    "currency": "EUR",
    "price_year": 2000,
    "base_year": 2000,
    "horizon": 1,
    "actors": {"stand-in": {"kind": "citizen"}},
    "actors.*.kind": "citizen",
    "parameters.*.value": 0,
    "costs.*.amount": 0,
    "costs.*.paid_by": "stand-in",
    "effects.*.quantity": 0,
    "transfers.*.from": "stand-in",
    "transfers.*.to": "stand-in",
    "transfers.*.amount": 0,
    "overlaps.*.lines": ["stand-in"],
    "overlaps.*.alpha": 1,
    "excess_burden.rate": 0,
    "excess_burden.actors": ["stand-in"],
    "excess_burden.borne_by": "stand-in",
    "price_indices.*.years": {"2000": 1},
    "sources.*.title": "",
    "alternatives.*.changes": {},
    "scenarios.*.changes": {},
    "correlations.*": ["stand-in", "stand-in", 0],
}
"""What a case cannot do without."""

_DEPTHS = (99, 99, 4, 3, 2, 1)

Keys = tuple[str, ...]


def without_broken_parts(
    tree: dict[str, Any], paths: list[str]
) -> tuple[Case | None, tuple[str, ...]]:
    """The document with a harmless stand-in, or nothing, for each of its broken parts.

    As little as possible is replaced: first exactly what is wrong, and what stands around it only
    where that does not do.

    Parameters
    ----------
    tree : dict
        The document as it was read.
    paths : list of str
        Where something is wrong.

    Returns
    -------
    case : Case or None
        None if even that is no case.
    broken : tuple of str
        The paths that were replaced or left out.
    """
    broken: dict[Keys, None] = {}
    places: list[Keys] = [tuple(path.split(".")) for path in paths]
    for depth in _DEPTHS:
        # backwards, so that an item that goes does not change the number of one before it
        for keys in sorted((keys[:depth] for keys in places), key=_in_order, reverse=True):
            tree, replaced = _mended(tree, (), keys)
            broken[replaced] = None
        try:
            return Case.model_validate(tree), tuple(".".join(keys) for keys in broken)
        except ValidationError as error:
            places = [path_of(details["loc"]) for details in error.errors(include_url=False)]
    return None, tuple(".".join(keys) for keys in broken)


def _in_order(keys: Keys) -> list[tuple[int, str]]:
    return [(int(key) if key.isdecimal() else -1, key) for key in keys]


def _mended(node: Any, above: Keys, keys: Keys) -> tuple[Any, Keys]:
    """A copy of a node in which what stands at these keys is a stand-in or gone, and its place."""
    if not keys:
        return node, above
    first, *rest = keys
    here = (*above, first)
    stand_in = _STAND_INS.get(_kind_of(here))
    if isinstance(node, list):
        return _without_item(node, here, stand_in), here
    copy = dict(node)
    inner = copy.get(first)
    if rest and isinstance(inner, dict | list):
        copy[first], here = _mended(inner, here, tuple(rest))
    elif stand_in is not None:
        copy[first] = stand_in
    else:
        copy.pop(first, None)
    return copy, here


def _without_item(items: list[Any], here: Keys, stand_in: Any) -> list[Any]:
    """A list without the item of this number, or with a stand-in for it."""
    index = int(here[-1]) if here[-1].isdecimal() else len(items)
    return [*items[:index], *([] if stand_in is None else [stand_in]), *items[index + 1 :]]


def _kind_of(keys: Keys) -> str:
    """A path with a star for the id: ``costs.*.amount``."""
    if keys[0] == "correlations":
        return "correlations.*" if len(keys) == 2 else ""
    return ".".join((keys[0], "*", *keys[2:]) if len(keys) > 2 else keys)
