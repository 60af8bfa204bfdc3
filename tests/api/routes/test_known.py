"""The case as it is known, and plan against result."""

from __future__ import annotations

import json

import pytest
from tests.api.reporting import MEASURED, address, decided, reported
from tests.api.serving import YAML
from typer.testing import CliRunner

from impactmonitor import load_case
from impactmonitor.cli.app import app
from impactmonitor.intake.writing import to_json
from impactmonitor.model.case import Case


@pytest.fixture(scope="module")
def editor(service):
    with service.client("editor") as http:
        yield http


@pytest.fixture(scope="module")
def assessor(service):
    with service.client("assessor") as http:
        yield http


@pytest.fixture(scope="module")
def administrator(service):
    """Who may bring in a case with figures that were approved elsewhere."""
    with service.client("administrator") as http:
        yield http


@pytest.fixture(scope="module")
def measured(administrator):
    return administrator.post("/v1/cases", content=MEASURED.read_bytes(), headers=YAML).json()


def printed(*words):
    result = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_a_case_about_which_nothing_is_known_is_what_was_written(service, editor):
    case = service.own.new_case(editor)
    found = editor.get(f"{address(case)}/known").json()
    assert found["document"] == editor.get(address(case)).json()["document"]
    assert (found["measurements"], found["confirmations"], found["version"]) == (0, 0, 1)


def test_the_known_case_is_a_case_that_the_command_line_evaluates_alike(
    service, editor, assessor, tmp_path
):
    case = service.own.new_case(editor)
    made = reported(editor, case)
    decided(assessor, case, made, "approved")
    said = {"effect": "crime", "actor": "public", "confirmation": "confirmed"}
    assessor.post(f"{address(case)}/confirmations", json=said)
    document = editor.get(f"{address(case)}/known").json()["document"]
    file = tmp_path / "known.json"
    file.write_text(to_json(Case.model_validate(document)), encoding="utf-8")
    kept = editor.post(f"{address(case)}/evaluations").json()["result"]
    assert kept == printed("evaluate", file, "--lang", "en")
    assert editor.get(f"{address(case)}/tracks").json() == printed("track", file, "--lang", "en")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, ()),
        ({"as_of": "2024"}, ("--as-of", "2024")),
        ({"reforecast": True}, ("--reforecast",)),
        ({"first_reported": True}, ("--first-reported",)),
    ],
    ids=str,
)
def test_a_track_is_what_the_command_prints(measured, editor, asked, words, language, tmp_path):
    file = tmp_path / "case.json"
    file.write_text(to_json(load_case(MEASURED)), encoding="utf-8")
    headers = {"Accept-Language": language}
    answer = editor.get(f"{address(measured)}/tracks", params=asked, headers=headers)
    assert answer.headers["content-language"] == language
    assert answer.json() == printed("track", file, *words, "--lang", language)


def test_a_small_number_of_people_is_not_shown(administrator, editor, assessor):
    small = MEASURED.read_text(encoding="utf-8").replace("id: exercise-classes-measured",
                                                         "id: small-numbers", 1)  # fmt: skip
    case = administrator.post("/v1/cases", content=small.encode(), headers=YAML).json()
    asked = {"indicator": "participants", "period": "2026", "value": 3}
    answer = editor.post(f"{address(case)}/measurements", json=asked)
    assert answer.status_code == 201, answer.text
    approved = decided(assessor, case, answer.json()["items"][0], "approved")
    assert approved.status_code == 201, approved.text
    found = editor.get(f"{address(case)}/tracks", params={"as_of": "2026"}).json()
    periods = found["indicators"]["participants"]["periods"]
    (shown,) = [one for one in periods if one["period"] == "2026"]
    assert (shown.get("value"), found["suppressed"]) == (None, True)
    known = editor.get(f"{address(case)}/known").json()["document"]["measurements"]
    assert known[-1]["value"] == 3


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"as_of": "soon"}, "unknown-period"),
        ({"as_of": "\0"}, "unknown-period"),
        ({"reforecast": "x"}, "parameter-refused"),
    ],
)
def test_odd_questions_are_refused(measured, editor, asked, code):
    answer = editor.get(f"{address(measured)}/tracks", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_case_without_measurements_has_no_track(service, editor):
    answer = editor.get(f"{address(service.own.new_case(editor))}/tracks")
    assert (answer.status_code, answer.json()["code"]) == (422, "nothing-to-track")
