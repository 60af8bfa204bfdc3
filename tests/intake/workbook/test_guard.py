"""A workbook that is unsafe is refused before anything in it is opened, and says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.errors.provoking import assert_readable
from tests.intake.workbook.hostile import (
    CONTENT,
    NO_ZIP,
    RELATIONS,
    SHEET,
    TYPES,
    XML,
    ZIP,
    parts,
    related,
    replaced,
    sheet_xml,
    typed,
    workbook,
    zipped,
)

from impactmonitor.intake.workbook import guard
from impactmonitor.intake.workbook.guard import check, read_checked
from impactmonitor.problems import InvalidInput, NotFound, Problem

ATTACKS = {**NO_ZIP, **ZIP, **XML, **CONTENT}


def problems_of(data: bytes, tmp_path: Path) -> tuple[Problem, ...]:
    file = tmp_path / "file.xlsx"
    file.write_bytes(data)
    with pytest.raises(InvalidInput) as caught:
        read_checked(file)
    return caught.value.problems


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_named(name: str, tmp_path: Path) -> None:
    attack = ATTACKS[name]
    found = problems_of(attack.make(), tmp_path)
    assert tuple(p.code for p in found) == attack.said
    assert_readable(found)


def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    whole = workbook()
    for length in range(4, len(whole), 31):
        assert [p.code for p in problems_of(whole[:length], tmp_path)] == ["workbook-damaged"]


def test_no_changed_byte_is_a_traceback() -> None:
    whole = workbook()
    for place in range(0, len(whole), 7):
        for change in (0x01, 0xFF):
            data = bytearray(whole)
            data[place] ^= change
            try:
                check(bytes(data))
            except InvalidInput as invalid:
                assert_readable(invalid.problems)


def test_what_is_checked_is_what_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "good.xlsx"
    file.write_bytes(workbook())
    assert read_checked(file) == workbook()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_checked(tmp_path / "nowhere.xlsx")
    with pytest.raises(NotFound):
        read_checked(tmp_path)


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises((InvalidInput, NotFound)):
        read_checked(Path("a\0b.xlsx"))


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "good.xlsx"
    file.write_bytes(workbook())

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InvalidInput) as caught:
        read_checked(file)
    assert caught.value.problems[0].code == "file-unreadable"


# --- What has to pass ---------------------------------------------------------------------------


HARMLESS = {
    "as-it-is": {},
    "with-a-picture": {"xl/media/image1.png": b"\x89PNG\0<!DOCTYPE"},
    "with-printer-settings": {"xl/printerSettings/printerSettings1.bin": b"\0\1\2"},
    "with-a-declared-ending-that-is-not-used": {
        TYPES: typed(
            '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        )
    },
    "with-a-link-to-a-page": {
        "xl/worksheets/_rels/sheet1.xml.rels": (
            '<Relationships><Relationship Id="r1" Type="http://x/relationships/hyperlink" '
            'Target="https://example.org" TargetMode="External"/></Relationships>'
        )
    },
    "with-words-that-look-bad": {
        SHEET: sheet_xml('<row><c t="str"><v>vbaProject &lt;!DOCTYPE externalLink</v></c></row>')
    },
    "with-custom-xml": {
        RELATIONS: related("customXml", "../customXml/item1.xml"),
        "customXml/item1.xml": "<a/>",
    },
    "with-an-absolute-relation": {RELATIONS: replaced(RELATIONS, "worksheets/", "/xl/worksheets/")},
    "with-a-mark-of-utf-8": {SHEET: b"\xef\xbb\xbf" + sheet_xml("").encode()},
    "without-a-heading": {SHEET: sheet_xml("").partition("\n")[2]},
    "as-a-template": {TYPES: replaced(TYPES, "sheet.main+xml", "template.main+xml")},
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_harmless_passes(name: str) -> None:
    check(workbook(HARMLESS[name]))


def test_folders_as_entries_pass() -> None:
    check(zipped([*parts().items(), ("xl/", b""), ("xl/worksheets/", b"")]))


def test_the_limit_of_the_parts() -> None:
    room = guard.MAX_PARTS - len(parts())
    check(workbook({f"xl/media/{i}.png": b"" for i in range(room)}))


def test_a_large_sheet_of_figures_is_no_bomb() -> None:
    rows = "".join(
        f'<row r="{i}">' + "".join(f'<c r="{c}{i}"><v>0</v></c>' for c in "ABCDEFGHIJ") + "</row>"
        for i in range(1, 5_001)
    )
    assert len(rows) > 1_000_000
    check(workbook({SHEET: sheet_xml(rows)}))
