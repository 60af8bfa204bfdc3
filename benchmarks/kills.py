"""Kill the service again and again while writers write, and see what is left.

``python -m benchmarks.kills --database sqlite --kills 100`` kills the service, a worker beside it
or both of them 100 times at moments of chance, each time with SIGKILL, while six writers create
and change cases and ask for jobs. Whatever got no answer they send again under the same
Idempotency-Key. It fails if anything that was acknowledged is missing, is there twice or differs.
PostgreSQL itself is not killed; ``--server`` is its address, IMPACTMONITOR_TEST_POSTGRESQL by
default.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import httpx
from sqlalchemy import create_engine, make_url, text

from benchmarks.killing.checking import check_database, check_jobs
from benchmarks.killing.processes import Process, free_port, until_ready
from benchmarks.killing.writers import SHARED, Journal, Writer, tree_of
from benchmarks.measuring import machine, markdown
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.keys import add_key
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation, locked

WRITERS = 6
SHORTEST_LIFE, LONGEST_LIFE = 0.1, 2.0
"""Seconds between being ready and being killed."""

EARLY = 0.1
"""The share of kills that does not wait until the service is ready."""

VICTIMS = (("service",), ("service",), ("service",), ("worker",), ("service", "worker"))


@dataclass(frozen=True)
class Outcome:
    """What was done, and what happened to it.

    Attributes
    ----------
    counts : Counter
        By name, as in the table.
    seconds : float
        That all of it took.
    """

    counts: Counter[str]
    seconds: float


def kill_again_and_again(
    url: str, kills: int, seed: int, folder: Path, longest_life: float = LONGEST_LIFE
) -> Outcome:
    """Kill the service so many times, and check everything afterwards.

    Parameters
    ----------
    url : str
        Of an empty database.
    kills : int
        How many times.
    seed : int
        Of the moments; what writers and processes do at those is their own chance.
    folder : Path
        For the logs of the processes.
    longest_life : float
        Seconds between being ready and being killed, at most.
    """
    started = time.monotonic()
    journal, chance = Journal(), random.Random(seed)  # noqa: S311  nobody has to be surprised
    with closing(Database(url)) as database:
        migrate(database)
        organisation_id, key = _begun(database)
        with _running(url, folder) as (address, processes), _client(address, key) as client:
            _share(client, journal)
            with _writing(address, key, journal, seed):
                counts = _kill(processes, address, kills, chance, longest_life)
            counts += check_jobs(client, journal.jobs)
        check_database(database, organisation_id, journal)
    return Outcome(counts + _said(journal), time.monotonic() - started)


@contextmanager
def _running(url: str, folder: Path) -> Iterator[tuple[str, dict[str, Process]]]:
    """The service and a worker, which stop in an orderly way at the end."""
    port = free_port()
    processes = {
        "service": Process(folder / "service.log", "serve", url, str(port)),
        "worker": Process(folder / "worker.log", "work", url),
    }
    address = f"http://127.0.0.1:{port}"
    try:
        until_ready(address, processes["service"])
        yield address, processes
    finally:
        codes = [process.stop() for process in processes.values()]
    # a worker that was started a moment ago knows no orderly end yet
    assert codes[0] == 0, codes
    assert codes[1] in {0, -signal.SIGTERM}, codes


def _begun(database: Database) -> tuple[str, str]:
    with database.writing() as session:
        made = add_organisation(session, "Killed and killed again")
        _, key = add_key(session, locked(session, made.id), "writers", "editor", None)
        return made.id, key


def _client(address: str, key: str) -> httpx.Client:
    said = {"Authorization": f"Bearer {key}"}
    return httpx.Client(base_url=address, headers=said, trust_env=False, timeout=60)


def _share(client: httpx.Client, journal: Journal) -> None:
    for number in range(SHARED):
        mark = f"shared {number}"
        answer = client.post("/v1/cases", json=tree_of(f"shared-{number}", mark)).json()
        journal.note_version(answer, mark)
        journal.shared.append(answer["id"])


@contextmanager
def _writing(address: str, key: str, journal: Journal, seed: int) -> Iterator[None]:
    stopping = Event()
    places = range(WRITERS)
    writers = [Writer(address, key, journal, stopping, seed * WRITERS + n) for n in places]
    for writer in writers:
        writer.start()
    try:
        yield
    finally:
        stopping.set()
        for writer in writers:
            writer.join()
    for writer in writers:
        if writer.error is not None:
            raise writer.error


def _kill(
    processes: dict[str, Process],
    address: str,
    kills: int,
    chance: random.Random,
    longest_life: float,
) -> Counter[str]:
    """Kill some of the processes so many times; how often which, when all of them live again."""
    counts = Counter[str]()
    for _ in range(kills):
        if chance.random() >= EARLY:
            until_ready(address, processes["service"])
        time.sleep(chance.uniform(SHORTEST_LIFE, longest_life))
        victims = chance.choice(VICTIMS)
        for name in victims:
            processes[name].kill()
        counts[f"killed: {' and '.join(victims)}"] += 1
    until_ready(address, processes["service"])
    return counts


def _said(journal: Journal) -> Counter[str]:
    created = sum(version == 1 for _, version in journal.versions)
    counts = {"created": created, "changed": len(journal.versions) - created,
              "jobs": len(journal.jobs)}  # fmt: skip
    return Counter(counts) + journal.counts


ROWS = {
    "killed: service": "times that the service was killed",
    "killed: worker": "times that the worker beside it was killed",
    "killed: service and worker": "times that both were killed",
    "created": "cases that were created and acknowledged",
    "changed": "changes that were acknowledged",
    "too late": "changes that were refused, because another writer was first",
    "jobs": "jobs that were acknowledged, all done with the right result",
    "several attempts": "jobs that were taken over from a worker that died",
    "asked again": "jobs that died with three workers and were asked again",
    "sent again": "times that a request got no answer and was sent again",
    "replayed": "requests that turned out to have been done: answered, not done again",
}
NOTHING = ("lost, doubled or different; breaks in the chain; faults in the database", "0")


def table(database: str, outcome: Outcome) -> str:
    """What happened, as Markdown."""
    rows = [(words, f"{outcome.counts[name]:,}") for name, words in ROWS.items()]
    minutes = ("minutes", f"{outcome.seconds / 60:.1f}")
    return markdown((database, "number"), [*rows, NOTHING, minutes])


@contextmanager
def new_database(kind: str, server: str, folder: Path) -> Iterator[str]:
    """The address of an empty database, which is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'service.db'}"
        return
    name = f"kills_{os.urandom(6).hex()}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--server", default=os.environ.get("IMPACTMONITOR_TEST_POSTGRESQL"))
    chosen = parser.parse_args()
    if chosen.database == "postgresql" and not chosen.server:
        parser.error("--server is needed: the address of a PostgreSQL that runs")
    print(f"{machine()}\n", flush=True)
    with (
        TemporaryDirectory() as place,
        new_database(chosen.database, chosen.server or "", Path(place)) as url,
    ):
        outcome = kill_again_and_again(url, chosen.kills, chosen.seed, Path(place))
    sys.stdout.write(table(chosen.database, outcome) + "\n")


if __name__ == "__main__":
    main()
