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
from impactmonitor.intake.workbook.suggested import CHOSEN
from impactmonitor.problems import Problem


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


# --- Suggestions --------------------------------------------------------------------------------


FOR_FALLS = ("--topic", "fall-prevention", "--group", "older-people")


def preset(file: Path) -> list[object]:
    """What the cells for the topic and the target group hold."""
    book, layout = openpyxl.load_workbook(file), size_of(file)
    return [book[layout.sheet_name(a.sheet)].cell(a.row, a.column).value for a in CHOSEN.values()]


def test_a_blank_workbook_with_suggestions(tmp_path: Path) -> None:
    file, plain = tmp_path / "falls.xlsx", tmp_path / "plain.xlsx"
    call("template", "-o", str(file), "--lang", "nl", "--years", "5", *FOR_FALLS)
    call("template", "-o", str(plain), "--lang", "nl", "--years", "5")
    assert preset(file) == ["Valpreventie", "Ouderen"]
    assert preset(plain) == [None, None]
    effects = read_file(file).document.tree["effects"]
    assert 5 <= len(effects) <= 8
    assert all(effect["note"].startswith("Niet lokaal") for effect in effects.values())
    assert "effects" not in read_file(plain).document.tree


def test_a_workbook_of_a_case_with_suggestions(tmp_path: Path) -> None:
    file, case = tmp_path / "mine.xlsx", load_case(FALLS)
    call("template", "-o", str(file), "--from", FALLS, "--topic", "loneliness", "--group",
         "older-people", "--lang", "en")  # fmt: skip
    effects = load_case(file).effects
    assert 5 <= len(effects) - len(case.effects) <= 8
    assert {name: effects[name] for name in case.effects} == dict(case.effects)


@pytest.mark.parametrize(
    ("words", "error", "code"),
    [
        (("--topic", "debts"), "template-needs-both", 2),
        (("--group", "residents"), "template-needs-both", 2),
        (("--topic", "depts", "--group", "x"), "unknown-topic", 5),
        (("--topic", "debts", "--group", "tenants"), "unknown-target-group", 5),
    ],
)
def test_what_a_workbook_cannot_suggest(
    tmp_path: Path, words: tuple[str, ...], error: str, code: int
) -> None:
    file = tmp_path / "a.xlsx"
    said = call("template", "-o", str(file), *words, "--lang", "en", code=code).stderr
    params = {"id": words[1], "topic": words[1]}
    if error == "unknown-target-group":
        params |= {"id": words[3]}
    message = Problem(error, "", params).message("en")
    assert message in " ".join(said.split())
    assert not file.exists()


def test_a_workbook_that_asks_questions_of_frameworks(tmp_path: Path) -> None:
    blank, mine = tmp_path / "blank.xlsx", tmp_path / "mine.xlsx"
    asked = ("--framework", "prevention-core-set", "--framework", "readiness")
    call("template", "-o", str(blank), *asked, "--years", "12", "--lang", "nl")
    assert [one.framework for one in size_of(blank).assessed] == [
        "prevention-core-set",
        "readiness",
    ]
    call("template", "-o", str(mine), "--from", PERRY, "--framework", "readiness")
    assert [one.framework for one in size_of(mine).assessed] == ["readiness"]
    assert load_case(mine) == load_case(PERRY)


@pytest.mark.parametrize(("name", "code"), [("readines", 5), ("sdg", 2)])
def test_a_framework_that_asks_nothing(tmp_path: Path, name: str, code: int) -> None:
    file = tmp_path / "blank.xlsx"
    found = call("template", "-o", str(file), "--framework", name, "--lang", "nl", code=code)
    assert f'"{name}"' in found.stderr
    assert not file.exists()
