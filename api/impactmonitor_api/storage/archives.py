"""The file of a backup: a part for each table, and a list of them with counts and hashes.

It is a zip with ``manifest.json`` and a part ``TABLE.jsonl`` for each table, a row a line. A
backup that comes back may come from anywhere: nothing of it is believed before it was counted,
no name in it is used as the name of a file, and no line is longer than fits into memory.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

FORMAT = "impactmonitor-backup"
VERSION = 1
MANIFEST = "manifest.json"
MOST_PARTS = 100
MOST_OF_MANIFEST = 1_000_000
MOST_OF_LINE = 256 * 2**20
MOST_BYTES = 64 * 2**30
"""Of all parts together, unpacked."""

_NAME = re.compile(r"[a-z][a-z_]{0,59}\Z")
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_SCHEMA = re.compile(r"[0-9a-f]{1,32}\Z")
_CREATED = (1980, 1, 1, 0, 0, 0)

Flaw = Literal["no-backup", "version", "list", "part", "count", "hash", "row", "chain"]


class Damaged(Exception):
    """A file that is no backup, or no longer the one that was made.

    Parameters
    ----------
    flaw : str
        What does not fit.
    part : str
        Where: the name of a table, or empty.
    """

    def __init__(self, flaw: Flaw, part: str = "") -> None:
        super().__init__(f"{flaw}: {part}" if part else flaw)
        self.flaw: Flaw = flaw
        self.part = part


@dataclass(frozen=True, slots=True)
class Part:
    """What is said about a part.

    Attributes
    ----------
    rows, bytes : int
        How many lines it has, and how long they are together.
    sha256 : str
        Over all its bytes.
    """

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes
    ----------
    schema : str
        The schema of the tables.
    engine, made_at : str
        Version of the program that made it, and when.
    tables : dict
        Each part by the name of its table.
    """

    schema: str
    engine: str
    made_at: str
    tables: dict[str, Part]


def write_part(archive: ZipFile, table: str, rows: Iterable[dict[str, Any]]) -> Part:
    """Add the rows of a table to a backup, one after the other."""
    count, size, digest = 0, 0, hashlib.sha256()
    with archive.open(_entry(f"{table}.jsonl"), "w", force_zip64=True) as stream:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
            data = line.encode() + b"\n"
            stream.write(data)
            digest.update(data)
            count, size = count + 1, size + len(data)
    return Part(count, size, digest.hexdigest())


def write_manifest(archive: ZipFile, manifest: Manifest) -> None:
    """Add the list of parts, when they are all there."""
    content = {"format": FORMAT, "version": VERSION, **asdict(manifest)}
    archive.writestr(_entry(MANIFEST), json.dumps(content, indent=2) + "\n")


def _entry(name: str) -> ZipInfo:
    """The same file for the same rows, whenever it is made."""
    entry = ZipInfo(name, _CREATED)
    entry.compress_type = ZIP_DEFLATED
    return entry


def opened(stream: IO[bytes]) -> ZipFile:
    """A backup to read from.

    Raises
    ------
    Damaged
        If it is no zip file.
    """
    try:
        return ZipFile(stream)
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Damaged("no-backup") from None


def read_manifest(archive: ZipFile) -> Manifest:
    """What a backup says that it holds, if that is what it has.

    Raises
    ------
    Damaged
        If the list cannot be read, or other parts are there than it names.
    """
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if MANIFEST not in names:
        raise Damaged("no-backup")
    if len(names) > MOST_PARTS or len(set(names)) != len(names):
        raise Damaged("list")
    if any(e.flag_bits & 1 or e.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for e in entries):
        raise Damaged("list")
    content = _parsed(b"".join(_lines(archive, MANIFEST, MOST_OF_MANIFEST)), "list")
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Damaged("no-backup")
    if content.get("version") != VERSION:
        raise Damaged("version")
    manifest = _manifest(content)
    if set(names) != {MANIFEST, *(f"{table}.jsonl" for table in manifest.tables)}:
        raise Damaged("list")
    return manifest


def _manifest(content: dict[str, Any]) -> Manifest:
    try:
        tables = {name: Part(**part) for name, part in content["tables"].items()}
        found = Manifest(content["schema"], content["engine"], content["made_at"], tables)
    except (KeyError, TypeError, AttributeError):
        raise Damaged("list") from None
    said = (found.schema, found.engine, found.made_at)
    is_right = all(isinstance(text, str) for text in said) and _SCHEMA.match(found.schema)
    if not is_right or not all(_NAME.match(n) and _is_part(p) for n, p in tables.items()):
        raise Damaged("list")
    if sum(part.bytes for part in tables.values()) > MOST_BYTES:
        raise Damaged("list")
    return found


def _is_part(part: Part) -> bool:
    counts = (part.rows, part.bytes)
    is_counted = all(type(count) is int and count >= 0 for count in counts)
    return is_counted and isinstance(part.sha256, str) and bool(_HASH.match(part.sha256))


def rows_of(archive: ZipFile, table: str, said: Part) -> Iterator[object]:
    """The rows of a part, one at a time; the last one only if all that is said of it holds.

    Raises
    ------
    Damaged
        If there are more or fewer rows, or others than those that were written.
    """
    count, digest = 0, hashlib.sha256()
    for line in _lines(archive, f"{table}.jsonl", said.bytes):
        digest.update(line)
        count += 1
        yield _parsed(line, "row", table)
    if count != said.rows:
        raise Damaged("count", table)
    if digest.hexdigest() != said.sha256:
        raise Damaged("hash", table)


def _lines(archive: ZipFile, name: str, most: int) -> Iterator[bytes]:
    """The lines of a part, as long as they are not more than was said."""
    part = name.removesuffix(".jsonl")
    size = 0
    try:
        with archive.open(name) as stream:
            while line := stream.readline(min(MOST_OF_LINE, most - size + 1)):
                size += len(line)
                if size > most or (len(line) == MOST_OF_LINE and not line.endswith(b"\n")):
                    raise Damaged("part", part)
                yield line
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise Damaged("part", part) from None


def _parsed(data: bytes, flaw: Flaw, part: str = "") -> object:
    def refused(_: str) -> object:
        raise ValueError

    try:
        return json.loads(data, parse_constant=refused)
    except (ValueError, RecursionError):
        raise Damaged(flaw, part) from None
