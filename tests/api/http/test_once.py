"""The same request again is not done again."""

import os
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from tests.api.serving import EXAMPLE, YAML

KEY = "Idempotency-Key"


@pytest.fixture(scope="module")
def http(service):
    with service.client("editor") as client:
        yield client


def new_text():
    name = f"case-{os.urandom(5).hex()}"
    text = EXAMPLE.read_text("utf-8").replace("id: perry-age-27", f"id: {name}", 1)
    return name, text.encode()


def send(http, text, name, path="/v1/cases", **headers):
    return http.post(path, content=text, headers={**YAML, KEY: name, **headers})


def count(http, name):
    return len(http.get("/v1/cases", params={"name": name}).json()["items"])


def test_a_repeated_request_gets_the_answer_of_the_first(http):
    name, text = new_text()
    own = str(uuid4())
    first, second = send(http, text, own), send(http, text, own)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    for header in ("location", "etag", "content-type"):
        assert second.headers[header] == first.headers[header]
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert second.headers["x-request-id"] != first.headers["x-request-id"]
    assert count(http, name) == 1


def test_another_request_under_the_same_name_is_refused(http):
    _, text = new_text()
    other, own = new_text()[1], str(uuid4())
    assert send(http, text, own).status_code == 201
    for again in (send(http, other, own), send(http, text, own, "/v1/cases?note=other")):
        assert (again.status_code, again.json()["code"]) == (422, "request-name-used")


def test_names_of_requests_are_of_one_organisation(service, http):
    own = str(uuid4())
    name, text = new_text()
    assert send(http, text, own).status_code == 201
    with service.organisation().client() as other:
        answer = send(other, text, own)
        assert answer.status_code == 201
        assert "idempotent-replayed" not in answer.headers
        assert count(other, name) == 1


def test_what_was_refused_can_be_sent_again_when_it_was_mended(http):
    own = str(uuid4())
    name, text = new_text()
    assert send(http, b"impactmonitor: 1\n", own).status_code == 422
    assert send(http, text, own).status_code == 201
    assert count(http, name) == 1


def test_without_a_name_the_second_is_a_request_of_its_own(http):
    _, text = new_text()
    statuses = [http.post("/v1/cases", content=text, headers=YAML).status_code for _ in range(2)]
    assert statuses == [201, 409]


@pytest.mark.parametrize("name", ["", "x" * 256])
def test_a_name_that_is_none_is_refused(http, name):
    _, text = new_text()
    answer = send(http, text, name)
    assert (answer.status_code, answer.json()["code"]) == (422, "parameter-refused")


def test_forty_at_once_make_one_case(service, http):
    own = str(uuid4())
    name, text = new_text()
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda _: send(http, text, own), range(40)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert count(http, name) == 1
