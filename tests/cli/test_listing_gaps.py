"""The command that lists data gaps, as somebody types it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from tests.cli.test_commands import FALLS, PERRY, call, flat, said

from impactmonitor import evaluate, load_case
from impactmonitor.evaluation.gaps import gaps_of
from impactmonitor.report.gaps_document import gaps_document
from impactmonitor.uncertainty.simulation import simulate
from impactmonitor.uncertainty.worth import worth_of_effects


def as_json(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said("gaps", *words, "--json"))
    return found


def test_it_is_shown_in_the_language_of_the_reader() -> None:
    assert "4 of 4 effects miss something" in flat(said("gaps", FALLS))
    assert "Bij 4 van de 4 effecten ontbreekt iets" in flat(said("gaps", FALLS, "--lang", "nl"))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_json_is_the_document(language: Any) -> None:
    result = evaluate(load_case(FALLS))
    assert as_json(FALLS, "--lang", language) == gaps_document(result, gaps_of(result), language)


def test_with_draws_it_says_what_is_worth_knowing() -> None:
    found = as_json(FALLS, "--draws", "256", "--seed", "3")
    expected = worth_of_effects(simulate(load_case(FALLS), draws=256, seed=3))
    shown = {gap["id"]: gap["worth_knowing"] for gap in found["effects"]}
    assert shown["treated-falls"] == expected["treated-falls"] > 0
    assert shown["company"] is None
    assert "256" in said("gaps", FALLS, "--draws", "256")


@pytest.mark.parametrize("draws", ["-1", "99999999999"])
def test_draws_that_nobody_can_take_are_wrong_use(draws: str) -> None:
    found = json.loads(call("gaps", PERRY, "--draws", draws, "--json", code=2).stdout)
    assert [error["code"] for error in found["errors"]] == ["draws-out-of-range"]


def test_a_file_that_is_not_there() -> None:
    call("gaps", "nowhere.yaml", code=5)


def test_without_draws_nothing_is_simulated() -> None:
    program = """
import sys
from impactmonitor.cli import main
try:
    main()
except SystemExit:
    pass
sys.stderr.write(" ".join(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, "gaps", FALLS, "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = done.stderr.split()
    assert not {"scipy", "pandas", "impactmonitor.uncertainty.simulation"} & set(loaded)
