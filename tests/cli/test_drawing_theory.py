"""The command that shows or draws the theory of change, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from defusedxml.ElementTree import fromstring
from tests.cli.test_commands import PERRY, call, flat, said
from tests.small import tree
from tests.theorised import LINES, THEORY

from impactmonitor import evaluate, load_case
from impactmonitor.report.theory_document import theory_document


def write(folder: Path, theory: dict[str, Any]) -> Path:
    file = folder / "case.yaml"
    file.write_text(yaml.safe_dump(tree(**LINES, theory=theory)), encoding="utf-8")
    return file


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(write(tmp_path, THEORY))


def test_it_is_shown_in_the_language_of_the_reader(file: str) -> None:
    assert said("theory", file).splitlines()[0].strip() == "Theory of change: Small"
    assert "→ Vallen (aanname: Zij oefenen)" in said("theory", file, "--lang", "nl")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_json_is_the_document(file: str, language: Any) -> None:
    found = json.loads(said("theory", file, "--json", "--lang", language))
    for warning in found["warnings"]:
        warning["line"] = None  # as for a case that is no file
    assert found == theory_document(evaluate(load_case(file)), language)


def test_a_drawing_is_written_whole_and_never_over_another_by_accident(
    file: str, tmp_path: Path
) -> None:
    drawing = tmp_path / "out.svg"
    shown = said("theory", file, "-o", str(drawing))
    assert flat(shown) == "The picture is in out.svg."
    assert fromstring(drawing.read_bytes()).tag.endswith("svg")
    before = drawing.read_bytes()
    call("theory", file, "-o", str(drawing), "--lang", "nl", code=2)
    assert drawing.read_bytes() == before
    call("theory", file, "-o", str(drawing), "--lang", "nl", "--force")
    assert "Verandertheorie" in drawing.read_text(encoding="utf-8")


def test_a_drawing_and_json_at_once(file: str, tmp_path: Path) -> None:
    drawing = tmp_path / "out.svg"
    assert json.loads(said("theory", file, "--json", "-o", str(drawing)))["nodes"]
    assert drawing.is_file()


@pytest.mark.parametrize("name", ["out.png", "out", "nowhere/out.svg"])
def test_a_file_that_cannot_be_made_is_refused_first(file: str, tmp_path: Path, name: str) -> None:
    call("theory", file, "-o", str(tmp_path / name), code=2)


def test_a_case_without_a_theory_says_so_and_makes_nothing(tmp_path: Path) -> None:
    drawing = tmp_path / "out.svg"
    found = json.loads(call("theory", PERRY, "--json", "-o", str(drawing), code=5).stdout)
    assert [error["code"] for error in found["errors"]] == ["no-theory"]
    assert not drawing.exists()


def test_mistakes_have_their_line(tmp_path: Path) -> None:
    theory = {**THEORY, "activities": {"classes": {"leads_to": ["pupil"]}}}
    wrong = call("theory", str(write(tmp_path, theory)), "--json", code=3)
    (error,) = json.loads(wrong.stdout)["errors"]
    assert (error["code"], error["path"]) == (
        "unknown-next-step",
        "theory.activities.classes.leads_to.0",
    )
    assert error["line"]


def test_a_theory_travels_in_a_workbook_however_long_it_is(tmp_path: Path) -> None:
    """A cell holds no more than 32,767 characters."""
    link = {"to": "falls", "assumption": "why " * 200}
    outputs = {f"o{i}": {"leads_to": [dict(link)]} for i in range(50)}
    theory = {**THEORY, "outputs": {**THEORY["outputs"], **outputs}}
    file, workbook = write(tmp_path, theory), tmp_path / "case.xlsx"
    call("convert", str(file), str(workbook))
    assert load_case(workbook) == load_case(file)
