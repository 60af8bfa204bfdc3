"""Where many cases come from, one at a time: a folder of case files, or a file of JSON lines.

A source is surveyed once: cut into parts of a fixed number of cases, each with the fingerprint of
its bytes. Whoever reads a part later sees whether it still is what was surveyed.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal

from impactmonitor.bulk.case_folder import file_items, surveyed_folder
from impactmonitor.bulk.case_lines import LINES, line_items, surveyed_lines
from impactmonitor.bulk.parts import Item, Part, Survey, writable
from impactmonitor.intake.files import is_file, is_folder
from impactmonitor.problems import InvalidInput, NotFound, Problem

Kind = Literal["folder", "lines"]


def kind_of(source: Path) -> Kind:
    """What kind of source a path is.

    Raises
    ------
    NotFound
        ``bulk-source-not-found``.
    InvalidInput
        ``bulk-source-kind``, for a file that holds no lines.

    Examples
    --------
    >>> from impactmonitor.resources import folder
    >>> kind_of(folder("examples"))
    'folder'
    """
    if is_folder(source):
        return "folder"
    if not is_file(source):
        raise NotFound(Problem("bulk-source-not-found", params={"file": source.name}))
    if source.suffix.lower() not in LINES:
        params = {"file": source.name, "known": ", ".join(LINES)}
        raise InvalidInput([Problem("bulk-source-kind", params=params)])
    return "lines"


def survey(source: Path, size: int) -> Survey:
    """Cut a source into parts, and take its fingerprints.

    Parameters
    ----------
    source : Path
        A folder with case files, taken in the order of their names (folders in it are not
        entered); or a file with one JSON case on each line.
    size : int
        Cases in each part; the last one may have fewer. Empty lines count, and hold no case.

    Returns
    -------
    Survey

    Raises
    ------
    NotFound, InvalidInput
        As `kind_of`; ``bulk-source-empty``; ``file-unreadable``.
    """
    kind = kind_of(source)
    try:
        found = surveyed_folder(source, size) if kind == "folder" else surveyed_lines(source, size)
    except OSError as error:
        params = {"file": source.name, "detail": error.strerror or type(error).__name__}
        raise InvalidInput([Problem("file-unreadable", params=params)]) from None
    if not found.cases:
        raise InvalidInput([Problem("bulk-source-empty", params={"file": source.name})])
    return found


def items(source: Path, part: Part) -> Iterator[Item]:
    """The cases of a part, one after the other.

    Parameters
    ----------
    source : Path
        As it was surveyed.
    part : Part
        From its survey.

    Raises
    ------
    InvalidInput
        ``bulk-source-changed``, after the last one, if it no longer is what was surveyed.
    """
    fingerprint = sha256()
    of_part = file_items if part.names else line_items
    try:
        yield from of_part(source, part, fingerprint.update)
    except OSError:
        raise _changed(source) from None
    if fingerprint.hexdigest() != part.fingerprint:
        raise _changed(source)


def _changed(source: Path) -> InvalidInput:
    return InvalidInput([Problem("bulk-source-changed", params={"file": writable(source.name)})])
