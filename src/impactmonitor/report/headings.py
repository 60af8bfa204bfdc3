"""Headings on screen, with what stands under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text


def heading(title: str) -> Padding:
    """A heading, with an empty line above it."""
    return Padding(Text(title, style="bold"), (1, 0, 0, 0))


def parts_under(title: str, parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """Parts under a heading; nothing where there are none.

    Examples
    --------
    >>> len(list(parts_under("Doubts", []))), len(list(parts_under("Doubts", [Text("One.")])))
    (0, 2)
    """
    for place, part in enumerate(parts):
        if not place:
            yield heading(title)
        yield Padding(part, (0, 0, 0, 2))


def sentences_under(
    title: str, sentences: Iterable[str], mark: str = ""
) -> Iterator[RenderableType]:
    """Sentences under a heading; nothing where there are none.

    Parameters
    ----------
    title : str
        The heading.
    sentences : iterable of str
        Of which nothing is taken for markup.
    mark : str
        Before each of them.
    """
    return parts_under(title, (Text(f"{mark}{sentence}") for sentence in sentences))
