"""The command that finds an arrangement, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.test_commands import FALLS, call, flat, said
from tests.report.arranged import WRONG
from tests.small import tree

FEW = ("--draws", "64")


@pytest.fixture
def small(tmp_path: Path) -> str:
    file = tmp_path / "small.yaml"
    scenarios = {"dear": {"changes": {"costs.work.amount": 600_000}}}
    file.write_text(yaml.safe_dump(tree(**WRONG, scenarios=scenarios)), encoding="utf-8")
    return str(file)


def as_json(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(*words, "--json"))
    return found


def test_who_pays_whom(small: str) -> None:
    found = as_json("arrange", small, "--whole", "value", *FEW)["financing"]["arrangement"]
    assert [(p["from"], p["to"], round(p["present_value"])) for p in found["payments"]] == [
        ("insurer", "city", 79_799),
        ("state", "city", 68_511),
    ]
    assert found["draws"] == 64
    text = flat(said("arrange", small, "--whole", "value", *FEW, "--lang", "nl"))
    assert "Het kan: met € 148.310 aan betalingen" in text


@pytest.mark.parametrize("ending", [".yaml", ".json"])
@pytest.mark.parametrize("way", ["--by-year", "--level"])
def test_the_case_is_written_back_with_its_payments(
    small: str, tmp_path: Path, way: str, ending: str
) -> None:
    out = str(tmp_path / f"out{ending}")
    before = as_json("evaluate", small)
    made = as_json("arrange", small, "--whole", "both", way, *FEW, "--write", out)
    after = as_json("evaluate", out)
    positions = made["financing"]["arrangement"]["actors"]
    for name, actor in after["actors"].items():
        assert actor["net"] == pytest.approx(positions[name]["after"]["net"], abs=1e-3)
        assert actor["cash_net"] >= -1e-3
    for name in ("costs", "benefits", "net_present_value"):
        assert after["totals"][name] == pytest.approx(before["totals"][name])
    again = as_json("arrange", out, "--whole", "both", *FEW)["financing"]["arrangement"]
    assert (again["needed"], again["payments"]) == (False, [])


def test_a_workbook_with_the_payments(small: str, tmp_path: Path) -> None:
    out = str(tmp_path / "out.xlsx")
    text = said("arrange", small, "--whole", "value", *FEW, "--write", out)
    assert "Written to out.xlsx" in flat(text)
    assert as_json("evaluate", out)["actors"]["city"]["net"] == pytest.approx(0, abs=1e-6)


def test_what_is_missing_is_an_answer(small: str) -> None:
    found = as_json("arrange", small, "--scenario", "dear", "--whole", "value", *FEW)
    found = found["financing"]["arrangement"]
    assert found["feasible"] is False
    assert round(found["missing"]) == 135_800


def test_an_example_that_cannot_be_arranged_says_how_much_is_missing() -> None:
    found = as_json("arrange", FALLS, "--draws", "0")["financing"]["arrangement"]
    assert found["needed"] is True
    assert found["draws"] is None


def test_wrong_use(small: str, tmp_path: Path) -> None:
    there = tmp_path / "there.yaml"
    there.touch()
    for words, said_in_error in (
        (("--whole", "all"), "Nobody can be whole"),
        (("--draws", "-1"), "draws"),
        (("--write", str(there)), "there.yaml"),
        (("--write", str(tmp_path / "out.txt")), ".txt"),
    ):
        found = call("arrange", small, *words, code=2)
        assert said_in_error in found.stderr
    assert there.read_text() == ""
    call("arrange", small, *FEW, "--write", str(there), "--force")
    assert there.read_text()


def test_a_case_with_mistakes(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(yaml.safe_dump(tree(**WRONG, arrangement={"given": {"nobody": 1}})))
    found = call("arrange", str(file), "--json", code=3)
    (error,) = json.loads(found.stdout)["errors"]
    assert (error["code"], error["path"]) == ("unknown-actor", "arrangement.given.nobody")
