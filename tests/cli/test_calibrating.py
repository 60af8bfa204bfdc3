"""The command that looks back on forecasts, over a folder of cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.test_commands import PERRY, call, flat, said
from tests.small import cost, tree
from tests.tracking.recorded import record

from impactmonitor import load_case
from impactmonitor.cli.converting import FORMS

FORECAST = {"line": "costs.work", "period": 2025, "made": "2024-11-01", "mean": 600,
            "p05": 550, "p95": 650, "evidence": "expert"}  # fmt: skip


def kept(name: str, value: float, **fields: Any) -> str:
    whole = tree(
        id=name,
        costs={"work": cost(600, years=3)},
        monitoring={"forecasts": [{**FORECAST, **fields}]},
        measurements=[record("costs.work", 2025, value)],
    )
    return yaml.safe_dump(whole)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "one.yaml").write_text(kept("one", 640), encoding="utf-8")
    (tmp_path / "deep" / "two.yml").write_text(kept("two", 900), encoding="utf-8")
    (tmp_path / "notes.yaml").write_text("about: impactmonitor\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("impactmonitor: 1\n", encoding="utf-8")
    return tmp_path


def as_json(*words: str, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call(*words, "--json", code=code).stdout)
    return found


def test_over_all_cases_in_a_folder(cases: Path) -> None:
    found = as_json("calibration", str(cases))
    assert [(one["case"], one["is_inside"]) for one in found["judged"]] == [
        ("one", True),
        ("two", False),
    ]
    assert found["overall"]["share"] == 0.5
    text = flat(said("calibration", str(cases), "--lang", "nl"))
    assert text.startswith("1 van de 2 gemeten cijfers")


def test_the_same_case_in_two_forms_counts_once(cases: Path) -> None:
    same = FORMS[".json"](load_case(cases / "one.yaml"))
    (cases / "one.json").write_text(same, encoding="utf-8")
    assert as_json("calibration", str(cases))["overall"]["count"] == 2


def test_every_mistake_with_its_file(cases: Path) -> None:
    (cases / "three.yaml").write_text(kept("three", 5, mean="High"), encoding="utf-8")
    (cases / "deep" / "four.yaml").write_text(kept("four", 5, line="costs.x"), encoding="utf-8")
    errors = as_json("calibration", str(cases), code=3)["errors"]
    assert [error["path"].partition(".yaml.")[0] for error in errors] == ["deep/four", "three"]


def test_without_a_folder_or_a_case(tmp_path: Path) -> None:
    for folder, problem in ((tmp_path, "no-cases-in-folder"), (Path(PERRY), "folder-not-found")):
        assert as_json("calibration", str(folder), code=5)["errors"][0]["code"] == problem
