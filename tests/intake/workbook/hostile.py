"""Workbooks that are made to exhaust, confuse or deceive a reader, by name; and a run over some.

    python -m tests.intake.workbook.hostile FILE ...

reads each of them and prints per file the problems, the seconds of work (that of the reading
process included) and the peak of memory so far in megabytes.
"""

from __future__ import annotations

import functools
import io
import json
import resource
import struct
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# --- Making workbooks ---------------------------------------------------------------------------


@functools.cache
def parts() -> Mapping[str, bytes]:
    """The parts of a small workbook without anything wrong: sheet Invoer with 1 and a text."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Invoer")
    sheet.write(0, 0, 1)
    sheet.write(0, 1, "tekst")
    book.close()
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as archive:
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def workbook(
    changes: Mapping[str, bytes | str | None] | None = None, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The small workbook with parts replaced, added, or (None) left out."""
    changed = {**parts(), **(changes or {})}
    entries = (
        (name, data.encode() if isinstance(data, str) else data)
        for name, data in changed.items()
        if data is not None
    )
    return zipped(entries, method)


def stored(changes: Mapping[str, bytes | str | None]) -> bytes:
    """A workbook that is not compressed, for content that would be refused as almost empty."""
    return workbook(changes, zipfile.ZIP_STORED)


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def sheet(rows: str, after: str = "", before: str = "") -> bytes:
    return workbook({SHEET: sheet_xml(rows, after, before)})


def cell(inside: str, attributes: str = "") -> bytes:
    """A workbook with one cell, B2."""
    return sheet(f'<row r="2"><c r="B2" {attributes}>{inside}</c></row>')


def strings(items: str) -> str:
    return f'{HEAD}<sst xmlns="{MAIN}">{items}</sst>'


def replaced(name: str, old: str, new: str) -> str:
    text = parts()[name].decode()
    assert old in text, f"{old} is not in {name}"
    return text.replace(old, new, 1)


def typed(entry: str) -> str:
    """The content types with one more."""
    return replaced(TYPES, "</Types>", f"{entry}</Types>")


def override(part: str, kind: str) -> str:
    return typed(f'<Override PartName="/{part}" ContentType="application/{kind}"/>')


def related(kind: str, target: str, more: str = "") -> str:
    """The relations of the workbook with one more."""
    entry = f'<Relationship Id="rId77" Type="{OFFICE}/{kind}" Target="{target}" {more}/>'
    return replaced(RELATIONS, "</Relationships>", f"{entry}</Relationships>")


def flagged(flag: int) -> bytes:
    """The small workbook with a flag set on its first part, in both places."""
    data = bytearray(workbook())
    data[6] |= flag
    data[data.index(b"PK\x01\x02") + 8] |= flag
    return bytes(data)


def renamed(new: str) -> bytes:
    """The small workbook with another name for the part docProps/app.xml."""
    assert len(new) == len("docProps/app.xml")
    return workbook().replace(b"docProps/app.xml", new.encode())


def declared(text: bytes, name: str = SHEET, fill: int = 0) -> bytes:
    """A workbook with a declaration in one part, after ``fill`` bytes of a comment."""
    head, _, rest = parts()[name].partition(b"?>\n")
    comment = b"<!--" + b"x" * fill + b"-->" if fill else b""
    return workbook({name: head + b"?>\n" + comment + text + rest})


def overlapping() -> bytes:
    """500 parts that are the same 100 kB of the file, under different names."""
    content = bytes(i * i % 251 for i in range(100_000))
    data = bytearray(zipped([("a0000", content)], zipfile.ZIP_STORED))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, tail = bytes(data[start:end]), bytearray(data[end:])
    entries = b"".join(entry[:46] + b"a%04d" % i for i in range(500))
    tail[8:12] = struct.pack("<HH", 500, 500)
    tail[12:16] = struct.pack("<L", len(entries))
    return bytes(data[:start]) + entries + bytes(tail)


