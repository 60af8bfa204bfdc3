"""Simulations over HTTP: at once, or as a job."""

from __future__ import annotations

import json
import time

import pytest
from tests.api.serving import EXAMPLE, YAML
from typer.testing import CliRunner

from impactmonitor.cli.app import app
from impactmonitor.resources import folder
from impactmonitor_api.storage.additions import replace_additions
from impactmonitor_api.storage.jobs import find_job
from impactmonitor_api.storage.organisations import locked

BODY = EXAMPLE.read_bytes()
SCENARIOS = folder("examples") / "neighbourhood-prevention" / "case.yaml"
LATER = {**YAML, "Prefer": "respond-async"}


@pytest.fixture
def client(service):
    with service.client("viewer") as http:
        yield http


def printed(*words):
    """What the command prints."""
    found = CliRunner().invoke(app, ["simulate", *words, "--json"], env={"LANG": "C"})
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def result_of(client, answer):
    """The result of the job that an answer names, once it is there."""
    while (said := client.get(answer.headers["location"])).headers.get("retry-after"):
        time.sleep(0.02)
    job = said.json()
    assert job["status"] == "done", job
    return client.get(job["result"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_answer_is_what_the_command_prints(client, language):
    answer = client.post(
        "/v1/simulations?draws=256&seed=7&method=mc",
        content=BODY,
        headers={**YAML, "Accept-Language": language},
    )
    expected = printed(str(EXAMPLE), "--draws", "256", "--seed", "7", "--method", "mc",
                       "--lang", language)  # fmt: skip
    assert answer.headers["content-language"] == language
    assert answer.json() == expected


def test_a_scenario_and_published_ranges_are_used(client):
    name = "care-use-unchanged"
    answer = client.post(
        f"/v1/simulations?draws=64&scenario={name}&value_ranges=true",
        content=SCENARIOS.read_bytes(),
        headers=YAML,
    )
    expected = printed(str(SCENARIOS), "--draws", "64", "--scenario", name, "--value-ranges",
                       "--lang", "en")  # fmt: skip
    assert answer.json() == expected
    assert answer.json()["scenario"] == name


def test_somebody_who_comes_back_gets_the_same(client):
    asked = "/v1/simulations?draws=256&seed=3"
    at_once = client.post(asked, content=BODY, headers=YAML)
    later = client.post(asked, content=BODY, headers=LATER)
    assert later.status_code == 202
    assert later.headers["preference-applied"] == "respond-async"
    assert later.headers["retry-after"] == "1"
    assert later.json()["status"] == "queued"
    result = result_of(client, later)
    assert result.headers["content-type"] == "application/json"
    assert result.content == at_once.content


def test_many_draws_become_a_job(client):
    answer = client.post("/v1/simulations?draws=4104", content=BODY, headers=YAML)
    assert answer.status_code == 202
    assert "preference-applied" not in answer.headers
    assert result_of(client, answer).json()["uncertainty"]["draws"] == 4104


@pytest.mark.parametrize("headers", [YAML, LATER])
def test_what_is_wrong_is_said_at_once(client, headers):
    before = client.get("/v1/jobs?limit=1").json()
    broken = BODY.replace(b"horizon:", b"horizn:")
    answer = client.post("/v1/simulations", content=broken, headers=headers)
    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, "unknown-key")
    assert said["errors"][0]["line"]
    assert client.get("/v1/jobs?limit=1").json() == before


@pytest.mark.parametrize("headers", [YAML, LATER])
def test_a_scenario_that_there_is_not(client, headers):
    answer = client.post("/v1/simulations?scenario=%00none", content=BODY, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-scenario")


@pytest.mark.parametrize(
    "query",
    ["draws=0", "draws=16777217", "draws=1.5", "draws=" + "9" * 400, "seed=-1", "seed=" + "9" * 20,
     "method=magic", "value_ranges=perhaps"],
    ids=lambda query: query[:20],
)  # fmt: skip
def test_parameters_that_cannot_be(client, query):
    answer = client.post(f"/v1/simulations?{query}", content=BODY, headers=YAML)
    assert (answer.status_code, answer.json()["code"]) == (422, "parameter-refused")
    assert answer.json()["errors"][0]["path"] == query.partition("=")[0]


def test_the_highest_seed_is_a_seed(client):
    answer = client.post(f"/v1/simulations?draws=8&seed={2**63 - 1}", content=BODY, headers=YAML)
    assert answer.status_code == 200


def test_a_request_that_is_sent_twice_makes_one_job(client):
    headers = {**LATER, "Idempotency-Key": "one"}
    asked = "/v1/simulations?draws=64"
    first, second = (client.post(asked, content=BODY, headers=headers) for _ in range(2))
    assert (first.json(), first.status_code) == (second.json(), second.status_code)
    assert second.headers["idempotent-replayed"] == "true"
    assert second.headers["location"] == first.headers["location"]
    assert second.headers["preference-applied"] == "respond-async"
    other = client.post("/v1/simulations?draws=72", content=BODY, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "request-name-used")


def test_a_kind_of_body_that_nobody_reads(client):
    answer = client.post("/v1/simulations", content=BODY, headers={"Content-Type": "text/html"})
    assert (answer.status_code, answer.json()["code"]) == (415, "body-kind")


def test_a_job_keeps_to_the_additions_as_they_were_when_it_was_asked(service):
    own = service.organisation()
    with own.client() as http:
        before = http.post("/v1/simulations?draws=8", content=BODY, headers=LATER)
        with service.app.state.database.writing() as session:
            replace_additions(session, locked(session, own.id), None, {}, None)
        after = http.post("/v1/simulations?draws=8", content=BODY, headers=LATER)
        assert result_of(http, before).content == result_of(http, after).content
    with service.app.state.database.reading() as session:
        names = [answer.headers["location"].rpartition("/")[2] for answer in (before, after)]
        options = [json.loads(find_job(session, own.id, name).options) for name in names]
    assert [one["additions_version"] for one in options] == [0, 1]
