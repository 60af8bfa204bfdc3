"""What is left of a document with mistakes, so that the rest of it can be checked too."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from impactmonitor.model.case import Case
from impactmonitor.model.validation import path_of

_REQUIRED: dict[str, Any] = {
    "impactmonitor": 1,
    "id": "stand-in",
    "title": "",
    "currency": "EUR",
    "price_year": 2000,
    "base_year": 2000,
    "horizon": 1,
    "actors": {"stand-in": {"kind": "citizen"}},
}
_REQUIRED_BELOW: dict[str, Any] = {
    "kind": "citizen",
    "value": 0,
    "amount": 0,
    "quantity": 0,
    "paid_by": "stand-in",
    "from": "stand-in",
    "to": "stand-in",
    "alpha": 1,
    "rate": 0,
    "borne_by": "stand-in",
    "title": "",
    "changes": {},
    "lines": ["stand-in"],
    "actors": ["stand-in"],
    "years": {"2000": 1},
}
_ROUNDS = 4


def without_broken_parts(
    tree: dict[str, Any], paths: list[str]
) -> tuple[Case | None, tuple[str, ...]]:
    """The document with a harmless stand-in, or nothing, for each of its broken parts.

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
    broken: list[str] = []
    locations = [tuple(path.split(".")) for path in paths]
    for depth in (3, 3, 2, 1)[:_ROUNDS]:
        for keys in locations:
            tree = _mended(tree, keys[:depth])
            broken.append(".".join(keys[:depth]))
        try:
            return Case.model_validate(tree), tuple(dict.fromkeys(broken))
        except ValidationError as error:
            locations = [path_of(details["loc"]) for details in error.errors(include_url=False)]
    return None, tuple(broken)


def _mended(tree: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """A copy of the tree in which the node at these keys is a stand-in or gone."""
    if not keys or not isinstance(tree, dict):
        return tree
    first, *rest = keys
    copy = dict(tree)
    if rest and isinstance(copy.get(first), dict):
        copy[first] = _below(copy[first], tuple(rest))
    elif first in _REQUIRED:
        copy[first] = _REQUIRED[first]
    else:
        copy.pop(first, None)
    return copy


def _below(node: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    first, *rest = keys
    copy = dict(node)
    if rest and isinstance(copy.get(first), dict):
        copy[first] = _below(copy[first], tuple(rest))
    elif len(keys) == 1 and first in _REQUIRED_BELOW:
        copy[first] = _REQUIRED_BELOW[first]
    else:
        copy.pop(first, None)
    return copy
