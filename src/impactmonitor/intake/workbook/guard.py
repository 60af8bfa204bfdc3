"""Checks on a workbook that nobody trusts, before anything in it is opened.

A workbook is a zip of parts. What is looked at here is the zip itself, the bytes of its parts and
the two kinds of part that say what the others are: content types and relations. A workbook that
passes is of a bearable size, is one thing to every reader, and holds nothing that acts: no macros,
links to other files, embedded objects or connections to a database.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # types; defusedxml parses

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from impactmonitor.plain import quoted
from impactmonitor.problems import InvalidInput, NotFound, Problem

MAX_BYTES = 20_000_000
"""Of the file itself."""

MAX_PARTS = 1_000

MAX_UNPACKED = 100_000_000
"""Bytes of all parts together, unpacked."""

MAX_RATIO = 200
"""How many times smaller a part may be when compressed; sheets of figures are 5 to 50 times."""

MAX_PACKAGE_XML = 2_000_000
"""Bytes of the parts that say what the others are, together."""

_SMALL = 1_000_000
"""Below this size a part may be compressed as much as it likes."""

_CHUNK = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_CENTRAL_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = 30
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_XML_ENDINGS = (".xml", ".rels", ".vml")
_MAX_NAMED = 3

_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_TYPES = ("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_LONGEST_DECLARATION = len(b"<!DOCTYPE")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)["']""")
_READABLE_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError,
    IndexError, KeyError, OverflowError,
)  # fmt: skip
"""What the zip module raises on bytes that are no proper zip."""


@dataclass(frozen=True, slots=True)
class _Danger:
    """Marks by which a kind of active content is known, all of them in lower case."""

    names: tuple[str, ...]
    types: tuple[str, ...]
    relations: tuple[str, ...]


_MACROS = _Danger(
    names=("vbaproject", "vbadata", "/macrosheets/"),
    types=("macroenabled", "vbaproject", "vbadata", "macrosheet"),
    relations=("vbaproject", "vbadata", "xlmacrosheet", "xlintlmacrosheet"),
)
_LINKS = _Danger(
    names=("/externallinks/",),
    types=("externallink",),
    relations=("externallink", "externallinkpath"),
)
_OBJECTS = _Danger(
    names=("/embeddings/", "/activex/", "oleobject"),
    types=("oleobject", "activex", "package"),
    relations=("oleobject", "package", "control", "activexcontrolbinary"),
)
_CONNECTIONS = _Danger(
    names=("xl/connections.", "/querytables/", "xl/model/"),
    types=("connections+xml", "querytable", "model+data"),
    relations=("connections", "querytable", "powerpivotdata"),
)
_PACKAGE_ITSELF = "openxmlformats-package"  # the content type of relations is no embedded package


def read_checked(path: Path) -> bytes:
    """The bytes of a workbook in which nothing was found that makes it unsafe to open.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is no workbook, or one that is not opened here, with every reason found.
    """
    data = _read(path)
    check(data)
    return data


