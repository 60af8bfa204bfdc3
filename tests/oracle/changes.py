"""A case after the changes of a scenario or an alternative."""

import copy
from typing import Any


def changed(case: dict, catalogue: dict, changes: dict) -> tuple[dict, dict]:
    """Every change replaces the node at its path, shallow paths first; null removes it.

    `values.ID` puts another number in the place of the catalogue's. The result has no scenarios
    and no alternatives of its own.
    """
    case = copy.deepcopy(case)
    catalogue = {**catalogue, "values": dict(catalogue["values"])}
    for path in sorted(changes, key=lambda path: path.count(".")):
        first, *rest = path.split(".")
        if first == "values":
            name = ".".join(rest)
            old = catalogue["values"][name]  # the current edition stands under two names
            new = {**old, "value": changes[path]}
            names = [key for key, figure in catalogue["values"].items() if figure is old]
            catalogue["values"] |= dict.fromkeys(names, new)
        else:
            put(case, [first, *rest], copy.deepcopy(changes[path]))
    for name in ("scenarios", "alternatives"):
        case.pop(name, None)
    return case, catalogue


def put(node: dict, keys: list[str], new: Any) -> None:
    for key in keys[:-1]:
        node = node.setdefault(own_key(node, key), {})
    last = own_key(node, keys[-1])
    if new is None:
        node.pop(last, None)
    else:
        node[last] = new


def own_key(node: dict, key: str) -> Any:
    """The key as the node writes it: a year may be text or a whole number."""
    return next((k for k in node if str(k) == key), key)
