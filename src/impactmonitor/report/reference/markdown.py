"""Tables and headings in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from impactmonitor import messages
from impactmonitor.messages import Language


def word(key: str, language: Language, /, **params: object) -> str:
    """A text of the subject ``reference``."""
    return messages.text(f"reference.{key}", language, **params)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""A table, one line per row; what would break a cell is escaped.

    Examples
    --------
    >>> print(table(["a", "b"], [["1", "x|y"]]))
    | a | b |
    |---|---|
    | 1 | x\|y |
    """
    lines = [headers, *rows]
    cells = [" | ".join(cell(c) for c in line) for line in lines]
    rule = "|" + "---|" * len(headers)
    return "\n".join([f"| {cells[0]} |", rule, *(f"| {line} |" for line in cells[1:])])


def cell(text: str) -> str:
    """A text that fits in one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def quoted(text: str) -> str:
    """A name of the program, as it is typed."""
    return f"`{text}`"


def anchor(heading: str) -> str:
    """The target by which a heading can be linked to.

    Examples
    --------
    >>> anchor("One year: `years.YEAR`")
    'one-year-yearsyear'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def page(language: Language, title: str, *parts: str) -> str:
    """A whole page: a title, a line that says it is generated, and its parts."""
    head = [f"# {title}", f"<!-- {word('generated', language)} -->"]
    return "\n\n".join([*head, *(part for part in parts if part)]) + "\n"
