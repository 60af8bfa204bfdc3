"""A case that was read, worked out: every mistake at once, and what the reader noticed."""

from __future__ import annotations

import pytest

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.evaluation.of_reading import all_warnings, evaluate_reading, worked_out
from impactmonitor.intake.reading import read_case, read_file
from impactmonitor.problems import InvalidInput, NotFound
from impactmonitor.resources import folder

FILE = folder("examples") / "fall-prevention-65plus" / "case.yaml"
TEXT = FILE.read_bytes()


def test_the_result_is_that_of_the_case_with_its_scenario():
    for scenario in (None, "dutch-roll-out"):
        found = evaluate_reading(read_file(FILE), load_catalogue(), scenario)
        expected = evaluate(load_case(FILE), scenario=scenario)
        assert (found.totals, found.scenario) == (expected.totals, scenario)
        assert [p.code for p in found.warnings] == [p.code for p in expected.warnings]


def test_warnings_have_their_line():
    reading = read_file(FILE)
    found = evaluate_reading(reading, load_catalogue())
    assert found.warnings == all_warnings(reading, evaluate(load_case(FILE)).warnings)
    assert any(problem.line for problem in found.warnings)


def test_mistakes_of_form_and_of_content_come_together():
    wrong = TEXT.replace(b"horizon:", b"horizn:", 1).replace(b"indicator: ", b"indicator: no-", 1)
    with pytest.raises(InvalidInput) as invalid:
        worked_out(read_case(wrong, ".yaml"), load_catalogue(), evaluate)
    codes = {problem.code for problem in invalid.value.problems}
    assert {"unknown-key", "unknown-indicator"} <= codes
    assert all(problem.line for problem in invalid.value.problems if problem.path)


def test_a_scenario_that_there_is_not():
    with pytest.raises(NotFound, match="nowhere"):
        evaluate_reading(read_file(FILE), load_catalogue(), "nowhere")
