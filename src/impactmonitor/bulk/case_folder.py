"""A folder of case files as a source: in the order of their names, one open at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from impactmonitor.bulk.parts import Item, Part, Survey, writable
from impactmonitor.intake.documents import READERS
from impactmonitor.intake.reading import WORKBOOK, Reading, read_file

FILES = (*READERS, WORKBOOK)
_UNREADABLE = b"cannot be read"
_CHUNK = 1 << 20


def surveyed_folder(folder: Path, size: int) -> Survey:
    """Cut a folder into parts; see ``sources.survey``.

    Raises
    ------
    OSError
        If it cannot be looked into. A file that cannot be opened is a case that cannot be read.
    """
    names, left_aside = _names(folder)
    whole, parts = sha256(), list[Part]()
    for start in range(0, len(names), size):
        chosen = tuple(names[start : start + size])
        own = sha256()
        for name in chosen:
            entry = _entry(name, folder / name)
            own.update(entry)
            whole.update(entry)
        parts.append(Part(len(parts), len(chosen), own.hexdigest(), chosen))
    return Survey(whole.hexdigest(), len(names), tuple(parts), left_aside)


def _names(folder: Path) -> tuple[list[str], int]:
    """Names of case files in order, and how many other files there are.

    A link may lead anywhere, and is no case of this folder.
    """
    names, others = list[str](), 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")) or not entry.is_file(follow_symlinks=False):
                continue
            if Path(entry.name).suffix.lower() in FILES:
                names.append(entry.name)
            else:
                others += 1
    return sorted(names), others


def _entry(name: str, path: Path) -> bytes:
    """What the fingerprint of a folder takes from one file: its name and its contents."""
    contents = sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                contents.update(chunk)
    except OSError:
        contents.update(_UNREADABLE)
    return name.encode("utf-8", "surrogateescape") + b"\0" + contents.digest()


def file_items(folder: Path, part: Part, tell: Callable[[bytes], None]) -> Iterator[Item]:
    """The cases of a part.

    Parameters
    ----------
    folder : Path
        As it was surveyed.
    part : Part
        From its survey.
    tell : callable
        Given the bytes that its fingerprint is made of.
    """
    for name in part.names:
        path = folder / name
        tell(_entry(name, path))
        yield Item(writable(name), None, _reader_of(path))


def _reader_of(path: Path) -> Callable[[], Reading]:
    return lambda: read_file(path)
