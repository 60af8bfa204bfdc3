"""Evaluations of what is sent along: the same as the library gives, nothing kept."""

import json

import pytest
from tests.api.serving import EXAMPLE, YAML

from impactmonitor import evaluate, load_case
from impactmonitor.report.document import document
from impactmonitor.resources import folder

DATABASES = ("sqlite",)  # nothing is kept here, so that the other one adds nothing

EXAMPLES = sorted(folder("examples").rglob("case.yaml"))


@pytest.fixture
def viewer(service):
    with service.client("viewer", **YAML) as http:
        yield http


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_same_numbers_as_the_library(viewer, path):
    answer = viewer.post("/v1/evaluations", content=path.read_bytes())
    assert answer.status_code == 200
    expected = document(evaluate(load_case(path)))
    expected.pop("warnings")  # these have the lines of the file as well
    found = answer.json()
    found.pop("warnings")
    assert found == json.loads(json.dumps(expected))


def test_every_mistake_in_the_readers_language(viewer):
    case = EXAMPLE.read_text(encoding="utf-8").replace("horizon:", "horizn:")
    answer = viewer.post(
        "/v1/evaluations", content=case.encode(), headers={"Accept-Language": "nl"}
    )
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["code"], error["pointer"]) == ("unknown-key", "/horizn")
    assert error["line"] is not None
    assert "horizon" in error["hint"]
    assert "veld" in error["message"].lower()


def test_under_a_scenario_and_under_one_that_there_is_not(viewer):
    path = folder("examples") / "neighbourhood-prevention" / "case.yaml"
    case = load_case(path)
    name = next(iter(case.scenarios))
    answer = viewer.post(f"/v1/evaluations?scenario={name}", content=path.read_bytes())
    assert answer.json()["totals"] == document(evaluate(case, scenario=name))["totals"]
    unknown = viewer.post("/v1/evaluations?scenario=none", content=path.read_bytes())
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown-scenario")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[1, 2", b"a: &b 1", b"x" * 3000])
def test_what_is_no_case_is_refused(viewer, body):
    assert viewer.post("/v1/evaluations", content=body).status_code == 422
