"""A queue of real work, and workers that are processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from impactmonitor.catalogue import load_catalogue
from impactmonitor.resources import folder
from impactmonitor_api.storage import jobs
from impactmonitor_api.storage.database import Database, new_id
from impactmonitor_api.storage.keys import add_key
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation, locked
from impactmonitor_api.storage.tables import Job
from impactmonitor_api.work.simulations import Drawing, simulated

SMALL = (folder("examples") / "perry-age-27" / "case.yaml").read_bytes()
LARGE = (folder("examples") / "neighbourhood-prevention" / "case.yaml").read_bytes()

PROGRAM = """
import sys, threading
from impactmonitor_api.http.logs import log_to_stderr
from impactmonitor_api.settings import Settings
from impactmonitor_api.storage.database import Database
from impactmonitor_api.working import working
log_to_stderr()
url, lease = sys.argv[1], float(sys.argv[2])
with working(Database(url), Settings(url, lease_seconds=lease)):
    print("ready", flush=True)
    sys.stdin.read()
"""


@dataclass
class Queue:
    """The jobs of one organisation."""

    database: Database
    organisation_id: str
    key_id: str

    def add(self, kind, body, options):
        options = {"ending": ".yaml", "language": "en", "additions_version": 0, **options}
        with self.database.writing() as session:
            organisation = locked(session, self.organisation_id)
            return jobs.add_job(session, organisation, self.key_id, kind, options, body).id

    def simulation(self, body=SMALL, draws=64, seed=1):
        options = {"drawing": asdict(drawing(draws, seed)), "media_type": "application/json"}
        return self.add("simulation", body, options)

    def conversion(self, body=SMALL, target=".json"):
        return self.add("conversion", body, {"target": target, "media_type": "application/json"})

    def cancel(self, job_id):
        with self.database.writing() as session:
            organisation = locked(session, self.organisation_id)
            job = jobs.find_job(session, self.organisation_id, job_id, is_changing=True)
            return jobs.cancel(session, organisation, job, self.key_id)

    def job(self, job_id) -> Job:
        with self.database.reading() as session:
            found = jobs.find_job(session, self.organisation_id, job_id, has_result=True)
        assert (found.result is not None) is (found.status == "done")
        return found

    def until(self, job_id, is_met, seconds=30.0) -> Job:
        end = time.monotonic() + seconds
        while not is_met(job := self.job(job_id)):
            assert time.monotonic() < end, (job.status, job.progress, job.problems)
            time.sleep(0.02)
        return job

    def ended(self, job_id) -> Job:
        return self.until(job_id, lambda job: job.status in jobs.OVER)


def queue_in(database_url: str) -> Queue:
    """A queue in a database, which gets its tables."""
    database = Database(database_url)
    migrate(database)
    with database.writing() as session:
        made = add_organisation(session, new_id())
        key, _ = add_key(session, locked(session, made.id), "one", "editor", None)
    return Queue(database, made.id, key.id)


def drawing(draws=64, seed=1):
    return Drawing(draws, seed, "sobol", None, has_value_ranges=False)


def expected(body=SMALL, draws=64, seed=1) -> bytes:
    """What the result of a simulation has to be, byte for byte."""
    found = simulated(body, ".yaml", load_catalogue(), drawing(draws, seed), "en")
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


@contextmanager
def process(database_url: str, log: Path, lease_seconds=30.0) -> Iterator[subprocess.Popen]:
    """A worker in a process of its own, which is stopped in an orderly way if it still lives."""
    command = [sys.executable, "-c", PROGRAM, database_url, str(lease_seconds)]
    with (
        log.open("w", encoding="utf-8") as stream,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stream, text=True
        ) as worker,
    ):
        try:
            yield worker
        finally:
            if worker.poll() is None:
                worker.stdin.close()
                worker.wait(30)
            worker.kill()
