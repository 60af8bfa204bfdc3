"""The command that holds a result against its plan, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
import yaml
from tests.cli.test_commands import call, flat, said
from tests.report.tracked import CATALOGUE, MONITORING, RECORDS
from tests.small import cost, gain, tree
from tests.tracking.recorded import record

from impactmonitor import load_case, track
from impactmonitor.report.track_document import track_document


@pytest.fixture
def measured(tmp_path: Path) -> str:
    file = tmp_path / "measured.yaml"
    fields = tree(
        costs={"work": cost(600, years=4)},
        effects={"help": gain(100, 10, years=4, measured_by="helped")},
        monitoring=MONITORING,
        measurements=[*RECORDS, record("helped", 2025, 80, id="new", restates="old")],
    )
    fields["measurements"][0] = {**fields["measurements"][0], "id": "old"}
    file.write_text(yaml.safe_dump(fields), encoding="utf-8")
    return str(file)


def test_the_whole_answer_and_the_json_object(measured: str) -> None:
    text = flat(said("track", measured, "--as-of", "2026", "--lang", "nl"))
    assert "tot en met 2026" in text
    assert "● op koers" in text
    found = json.loads(said("track", measured, "--as-of", "2026", "--json"))
    wanted = track_document(track(load_case(measured), CATALOGUE, 2026), CATALOGUE)
    for warning in (*found["warnings"], *wanted["warnings"]):
        del warning["line"]
    assert found == wanted
    assert json.loads(said("track", measured, "--json"))["as_of"] == "2026"


def test_how_it_is_looked_at(measured: str) -> None:
    def benefits(*words: str) -> tuple[float, float]:
        found = json.loads(said("track", measured, "--as-of", "2026", "--json", *words))
        return tuple(found[part]["totals"]["benefits"] for part in ("realised", "planned"))

    assert benefits() == (1750, 2000)
    assert benefits("--first-reported") == (1550, 2000)
    assert benefits("--reforecast") == (1750, pytest.approx(2000 * 175 / 200))


def test_a_warning_has_its_line(measured: str) -> None:
    found = json.loads(said("track", measured, "--as-of", "2026", "--json"))["warnings"]
    (warning,) = [w for w in found if w["code"] == "plan-in-place-of-measurement"]
    assert warning["path"] == "costs.work"
    assert warning["line"] > 1


def test_a_period_that_there_is_not(measured: str) -> None:
    found = call("track", measured, "--as-of", "2026Q9", "--json", code=5)
    assert json.loads(found.stdout)["errors"][0]["code"] == "unknown-period"


def test_a_case_without_measurements_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(yaml.safe_dump(tree(costs={"work": cost(600)})), encoding="utf-8")
    found = call("track", str(file), "--json", code=3)
    assert json.loads(found.stdout)["errors"][0]["code"] == "nothing-to-track"
    assert call("track", str(tmp_path / "other.yaml"), code=5)


def test_the_workbook_is_never_replaced_by_accident(measured: str, tmp_path: Path) -> None:
    out = tmp_path / "report.xlsx"
    said("track", measured, "--excel", str(out))
    assert len(openpyxl.load_workbook(out).sheetnames) >= 5
    call("track", measured, "--excel", str(out), code=2)
    said("track", measured, "--excel", str(out), "--force", "--lang", "nl")
    call("track", measured, "--excel", str(tmp_path / "report.txt"), code=2)
