"""Where the numbers of a result stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def value_at(value: Any, keys: list[str]) -> tuple[bool, Any]:
    """Whether a number stands at a path inside a plain value, and which."""
    for key in keys:
        inside = value
        if isinstance(value, list):
            inside = {_key(i, part): part for i, part in enumerate(value)}
        if not isinstance(inside, Mapping) or key not in inside:
            return False, None
        value = inside[key]
    return not isinstance(value, str | list), value


def printed_paths(tree: Mapping[str, Any]) -> list[str]:
    """The paths of all numbers of a result, years by their number.

    Examples
    --------
    >>> printed_paths({"totals": {"costs": 1.0}, "years": [{"year": 2025, "costs": 1.0}]})
    ['totals.costs', 'years.2025.costs']
    """
    return list(_walk("", tree))


def _key(place: int, part: Any) -> str:
    """What an item of a list is called: its year or its id, or else its place."""
    has_key = isinstance(part, Mapping)
    return str(part.get("year", part.get("id", place)) if has_key else place)


def _walk(path: str, node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in ("checks", "warnings", "line", "year"):
                yield from _walk(f"{path}.{key}" if path else str(key), value)
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from _walk(f"{path}.{_key(i, value)}", value)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield path
