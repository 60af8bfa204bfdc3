"""The service over real HTTP, on a port of this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from impactmonitor import evaluate, load_case
from impactmonitor.plain import MAX_BYTES
from impactmonitor.report.document import document
from impactmonitor.resources import folder
from impactmonitor_api import create_app

EXAMPLES = sorted(folder("examples").rglob("case.yaml"))


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(), port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
        yield http
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_same_numbers_as_the_library(client, path):
    answer = client.post("/v1/evaluations", content=path.read_bytes(),
                         headers={"content-type": "application/yaml"})  # fmt: skip
    assert answer.status_code == 200
    assert answer.json() == document(evaluate(load_case(path)))


def test_every_mistake_in_the_readers_language(client):
    case = EXAMPLES[0].read_text(encoding="utf-8").replace("horizon:", "horizn:")
    headers = {"content-type": "application/yaml", "accept-language": "nl"}
    answer = client.post("/v1/evaluations", content=case.encode(), headers=headers)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["code"], error["path"]) == ("unknown-key", "horizn")
    assert "horizon" in error["hint"]
    assert "veld" in error["message"].lower()


def test_other_kinds_and_large_bodies_are_refused(client):
    assert client.post("/v1/evaluations", content=b"x", headers={"content-type": "text/csv"}
                       ).status_code == 415  # fmt: skip
    large = b"x" * (MAX_BYTES + 1)
    assert client.post("/v1/evaluations", content=large).status_code == 413


def test_health(client):
    assert client.get("/healthz").json()["status"] == "ok"
