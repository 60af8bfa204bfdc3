"""How commands end: the exit codes of the contract, and errors in words or as one object."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.errors.provoking import BASE, changed, found_in
from typer.testing import CliRunner, Result

from impactmonitor.appraisal import checks
from impactmonitor.cli.app import app
from impactmonitor.cli.commands import cases as commands
from impactmonitor.evaluation import steps
from impactmonitor.intake import reading
from impactmonitor.messages import LANGUAGES
from impactmonitor.resources import folder

PERRY = str(folder("examples") / "perry-age-27" / "case.yaml")
FIELDS = {"code", "path", "message", "hint", "sheet", "cell", "line"}

DONE, UNEXPECTED, WRONG_USE, INVALID, FAILED, NOT_FOUND = range(6)


def call(*words: str, **env: str) -> Result:
    return CliRunner().invoke(app, words, env={"LANG": "C", "LC_ALL": "", **env})


def answer(code: int, *words: str) -> dict[str, Any]:
    """The one object on standard output, with nothing beside it."""
    found = call(*words, "--json")
    assert found.exit_code == code, (found.output, found.exception)
    assert found.stderr == ""
    return json.loads(found.stdout)


def errors_of(code: int, *words: str) -> list[dict[str, Any]]:
    document = answer(code, *words)
    assert set(document) == {"errors", "warnings"}
    assert all(set(problem) == FIELDS for part in document.values() for problem in part)
    assert all(problem["sheet"] is None is problem["cell"] for problem in document["errors"])
    return document["errors"]


def words_of(code: int, *words: str, **env: str) -> str:
    """What stands on standard error when there is nothing on standard output."""
    found = call(*words, **env)
    assert found.exit_code == code, (found.output, found.exception)
    assert found.stdout == ""
    assert "Traceback" not in found.stderr
    return found.stderr


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def written(text: str | bytes, name: str = "case.yaml") -> str:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(file)

    return written


# --- 0 -------------------------------------------------------------------------------------------


def test_a_result_is_0(write: Any) -> None:
    document = answer(DONE, "evaluate", write(BASE))
    assert document["totals"]["costs"] == 1000
    assert "errors" not in document


def test_a_metric_that_does_not_exist_is_null_with_a_reason(write: Any) -> None:
    text = json.dumps(changed({"costs": "{}", "transfers": "{}"}))
    document = answer(DONE, "evaluate", write(text, "case.json"))
    reasons = {problem["path"]: problem for problem in document["warnings"]}
    for metric in ("benefit_cost_ratio", "sroi", "sroi_net", "modified_internal_rate_of_return"):
        assert document["totals"][metric] is None
        assert reasons[f"totals.{metric}"]["message"]
    assert document["totals"]["internal_rate_of_return"] == {
        "value": None,
        "reason": "no_time_spread",
        "roots": [],
    }
    assert reasons["totals.internal_rate_of_return"]["code"] == "no-time-spread"


def test_help_and_version_are_0() -> None:
    assert call("--help").exit_code == DONE
    assert call("version").exit_code == DONE


# --- 1 -------------------------------------------------------------------------------------------


@pytest.fixture
def broken_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a mistake of the program")

    monkeypatch.setattr(commands, "load_and_evaluate", fail)


@pytest.mark.usefixtures("broken_program")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mistake_of_the_program_is_1_and_one_sentence(lang: str) -> None:
    said = " ".join(words_of(UNEXPECTED, "evaluate", PERRY, "--lang", lang).split())
    assert "ZeroDivisionError" in said
    assert "IMPACTMONITOR_DEBUG=1" in said
    assert ("program" if lang == "en" else "programma") in said


@pytest.mark.usefixtures("broken_program")
def test_a_mistake_of_the_program_has_the_shape_of_an_error_too() -> None:
    (problem,) = errors_of(UNEXPECTED, "evaluate", PERRY)
    assert problem["code"] == "unexpected"


@pytest.mark.usefixtures("broken_program")
def test_the_details_of_a_mistake_of_the_program_can_be_asked() -> None:
    found = call("evaluate", PERRY, IMPACTMONITOR_DEBUG="1")
    assert isinstance(found.exception, ZeroDivisionError)


# --- 2 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["evaluate"],
        ["evaluate", PERRY, "--langg", "en"],
        ["evaluate", PERRY, "--lang", "fr"],
        ["evaluate", PERRY, PERRY],
        ["evaluate", PERRY, "--scenario"],
        ["evalute", PERRY],
        ["explain", PERRY],
        ["diff", PERRY],
    ],
)
def test_wrong_use_of_a_command_is_2(words: list[str]) -> None:
    words_of(WRONG_USE, *words)


# --- 3 -------------------------------------------------------------------------------------------


def test_invalid_input_is_3_with_every_error_at_its_place(write: Any) -> None:
    file = write(json.dumps(changed({"horizon": "0", "costs.lessons.paid_by": "ciy"})), "case.json")
    found = errors_of(INVALID, "evaluate", file)
    assert [(problem["code"], problem["path"]) for problem in found] == [
        ("too-low", "horizon"),
        ("unknown-actor", "costs.lessons.paid_by"),
    ]
    assert all(problem["message"] and problem["hint"] for problem in found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_errors_are_told_in_words_with_path_and_line(lang: str, write: Any) -> None:
    file = write(BASE.replace("horizon: 5", "horizon: 0"))
    said = words_of(INVALID, "evaluate", file, "--lang", lang)
    assert "horizon" in said
    assert ("line 8" if lang == "en" else "regel 8") in said
    assert ("too low" if lang == "en" else "te laag") in said


def test_the_language_of_the_machine_is_that_of_the_words(write: Any) -> None:
    file = write(BASE.replace("horizon: 5", "horizon: 0"))
    assert "te laag" in words_of(INVALID, "evaluate", file, LANG="nl_NL.UTF-8")
    assert "te laag" in words_of(INVALID, "evaluate", file, IMPACTMONITOR_LANG="nl")


@pytest.mark.parametrize("name", ["case.txt", "case", "case.xls", "case.yaml.bak"])
def test_an_unknown_kind_of_file_is_3(name: str, write: Any) -> None:
    (problem,) = errors_of(INVALID, "evaluate", write(BASE, name))
    assert problem["code"] == "file-kind"
    assert ".yaml" in problem["hint"]


@pytest.mark.parametrize("name", ["case.yml", "case.YAML", "case.Json"])
def test_the_ending_may_be_written_in_capitals(name: str, write: Any) -> None:
    text = json.dumps(changed())
    assert answer(DONE, "evaluate", write(text, name))["case"] == "demo"


def test_a_file_that_may_not_be_opened_is_3(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    file = write(BASE)
    monkeypatch.setattr(reading.Path, "read_bytes", refuse)
    (problem,) = errors_of(INVALID, "evaluate", file)
    assert problem["code"] == "file-unreadable"


@pytest.mark.parametrize("command", [["explain", "totals.costs"], ["diff", PERRY]])
def test_other_commands_say_the_same_of_a_broken_case(command: list[str], write: Any) -> None:
    file = write(BASE.replace("horizon: 5", "horizon: 0"))
    name, *rest = command
    (problem,) = errors_of(INVALID, name, file, *rest)
    assert problem["code"] == "too-low"


def test_a_file_cannot_steer_the_terminal(write: Any) -> None:
    file = write(BASE + '"\\e[2J\\u202e": 1\n')
    said = words_of(INVALID, "evaluate", file)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\\x1b[2J" in said


# --- 4 -------------------------------------------------------------------------------------------


def test_a_failed_check_is_4(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: object) -> checks.Check:
        return checks.Check("domains-sum-to-total", False, 1.0, 0.0)

    monkeypatch.setattr(checks, "CHECKS", (failing,))
    (problem,) = errors_of(FAILED, "evaluate", PERRY)
    assert (problem["code"], problem["path"]) == ("check-failed", "checks.domains-sum-to-total")
    assert "domains-sum-to-total" in problem["message"]
    assert "domains-sum-to-total" in words_of(FAILED, "evaluate", PERRY)


@pytest.mark.parametrize(
    "changes",
    [
        {"effects.fewer-falls.quantity": "1e308", "effects.fewer-falls.unit_value": "1e308"},
        {"costs.lessons.amount": "1e308", "costs.more": "{amount: 1e308, paid_by: city}"},
        {"costs.lessons.years": "300", "costs.lessons.growth": "1e300"},
        {"discount.rate": "-0.9999999999999999", "horizon": "300", "costs.lessons.years": "300"},
        {"transfers.subsidy.amount": "1e308",
         "transfers.more": "{from: city, to: insurer, amount: 1e308}"},
    ],
)  # fmt: skip
def test_results_beyond_what_a_computer_can_hold_are_4(changes: dict, write: Any) -> None:
    found = errors_of(FAILED, "evaluate", write(json.dumps(changed(changes)), "case.json"))
    assert {problem["code"] for problem in found} == {"check-failed"}
    assert all(re.search(r"extremely large|does not add up", p["hint"]) for p in found)


def test_no_number_of_a_result_is_infinite(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should every check be blind, the document itself refuses what is no number."""
    monkeypatch.setattr(steps, "run_checks", lambda _: ())
    text = json.dumps(changed({"costs.lessons.amount": "1e308", "costs.lessons.growth": "1e300",
                               "costs.lessons.years": "3"}))  # fmt: skip
    with np.errstate(all="ignore"):
        found = call("evaluate", write(text, "case.json"), "--json")
    assert found.exit_code == UNEXPECTED
    assert "Infinity" not in found.stdout


