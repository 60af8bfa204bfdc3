"""Parts of a source, and the cases in them: what is known of them before they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from impactmonitor.intake.reading import Reading


@dataclass(frozen=True, slots=True)
class Part:
    """Some cases of a source that follow each other.

    Attributes
    ----------
    number : int
        The first part is 0.
    cases : int
        How many there are.
    fingerprint : str
        Of the bytes of these cases.
    names : tuple of str
        The files of a folder; empty for lines.
    start, size : int
        The bytes of a file of lines; 0 for a folder.
    line : int
        The first line, counted from 1; 0 for a folder.
    """

    number: int
    cases: int
    fingerprint: str
    names: tuple[str, ...] = ()
    start: int = 0
    size: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """What a source holds.

    Attributes
    ----------
    fingerprint : str
        Of all its bytes; the same however it is cut.
    cases : int
        How many there are.
    parts : tuple of Part
        In order.
    left_aside : int
        Files of a folder that are no case files by their names.
    """

    fingerprint: str
    cases: int
    parts: tuple[Part, ...]
    left_aside: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One case of a source, still to be read.

    Attributes
    ----------
    file : str
        Name of the file that it is in.
    line : int or None
        Its line in a file of lines, counted from 1.
    read : callable
        Gives the reading; raises `InvalidInput` or `NotFound` where there is none.
    """

    file: str
    line: int | None
    read: Callable[[], Reading]


def writable(text: str) -> str:
    r"""A text without what no file can hold, such as the odd bytes of a file name.

    Examples
    --------
    >>> writable("a\udcff.json")
    'a\\udcff.json'
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
