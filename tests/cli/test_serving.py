"""The service as somebody starts and stops it."""

from __future__ import annotations

import json
import re
import signal
import socket
import struct
import subprocess
import sys

import httpx
import pytest
from sqlalchemy import text
from tests.cli.started import started
from tests.cli.test_commands import call

from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.migrating import migrate


def get(service, path, key=None):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.get(service.address + path, headers=headers, trust_env=False, timeout=60)


def test_the_first_start_makes_everything_and_shows_one_key_once(tmp_path):
    with started(tmp_path) as service:
        key = service.key
        assert service.said.count(key) == 1
        own = get(service, "/v1/organisation", key).json()
        assert (own["name"], own["role"]) == ("My organisation", "administrator")
        assert service.stop() == 0
    (data,) = (tmp_path / "data").rglob("impactmonitor.db")
    assert str(data) in service.said
    with started(tmp_path, language="nl") as again:
        assert again.key is None
        assert again.said.startswith("Wat hij bewaart, staat in")
        assert get(again, "/v1/organisation", key).json()["id"] == own["id"]
        assert again.stop(signal.SIGINT) == 0
    for log in (service.log, again.log):
        assert key not in log.read_text()
        assert "im_" not in log.read_text()


def test_the_log_is_one_object_a_line_and_nothing_else(tmp_path):
    with started(tmp_path) as service:
        get(service, "/healthz")
        service.stop()
        assert service.process.stdout.read() == ""
    said = [json.loads(line) for line in service.log.read_text().splitlines()]
    routes = [line["route"] for line in said if line["event"] == "answered"]
    assert routes == ["/healthz"]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """One that none of these tests may end."""
    with started(tmp_path_factory.mktemp("service")) as running:
        yield running
        assert running.process.poll() is None
        assert get(running, "/healthz").status_code == 200


def place_of(service):
    host, port = re.search(r"//(.*):(\d+)", service.address).groups()
    return host, int(port)


def test_nothing_is_said_of_the_server(service):
    assert "server" not in get(service, "/healthz").headers


def test_a_client_that_goes_away_ends_nothing(service):
    """The command line lets SIGPIPE end a program, which is right for `| head` only."""
    for _ in range(20):
        with socket.create_connection(place_of(service)) as client:
            client.sendall(b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
            # closed with a reset, while answers are on their way
            linger = struct.pack("ii", 1, 0)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    assert get(service, "/healthz").status_code == 200


def test_headers_without_end_are_refused(service):
    with socket.create_connection(place_of(service), timeout=10) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\nX: " + b"x" * 100_000)
        assert client.recv(100).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    ("host", "language", "words", "warns"),
    [
        ("127.0.0.1", "en", "Note:", False),
        ("0.0.0.0", "en", "Note:", True),  # noqa: S104
        ("0.0.0.0", "nl", "Let op:", True),  # noqa: S104
    ],
)
def test_who_can_be_reached_by_others_is_told_about_tls(tmp_path, host, language, words, warns):
    with started(tmp_path, "--host", host, language=language) as service:
        assert (words in service.said and "TLS" in service.said) == warns


def test_limits_and_workers_are_as_asked(tmp_path):
    with started(tmp_path, "--requests-per-minute", "2", "--workers-off") as service:
        key = service.key
        statuses = [get(service, "/v1/cases", key).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


# --- What cannot be started ---------------------------------------------------------------------


def test_a_port_that_is_taken_is_said(tmp_path):
    url = f"sqlite:///{tmp_path}/a.db"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        found = call("serve", "--port", port, "--database-url", url, code=2)
    assert port in found.stderr
    assert found.stdout == ""
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "x" * 300])
def test_a_place_that_is_not_here_is_said(tmp_path, host):
    url = f"sqlite:///{tmp_path}/a.db"
    found = call("serve", "--host", host, "--port", "0", "--database-url", url, code=2)
    assert host in "".join(found.stderr.split("\n"))


def test_a_database_of_a_later_version_is_said(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/a.db")
    migrate(database)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    found = call("serve", "--port", "0", "--database-url", database.url, code=2)
    assert "9999" in found.stderr
    assert "later version" in found.stderr


def test_an_installation_without_the_service_says_how_to_get_it():
    program = ("import sys; sys.modules['sqlalchemy'] = None; "
               "from impactmonitor.cli import main; main()")  # fmt: skip
    words = [sys.executable, "-c", program, "serve", "--lang", "en"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert 'pip install "impactmonitor[api]"' in " ".join(done.stderr.split())