# --- 5 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["nothing-here.yaml", ".", "x" * 300 + ".yaml", "nothing-here.txt"]
)
def test_a_file_that_is_not_there_is_5(name: str, tmp_path: Path) -> None:
    (problem,) = errors_of(NOT_FOUND, "evaluate", str(tmp_path / name))
    assert problem["code"] == "file-not-found"


def test_an_unknown_scenario_is_5_with_the_nearest_name(write: Any) -> None:
    file = write(BASE + "scenarios: {dear: {changes: {costs.lessons.amount: 5000}}}\n")
    (problem,) = errors_of(NOT_FOUND, "evaluate", file, "--scenario", "daer")
    assert problem["code"] == "unknown-scenario"
    assert "dear" in problem["hint"]
    assert answer(DONE, "evaluate", file, "--scenario", "dear")["totals"]["costs"] == 5000


def test_an_unknown_number_and_an_unknown_value_are_5() -> None:
    (problem,) = errors_of(NOT_FOUND, "explain", PERRY, "totals.cots")
    assert problem["code"] == "unknown-number"
    (problem,) = errors_of(NOT_FOUND, "values", "zzzzzz")
    assert problem["code"] == "nothing-found"


def test_what_the_library_says_is_what_the_command_says(write: Any, tmp_path: Path) -> None:
    text = BASE.replace("paid_by: city", "paid_by: ciy")
    (problem,) = errors_of(INVALID, "evaluate", write(text))
    (own,) = found_in(tmp_path, text)
    assert (problem["code"], problem["path"], problem["line"]) == (own.code, own.path, own.line)
    assert problem["message"] == own.message("en")
