"""Plain contents come out of a workbook, and a hostile one costs little and says why."""

from __future__ import annotations

import datetime
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.errors.measuring import measured
from tests.errors.provoking import assert_readable
from tests.intake.workbook.hostile import (
    KINDS,
    SHEET,
    STRINGS,
    cell,
    many_cells,
    sheet,
    sheet_xml,
    strings,
    varied,
    workbook,
)

from impactmonitor.intake.workbook import cells
from impactmonitor.intake.workbook.cells import Content, Sheets, read_cells
from impactmonitor.problems import InvalidInput, NotFound

SECONDS, MEGABYTES = 10, 300


def read(data: bytes, tmp_path: Path) -> Sheets:
    file = tmp_path / "file.xlsx"
    file.write_bytes(data)
    return read_cells(file)


def refused(data: bytes, tmp_path: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(data, tmp_path)
    assert_readable(caught.value.problems)
    return [p.code for p in caught.value.problems]


# --- Hostile files ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_file_ends_soon_and_in_little_memory(kind: str, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.xlsx" for number in range(len(KINDS[kind]))]
    for file, attack in zip(files, KINDS[kind].values(), strict=True):
        file.write_bytes(attack.make())
    done = measured("-m", "tests.intake.workbook.hostile", *map(str, files))
    assert done.code == 0, done.err
    assert done.err == ""
    assert done.megabytes < MEGABYTES
    outcomes = [json.loads(line) for line in done.out.splitlines()]
    for (name, attack), outcome in zip(KINDS[kind].items(), outcomes, strict=True):
        assert tuple(outcome["said"]) == attack.said, name
        assert outcome["seconds"] < SECONDS, name


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_attack_holds_some(kind: str) -> None:
    assert len(KINDS[kind]) >= 8


# --- Contents -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    forms = {
        name: book.add_format({"num_format": form})
        for name, form in {"day": "dd-mm-yyyy", "moment": "dd-mm-yyyy hh:mm", "hour": "hh:mm",
                           "length": "[h]:mm", "euro": "€ #,##0.00;[Red]-€ #,##0.00",
                           "years": '0 "jaar"'}.items()
    }  # fmt: skip
    page = book.add_worksheet("Invoer & meer")
    page.write_row(0, 0, [12, 2.5, "tekst", True])
    page.write_datetime(1, 0, datetime.datetime(2026, 1, 2), forms["day"])
    page.write_datetime(1, 1, datetime.datetime(2026, 1, 2, 3, 4), forms["moment"])
    page.write_number(1, 2, 0.5, forms["hour"])
    page.write_number(1, 3, 1.5, forms["length"])
    page.write_number(1, 4, 1000, forms["euro"])
    page.write_number(1, 5, 20, forms["years"])
    page.write_number(1, 6, 1e9, forms["day"])
    page.write_formula(2, 0, "=A1*2", value=24)
    page.write_formula(2, 1, '=C1&"!"', value="tekst!")
    page.write_formula(2, 2, "=1/0", value="#DIV/0!")
    page.write_formula(2, 3, "=A1>1", value=True)
    page.write_array_formula(2, 4, 2, 5, "{=A1:B1*2}", value=24)
    page.write_number(2, 5, 5)
    page.write_blank(9, 9, None, forms["day"])
    book.add_worksheet("Leeg")
    book.close()
    return read(stream.getvalue(), tmp_path_factory.mktemp("contents"))


def test_sheets_come_in_their_order_also_when_empty(contents: Sheets) -> None:
    assert list(contents) == ["Invoer & meer", "Leeg"]
    assert contents["Leeg"] == {}


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ((1, 1), Content(12.0)),
        ((1, 2), Content(2.5)),
        ((1, 3), Content("tekst")),
        ((1, 4), Content(True)),
        ((2, 1), Content(datetime.date(2026, 1, 2))),
        ((2, 2), Content(datetime.datetime(2026, 1, 2, 3, 4))),
        ((2, 3), Content(datetime.time(12))),
        ((2, 4), Content(1.5)),
        ((2, 5), Content(1000.0)),
        ((2, 6), Content(20.0)),
        ((2, 7), Content(None, None, "#VALUE!")),
        ((3, 1), Content(24.0, "A1*2")),
        ((3, 2), Content("tekst!", 'C1&"!"')),
        ((3, 3), Content(None, "1/0", "#DIV/0!")),
        ((3, 4), Content(True, "A1>1")),
        ((3, 5), Content(24.0, "A1:B1*2")),
        ((3, 6), Content(5.0)),
    ],
)
def test_a_cell_is_what_was_written(
    contents: Sheets, place: tuple[int, int], content: Content
) -> None:
    found = contents["Invoer & meer"][place]
    assert found == content
    assert type(found.value) is type(content.value)


def test_cells_with_a_layout_only_are_left_out(contents: Sheets) -> None:
    assert (10, 10) not in contents["Invoer & meer"]


