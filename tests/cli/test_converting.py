"""Workbooks and texts of a case, as somebody makes them with commands."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.cli.test_commands import FALLS, PERRY, call

from impactmonitor import evaluate, load_case
from impactmonitor.intake.reading import read_file
from impactmonitor.intake.workbook.layout import TABLE, Layout, letters


def size_of(file: Path) -> Layout:
    document = read_file(file).document
    return document.layout  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_blank_workbook(tmp_path: Path, language: Any) -> None:
    file = tmp_path / "blank.xlsx"
    call("template", "-o", str(file), "--lang", language)
    assert file.stat().st_size < 1_000_000
    layout = size_of(file)
    assert (layout.language, layout.years) == (language, 120)
    needed = {"effects": 40, "costs": 20, "transfers": 10, "actors": 12}
    assert {table: layout.rows[table] for table in needed} == needed
    found = call("evaluate", str(file), "--lang", language, code=3)
    title = layout.field("plan", "title")
    assert f"{layout.sheet_name('plan')}!{letters(title.column)}{title.row}" in found.stderr


def test_a_blank_workbook_of_another_size(tmp_path: Path) -> None:
    file = tmp_path / "blank.xlsx"
    call("template", "-o", str(file), "--years", "20", "--effects", "60")
    layout = size_of(file)
    assert (layout.years, layout.rows["effects"]) == (20, 60)
    assert layout.rows["bearers"] == TABLE["bearers"].rows + 40


def test_a_workbook_of_a_size_that_nobody_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "blank.xlsx"
    found = call("template", "-o", str(file), "--years", "700", "--effects", "500", code=3)
    assert "700 years" in found.stderr
    assert not file.exists()


def test_a_template_of_a_case(tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    call("template", "-o", str(file), "--from", PERRY, "--years", "50", "--effects", "45")
    assert load_case(file) == load_case(PERRY)
    assert (size_of(file).years, size_of(file).rows["effects"]) == (50, 45)


def test_from_form_to_form(tmp_path: Path) -> None:
    names = ["a.xlsx", "b.json", "c.xlsx", "d.yml", "e.yaml"]
    for before, after in zip([FALLS, *names], names, strict=False):
        old = before if before == FALLS else str(tmp_path / before)
        call("convert", old, str(tmp_path / after))
        assert load_case(tmp_path / after) == load_case(FALLS)


def test_the_same_answer_from_the_workbook(tmp_path: Path) -> None:
    call("convert", FALLS, str(tmp_path / "a.xlsx"), "--lang", "nl")
    old, new = (json.loads(call("evaluate", f, "--json").stdout)
                for f in (FALLS, str(tmp_path / "a.xlsx")))  # fmt: skip
    for key in ("totals", "actors", "perspectives", "domains", "years", "lines"):
        assert new[key] == old[key]
    assert {w["sheet"] for w in new["warnings"]} - {None}


def test_a_workbook_beside_the_answer(tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    found = call("evaluate", FALLS, "--excel", str(file), "--lang", "nl", "--json")
    npv = json.loads(found.stdout)["totals"]["net_present_value"]
    book = openpyxl.load_workbook(file, data_only=True)
    names = book.defined_names
    for name, value in {"im_npv": npv, **actor_results()}.items():
        sheet, cell = names[name].attr_text.replace("$", "").split("!")
        assert book[sheet.strip("'")][cell].value == pytest.approx(value, rel=1e-9, abs=1e-6)


def actor_results() -> dict[str, float]:
    found = {}
    for name, party in evaluate(load_case(FALLS)).by_actor.items():
        found[f"im_net_{name.replace('-', '_')}"] = party.net
        found[f"im_cash_{name.replace('-', '_')}"] = party.cash_net
    return found


def test_a_workbook_under_a_scenario(tmp_path: Path) -> None:
    file, scenario = tmp_path / "out.xlsx", next(iter(load_case(FALLS).scenarios))
    found = call("evaluate", FALLS, "--scenario", scenario, "--excel", str(file), "--json")
    again = call("evaluate", str(file), "--json")
    assert json.loads(again.stdout)["totals"] == json.loads(found.stdout)["totals"]


@pytest.mark.parametrize(
    "words",
    [
        ("template", "-o"),
        ("convert", FALLS),
        ("evaluate", FALLS, "--excel"),
    ],
)
def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path, words: tuple[str, ...]) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(b"mine")
    found = call(*words, str(file), code=2, IMPACTMONITOR_LANG="nl")
    assert 'Er is al een bestand "mine.xlsx".' in found.stderr
    assert file.read_bytes() == b"mine"
    call(*words, str(file), "--force")
    assert openpyxl.load_workbook(io.BytesIO(file.read_bytes())).sheetnames
    assert [each.name for each in tmp_path.iterdir()] == ["mine.xlsx"]


def test_a_name_that_says_another_kind_of_file(tmp_path: Path) -> None:
    assert ".xlsx" in call("template", "-o", str(tmp_path / "a.xls"), code=2).stderr
    assert ".yaml" in call("convert", FALLS, str(tmp_path / "a.txt"), code=2).stderr


def test_mistakes_as_json_with_sheet_and_cell(tmp_path: Path) -> None:
    file = tmp_path / "blank.xlsx"
    call("template", "-o", str(file), "--years", "10", "--lang", "nl")
    found = json.loads(call("evaluate", str(file), "--json", code=3).stdout)
    assert ("1 Plan", "C6") in {(p["sheet"], p["cell"]) for p in found["errors"]}


def test_what_the_reader_noticed_is_said_when_a_workbook_becomes_text(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    call("convert", FALLS, str(file))
    book = openpyxl.load_workbook(file)
    book.create_sheet("Notes")["A1"] = "mine"
    book.save(file)
    found = call("convert", str(file), str(tmp_path / "b.yaml"))
    assert "Notes" in found.stderr
    assert load_case(tmp_path / "b.yaml") == load_case(FALLS)
