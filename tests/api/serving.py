"""A service that runs on a port of this machine, and clients with keys of each role."""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from impactmonitor.resources import folder
from impactmonitor_api import Settings, create_app
from impactmonitor_api.storage.keys import ROLES, Role, add_key
from impactmonitor_api.storage.organisations import add_organisation, locked

EXAMPLE = folder("examples") / "perry-age-27" / "case.yaml"
YAML = {"Content-Type": "application/yaml"}


_NO_TLS = ssl.create_default_context()  # made once: each client would read all certificates


def client_at(address: str, headers: dict[str, str]) -> httpx.Client:
    """A client of a service."""
    return httpx.Client(
        base_url=address, headers=headers, trust_env=False, timeout=60, verify=_NO_TLS
    )


@dataclass
class Organisation:
    """An organisation with a key for each role."""

    id: str
    keys: dict[Role, str]
    address: str

    def client(self, role: Role = "administrator", **headers: str) -> httpx.Client:
        """A client with the key of a role."""
        said = {"Authorization": f"Bearer {self.keys[role]}", **headers}
        return client_at(self.address, said)

    def new_case(self, client: httpx.Client, **changes: Any) -> dict[str, Any]:
        """A case that is kept, with an id of its own."""
        name = f"case-{os.urandom(5).hex()}"
        text = EXAMPLE.read_text(encoding="utf-8").replace("id: perry-age-27", f"id: {name}", 1)
        for old, new in changes.items():
            text = text.replace(old, new)
        answer = client.post("/v1/cases", content=text.encode(), headers=YAML)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found


@dataclass
class Service:
    """A service that runs."""

    app: FastAPI
    address: str

    @cached_property
    def own(self) -> Organisation:
        """The organisation that most tests belong to."""
        return self.organisation()

    def organisation(self) -> Organisation:
        """A new organisation with a key for each role."""
        database = self.app.state.database
        with database.writing() as session:
            made = add_organisation(session, f"Organisation {os.urandom(5).hex()}")
            held = locked(session, made.id)
            keys = {role: add_key(session, held, role, role, None)[1] for role in ROLES}
        return Organisation(made.id, keys, self.address)

    def client(self, role: Role = "administrator", **headers: str) -> httpx.Client:
        """A client of the usual organisation."""
        return self.own.client(role, **headers)

    def stranger(self) -> httpx.Client:
        """A client without a key."""
        return client_at(self.address, {})


@contextmanager
def serving(database_url: str, **settings: Any) -> Iterator[Service]:
    """Run a service for a while."""
    app = create_app(Settings(database_url, **{"requests_per_minute": 0, **settings}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield Service(app, f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join()
