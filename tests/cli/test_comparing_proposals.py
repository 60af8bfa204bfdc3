"""The command that puts proposals side by side, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from tests.cli.test_commands import call, flat, said
from tests.proposals.levelling_cases import NEUTRAL, evaluated, policy, proposal
from tests.small import gain

from impactmonitor import load_catalogue
from impactmonitor.proposals.comparing import compare_cases
from impactmonitor.report.comparing_document import comparing_document

TERMS = {**NEUTRAL, "evidence": {"expert": 0.3}}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    return [written(tmp_path, name, gain) for name, gain in (("big", 300), ("small", 200))]


def written(folder: Path, name: str, worth: float) -> str:
    path = folder / name / "case.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(tree(name, worth)), encoding="utf-8")
    return str(path)


def made(name: str, worth: float) -> Any:
    return proposal(name, effects={"gains": gain(1, worth, evidence="expert")})


def tree(name: str, worth: float) -> Any:
    return made(name, worth).model_dump(mode="json", by_alias=True, exclude_unset=True)


@pytest.fixture
def level(tmp_path: Path) -> str:
    path = tmp_path / "policy.yaml"
    path.write_text(yaml.safe_dump(TERMS), encoding="utf-8")
    return str(path)


def errors_of(code: int, *words: str) -> list[tuple[str, str]]:
    found = call(*words, "--json", code=code)
    return [(e["code"], e["path"]) for e in json.loads(found.stdout)["errors"]]


def test_as_json_it_is_the_document_of_the_library(files: list[str], level: str) -> None:
    cases = evaluated(made("big", 300), made("small", 200))
    expected = comparing_document(
        compare_cases(cases, policy(evidence={"expert": 0.3}), load_catalogue()), "en"
    )
    assert json.loads(said("compare", *files, "--level", level, "--json")) == expected
    options = ("--draws", "1024", "--seed", "1")
    assert said("compare", *reversed(files), "--level", level, "--json") == said(
        "compare", *files, "--level", level, *options, "--json"
    )


def test_a_folder_stands_for_its_cases(files: list[str], level: str, tmp_path: Path) -> None:
    """The policy that lies there is no case."""
    (tmp_path / "notes.txt").write_text("no case", encoding="utf-8")
    folder = said("compare", str(tmp_path), "--level", level, "--draws", "0", "--json")
    assert folder == said("compare", *files, "--level", level, "--draws", "0", "--json")


def test_the_workbook_is_written_once(files: list[str], level: str, tmp_path: Path) -> None:
    out = tmp_path / "report.xlsx"
    words = ("compare", *files, "--level", level, "--draws", "0", "--excel", str(out))
    assert "Net value (EUR)" in call(*words, "--lang", "en", code=0).stdout
    assert openpyxl.load_workbook(out).sheetnames[0] == "Overview"
    assert errors_of(2, *words) == [("file-exists", "")]
    call(*words, "--force", "--lang", "nl", code=0)
    assert openpyxl.load_workbook(out).sheetnames[0] == "Overzicht"


def test_a_report_of_last_week_in_the_folder_is_no_case(files: list[str], tmp_path: Path) -> None:
    out = tmp_path / "report.xlsx"
    words = ("compare", str(tmp_path), "--draws", "0", "--excel", str(out), "--json")
    assert call(*words, code=0).stdout == call(*words, "--force", code=0).stdout
    assert len(files) == 2


def test_a_case_workbook_is_a_case(files: list[str], tmp_path: Path) -> None:
    workbook = tmp_path / "forms" / "big.xlsx"
    workbook.parent.mkdir()
    call("convert", files[0], str(workbook), code=0)
    words = (str(workbook), files[1], "--draws", "0", "--json")
    found = json.loads(call("compare", *words, code=0).stdout)
    assert found["cases"]["big"]["claimed"]["benefits"] == pytest.approx(300)


def test_on_screen_what_to_look_at_goes_to_standard_error(files: list[str]) -> None:
    found = call("compare", *files, "--draws", "0", "--lang", "en", code=0)
    assert "2 proposals side by side" in found.stdout
    assert "secondary sources" in flat(found.stderr)


def test_wrong_use(files: list[str], level: str, tmp_path: Path) -> None:
    assert errors_of(2, "compare", files[0]) == [("compare-needs-two-cases", "")]
    assert errors_of(2, "compare", *files, "--draws", "-1") == [("compare-draws-out-of-range", "")]
    assert errors_of(2, "compare", *files, "--seed", "-1") == [("seed-below-0", "")]
    out = str(tmp_path / "report.csv")
    assert errors_of(2, "compare", *files, "--excel", out) == [("file-kind-to-write", "")]
    assert errors_of(5, "compare", *files, "--level", "none.yaml") == [("file-not-found", "")]
    assert errors_of(5, "compare", files[0], "none.yaml") == [("file-not-found", "")]


def test_every_mistake_with_its_file(files: list[str], tmp_path: Path) -> None:
    broken = {**tree("broken", 1), "horizon": 0, "base_year": 26}
    file = tmp_path / "broken.yaml"
    file.write_text(yaml.safe_dump(broken), encoding="utf-8")
    unread = tmp_path / "unread.yaml"
    unread.write_text("a: [", encoding="utf-8")
    found = errors_of(3, "compare", str(tmp_path))
    assert [path.removeprefix(f"{tmp_path}/") for _, path in found] == [
        "broken.yaml.base_year", "broken.yaml.horizon", "unread.yaml",
    ]  # fmt: skip
    twice = written(tmp_path / "again", "big", 1)
    assert errors_of(3, "compare", *files, twice) == [("compared-twice", f"{twice}.id")]


def test_mistakes_in_the_policy_have_their_line(files: list[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(yaml.safe_dump({**TERMS, "scheme": "nl-2062"}), encoding="utf-8")
    found = json.loads(call("compare", *files, "--level", str(bad), "--json", code=3).stdout)
    assert [(e["code"], e["line"] is None) for e in found["errors"]] == [("unknown-scheme", False)]
