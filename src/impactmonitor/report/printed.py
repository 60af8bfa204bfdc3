"""Where the numbers of a result stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def value_at(value: Any, keys: list[str]) -> tuple[bool, Any]:
    """Whether a number stands at a path inside a plain value, and which."""
    for key in keys:
        if isinstance(value, Mapping) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return False, None
    return not isinstance(value, str | list), value


def printed_paths(tree: Mapping[str, Any]) -> list[str]:
    """The paths of all numbers of a result, years by their number.

    Examples
    --------
    >>> printed_paths({"totals": {"costs": 1.0}, "years": [{"year": 2025, "costs": 1.0}]})
    ['totals.costs', 'years.2025.costs']
    """
    return list(_walk("", tree))


def _walk(path: str, node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in ("checks", "warnings", "line", "year"):
                yield from _walk(f"{path}.{key}" if path else str(key), value)
    elif isinstance(node, list):
        for i, value in enumerate(node):
            has_key = isinstance(value, Mapping)
            key = value.get("year", value.get("id", i)) if has_key else i
            yield from _walk(f"{path}.{key}", value)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield path
