"""The service as a whole: what every answer has in common."""

import httpx
import pytest
from tests.api.serving import YAML, serving

from impactmonitor_api import create_app
from impactmonitor_api.http.refusals import MEDIA_TYPE
from impactmonitor_api.settings import Settings


@pytest.fixture
def client(service):
    with service.client() as http:
        yield http


def test_it_lives_is_ready_and_counts(service):
    with service.stranger() as http:
        assert http.get("/healthz").json()["status"] == "ok"
        assert http.get("/readyz").status_code == 200
        figures = http.get("/metrics").text
    assert 'impactmonitor_requests_total{method="GET",route="/readyz",status="200"}' in figures


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/", 404, "route-not-found"),
        ("GET", "/v1/cases/", 404, "route-not-found"),
        ("GET", "/v1/cases/none", 404, "thing-not-found"),
        ("PUT", "/v1/cases", 405, "method-not-there"),
        ("GET", "/v1/cases?limit=0", 422, "parameter-refused"),
        ("GET", "/v1/cases?cursor=nowhere", 422, "cursor-unknown"),
        ("POST", "/v1/evaluations", 415, "body-kind"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_refusal_is_a_problem_in_the_readers_language(
    client, method, path, status, code, language
):
    answer = client.request(method, path, headers={"Accept-Language": language})
    said = answer.json()
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["content-language"] == language
    assert (answer.status_code, said["status"], said["code"]) == (status, status, code)
    assert said["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
    assert [error["code"] for error in said["errors"]] == [code]
    assert all("{" not in said[part] for part in ("title", "detail"))


def test_what_can_be_done_at_an_address_is_said(client):
    assert client.put("/v1/cases").headers["allow"] == "GET, POST"


def test_a_client_may_name_its_request(client):
    name = "8e03978e-40d5-43dd-bc93-6894a57f9324"
    assert client.get("/healthz", headers={"X-Request-Id": name}).headers["x-request-id"] == name
    odd = client.get("/healthz", headers={"X-Request-Id": "<script>"}).headers["x-request-id"]
    assert len(odd) == 36


@pytest.mark.parametrize("path", ["/healthz", "/v1/cases", "/nowhere"])
def test_every_answer_has_safe_headers(client, path):
    headers = client.get(path).headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "api-version" in headers


def test_a_body_that_is_too_large_is_refused_as_declared_and_as_it_comes(tmp_path):
    with serving(f"sqlite:///{tmp_path / 'a.db'}", max_bytes=1000) as service:
        with service.client(**YAML) as http:
            declared = http.post("/v1/evaluations", content=b"x" * 1001)
            chunked = http.post("/v1/evaluations", content=iter([b"x" * 600, b"x" * 600]))
        for answer in (declared, chunked):
            assert (answer.status_code, answer.json()["code"]) == (413, "file-too-large")


def test_a_key_that_asks_too_often_has_to_wait(tmp_path):
    with (
        serving(f"sqlite:///{tmp_path / 'a.db'}", requests_per_minute=3) as service,
        service.client() as http,
        service.client("viewer") as other,
    ):
        statuses = [http.get("/v1/cases").status_code for _ in range(4)]
        refused = http.get("/v1/cases")
        assert other.get("/v1/cases").status_code == 200
    assert statuses == [200, 200, 200, 429]
    assert 1 <= int(refused.headers["retry-after"]) <= 60


def test_a_failure_says_nothing_of_its_cause(tmp_path):
    app = create_app(Settings(f"sqlite:///{tmp_path / 'a.db'}"))

    @app.get("/fails")
    async def fails():
        raise RuntimeError("a secret of the machine")

    with httpx.Client(transport=_InProcess(app), base_url="http://service") as http:
        answer = http.get("/fails")
    assert (answer.status_code, answer.json()["code"]) == (500, "service-failed")
    assert "secret" not in answer.text


class _InProcess(httpx.BaseTransport):
    """Answers from the application itself: a server would log the failure as an error."""

    def __init__(self, app):
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    def handle_request(self, request):
        import anyio

        async def answer():
            found = await self._transport.handle_async_request(request)
            return httpx.Response(
                found.status_code, headers=found.headers, content=await found.aread()
            )

        return anyio.run(answer)
