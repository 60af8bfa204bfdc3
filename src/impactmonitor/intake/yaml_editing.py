"""Add entries to a YAML file, and leave everything else in it as it is written, remarks too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from impactmonitor.intake.writing import yaml_text

Pair = tuple[yaml.Node, yaml.Node]


def with_entry(text: str, path: Sequence[str], key: str, value: Any) -> str:
    r"""The text of a YAML file with one more entry in a mapping, or with another value of one.

    Parameters
    ----------
    text : str
        Of a file without anchors, aliases or tags: one that ``read_yaml`` reads.
    path : sequence of str
        Keys of the mapping; those that are not there yet are made.
    key : str
        What is added at the end of it; if it is there, it gets another value.
    value : object
        Plain values.

    Returns
    -------
    str
        Remarks stay where they are, save those inside a value that is replaced.

    Examples
    --------
    >>> print(with_entry("a: 1  # one\nb:\n  c: 2\n# the end\n", ["b"], "d", {"e": 3}), end="")
    a: 1  # one
    b:
      c: 2
      d:
        e: 3
    # the end
    >>> with_entry("a: {b: 1}", ["a"], "c", 2)
    'a: {b: 1, c: 2}'
    """
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        raise TypeError("no mapping")
    rest = [*path, key]
    while len(rest) > 1:
        pair = _pair(node, rest[0])
        if pair is None or not (isinstance(pair[1], yaml.MappingNode) and pair[1].value):
            break
        node = pair[1]
        rest.pop(0)
    first, *others = rest
    for name in reversed(others):
        value = {name: value}
    known = _pair(node, first)
    written = _written(node, first, value)
    if known is not None:
        return text[: known[0].start_mark.index] + written + text[_end(text, known[1]) :]
    last = _end(text, node.value[-1][1])
    if node.flow_style:
        return f"{text[:last]}, {written}{text[last:]}"
    line = text.find("\n", last) + 1 or len(text)
    before = text[:line] if text[:line].endswith("\n") else f"{text}\n"
    return f"{before}{' ' * _column(node)}{written}\n{text[line:]}"


def _pair(node: yaml.MappingNode, key: str) -> Pair | None:
    """The entry of a mapping with a key, as it is written."""
    return next((pair for pair in node.value if pair[0].value == key), None)


def _column(node: yaml.MappingNode) -> int:
    return int(node.value[0][0].start_mark.column)


def _written(node: yaml.MappingNode, key: str, value: Any) -> str:
    """An entry as the mapping writes its own: on one line, or below each other."""
    if node.flow_style:
        return yaml_text({key: value}, is_flow=True).strip().removeprefix("{").removesuffix("}")
    lines = yaml_text({key: value}).rstrip("\n").split("\n")
    indent = " " * _column(node)
    return "\n".join([lines[0], *(f"{indent}{line}" if line else line for line in lines[1:])])


def _end(text: str, node: yaml.Node) -> int:
    """Where the last thing in a node ends; remarks after it are no part of it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = int(node.end_mark.index)
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return len(text[:end].rstrip()) if is_block else end
