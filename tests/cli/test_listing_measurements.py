"""The command that lists what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.reported import as_file, reported_on
from typer.testing import CliRunner, Result

from impactmonitor import load_case
from impactmonitor.cli.app import app
from impactmonitor.intake.measurements_csv import load_measurements


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["measurements", *map(str, words)])


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return as_file(reported_on(), tmp_path)


def test_on_screen_and_as_json_without_small_numbers(case):
    screen, document = run(case, "--lang", "nl"), run(case, "--json")
    assert (screen.exit_code, document.exit_code) == (0, 0)
    assert "30 van 40" in screen.output
    assert "Geholpen" not in screen.output
    found = json.loads(document.output)
    assert (len(found["measurements"]), found["hidden"]) == (3, 3)


def test_as_csv_which_is_read_back_and_adds_nothing(case, tmp_path):
    out, new = tmp_path / "records.csv", tmp_path / "new.yaml"
    assert run(case, "--csv", out).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert load_measurements(out) == load_case(case).measurements[3:]
    words = ["add-measurements", str(case), str(out), "-o", str(new), "--lang", "en"]
    added = CliRunner().invoke(app, words)
    assert "Nothing new, and so not added: 3." in added.output
    assert load_case(new) == load_case(case)


def test_a_file_that_is_there_or_of_another_kind(case, tmp_path):
    assert run(case, "--csv", case).exit_code == 2
    there = tmp_path / "there.csv"
    there.touch()
    assert run(case, "--csv", there).exit_code == 2
    assert run(case, "--csv", there, "--force").exit_code == 0
