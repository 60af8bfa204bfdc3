"""Rankings over HTTP: what the command prints, and mistakes under the case that has them."""

from __future__ import annotations

import json

import pytest
from tests.cli.test_commands import said
from tests.proposals.answered import FRAMEWORK, LASTING, QUICK
from tests.small import cost, tree

DATABASES = ("sqlite",)  # nothing is kept here, so that the other one adds nothing

PLACE = "/v1/rankings"


def case(name, answers=QUICK, **changes):
    fields = {"id": name, "title": name.capitalize(), "costs": {"work": cost()}, **changes}
    return tree(**fields, scores={FRAMEWORK: answers})


@pytest.fixture
def client(service):
    with service.client("viewer") as http:
        yield http


def body(*cases, framework=FRAMEWORK, **options):
    return {"cases": list(cases), "framework": framework, **options}


def mistakes(answer):
    assert answer.status_code == 422, answer.text
    return [(e["code"], e["path"], e["pointer"]) for e in answer.json()["errors"]]


def test_it_is_what_the_command_prints(client, tmp_path):
    cases = [case("quick"), case("lasting", LASTING)]
    files = []
    for one in cases:
        files.append(tmp_path / f"{one['id']}.json")
        files[-1].write_text(json.dumps(one), encoding="utf-8")
    options = ("--draws", "500", "--seed", "7", "--max-multiplier", "3")
    answer = client.post(PLACE, json=body(*cases, draws=500, seed=7, max_multiplier=3),
                         headers={"Accept-Language": "nl"})  # fmt: skip
    assert answer.status_code == 200, answer.text
    printed = said("rank", *map(str, files), "--framework", FRAMEWORK, *options, "--json",
                   "--lang", "nl")  # fmt: skip
    assert answer.json() == json.loads(printed)
    usual = client.post(PLACE, json=body(*cases)).json()
    assert (usual["draws"], usual["seed"], usual["max_multiplier"]) == (10_000, 1, 5.0)


def test_mistakes_of_all_cases_are_said_at_once_under_their_case(client):
    broken = case("one", horizn=3)
    other = case("other", costs={"work": {**cost(), "paid_by": "nobody"}})
    found = mistakes(client.post(PLACE, json=body(broken, other, framework="no-such-one")))
    assert ("unknown-framework", "framework", "/framework") in found
    assert ("unknown-key", "cases.0.horizn", "/cases/0/horizn") in found
    assert any(path.startswith("cases.1.costs.work") for _, path, _ in found)


def test_what_is_between_cases_is_placed_too(client):
    found = mistakes(client.post(PLACE, json=body(case("one"), case("one"))))
    assert found == [("ranked-twice", "cases.1.id", "/cases/1/id")]
    silent = case("silent")
    del silent["scores"]
    found = mistakes(client.post(PLACE, json=body(case("one"), silent)))
    path = f"cases.1.scores.{FRAMEWORK}"
    assert found == [("case-without-answers", path, "/" + path.replace(".", "/"))]


def test_a_framework_of_labels_ranks_nothing(client, service):
    with service.client() as http:
        pages = http.get("/v1/frameworks").json()["items"]
    labels = next(one["id"] for one in pages if one["purpose"] == "tags")
    found = mistakes(client.post(PLACE, json=body(case("a"), case("b"), framework=labels)))
    assert found == [("framework-asks-nothing", "framework", "/framework")]


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"cases": []}, "too-few", "cases"),
        ({"cases": [{}]}, "too-few", "cases"),
        ({"cases": [{}] * 51}, "wrong-length", "cases"),
        ({"cases": [{}, {}, 1]}, "not-a-mapping", "cases.2"),
        ({"draws": 0}, "too-low", "draws"),
        ({"draws": 10**6}, "too-high", "draws"),
        ({"seed": -1}, "too-low", "seed"),
        ({"max_multiplier": 0.5}, "too-low", "max_multiplier"),
        ({"framework": "a\0b"}, "invalid-name", "framework"),
        ({"frameworks": "a"}, "unknown-key", "frameworks"),
    ],
)
def test_a_body_of_another_form_is_refused(client, changes, code, path):
    found = mistakes(client.post(PLACE, json={**body(case("a"), case("b")), **changes}))
    assert [(one, where) for one, where, _ in found] == [(code, path)]


def test_only_json_is_read(client):
    answer = client.post(PLACE, content=b"a: 1", headers={"Content-Type": "application/yaml"})
    assert answer.status_code == 415
