"""Writers that note what was acknowledged, and send again what was not answered."""

from __future__ import annotations

import copy
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any
from uuid import uuid4

import httpx

from impactmonitor.plain import read_yaml
from impactmonitor.resources import folder

CASE = (folder("examples") / "perry-age-27" / "case.yaml").read_bytes()
SEEDS, DRAWS = 12, 64
SHARED = 3
"""Cases that all writers change, so that they get in each other's way."""

LONGEST_PAUSE = 0.1
OWN = {"Content-Type": "application/json"}


def tree_of(name: str, mark: str) -> dict[str, Any]:
    """A case that is known by its name, and its version by its mark."""
    found: dict[str, Any] = copy.deepcopy(_TREE)
    return {**found, "id": name, "title": mark}


_TREE: dict[str, Any] = read_yaml(CASE).tree


@dataclass
class Journal:
    """What the service acknowledged.

    Attributes
    ----------
    versions : dict
        By id of the case and version: what the answer said that it says.
    marks : dict
        By the same: the mark that was sent.
    jobs : dict
        By id of the job: its seed.
    counts : Counter
        Of requests that were sent again, and of answers that had been given before.
    """

    versions: dict[tuple[str, int], Any] = field(default_factory=dict)
    marks: dict[tuple[str, int], str] = field(default_factory=dict)
    jobs: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    shared: list[str] = field(default_factory=list)
    alone: Lock = field(default_factory=Lock)

    def note_version(self, answer: dict[str, Any], mark: str) -> None:
        """Note a version of a case that was acknowledged."""
        key = answer["id"], answer["version"]
        with self.alone:
            assert key not in self.versions, f"acknowledged twice: {key}"
            self.versions[key], self.marks[key] = answer["document"], mark

    def note_job(self, job_id: str, seed: int) -> None:
        """Note a job that was acknowledged."""
        with self.alone:
            assert job_id not in self.jobs, f"acknowledged twice: {job_id}"
            self.jobs[job_id] = seed

    def count(self, name: str) -> None:
        """Count something that happened."""
        with self.alone:
            self.counts[name] += 1


class Writer(Thread):
    """Creates and changes cases and asks for jobs until it is told to stop.

    Whatever it began it ends: a request that got no answer is sent again under the same name,
    however often it takes.
    """

    def __init__(
        self, address: str, key: str, journal: Journal, stopping: Event, seed: int
    ) -> None:
        super().__init__(name=f"writer-{seed}", daemon=True)
        said = {"Authorization": f"Bearer {key}"}
        self._client = httpx.Client(base_url=address, headers=said, trust_env=False, timeout=30)
        self._journal, self._stopping = journal, stopping
        self._chance = random.Random(seed)  # noqa: S311  nobody has to be surprised
        self._own: list[tuple[str, str, int]] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        """Write."""
        try:
            with self._client:
                while not self._stopping.is_set():
                    self._act()
                    time.sleep(self._chance.uniform(0, LONGEST_PAUSE))
        except BaseException as error:  # noqa: BLE001  whoever waits for the thread raises it
            self.error = error

    def _act(self) -> None:
        what = self._chance.random()
        if what < 0.4 or not self._own:
            self._create()
        elif what < 0.7:
            self._change()
        elif what < 0.85:
            self._change_shared()
        else:
            self._ask()

    def _create(self) -> None:
        name, mark = f"case-{uuid4()}", str(uuid4())
        answer = self._send("POST", "/v1/cases", _body(name, mark))
        _expect(answer, 201)
        self._journal.note_version(answer.json(), mark)
        self._own.append((answer.json()["id"], name, 1))

    def _change(self) -> None:
        place = self._chance.randrange(len(self._own))
        case_id, name, version = self._own[place]
        mark = str(uuid4())
        headers = {"If-Match": f'"{version}"'}
        answer = self._send("PUT", f"/v1/cases/{case_id}", _body(name, mark), headers)
        _expect(answer, 200)
        self._journal.note_version(answer.json(), mark)
        self._own[place] = case_id, name, version + 1

    def _change_shared(self) -> None:
        """Change what others change as well: whoever was too late, knows it."""
        case_id = self._chance.choice(self._journal.shared)
        seen = self._read(case_id)
        mark = str(uuid4())
        headers = {"If-Match": f'"{seen["version"]}"'}
        body = _body(seen["name"], mark)
        answer = self._send("PUT", f"/v1/cases/{case_id}", body, headers)
        if answer.status_code == 412:
            self._journal.count("too late")
            return
        _expect(answer, 200)
        assert answer.json()["version"] == seen["version"] + 1
        self._journal.note_version(answer.json(), mark)

    def _ask(self) -> None:
        seed = self._chance.randrange(SEEDS)
        headers = {"Content-Type": "application/yaml", "Prefer": "respond-async"}
        place = f"/v1/simulations?draws={DRAWS}&seed={seed}"
        answer = self._send("POST", place, CASE, headers)
        _expect(answer, 202)
        self._journal.note_job(answer.json()["id"], seed)

    def _read(self, case_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self._send("GET", f"/v1/cases/{case_id}", b"").json()
        return found

    def _send(
        self, method: str, place: str, body: bytes, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        named = {**OWN, **(headers or {}), "Idempotency-Key": str(uuid4())}
        while True:
            try:
                answer = self._client.request(method, place, content=body, headers=named)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code < 500:
                if "idempotent-replayed" in answer.headers:
                    self._journal.count("replayed")
                return answer
            self._journal.count("sent again")
            time.sleep(self._chance.uniform(0.02, 0.1))


def _body(name: str, mark: str) -> bytes:
    return json.dumps(tree_of(name, mark)).encode()


def _expect(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status, (answer.status_code, answer.text[:500])
