"""Hostile bodies: each is refused in words, and the service goes on."""

import json

import pytest
from tests.api.serving import EXAMPLE

JSON, YAML = "application/json", "application/yaml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DEEP = 50_000
SMALL = b'{"impactmonitor": 1, "id": "a", "discount": {"rate": %s}}'


@pytest.fixture(scope="module")
def http(service):
    with service.client() as client:
        yield client


def codes(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["code"] for error in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "file-empty"),
        (b"[]", "not-a-mapping"),
        (b"null", "file-empty"),
        (b'"text"', "not-a-mapping"),
        (SMALL % b"NaN", "not-finite"),
        (SMALL % b"-Infinity", "not-finite"),
        (SMALL % b"1e999", "not-finite"),
        (SMALL % (b"9" * 5000), None),
        (b"[" * DEEP, None),
        (b'{"a":' * DEEP, None),
        (b"[" * DEEP + b"]" * DEEP, None),
        (b'{"id": "a", "id": "b"}', "duplicate-key"),
        (b'{"id": "\\ud800"}', None),
        (b'{"id": "\\u0000"}', None),
        (b'{"id": "\x00"}', None),
        (b"\xff\xfe{}", None),
        (b'{"id": ', None),
        (b"\xef\xbb\xbf{", None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
@pytest.mark.parametrize("path", ["/v1/evaluations", "/v1/cases", "/v1/keys"])
def test_a_body_that_is_no_document_is_refused(http, path, body, code):
    answer = http.post(path, content=body, headers={"Content-Type": JSON})
    assert answer.status_code == 422
    found = codes(answer)
    if code is not None and path != "/v1/keys":
        assert code in found
    assert http.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"a: &x [1]\nb: *x", b"a: !!python/object:os.system x", b"- " * DEEP, b"{" * DEEP,
     b"a: 1\n---\nb: 2", b"? [a]\n: b", b"\x00", b"a: .nan"],
    ids=range(8),
)  # fmt: skip
def test_yaml_that_surprises_is_refused(http, body):
    answer = http.post("/v1/evaluations", content=body, headers={"Content-Type": YAML})
    assert answer.status_code == 422
    assert codes(answer)


@pytest.mark.parametrize("body", [b"", b"no workbook", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_workbook_is_refused(http, body):
    answer = http.post("/v1/evaluations", content=body, headers={"Content-Type": XLSX})
    assert answer.status_code == 422
    assert codes(answer)


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "multipart/form-data", "application/xml", "json", "x" * 500]
)
def test_a_body_of_another_kind_is_refused(http, kind):
    headers = {} if kind is None else {"Content-Type": kind}
    answer = http.post("/v1/evaluations", content=EXAMPLE.read_bytes(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "body-kind")
    assert answer.headers["accept-post"] == f"{JSON}, {YAML}, {XLSX}"


@pytest.mark.parametrize("kind", [YAML, "Application/YAML", f"{YAML}; charset=utf-8"])
def test_how_a_kind_is_written_does_not_matter(http, kind):
    answer = http.post(
        "/v1/evaluations", content=EXAMPLE.read_bytes(), headers={"Content-Type": kind}
    )
    assert answer.status_code == 200


def test_every_mistake_of_a_json_body_is_named_at_once(http):
    body = json.dumps({"name": "", "role": "king", "expires_at": "soon", "more": 1}).encode()
    answer = http.post("/v1/keys", content=body, headers={"Content-Type": JSON})
    assert answer.status_code == 422
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert pointers == {"/name", "/role", "/expires_at", "/more"}
