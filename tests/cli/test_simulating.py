"""The command that says how sure the answer is, as somebody types it."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from tests.cli.test_commands import FALLS, PERRY, call, flat, said
from tests.small import cost, gain, tree

from impactmonitor import load_case, load_catalogue
from impactmonitor.cli.commands import cases as commands
from impactmonitor.report.document import document
from impactmonitor.uncertainty.simulation import simulate

FEW = ("--draws", "256")


@pytest.fixture
def small(tmp_path: Path) -> str:
    file = tmp_path / "small.yaml"
    fields = tree(
        title={"nl": "Klein", "en": "Small"},
        costs={"work": cost(400)},
        effects={"gain": gain(1, {"uniform": [300, 600]})},
        scenarios={"dear": {"changes": {"costs.work.amount": 900}}},
    )
    file.write_text(yaml.safe_dump(fields), encoding="utf-8")
    return str(file)


def as_json(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said("simulate", *words, "--json"))
    return found


def test_the_answer_comes_first_with_its_chance(small: str) -> None:
    first, second, *_ = said("simulate", small, *FEW).splitlines()
    assert first.strip() == "Small"
    assert second.startswith("Society gains: against €400 of costs")
    text = flat(said("simulate", small, *FEW))
    assert re.search(r"In 6[5-8] of 100 calculated cases the benefits", text)


def test_in_the_language_of_the_reader(small: str) -> None:
    dutch = said("simulate", small, *FEW, "--lang", "nl")
    assert re.search(r"In 6[5-8] van de 100 doorgerekende gevallen", flat(dutch))
    assert "Meet dit eerst" in dutch
    assert said("simulate", small, *FEW, LANG="nl_NL.UTF-8") == dutch


@pytest.mark.parametrize("language", ["en", "nl"])
def test_json_is_the_document_with_its_uncertainty(language: Any) -> None:
    found = as_json(FALLS, *FEW, "--lang", language)
    simulation = simulate(load_case(FALLS), load_catalogue(), draws=256)
    expected = document(simulation.evaluation, language, simulation)
    for warning in found["warnings"]:
        warning["line"] = None  # as for a case that is no file
    assert found == expected


def test_the_same_seed_gives_the_same_numbers_and_another_others(small: str) -> None:
    first = as_json(small, *FEW, "--seed", "5")["uncertainty"]
    assert first == as_json(small, *FEW, "--seed", "5")["uncertainty"]
    other = as_json(small, *FEW, "--seed", "6")["uncertainty"]
    assert first["seed"] == 5
    assert other["net_present_value"]["mean"] != first["net_present_value"]["mean"]


def test_plain_monte_carlo(small: str) -> None:
    found = as_json(small, *FEW, "--method", "mc")["uncertainty"]
    assert found["method"] == "mc"
    assert found["net_present_value"]["mean"] == pytest.approx(50, abs=40)


def test_under_a_scenario(small: str) -> None:
    found = as_json(small, *FEW, "--scenario", "dear")
    assert found["scenario"] == "dear"
    assert found["uncertainty"]["net_present_value"]["probability_positive"] == 0
    assert "dear" in said("simulate", small, *FEW, "--scenario", "dear").splitlines()[1]
    missing = call("simulate", small, "--scenario", "daer", code=5)
    assert "dear" in missing.stderr


def test_published_ranges_of_values(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    effect = {"quantity": 10, "unit_value": "household-power-kwh", "unit": "kWh",
              "falls_to": "people", "domain": "economic"}  # fmt: skip
    (edition,) = load_catalogue().values["household-power-kwh"].editions
    fields = tree(price_year=edition.price_year, costs={"work": cost(2)}, effects={"power": effect})
    file.write_text(yaml.safe_dump(fields), encoding="utf-8")
    plain, ranged = (as_json(str(file), *FEW, *more) for more in ((), ("--value-ranges",)))
    assert plain["uncertainty"]["inputs"] == {}
    assert list(ranged["uncertainty"]["inputs"]) == ["values.household-power-kwh"]
    assert ranged["totals"] == plain["totals"]
    assert ranged["uncertainty"]["value_ranges"]
    assert "value-ranges-used" in {w["code"] for w in ranged["warnings"]}


def test_nothing_uncertain_is_said_in_plain_words() -> None:
    text = said("simulate", PERRY, *FEW, "--lang", "nl")
    assert "Geen enkel getal in deze casus heeft een bandbreedte." in flat(text)
    assert "█" not in text


def test_technical_names_only_on_request(small: str) -> None:
    assert "Sobol" not in said("simulate", small, *FEW)
    assert "EVPI" in said("simulate", small, *FEW, "--detail")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--draws", "0"), "draws-out-of-range"),
        (("--draws", "-5"), "draws-out-of-range"),
        (("--draws", "99999999999"), "draws-out-of-range"),
        (("--method", "soboll"), "unknown-method"),
        (("--method", "zzz"), "unknown-method"),
    ],
)
def test_options_that_nobody_can_use_are_wrong_use(small: str, words: Any, problem: str) -> None:
    found = json.loads(call("simulate", small, *words, "--json", code=2).stdout)
    assert [error["code"] for error in found["errors"]] == [problem]
    dutch = call("simulate", small, *words, "--lang", "nl", code=2)
    assert dutch.stdout == ""
    assert words[0] in flat(dutch.stderr)


@pytest.mark.parametrize("words", [("--draws", "many"), ("--seed", "x"), ("--lang", "de")])
def test_options_of_another_kind_are_wrong_use(small: str, words: Any) -> None:
    assert words[0] in call("simulate", small, *words, code=2).stderr


def test_mistakes_in_the_case_are_said_as_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    fields = tree(costs={"work": cost(paid_by="ctiy")})
    file.write_text(yaml.safe_dump(fields), encoding="utf-8")
    found = json.loads(call("simulate", str(file), "--json", code=3).stdout)
    (error,) = found["errors"]
    assert (error["code"], error["path"]) == ("unknown-actor", "costs.work.paid_by")
    assert error["line"]
    assert call("simulate", str(tmp_path / "nowhere.yaml"), code=5).stdout == ""


# --- the workbook -------------------------------------------------------------------------------


def test_a_workbook_with_what_was_computed(tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    call("simulate", FALLS, *FEW, "--excel", str(file), "--lang", "nl")
    sheet = openpyxl.load_workbook(file, data_only=True)["Berekend, niet live"]
    cells = {str(cell.value) for row in sheet for cell in row if cell.value is not None}
    assert {"ACTUEEL", "Hoe zeker is het?", "Meet dit eerst", "256", "Gemeente"} <= cells
    assert len(sheet._charts) == 3
    assert load_case(file) == load_case(FALLS)


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path, small: str) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(b"mine")
    call("simulate", small, "--excel", str(file), code=2)
    assert file.read_bytes() == b"mine"
    call("simulate", small, *FEW, "--excel", str(file), "--force")
    assert file.read_bytes()[:2] == b"PK"
    assert ".xlsx" in call("simulate", small, "--excel", str(tmp_path / "a.txt"), code=2).stderr


def test_a_simulation_imports_no_pandas() -> None:
    program = """
import sys
from impactmonitor.cli import main
try:
    main()
except SystemExit:
    pass
sys.stderr.write(" ".join({name.partition(".")[0] for name in sys.modules}))
"""
    for words in (["simulate", "--help"], ["simulate", FALLS, "--draws", "64", "--json"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *words], capture_output=True, text=True, check=True
        )
        absent = {"numpy", "scipy", "pandas"} if "--help" in words else {"pandas", "matplotlib"}
        assert not set(done.stderr.split()) & absent


def test_the_defaults_of_the_command_are_those_of_the_library():
    """They are written twice so that --help does not import the simulation."""
    of_command = inspect.signature(commands.simulate).parameters
    of_library = inspect.signature(simulate).parameters
    for name in ("draws", "seed", "method"):
        assert of_command[name].default == of_library[name].default