CELLS: Mapping[str, tuple[bytes, Content | None]] = {
    "formula without a value": (cell("<f>1+1</f>"), Content(None, "1+1")),
    "formula with an empty value": (cell("<f>1+1</f><v></v>"), Content(None, "1+1")),
    "formula that gave an empty text": (cell("<f>T(9)</f><v></v>", 't="str"'), Content("", "T(9)")),
    "formula without a text": (
        cell('<f t="dataTable" ref="A1:B2" r1="A1"/><v>4</v>'), Content(4.0, "")
    ),
    "nothing": (cell(""), None),
    "an empty value": (cell("<v></v>"), None),
    "text in place": (cell("<is><t>hier</t></is>", 't="inlineStr"'), Content("hier")),
    "text in pieces": (
        cell("<is><r><t>hi</t></r><r><t>er</t></r></is>", 't="inlineStr"'), Content("hier")
    ),
    "date as such": (cell("<v>2026-02-03</v>", 't="d"'), Content(datetime.date(2026, 2, 3))),
    "moment as such": (
        cell("<v>2026-02-03T04:05:06Z</v>", 't="d"'),
        Content(datetime.datetime(2026, 2, 3, 4, 5, 6)),
    ),
    "error": (cell("<v>#REF!</v>", 't="e"'), Content(None, None, "#REF!")),
    "number with an exponent": (cell("<v>-1.5E-7</v>"), Content(-1.5e-7)),
    "number with spaces": (cell("<v> 7\n</v>"), Content(7.0)),
    "large whole number": (cell(f"<v>1{'0' * 300}</v>"), Content(1e300)),
    "longest text": (cell(f"<v>{'x' * 32_767}</v>", 't="str"'), Content("x" * 32_767)),
    "text with a comment inside": (cell("<v>a<!-- b -->c</v>", 't="str"'), Content("ac")),
    "text that looks like a formula": (cell("<v>=1+1</v>", 't="str"'), Content("=1+1")),
    "other script": (cell("<v>é€😀</v>", 't="str"'), Content("é€😀")),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_as_its_xml_says(name: str, tmp_path: Path) -> None:
    data, content = CELLS[name]
    expected = {} if content is None else {(2, 2): content}
    assert read(data, tmp_path) == {"Invoer": expected}


def test_a_copied_formula_is_brought_to_its_cell(tmp_path: Path) -> None:
    data = sheet(
        '<row r="1"><c r="B1"><f t="shared" si="0" ref="B1:B3">A1*$C$1</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="9"/><v>3</v></c></row>'
    )
    found = read(data, tmp_path)["Invoer"]
    assert [found[row, 2].formula for row in (1, 2, 3)] == ["A1*$C$1", "A2*$C$1", ""]


def test_cells_and_rows_without_a_name_follow_each_other(tmp_path: Path) -> None:
    data = sheet("<row><c/><c><v>1</v></c></row><row/><row><c><v>2</v></c></row>")
    assert read(data, tmp_path)["Invoer"] == {(1, 2): Content(1.0), (3, 1): Content(2.0)}


def test_the_size_that_a_sheet_declares_does_not_matter(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    for said in ("A1:XFD1048576", "A1"):
        data = sheet(f'{row}<row r="2"><c r="C2"><v>2</v></c></row>',
                     before=f'<dimension ref="{said}"/>')  # fmt: skip
        assert len(read(data, tmp_path)["Invoer"]) == 2


def test_rows_with_a_height_only_may_lie_far_away(tmp_path: Path) -> None:
    data = sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576" ht="12"><c s="0"/></row>')
    assert list(read(data, tmp_path)["Invoer"]) == [(1, 1)]


def test_a_workbook_of_another_program_without_kept_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.active["A2"] = datetime.date(2026, 1, 2)
    book.active.merge_cells("C1:D4")
    book.save(tmp_path / "other.xlsx")
    assert read_cells(tmp_path / "other.xlsx") == {
        "Sheet": {(1, 1): Content(None, "1+1"), (2, 1): Content(datetime.date(2026, 1, 2))}
    }


def test_dates_that_count_from_1904(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "mac.xlsx", {"date_1904": True})
    form = book.add_format({"num_format": "yyyy-mm-dd"})
    book.add_worksheet("A").write_datetime(0, 0, datetime.datetime(2026, 1, 2), form)
    book.close()
    found = read_cells(tmp_path / "mac.xlsx")
    assert found == {"A": {(1, 1): Content(datetime.date(2026, 1, 2))}}


# --- Limits, just inside and just outside ---------------------------------------------------------


def test_the_last_cell_that_is_read(tmp_path: Path) -> None:
    inside = '<row r="5000"><c r="BER5000"><v>1</v></c></row>'
    assert list(read(sheet(inside), tmp_path)["Invoer"]) == [(5_000, 1_500)]
    assert refused(sheet(inside.replace("5000", "5001")), tmp_path) == ["workbook-outside-range"]
    assert refused(sheet(inside.replace("BER", "BES")), tmp_path) == ["workbook-outside-range"]


def test_the_number_of_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MAX_CELLS", 1_000)
    assert len(read(sheet(many_cells(1_000)), tmp_path)["Invoer"]) == 1_000
    assert refused(sheet(many_cells(1_100)), tmp_path) == ["workbook-too-many-cells"]


def test_the_amount_of_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook({SHEET: sheet_xml(many_cells(100, 't="s"')),
                     STRINGS: strings("<si><t>abc</t></si>")})  # fmt: skip
    monkeypatch.setattr(cells, "MAX_TEXT", 300)
    assert len(read(data, tmp_path)["Invoer"]) == 100
    monkeypatch.setattr(cells, "MAX_TEXT", 299)
    assert refused(data, tmp_path) == ["workbook-too-much-text"]


def test_the_largest_workbook_that_is_read_costs_little(tmp_path: Path) -> None:
    file = tmp_path / "large.xlsx"
    rows = 1_000
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    page = book.add_worksheet()
    for row in range(rows):
        for column in range(cells.MAX_CELLS // rows):
            if column % 2:
                page.write_formula(row, column, f"A1*{row}", value=row / 7)
            else:
                page.write_string(row, column, f"tekst {row} {column}")
    book.close()
    done = measured("-m", "tests.intake.workbook.hostile", str(file))
    outcome = json.loads(done.out)
    assert outcome["said"] == []
    assert outcome["seconds"] < SECONDS
    assert done.megabytes < MEGABYTES


# --- The process that reads ----------------------------------------------------------------------


def test_too_much_work_of_the_processor_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "MAX_SECONDS", 1)
    data = workbook({STRINGS: strings(varied(300_000, "<si><t>{}</t></si>"))})
    assert refused(data, tmp_path) == ["workbook-too-slow"]


def test_too_long_a_wait_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MAX_WAIT", 0.01)
    assert refused(workbook(), tmp_path) == ["workbook-too-slow"]


def test_too_much_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MAX_MEMORY", 60_000_000)
    data = workbook({STRINGS: strings(varied(300_000, "<si><t>{}</t></si>"))})
    assert refused(data, tmp_path) == ["workbook-too-much-memory"]


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os; os.abort()", "workbook-unreadable"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "workbook-too-much-memory"),
        ("raise SystemExit(3)", "workbook-unreadable"),
        ("print('no json')", "workbook-unreadable"),
        ("print('[]')", "workbook-unreadable"),
        ("print('7')", "workbook-unreadable"),
        ('print(\'["row",1,[[1,"number",2]]]\')', "workbook-unreadable"),
        ('print(\'["sheet","A"]\\n["row",1,[[1,"code",2]]]\')', "workbook-unreadable"),
        ('print(\'["sheet","A"]\')', "workbook-unreadable"),
        ('print(\'["end","memory"]\')', "workbook-too-much-memory"),
        ('print(\'["end","unsafe"]\')', "workbook-reader-unsafe"),
    ],
)
def test_a_process_that_fails_is_a_problem_and_no_traceback(
    program: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd
) -> None:
    child = tmp_path / "child.py"
    child.write_text(program, encoding="utf-8")
    monkeypatch.setattr(cells, "_CHILD", child)
    assert refused(workbook(), tmp_path) == [code]
    assert capfd.readouterr() == ("", "")


