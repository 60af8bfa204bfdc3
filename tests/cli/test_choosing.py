"""The command that chooses among candidates, as somebody types it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.cli.test_commands import call, flat, said
from tests.portfolio.offered import candidate, written
from tests.portfolio.test_choosing import OFFERS, chosen

from impactmonitor.cli.choosing import MOST_DRAWS
from impactmonitor.intake.portfolio_reading import load_portfolio
from impactmonitor.report.choosing_document import choosing_document

ASKED = ("--framework", "readiness", "--draws", "64")


@pytest.fixture
def file(tmp_path):
    return str(written(tmp_path, OFFERS, limits={"budget": 60}))


def errors_of(code, *words):
    found = call("select", *words, "--json", code=code)
    assert found.stderr == ""
    return [one["code"] for one in json.loads(found.stdout)["errors"]]


def test_as_json_it_is_the_document_of_the_library(file):
    expected = choosing_document(chosen(load_portfolio(file), budget=None))
    assert json.loads(said("select", file, *ASKED, "--json")) == expected


def test_options_go_before_the_portfolio(file):
    options = ("--budget", "100", "--maximise", "score", "--floor", "95", "--step", "5")
    found = json.loads(said("select", file, *ASKED, *options, "--seed", "7", "--json"))
    assert found["terms"] == {
        "budget": 100, "maximise": "score", "floor": 95, "themes": {},
        "financial_return": None, "probability_of_loss": None,
    }  # fmt: skip
    assert (found["step"], found["seed"], found["draws"]) == (5, 7, 64)
    assert found["chosen"] == ["bikes", "trees"]


def test_on_screen_in_either_language(file):
    assert "1 of 3 candidates is chosen" in flat(said("select", file, *ASKED))
    assert "Gekozen is 1 van de 3 kandidaten" in flat(said("select", file, "--lang", "nl"))


def test_a_floor_out_of_reach_is_an_answer_and_no_failure(file):
    text = flat(said("select", file, *ASKED, "--floor", "5000"))
    assert "1,250 too little" in text


def test_everything_that_is_wrong_with_the_options_is_said_at_once(file):
    words = ("--budget", "-1", "--maximise", "both", "--floor", "nan", "--step", "0",
             "--draws", str(MOST_DRAWS + 1), "--seed", "-1")  # fmt: skip
    assert errors_of(2, file, *words) == [
        "select-unknown-goal",
        "select-budget-below-0",
        "select-floor-not-a-number",
        "select-step-not-above-0",
        "select-draws-out-of-range",
        "seed-below-0",
    ]


def test_what_neither_the_options_nor_the_portfolio_say(tmp_path):
    bare = str(written(tmp_path, {"a": candidate(1, 1)}))
    found = errors_of(2, bare, "--floor", "5")
    assert found == ["select-budget-missing", "select-framework-missing"]
    assert errors_of(2, bare, "--budget", "5", "--maximise", "score") == [
        "select-framework-missing"
    ]


def test_no_candidates_and_no_such_framework(tmp_path):
    empty = str(written(tmp_path, {}))
    assert errors_of(3, empty, "--budget", "5") == ["select-no-candidates"]
    full = str(written(tmp_path, OFFERS))
    assert errors_of(5, full, "--budget", "5", "--framework", "nothing") == ["unknown-framework"]
    assert errors_of(5, str(tmp_path / "absent.yaml"), "--budget", "5") == ["file-not-found"]


def test_a_workbook_is_written_whole_and_not_over_another(file, tmp_path):
    target = str(tmp_path / "choice.xlsx")
    said("select", file, *ASKED, "--excel", target)
    assert (tmp_path / "choice.xlsx").read_bytes()[:2] == b"PK"
    assert errors_of(2, file, *ASKED, "--excel", target) == ["file-exists"]
    said("select", file, *ASKED, "--excel", target, "--force")
    assert errors_of(2, file, "--excel", "choice.txt") == ["file-kind-to-write"]


SCRIPT = """
import ctypes
from impactmonitor.cli.choosing import unprinted
with unprinted():
    ctypes.CDLL(None).puts(b"chatter")
ctypes.CDLL(None).puts(b"answer")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="asks the C library of Linux and macOS")
def test_what_a_solver_prints_does_not_reach_the_reader():
    """Not even later: what is printed into a pipe stays in the C library until it is full."""
    found = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True)
    assert found.stdout == b"answer\n"
