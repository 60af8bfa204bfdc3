"""A file with one JSON case on each line as a source: one line at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO

from impactmonitor.bulk.parts import Item, Part, Survey, writable
from impactmonitor.intake.reading import Reading, read_case
from impactmonitor.plain import MAX_BYTES

LINES = (".jsonl", ".ndjson")


def surveyed_lines(file: Path, size: int) -> Survey:
    """Cut a file into parts; see ``sources.survey``.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    whole, parts = sha256(), list[Part]()
    start, line, cases = 0, 1, 0
    with file.open("rb") as stream:
        while True:
            own = sha256()
            count, used, held = 0, 0, 0
            for text, length in islice(_lines(stream, (own.update, whole.update)), size):
                count, used, held = count + 1, used + length, held + bool(text.strip())
            if not count:
                break
            parts.append(Part(len(parts), held, own.hexdigest(), (), start, used, line))
            start, line, cases = start + used, line + count, cases + held
    return Survey(whole.hexdigest(), cases, tuple(parts))


def _lines(
    stream: IO[bytes], told: tuple[Callable[[bytes], None], ...]
) -> Iterator[tuple[bytes, int]]:
    """Lines with their lengths; of one that is too long only the beginning is kept."""
    most = MAX_BYTES + 1
    while piece := stream.readline(most):
        kept, length = piece, 0
        while piece:
            for tell in told:
                tell(piece)
            length += len(piece)
            piece = b"" if piece.endswith(b"\n") else stream.readline(most)
        yield kept, length


def line_items(file: Path, part: Part, tell: Callable[[bytes], None]) -> Iterator[Item]:
    """The cases of a part.

    Parameters
    ----------
    file : Path
        As it was surveyed.
    part : Part
        From its survey.
    tell : callable
        Given the bytes that its fingerprint is made of.

    Raises
    ------
    OSError
        If it cannot be read any more.
    """
    with file.open("rb") as stream:
        stream.seek(part.start)
        left, line = part.size, part.line
        for text, length in _lines(stream, (tell,)):
            if text.strip():
                yield Item(writable(file.name), line, _line_reader(text))
            left, line = left - length, line + 1
            if left <= 0:
                return


def _line_reader(text: bytes) -> Callable[[], Reading]:
    return lambda: read_case(text, ".json")