def test_a_process_that_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    assert refused(workbook(), tmp_path) == ["workbook-not-started"]


def test_the_process_needs_defusedxml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken copy stands in front of the real one."""
    (tmp_path / "defusedxml.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert refused(workbook(), tmp_path) == ["workbook-reader-unsafe"]


def test_the_setting_that_turns_defusedxml_off_is_not_heeded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENPYXL_DEFUSEDXML", "False")
    assert read(workbook(), tmp_path)["Invoer"][1, 1] == Content(1.0)


def question() -> bytes:
    return json.dumps({"limits": cells._limits(), "unwanted": []}).encode()


def test_the_process_loads_no_more_than_it_needs() -> None:
    asked = question() + b"\n" + workbook()
    done = subprocess.run(
        [sys.executable, "-P", "-X", "importtime", str(cells._CHILD)],
        input=asked, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.endswith(b'["end","done"]\n')
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    heavy = {"numpy", "pandas", "scipy", "pydantic", "impactmonitor", "yaml"}
    assert "openpyxl" in loaded
    tops = {name.partition(".")[0] for name in loaded if "." in name}  # what fails is named too
    assert tops & heavy == set()


def test_it_works_where_the_system_has_no_limits(tmp_path: Path) -> None:
    """As on Windows, which has no module for them."""
    code = "import sys; sys.modules['resource'] = None; exec(open(sys.argv[1]).read())"
    done = subprocess.run(
        [sys.executable, "-c", code, str(cells._CHILD)],
        input=question() + b"\n" + workbook(),
        capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.endswith(b'["end","done"]\n')
    assert done.stderr == b""


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_cells(tmp_path / "nowhere.xlsx")
