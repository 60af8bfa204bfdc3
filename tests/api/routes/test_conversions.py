"""Conversions over HTTP: the same case in every form."""

from __future__ import annotations

import json
import time

import pytest
from tests.api.serving import EXAMPLE, YAML

from impactmonitor.intake.reading import load_case, read_case
from impactmonitor_api.http.bodies import JSON, XLSX
from impactmonitor_api.http.bodies import YAML as YAML_KIND
from impactmonitor_api.routes.conversions import AT_ONCE

BODY = EXAMPLE.read_bytes()
CASE = load_case(EXAMPLE)


@pytest.fixture
def client(service):
    with service.client("viewer") as http:
        yield http


@pytest.fixture(scope="module")
def workbook(service):
    """The case as a workbook, in Dutch."""
    headers = {**YAML, "Accept": XLSX, "Accept-Language": "nl"}
    with service.client("viewer") as http:
        answer = http.post("/v1/conversions", content=BODY, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    assert answer.headers["content-language"] == "nl"
    return answer.content


def test_a_text_becomes_another_text_and_comes_back(client):
    asked = {**YAML, "Accept": JSON}
    text = client.post("/v1/conversions", content=BODY, headers=asked)
    assert text.headers["content-type"] == JSON
    assert text.headers["vary"] == "Accept, Accept-Language"
    assert read_case(text.content, ".json").case == CASE
    back = client.post("/v1/conversions", content=text.content,
                       headers={"Content-Type": JSON, "Accept": YAML_KIND})  # fmt: skip
    assert back.headers["content-type"] == YAML_KIND
    assert read_case(back.content, ".yaml").case == CASE


def test_a_workbook_comes_back_as_the_same_case(client, workbook):
    answer = client.post("/v1/conversions", content=workbook,
                         headers={"Content-Type": XLSX, "Accept": JSON})  # fmt: skip
    assert read_case(answer.content, ".json").case == CASE


def test_without_a_wish_it_is_json(client):
    client.headers.pop("accept")
    answer = client.post("/v1/conversions", content=BODY, headers=YAML)
    assert answer.headers["content-type"] == JSON


def test_a_form_that_there_is_not_is_refused(client):
    headers = {**YAML, "Accept": "text/html"}
    answer = client.post("/v1/conversions", content=BODY, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (406, "answer-kind")
    assert XLSX in answer.json()["detail"]


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [("text/html", BODY, 415), (XLSX, b"no workbook", 422), (JSON, b"{", 422), (JSON, b"", 422)],
)
def test_what_is_no_case_is_refused(client, kind, body, status):
    answer = client.post("/v1/conversions", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert answer.json()["errors"]


def test_a_large_body_becomes_a_job_with_the_form_that_was_asked(client):
    large = BODY + b"\n" + b"# a remark\n" * (AT_ONCE // 11 + 1)
    answer = client.post("/v1/conversions", content=large, headers={**YAML, "Accept": JSON})
    assert answer.status_code == 202
    result = result_of(client, answer)
    assert result.headers["content-type"] == JSON
    assert read_case(result.content, ".json").case == CASE


def test_somebody_may_come_back_for_it(client):
    headers = {**YAML, "Accept": YAML_KIND, "Prefer": "respond-async"}
    answer = client.post("/v1/conversions", content=BODY, headers=headers)
    assert (answer.status_code, answer.headers["preference-applied"]) == (202, "respond-async")
    result = result_of(client, answer)
    assert result.headers["content-type"] == YAML_KIND
    assert read_case(result.content, ".yaml").case == CASE


def test_what_is_wrong_is_kept_with_the_job_in_both_languages(client):
    headers = {**YAML, "Prefer": "respond-async"}
    broken = json.dumps({"impactmonitor": 1, "id": "x", "titel": "Y"}).encode()
    answer = client.post("/v1/conversions", content=broken, headers=headers)
    said = {}
    for language in ("nl", "en"):
        found = ended(client, answer, {"Accept-Language": language})
        assert found.headers["content-language"] == language
        said[language] = found.json()
    assert said["en"]["status"] == "failed"
    assert said["en"]["result"] is None
    unknown = next(one for one in said["en"]["errors"] if one["code"] == "unknown-key")
    assert (unknown["pointer"], unknown["line"]) == ("/titel", 1)
    assert said["nl"]["errors"] != said["en"]["errors"]


def ended(client, answer, headers=None):
    """The job that an answer names, once it is over."""
    place = answer.headers["location"]
    while (found := client.get(place, headers=headers)).headers.get("retry-after"):
        time.sleep(0.02)
    return found


def result_of(client, answer):
    return client.get(ended(client, answer).json()["result"])