def check(data: bytes) -> None:
    """Check the bytes of a workbook; see :func:`read_checked`.

    Raises
    ------
    InvalidInput
        With every reason found.
    """
    if not data:
        raise InvalidInput([Problem("file-empty")])
    if not data.startswith(b"PK\x03\x04"):
        raise InvalidInput([_other_kind(data)])
    if data.count(_CENTRAL_ENTRY) > MAX_PARTS:  # the list of parts itself can exhaust a reader
        raise InvalidInput([Problem("workbook-too-many-parts", params={"count": MAX_PARTS})])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse(_problems_of_zip(archive.infolist(), len(data)))
            found = _Contents(archive)
            _refuse(found.problems_of_bytes())
            _refuse(found.problems_of_parts())
    except _UNREADABLE:
        raise InvalidInput([Problem("workbook-damaged")]) from None


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise NotFound(Problem("file-not-found", params={"file": path.name}))
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or type(error).__name__
        params = {"file": path.name, "detail": detail}
        raise InvalidInput([Problem("file-unreadable", params=params)]) from None
    if len(data) > MAX_BYTES:
        params = {"megabytes": MAX_BYTES // 10**6}
        raise InvalidInput([Problem("workbook-too-large", params=params)])
    return data


def _refuse(problems: Iterable[Problem]) -> None:
    """End here when there are problems: what comes after would only repeat them."""
    found = list(problems)
    if found:
        raise InvalidInput(found)


def _other_kind(data: bytes) -> Problem:
    """What a file is that is no zip, as far as its first bytes tell."""
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            return Problem("workbook-password")
        return Problem("workbook-old-format")
    if start.lstrip().startswith(b"<"):
        return Problem("workbook-web-page")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or not _CONTROL.search(start):
        return Problem("workbook-text-file")
    return Problem("workbook-other-kind")


# --- The zip ------------------------------------------------------------------------------------


def _named(names: Iterable[str]) -> str:
    """The first few names, as they are shown."""
    found = list(dict.fromkeys(names))
    shown = [quoted(name) for name in found[:_MAX_NAMED]]
    return ", ".join([*shown, "…"] if len(found) > _MAX_NAMED else shown)


def _problems_of_zip(parts: list[zipfile.ZipInfo], size: int) -> Iterator[Problem]:
    """What is wrong with the list of parts, without unpacking one."""
    names = [part.orig_filename for part in parts]
    if len(parts) > MAX_PARTS:
        yield Problem("workbook-too-many-parts", params={"count": MAX_PARTS})
    if twice := _twice(names):
        yield Problem("workbook-duplicate-parts", params={"parts": _named(twice)})
    if leaving := [name for name in names if _leaves(name)]:
        yield Problem("workbook-unsafe-names", params={"parts": _named(leaving)})
    if secret := [part.orig_filename for part in parts if part.flag_bits & _ENCRYPTED_FLAGS]:
        yield Problem("workbook-encrypted-parts", params={"parts": _named(secret)})
    known = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if other := [part.orig_filename for part in parts if part.compress_type not in known]:
        yield Problem("workbook-compression", params={"parts": _named(other)})
    if _is_bomb(parts):
        yield Problem("workbook-unpacked-too-large", params={"megabytes": MAX_UNPACKED // 10**6})
    elif not _is_one_after_the_other(parts, size):
        yield Problem("workbook-damaged")


def _twice(names: list[str]) -> list[str]:
    """Names that stand in the zip more than once; readers differ in which of them they take."""
    seen: set[str] = set()
    found = []
    for name in names:
        key = name.replace("\\", "/").casefold()  # parts of a workbook do not differ by capitals
        if key in seen:
            found.append(name)
        seen.add(key)
    return found


def _leaves(name: str) -> bool:
    """Whether a name does not stay inside the archive, or is no plain name."""
    return (
        not name
        or name.startswith("/")
        or ":" in name
        or "\\" in name
        or not name.isprintable()
        or bool({"..", "."} & set(name.split("/")))
    )


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether unpacking gives too much; no part is ever unpacked beyond the size it declares."""
    return sum(part.file_size for part in parts) > MAX_UNPACKED or any(
        part.file_size > max(_SMALL, MAX_RATIO * part.compress_size) for part in parts
    )


def _is_one_after_the_other(parts: list[zipfile.ZipInfo], size: int) -> bool:
    """Whether the parts follow each other from the first byte on and share none.

    Parts that overlap unpack to more than the file can hold, and a file that starts with another
    zip is another workbook to another reader.
    """
    end = 0
    for number, part in enumerate(sorted(parts, key=lambda p: p.header_offset)):
        start = part.header_offset
        if start < end or (number == 0 and start != 0):
            return False
        end = start + _LOCAL_HEADER + part.compress_size
    return end <= size


# --- The parts ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Relation:
    """From one part to another, or to something outside."""

    origin: str
    kind: str
    target: str
    is_external: bool
    id: str


@dataclass(slots=True)
class _Contents:
    """The parts of a workbook and what they say about each other."""

    archive: zipfile.ZipFile
    names: list[str] = field(init=False)
    types: list[tuple[str, str]] = field(init=False, default_factory=list)
    relations: list[_Relation] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.names = [name for name in self.archive.namelist() if not name.endswith("/")]

    def problems_of_bytes(self) -> Iterator[Problem]:
        """What the bytes of the parts tell, all of which are read once."""
        declaring, unreadable = [], []
        for name in self.names:
            is_xml = name.lower().endswith(_XML_ENDINGS)
            has_declaration, is_plain = self._look_at(name)
            if is_xml and has_declaration:
                declaring.append(name)
            if is_xml and not is_plain:
                unreadable.append(name)
        if declaring:
            yield Problem("workbook-doctype", params={"parts": _named(declaring)})
        if unreadable:
            yield Problem("workbook-encoding", params={"parts": _named(unreadable)})

    def _look_at(self, name: str) -> tuple[bool, bool]:
        """Whether a part declares a document type or entities, and whether it is UTF-8 or ASCII.

        Reading it to its end also compares its checksum.
        """
        before, has_declaration, is_plain = b"", False, True
        with self.archive.open(name) as stream:
            start = stream.read(_CHUNK)
            is_plain = _is_plain(start)
            chunk = start
            while chunk:
                is_plain = is_plain and b"\0" not in chunk
                text = before + chunk
                has_declaration = has_declaration or bool(_DECLARATIONS.search(text))
                before = text[1 - _LONGEST_DECLARATION :]  # one may stand across two chunks
                chunk = stream.read(_CHUNK)
        return has_declaration, is_plain

    def problems_of_parts(self) -> Iterator[Problem]:
        """What the workbook holds besides sheets, and what it lacks."""
        if _CONTENT_TYPES not in self.names:
            yield Problem("workbook-other-kind")
            return
        describing = [_CONTENT_TYPES, *(n for n in self.names if n.lower().endswith(".rels"))]
        main = self._main_parts(describing)
        if main is None:
            params = {"megabytes": MAX_UNPACKED // 10**6}
            yield Problem("workbook-unpacked-too-large", params=params)
            return
        active = list(self._problems_of_active_content())
        yield from active
        if len(main) != 1:
            if not active:
                yield Problem("workbook-other-kind")
            return
        yield from self._problems_of_sheets(main[0])

    def _main_parts(self, describing: list[str]) -> list[str] | None:
        """The parts that are the workbook itself; None where too much is said about parts."""
        if sum(self.archive.getinfo(name).file_size for name in describing) > MAX_PACKAGE_XML:
            return None
        for entry in self._parsed(_CONTENT_TYPES):
            name = entry.get("PartName", "." + entry.get("Extension", ""))
            self.types.append((name.removeprefix("/"), entry.get("ContentType", "").lower()))
        for name in describing[1:]:
            self.relations += self._relations_in(name)
        return [n for n, kind in self.types if kind.endswith(_MAIN_TYPES) and n[:1] != "."]

    def _parsed(self, name: str) -> Element[Any]:
        try:
            tree: Element[Any] = fromstring(self.archive.read(name), forbid_dtd=True)
        except (ParseError, DefusedXmlException, RecursionError, LookupError):
            raise InvalidInput([Problem("workbook-damaged")]) from None
        return tree

    def _relations_in(self, name: str) -> Iterator[_Relation]:
        folder, file = posixpath.split(name)
        place = posixpath.dirname(folder)
        origin = posixpath.join(place, file[: -len(".rels")])
        entries = list(self._parsed(name))
        ids = [entry.get("Id", "") for entry in entries]
        if len(set(ids)) < len(ids):  # readers differ in which of two they take
            raise InvalidInput([Problem("workbook-damaged")])
        for entry in entries:
            target = entry.get("Target", "")
            is_external = entry.get("TargetMode", "").lower() == "external"
            if not is_external:
                inside = target[1:] if target.startswith("/") else posixpath.join(place, target)
                target = posixpath.normpath(inside)
            kind = entry.get("Type", "").rpartition("/")[2].lower()
            yield _Relation(origin, kind, target, is_external, entry.get("Id", ""))

    def _problems_of_active_content(self) -> Iterator[Problem]:
        if found := self._marked(_MACROS):
            yield Problem("workbook-macros", params={"parts": _named(found)})
        outside = [r.target for r in self.relations if r.is_external and r.kind != "hyperlink"]
        if found := [*self._marked(_LINKS), *outside]:
            yield Problem("workbook-external-links", params={"parts": _named(found)})
        if found := self._marked(_OBJECTS):
            yield Problem("workbook-embedded-objects", params={"parts": _named(found)})
        if found := self._marked(_CONNECTIONS):
            yield Problem("workbook-connections", params={"parts": _named(found)})

    def _marked(self, danger: _Danger) -> list[str]:
        """The parts that are of a dangerous kind by their name, content type or relation."""
        return [
            *(name for name in self.names if _has(danger.names, "/" + name.lower())),
            *(
                name
                for name, kind in self.types
                if _has(danger.types, kind.replace(_PACKAGE_ITSELF, "")) and self._is_used(name)
            ),
            *(r.target for r in self.relations if r.kind in danger.relations),
        ]

    def _is_used(self, name: str) -> bool:
        """Whether a content type holds for a part: programs declare endings they do not use."""
        if not name.startswith("."):
            return True
        return any(own.lower().endswith(name.lower()) for own in self.names)

    def _problems_of_sheets(self, main: str) -> Iterator[Problem]:
        """Whether the workbook and its sheets are where they are said to be, and are XML."""
        if main not in self.names:
            yield Problem("workbook-missing-parts", params={"parts": _named([main])})
            return
        own = {r.id: r for r in self.relations if r.origin == main and not r.is_external}
        said = [(name, kind) for name, kind in self.types if kind.endswith("xml")]
        disguised = [
            *(n for n, _ in said if not (n.startswith(".") or n.lower().endswith(_XML_ENDINGS))),
            *(r.target for r in own.values() if not r.target.lower().endswith(_XML_ENDINGS)),
        ]
        if disguised:
            yield Problem("workbook-unexpected-parts", params={"parts": _named(disguised)})
            return
        if self.archive.getinfo(main).file_size > MAX_PACKAGE_XML:
            params = {"megabytes": MAX_UNPACKED // 10**6}
            yield Problem("workbook-unpacked-too-large", params=params)
            return
        workbook = self._parsed(main)
        if workbook.tag != f"{_SPREADSHEET}workbook":  # the strict variant has other names
            yield Problem("workbook-other-kind")
            return
        ids = [s.get(f"{{{_OFFICE}}}id", "") for s in workbook.iter(f"{_SPREADSHEET}sheet")]
        if not ids:
            yield Problem("workbook-no-sheets")
        targets = [own[i].target if i in own else main for i in ids]
        if len(set(targets)) < len(targets):  # one part as many sheets would be read as often
            yield Problem("workbook-damaged")
        elif lost := [target for target in targets if target == main or target not in self.names]:
            yield Problem("workbook-missing-parts", params={"parts": _named(lost)})


def _has(marks: tuple[str, ...], text: str) -> bool:
    return any(mark in text for mark in marks)


def _is_plain(start: bytes) -> bool:
    """Whether an XML part begins as UTF-8 or ASCII, in which the bytes of a tag are its letters."""
    text = start.removeprefix(b"\xef\xbb\xbf")
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    if not text.startswith(b"<?xml"):
        return True
    head, ended, _ = text.partition(b"?>")
    said = _ENCODING.search(head)
    return bool(ended) and (said is None or said[1].lower() in _READABLE_ENCODINGS)
