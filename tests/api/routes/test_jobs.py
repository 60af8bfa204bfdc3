"""Jobs over HTTP: how far they are, what came of them, stopping and repeating them."""

from __future__ import annotations

import pytest
from tests.api.conftest import DATABASES, new_database
from tests.api.serving import EXAMPLE, YAML, serving

from impactmonitor_api.storage import leases

BODY = EXAMPLE.read_bytes()
LATER = {**YAML, "Prefer": "respond-async"}


@pytest.fixture(scope="module", params=DATABASES)
def service(request, tmp_path_factory):
    """A service without a worker, so that the tests decide when something is done."""
    for url in new_database(request.param, tmp_path_factory.mktemp("database")):
        with serving(url, has_worker=False) as running:
            yield running


@pytest.fixture
def own(service):
    """An organisation whose jobs no other test sees."""
    return service.organisation()


@pytest.fixture
def editor(own):
    with own.client("editor") as http:
        yield http


def asked(client, draws=8):
    answer = client.post(f"/v1/simulations?draws={draws}", content=BODY, headers=LATER)
    assert answer.status_code == 202, answer.text
    return answer.headers["location"]


def claimed(service, job):
    """Take a job as a worker does."""
    while True:
        with service.app.state.database.writing() as session:
            found = leases.claim(session, ("simulation",), 600)
        if job.endswith(found.id):
            return found


def done(service, job, result=b"{}"):
    found = claimed(service, job)
    with service.app.state.database.writing() as session:
        assert leases.finish(session, found, result, "application/json")


def test_a_job_from_asking_to_its_result(service, editor):
    job = asked(editor)
    said = editor.get(job)
    assert said.headers["retry-after"] == "1"
    assert said.json()["status"] == "queued"
    found = claimed(service, job)
    with service.app.state.database.writing() as session:
        leases.renew(session, found, 600, 0.25)
    running = editor.get(job).json()
    assert (running["status"], running["progress"], running["attempts"]) == ("running", 0.25, 1)
    assert running["started_at"] >= running["created_at"]
    early = editor.get(f"{job}/result")
    assert (early.status_code, early.json()["code"]) == (409, "job-not-done")
    assert early.headers["retry-after"] == "1"
    with service.app.state.database.writing() as session:
        leases.finish(session, found, b'{"found": 1}', "application/json")
    ended = editor.get(job)
    assert "retry-after" not in ended.headers
    assert (ended.json()["status"], ended.json()["progress"]) == ("done", 1)
    result = editor.get(ended.json()["result"])
    assert (result.json(), result.headers["content-type"]) == ({"found": 1}, "application/json")


def test_jobs_are_listed_in_pages_from_the_newest_on(editor):
    jobs = [asked(editor).rpartition("/")[2] for _ in range(3)]
    first = editor.get("/v1/jobs?limit=2").json()
    rest = editor.get("/v1/jobs", params={"cursor": first["next"]}).json()
    assert [job["id"] for job in first["items"] + rest["items"]] == jobs[::-1]
    assert rest["next"] is None
    assert first["items"][0] == editor.get(f"/v1/jobs/{jobs[2]}").json()


def test_a_job_of_another_organisation_is_not_there(service, editor):
    job = asked(editor)
    with service.organisation().client() as other:
        assert other.get("/v1/jobs").json()["items"] == []
        for method, path in (
            ("GET", job),
            ("GET", f"{job}/result"),
            ("POST", f"{job}/cancellation"),
            ("POST", f"{job}/retries"),
        ):
            answer = other.request(method, path)
            assert (answer.status_code, answer.json()["code"]) == (404, "thing-not-found")
    assert editor.get(job).json()["status"] == "queued"


@pytest.mark.parametrize(
    "name", ["3f0c1a52-1f5e-4c4b-9d0e-6f3f0e5f2a11", "none", "%00", "%ED%A0%80"]
)
def test_a_job_that_there_is_not(editor, name):
    for path in (f"/v1/jobs/{name}", f"/v1/jobs/{name}/result"):
        answer = editor.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "thing-not-found")


def test_stopping_and_having_it_done_again(editor):
    job = asked(editor)
    stopped = editor.post(f"{job}/cancellation")
    assert (stopped.status_code, stopped.json()["status"]) == (200, "cancelled")
    assert editor.post(f"{job}/cancellation").json() == stopped.json()
    without = editor.get(f"{job}/result")
    assert (without.status_code, without.json()["code"]) == (409, "job-without-result")
    again = editor.post(f"{job}/retries")
    assert (again.status_code, again.json()["status"]) == (202, "queued")
    assert (again.headers["location"], again.headers["retry-after"]) == (job, "1")
    refused = editor.post(f"{job}/retries")
    assert (refused.status_code, refused.json()["code"]) == (409, "job-not-to-repeat")


def test_what_is_done_stays_done(service, editor):
    job = asked(editor)
    done(service, job)
    refused = editor.post(f"{job}/cancellation")
    assert (refused.status_code, refused.json()["code"]) == (409, "job-over")
    refused = editor.post(f"{job}/retries")
    assert (refused.status_code, refused.json()["code"]) == (409, "job-not-to-repeat")


@pytest.mark.parametrize("act", ["cancellation", "retries"])
@pytest.mark.parametrize(
    ("role", "may"),
    [("viewer", False), ("assessor", False), ("editor", True), ("administrator", True)],
)
def test_who_may_stop_and_repeat_the_job_of_another_key(own, act, role, may):
    with own.client("editor") as editor, own.client(role) as http:
        job = asked(editor if role != "editor" else http)
        if act == "retries":
            editor.post(f"{job}/cancellation")
        answer = http.post(f"{job}/{act}")
        assert answer.is_success is may
        if not may:
            assert (answer.status_code, answer.json()["code"]) == (403, "job-of-another-key")


@pytest.mark.parametrize("role", ["viewer", "assessor"])
def test_whoever_asked_may_stop_and_repeat_it(own, role):
    with own.client(role) as http:
        job = asked(http)
        assert http.post(f"{job}/cancellation").status_code == 200
        assert http.post(f"{job}/retries").status_code == 202


def test_stopping_under_a_name_is_done_once(editor):
    job = asked(editor)
    named = {"Idempotency-Key": "stop"}
    first = editor.post(f"{job}/cancellation", headers=named)
    editor.post(f"{job}/retries")
    assert editor.post(f"{job}/cancellation", headers=named).json() == first.json()
    assert editor.get(job).json()["status"] == "queued"


def test_what_happens_with_jobs_stands_in_the_chain(service, own, editor):
    from impactmonitor_api.storage import audit

    job = asked(editor)
    editor.post(f"{job}/cancellation")
    editor.post(f"{job}/retries")
    with service.app.state.database.reading() as session:
        records = list(audit.exported(session, own.id))
    actions = [one["action"] for one in records if one["subject"] == job.rpartition("/")[2]]
    assert actions == ["job.added", "job.cancelled", "job.retried"]
    assert audit.first_broken(records) is None
