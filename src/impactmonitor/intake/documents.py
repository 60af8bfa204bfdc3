"""Files of ours in YAML or JSON: which there are, and what every one of them has to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from impactmonitor.model.validation import shown
from impactmonitor.plain import Document, read_json, read_yaml
from impactmonitor.problems import InvalidInput, Problem, listed

READERS: dict[str, Callable[[bytes], Document]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
}
"""What reads a file, by the ending of its name."""

ENDINGS = ", ".join(READERS)
"""Those endings, to be shown."""


def mapping_in(document: Document) -> dict[str, Any]:
    """The tree of a document that is a mapping at its top, as every file of ours is.

    Raises
    ------
    InvalidInput
        With what was refused when the document was read; if that was nothing, ``file-empty`` or
        ``not-a-mapping``.

    Examples
    --------
    >>> mapping_in(read_yaml(b"pot: 100"))
    {'pot': 100}
    """
    tree = document.tree
    if isinstance(tree, dict):
        return tree
    absent = "file-empty" if tree is None else "not-a-mapping"
    raise InvalidInput(document.problems or [Problem(absent, params={"value": shown(tree)})])


def placed(document: Document, found: Iterable[Problem]) -> list[Problem]:
    r"""What was refused in a document and what was found in the rest of it, with their lines.

    Parameters
    ----------
    document : Document
        As it was read.
    found : iterable of Problem
        By its path in the document. At a place that was refused nothing more is said.

    Returns
    -------
    list of Problem
        No more of them than ``listed`` gives.

    Examples
    --------
    >>> document = read_yaml(b"pot: 1\nclaims: [1]\nclaims: [x]")
    >>> found = [Problem("not-a-number", "claims"), Problem("too-low", "pot")]
    >>> [(p.line, p.code) for p in placed(document, found)]
    [(3, 'duplicate-key'), (1, 'too-low')]
    """
    refused = {p.path for p in document.problems}
    own = (p for p in found if p.path not in refused)
    return [document.located(p) for p in listed([*document.problems, *own])]