def endless_list() -> bytes:
    """A zip of which the list of parts alone is 19 MB."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, *[0] * 4, 0, 0, 0, 1,
                        *[0] * 4, 0, 0) + b"a"  # fmt: skip
    entries = entry * 400_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(entries), 40, 0)
    return b"PK\x03\x04" + b"\0" * 36 + entries + tail


def shrunk(size: int) -> bytes:
    """A workbook whose sheet declares fewer bytes than it has."""
    data = bytearray(workbook())
    place = data.index(b"PK\x01\x02")
    while data[place + 46 :].startswith(SHEET.encode()) is False:
        place = data.index(b"PK\x01\x02", place + 4)
    data[place + 24 : place + 28] = struct.pack("<L", size)
    return bytes(data)


def flipped() -> bytes:
    """A workbook in which one byte of the sheet has changed."""
    data = bytearray(workbook())
    at = data.index(SHEET.encode()) + len(SHEET) + 40
    data[at] ^= 0x55
    return bytes(data)


@functools.cache
def many_rows(count: int) -> bytes:
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><v>{i % 7}.{i}</v></c></row>' for i in range(1, count)
    )
    return sheet(rows, before=f'<dimension ref="A1:A{count}"/>')


@functools.cache
def many_cells(count: int, attributes: str = "", columns: int = 100) -> str:
    inside = "<v>0</v>" if attributes else ""
    rows = []
    for row in range(1, count // columns + 1):
        own = "".join(
            f"<c {attributes}>{inside or f'<v>{row * column}.5</v>'}</c>"
            for column in range(1, columns + 1)
        )
        rows.append(f'<row r="{row}">{own}</row>')
    return "".join(rows)


def same_sheet_many_times(times: int) -> bytes:
    """A workbook in which one part of 100 000 cells is each of many sheets."""
    rows = many_cells(100_000)
    return workbook({"xl/workbook.xml": listed(*((f"B{i}", 1) for i in range(times))),
                     SHEET: sheet_xml(rows)})  # fmt: skip


def named_sheets(*names: str) -> bytes:
    """A workbook with more sheets, each of a part of its own."""
    numbers = range(100, 100 + len(names))
    entries = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/worksheet" Target="worksheets/s{i}.xml"/>'
        for i in numbers
    )
    return workbook(
        {
            "xl/workbook.xml": listed(*zip(names, numbers, strict=True)),
            RELATIONS: replaced(RELATIONS, "</Relationships>", f"{entries}</Relationships>"),
            **{f"xl/worksheets/s{i}.xml": sheet_xml("") for i in numbers},
        }
    )


def listed(*sheets: tuple[str, int]) -> str:
    """The part that is the workbook, with more sheets in its list: title and relation."""
    entry = '<sheet name="Invoer" sheetId="1" r:id="rId1"/>'
    more = "".join(
        f'<sheet name="{name}" sheetId="{i + 2}" r:id="rId{number}"/>'
        for i, (name, number) in enumerate(sheets)
    )
    return replaced("xl/workbook.xml", entry, entry + more)


def varied(count: int, form: str) -> str:
    """Many elements that do not compress away."""
    return "".join(form.format(i * 2_654_435_761 % 2**32) for i in range(count))


def styles(formats: int) -> str:
    many = varied(formats, '<xf numFmtId="{}" fontId="0" fillId="0" borderId="0"/>')
    return replaced("xl/styles.xml", "<cellXfs ", f"<cellXfs><!-- -->{many}</cellXfs><x ").replace(
        "</cellXfs><cellStyles", "</x><cellStyles"
    )


def style_sheet(inside: str) -> str:
    return f'{HEAD}<styleSheet xmlns="{MAIN}">{inside}</styleSheet>'


def copied(formula: str, count: int) -> str:
    """Rows of 100 cells that all take over the formula of the first."""
    first = f'<c><f t="shared" si="0" ref="A1:CV{count // 100}">{formula}</f><v>1</v></c>'
    row = "<row>" + '<c><f t="shared" si="0"/><v>1</v></c>' * 100 + "</row>"
    return f"<row>{first}</row>" + row * (count // 100)


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
) + b"]>"  # fmt: skip
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
FORMULA = "A1" + "+A1" * 2_000


# --- The attacks --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Attack:
    """A file and what is said about it: codes, with the cell where one is known."""

    make: Callable[[], bytes]
    said: tuple[str, ...]


def attack(make: Callable[[], bytes], *said: str) -> Attack:
    return Attack(make, said)


NO_ZIP = {
    "empty": attack(lambda: b"", "file-empty"),
    "password": attack(
        lambda: OLE + b"\0" * 2_000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2_000,
        "workbook-password",
    ),
    "old-xls": attack(
        lambda: OLE + b"\0" * 2_000 + "Workbook".encode("utf-16-le"), "workbook-old-format"
    ),
    "html": attack(lambda: b"\xef\xbb\xbf\r\n <!DOCTYPE html><html>", "workbook-web-page"),
    "csv": attack("actor;bedrag\nGemeente;1.234,56 €\n".encode, "workbook-text-file"),
    "csv-of-windows": attack(lambda: "naam;één\n".encode("cp1252"), "workbook-text-file"),
    "text-in-utf-16": attack(lambda: "a\tb\n".encode("utf-16"), "workbook-text-file"),
    "picture": attack(lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "workbook-other-kind"),
    "pdf-like": attack(lambda: b"%PDF-1.7\n\0\x01\x02", "workbook-other-kind"),
    "too-large": attack(lambda: b"PK\x03\x04" + b"\0" * 20_000_000, "workbook-too-large"),
}

ZIP = {
    "only-the-mark": attack(lambda: b"PK\x03\x04", "workbook-damaged"),
    "truncated": attack(lambda: workbook()[:3_000], "workbook-damaged"),
    "last-bytes-gone": attack(lambda: workbook()[:-10], "workbook-damaged"),
    "one-byte-changed": attack(flipped, "workbook-damaged"),
    "declares-too-little": attack(lambda: shrunk(100), "workbook-damaged"),
    "two-in-one": attack(lambda: workbook() + workbook(), "workbook-damaged"),
    "same-part-twice": attack(
        lambda: zipped([*parts().items(), (SHEET, sheet_xml("").encode())]),
        "workbook-duplicate-parts",
    ),
    "same-part-in-capitals": attack(
        lambda: workbook({SHEET.upper(): sheet_xml("")}), "workbook-duplicate-parts"
    ),
    "too-many-parts": attack(
        lambda: workbook({f"xl/media/{i}.png": b"" for i in range(1_001)}),
        "workbook-too-many-parts",
    ),
    "endless-list-of-parts": attack(endless_list, "workbook-too-many-parts"),
    "overlapping-parts": attack(overlapping, "workbook-damaged"),
    "400-mb-of-blanks": attack(lambda: sheet(" " * 400_000_000), "workbook-unpacked-too-large"),
    "90-mb-of-blanks": attack(lambda: sheet(" " * 90_000_000), "workbook-unpacked-too-large"),
    "300-mb-of-one-text": attack(
        lambda: workbook({STRINGS: strings(f"<si><t>{'x' * 300_000_000}</t></si>")}),
        "workbook-unpacked-too-large",
    ),
    "many-parts-of-relations": attack(
        lambda: workbook({f"xl/_rels/{i}.rels": "<R/>" + " " * 90_000 for i in range(30)}),
        "workbook-unpacked-too-large",
    ),
    "name-up": attack(lambda: renamed("../../../app.xml"), "workbook-unsafe-names"),
    "name-absolute": attack(lambda: renamed("/etc/etc/app.xml"), "workbook-unsafe-names"),
    "name-of-windows": attack(lambda: renamed("C:/docPro/ap.xml"), "workbook-unsafe-names"),
    "name-with-backslash": attack(lambda: renamed("docProps\\app.xml"), "workbook-unsafe-names"),
    "name-with-nul": attack(lambda: renamed("docProps\0app.xml"), "workbook-unsafe-names"),
    "encrypted": attack(lambda: flagged(0x1), "workbook-encrypted-parts"),
    "strongly-encrypted": attack(lambda: flagged(0x40), "workbook-encrypted-parts"),
    "compressed-otherwise": attack(
        lambda: zipped(parts().items(), zipfile.ZIP_LZMA), "workbook-compression"
    ),
    "three-at-once": attack(
        lambda: zipped([*parts().items(), ("../a", b""), (SHEET, b"")]),
        "workbook-duplicate-parts",
        "workbook-unsafe-names",
    ),
}

XML = {
    "billion-laughs": attack(lambda: declared(LAUGHS), "workbook-doctype"),
    "billion-laughs-in-the-texts": attack(lambda: declared(LAUGHS, STRINGS), "workbook-doctype"),
    "small-laughs": attack(
        lambda: declared(b'<!DOCTYPE a [<!ENTITY a "' + b"x" * 5_000 + b'">]>'), "workbook-doctype"
    ),
    "file-from-outside": attack(lambda: declared(OUTSIDE), "workbook-doctype"),
    "in-the-content-types": attack(lambda: declared(OUTSIDE, TYPES), "workbook-doctype"),
    "in-the-relations": attack(lambda: declared(OUTSIDE, RELATIONS), "workbook-doctype"),
    **{
        f"across-a-chunk-{place}": attack(
            functools.partial(declared, OUTSIDE, SHEET, 65_536 - len(HEAD) - 7 - place),
            "workbook-doctype",
        )
        for place in range(11)
    },
    "utf-16": attack(
        lambda: workbook({SHEET: sheet_xml("").replace("UTF-8", "UTF-16").encode("utf-16")}),
        "workbook-encoding",
    ),
    "utf-16-without-a-mark": attack(
        lambda: workbook({SHEET: (OUTSIDE.decode() + "<a/>").encode("utf-16-le")}),
        "workbook-encoding",
    ),
    "utf-7": attack(
        lambda: workbook({SHEET: sheet_xml("").replace("UTF-8", "UTF-7")}), "workbook-encoding"
    ),
    "encoding-far-away": attack(
        lambda: workbook({SHEET: sheet_xml("").replace(" enc", " " * 70_000 + "enc")}),
        "workbook-encoding",
    ),
    "two-of-these": attack(
        lambda: workbook({SHEET: OUTSIDE + b"<a/>", STRINGS: "<a/>".encode("utf-16")}),
        "workbook-doctype",
        "workbook-encoding",
    ),
}

CONTENT = {
    "open-document": attack(
        lambda: zipped([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
        "workbook-other-kind",
    ),
    "word-or-binary": attack(
        lambda: workbook({TYPES: replaced(TYPES, "sheet.main+xml", "document.main+xml")}),
        "workbook-other-kind",
    ),
    "strict": attack(
        lambda: workbook(
            {"xl/workbook.xml": replaced("xl/workbook.xml", MAIN, "http://purl.oclc.org/ooxml")}
        ),
        "workbook-other-kind",
    ),
    "types-not-xml": attack(lambda: workbook({TYPES: "<Types"}), "workbook-damaged"),
    "two-workbooks": attack(
        lambda: workbook(
            {
                TYPES: override(
                    "xl/other.xml",
                    "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                )
            }
        ),
        "workbook-other-kind",
    ),
    "macros": attack(lambda: workbook({"xl/vbaProject.bin": b"x"}), "workbook-macros"),
    "macros-by-relation": attack(
        lambda: workbook({RELATIONS: related("vbaProject", "hidden.bin"), "xl/hidden.bin": b"x"}),
        "workbook-macros",
        "workbook-unexpected-parts",
    ),
    "macros-by-type": attack(
        lambda: workbook({TYPES: override("xl/a.bin", "vnd.ms-office.vbaProject")}),
        "workbook-macros",
    ),
    "xlsm": attack(
        lambda: workbook(
            {
                TYPES: replaced(
                    TYPES,
                    "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    "vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            }
        ),
        "workbook-macros",
    ),
    "macro-sheet": attack(
        lambda: workbook({"xl/macrosheets/sheet1.xml": sheet_xml("")}), "workbook-macros"
    ),
    "link-to-a-file": attack(
        lambda: workbook({"xl/externalLinks/externalLink1.xml": "<a/>"}),
        "workbook-external-links",
    ),
    "link-by-relation": attack(
        lambda: workbook(
            {
                "xl/worksheets/_rels/sheet1.xml.rels": (
                    f'<Relationships><Relationship Id="r1" Type="{OFFICE}/image" '
                    'Target="http://example.org/a.png" TargetMode="External"/></Relationships>'
                )
            }
        ),
        "workbook-external-links",
    ),
    "embedded-document": attack(
        lambda: workbook({"xl/embeddings/document.docx": b"x"}), "workbook-embedded-objects"
    ),
    "ole-object": attack(
        lambda: workbook({"xl/embeddings/oleObject1.bin": OLE}), "workbook-embedded-objects"
    ),
    "active-x": attack(
        lambda: workbook({"xl/activeX/activeX1.xml": "<a/>"}), "workbook-embedded-objects"
    ),
    "query-table": attack(
        lambda: workbook({"xl/queryTables/queryTable1.xml": "<a/>"}), "workbook-connections"
    ),
    "connections": attack(lambda: workbook({"xl/connections.xml": "<a/>"}), "workbook-connections"),
    "data-model": attack(lambda: workbook({"xl/model/item.data": b"x"}), "workbook-connections"),
    "four-at-once": attack(
        lambda: workbook(
            {
                "xl/vbaProject.bin": b"x",
                "xl/externalLinks/externalLink1.xml": "<a/>",
                "xl/embeddings/a.docx": b"x",
                "xl/connections.xml": "<a/>",
            }
        ),
        "workbook-macros",
        "workbook-external-links",
        "workbook-embedded-objects",
        "workbook-connections",
    ),
    "no-workbook-part": attack(
        lambda: workbook({"xl/workbook.xml": None}), "workbook-missing-parts"
    ),
    "no-sheet-part": attack(lambda: workbook({SHEET: None}), "workbook-missing-parts"),
    "no-relations": attack(lambda: workbook({RELATIONS: None}), "workbook-missing-parts"),
    "no-content-types": attack(lambda: workbook({TYPES: None}), "workbook-other-kind"),
    "no-sheets": attack(
        lambda: workbook(
            {
                "xl/workbook.xml": replaced(
                    "xl/workbook.xml", '<sheet name="Invoer" sheetId="1" r:id="rId1"/>', ""
                )
            }
        ),
        "workbook-no-sheets",
    ),
    "sheet-outside": attack(
        lambda: workbook({RELATIONS: replaced(RELATIONS, "worksheets/", "../../")}),
        "workbook-missing-parts",
    ),
    "sheet-as-a-picture": attack(
        lambda: workbook(
            {
                RELATIONS: replaced(RELATIONS, "worksheets/sheet1.xml", "media/a.png"),
                "xl/media/a.png": OUTSIDE + b"<a/>",
            }
        ),
        "workbook-unexpected-parts",
    ),
    "texts-as-a-picture": attack(
        lambda: workbook(
            {
                TYPES: replaced(TYPES, "xl/sharedStrings.xml", "xl/media/a.png"),
                "xl/media/a.png": OUTSIDE + b"<a/>",
            }
        ),
        "workbook-unexpected-parts",
    ),
    "one-relation-twice": attack(
        lambda: workbook({RELATIONS: related("worksheet", "a.xml").replace("rId77", "rId1")}),
        "workbook-damaged",
    ),
}

PLACES = {
    "cell-at-the-end": attack(
        lambda: sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "workbook-outside-range Invoer!XFD1048576",
    ),
    "column-too-far": attack(
        lambda: sheet('<row r="1"><c r="BES1"><v>1</v></c></row>'),
        "workbook-outside-range Invoer!BES1",
    ),
    "600-000-rows": attack(
        lambda: many_rows(600_000), "workbook-outside-range Invoer!A5001"
    ),
    "merged-everything": attack(
        lambda: sheet(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            '<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>',
        ),
        "workbook-merged-range Invoer!A3:XFD1048576",
    ),
    "too-many-cells": attack(
        lambda: sheet(many_cells(200_100)), "workbook-too-many-cells"
    ),
    "too-many-empty-cells": attack(
        lambda: stored({SHEET: sheet_xml(f"<row>{'<c/>' * 1_500}</row>" * 300)}),
        "workbook-too-many-cells",
    ),
    "one-sheet-90-times": attack(lambda: same_sheet_many_times(90), "workbook-damaged"),
    "101-sheets": attack(
        lambda: named_sheets(*(f"B{i}" for i in range(100))), "workbook-too-many-sheets"
    ),
    "two-sheets-of-one-name": attack(lambda: named_sheets("INVOER"), "workbook-duplicate-sheets"),
    "cell-twice": attack(
        lambda: sheet('<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>'),
        "workbook-cell-order Invoer!B1",
    ),
    "row-twice": attack(
        lambda: sheet('<row r="4"><c r="A4"/></row><row r="4"><c r="B4"><v>2</v></c></row>'),
        "workbook-cell-order Invoer!A4",
    ),
    "cell-of-another-row": attack(
        lambda: sheet('<row r="4"><c r="A5"><v>1</v></c></row>'), "workbook-cell-order Invoer!A4"
    ),
    "no-such-cell": attack(
        lambda: sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
        "workbook-sheet-unreadable Invoer",
    ),
    "no-such-row": attack(
        lambda: sheet('<row r="-1"><c><v>1</v></c></row>'), "workbook-sheet-unreadable Invoer"
    ),
    "row-in-a-row": attack(
        lambda: sheet('<row r="1"><c r="A1"><row r="9"><c><v>1</v></c></row></c></row>'),
        "workbook-sheet-unreadable Invoer",
    ),
    "no-cell-in-a-row": attack(
        lambda: sheet('<row r="1"><d r="A1"><v>1</v></d></row>'),
        "workbook-sheet-unreadable Invoer",
    ),
    "sheet-cut-off": attack(
        lambda: workbook({SHEET: sheet_xml("")[:-20]}), "workbook-unreadable"
    ),
}  # fmt: skip

VALUES = {
    **{
        f"number-{text[:12]}": attack(
            functools.partial(cell, f"<v>{text}</v>"), "workbook-number Invoer!B2"
        )
        for text in ("nan", "1e999", "-inf", "1_000", "0x10", "١٢", "1,5", "9" * 400, "0" * 5_000)
    },
    "no-such-text": attack(
        lambda: cell("<v>7</v>", 't="s"'), "workbook-cell-unreadable Invoer!B2"
    ),
    "text-from-the-end": attack(
        lambda: cell("<v>-1</v>", 't="s"'), "workbook-cell-unreadable Invoer!B2"
    ),
    "no-truth": attack(lambda: cell("<v>2</v>", 't="b"'), "workbook-cell-unreadable Invoer!B2"),
    "no-date": attack(
        lambda: cell("<v>2026-02-30</v>", 't="d"'), "workbook-cell-unreadable Invoer!B2"
    ),
    "date-and-more": attack(
        lambda: cell("<v>2026-02-03 or so</v>", 't="d"'), "workbook-cell-unreadable Invoer!B2"
    ),
    "no-such-kind": attack(
        lambda: cell("<v>2</v>", 't="zz"'), "workbook-cell-unreadable Invoer!B2"
    ),
    "two-values": attack(
        lambda: cell("<v>2</v><v>3</v>"), "workbook-sheet-unreadable Invoer"
    ),
    "value-in-a-value": attack(
        lambda: cell("<v>2<v>3</v></v>"), "workbook-sheet-unreadable Invoer"
    ),
    "odd-style": attack(lambda: cell("<v>2</v>", 's="x"'), "workbook-sheet-unreadable Invoer"),
    "long-text": attack(
        lambda: cell(f"<v>{'x' * 32_768}</v>", 't="str"'), "workbook-text-too-long Invoer!B2"
    ),
    "long-text-in-place": attack(
        lambda: cell(f"<is><t>{'x' * 32_768}</t></is>", 't="inlineStr"'),
        "workbook-text-too-long Invoer!B2",
    ),
    "long-shared-text": attack(
        lambda: workbook({STRINGS: strings(f"<si><t>{'x' * 32_768}</t></si>")}),
        "workbook-text-too-long Invoer!B1",
    ),
    "long-formula": attack(
        lambda: cell(f"<f>{'1+' * 16_384}1</f><v>1</v>"), "workbook-text-too-long Invoer!B2"
    ),
    "several-at-once": attack(
        lambda: sheet(
            '<row r="1"><c r="A1"><v>nan</v></c><c r="C1" t="b"><v>5</v></c></row>'
            '<row r="3"><c r="B3"><v>1e999</v></c></row>'
            '<row r="9000"><c r="A9000"><v>1</v></c></row>'
        ),
        "workbook-number Invoer!A1",
        "workbook-cell-unreadable Invoer!C1",
        "workbook-number Invoer!B3",
        "workbook-outside-range Invoer!A9000",
    ),
    "very-many-mistakes": attack(
        lambda: sheet('<row r="1">' + "<c><v>nan</v></c>" * 1_000 + "</row>"),
        *(f"workbook-number Invoer!{xlsxwriter.utility.xl_col_to_name(i)}1" for i in range(200)),
        "too-many-problems",
    ),
}  # fmt: skip

WORK = {
    "one-long-text-everywhere": attack(
        lambda: stored(
            {
                STRINGS: strings(f"<si><t>{'x' * 32_000}</t></si>"),
                SHEET: sheet_xml(many_cells(100_000, 't="s"')),
            }
        ),
        "workbook-too-much-text",
    ),
    "copied-long-formula": attack(
        lambda: stored({SHEET: sheet_xml(copied(FORMULA, 100_000))}), "workbook-too-much-text"
    ),
    "copied-formula-of-no-sense": attack(
        lambda: stored({SHEET: sheet_xml(copied('A1+(("{', 100))})
    ),
    "many-shared-texts": attack(
        lambda: workbook({STRINGS: strings(varied(150_000, "<si><t>{}</t></si>"))})
    ),
    "many-styles": attack(
        lambda: workbook({"xl/styles.xml": styles(400_000)}), "workbook-too-much-memory"
    ),
    "many-unknown-elements": attack(lambda: sheet("", varied(1_000_000, '<x a="{}"/>'))),
    "deep-elements-in-a-sheet": attack(
        lambda: stored({SHEET: sheet_xml("<x>" * 300_000 + "</x>" * 300_000)})
    ),
    "deep-elements-in-styles": attack(
        lambda: stored({"xl/styles.xml": style_sheet("<fonts>" * 100_000 + "</fonts>" * 100_000)})
    ),
    "styles-without-sense": attack(
        lambda: workbook({"xl/styles.xml": style_sheet("<fills><q/></fills>")}),
        "workbook-unreadable",
    ),
}

KINDS = {
    "no-zip": NO_ZIP,
    "zip": ZIP,
    "xml": XML,
    "content": CONTENT,
    "places": PLACES,
    "values": VALUES,
    "work": WORK,
}


# --- A run over files ---------------------------------------------------------------------------


def said(path: Path) -> list[str]:
    """What is said about a file: codes, with the place where one is known."""
    from impactmonitor.intake.workbook.cells import read_cells
    from impactmonitor.problems import InvalidInput

    try:
        read_cells(path)
    except InvalidInput as invalid:
        return [placed(p.code, p.sheet, p.cell) for p in invalid.problems]
    return []


def placed(code: str, sheet_name: str | None, cell_name: str | None) -> str:
    place = "!".join(part for part in (sheet_name, cell_name) if part)
    return f"{code} {place}".strip()


def worked() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(kind) for kind in kinds]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def main() -> None:
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    for name in sys.argv[1:]:
        before = worked()
        found = said(Path(name))
        peak = max(
            resource.getrusage(kind).ru_maxrss / unit
            for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        outcome = {"name": Path(name).stem, "said": found, "seconds": worked() - before}
        sys.stdout.write(json.dumps({**outcome, "megabytes": peak}) + "\n")


if __name__ == "__main__":
    main()
