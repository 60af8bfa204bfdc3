"""Afterwards: nothing that was acknowledged is missing, nothing is there twice, all of it fits."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import httpx
from sqlalchemy import select, text

from benchmarks.killing.writers import CASE, DRAWS, Journal
from impactmonitor.catalogue import load_catalogue
from impactmonitor_api.storage import audit
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.tables import CaseVersion, Job, Organisation, StoredCase
from impactmonitor_api.work.simulations import Drawing, simulated

PATIENCE = 300.0


def check_jobs(client: httpx.Client, jobs: Mapping[str, int]) -> Counter[str]:
    """Wait for every job and compare its result with that of the engine itself.

    A job that died with each of its workers is asked again, as its owner would.

    Returns
    -------
    Counter
        Of jobs that took several attempts, and of jobs that were asked again.
    """
    counts: Counter[str] = Counter()
    known = {seed: _expected(seed) for seed in set(jobs.values())}
    end = time.monotonic() + PATIENCE
    for job_id, seed in jobs.items():
        while (job := client.get(f"/v1/jobs/{job_id}").json())["status"] != "done":
            assert time.monotonic() < end, job
            if job["status"] == "failed":
                assert [one["code"] for one in job["errors"]] == ["job-gave-up"], job
                assert client.post(f"/v1/jobs/{job_id}/retries").status_code == 202
                counts["asked again"] += 1
            time.sleep(0.05)
        counts["several attempts"] += job["attempts"] > 1
        assert client.get(job["result"]).content == known[seed], f"another result: {job_id}"
    return counts


def _expected(seed: int) -> bytes:
    drawing = Drawing(DRAWS, seed, "sobol", None, has_value_ranges=False)
    found = simulated(CASE, ".yaml", load_catalogue(), drawing, "en")
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def check_database(database: Database, organisation_id: str, journal: Journal) -> None:
    """Compare what is kept with what was acknowledged: no more and no less of it."""
    with database.reading() as session:
        organisation = session.query(Organisation).filter_by(id=organisation_id).one()
        cases = session.scalars(select(StoredCase)).all()
        last = {case.id: case.version for case in cases}
        versions = _versions(session.scalars(select(CaseVersion)))
        jobs = list(session.scalars(select(Job.id)))
        records = list(audit.exported(session, organisation_id))
        broken = audit.broken_chain(session, organisation)
    _check_versions(versions, last, journal)
    assert sorted(jobs) == sorted(journal.jobs)
    assert broken is None, broken
    _check_records(records, versions, journal)
    if database.is_sqlite:
        with database.reading() as session:
            assert session.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []


_Versions = dict[tuple[str, int], Any]


def _versions(rows: Iterable[CaseVersion]) -> _Versions:
    found: _Versions = {}
    for row in rows:
        assert (row.case_id, row.version) not in found
        found[row.case_id, row.version] = json.loads(row.document)
    return found


def _check_versions(versions: _Versions, last: Mapping[str, int], journal: Journal) -> None:
    assert set(versions) == set(journal.versions)
    for key, document in versions.items():
        assert document == journal.versions[key]
        assert document["title"] == journal.marks[key]
    marks = list(journal.marks.values())
    assert len(set(marks)) == len(marks), "a change was done twice"
    for case_id, version in last.items():
        assert all((case_id, n) in versions for n in range(1, version + 1))
    assert len(versions) == sum(last.values())


def _check_records(records: list[dict[str, Any]], versions: _Versions, journal: Journal) -> None:
    """Everything that was done stands in the chain, once."""
    done = Counter(one["action"] for one in records)
    created = sum(version == 1 for _, version in versions)
    assert done["case.created"] == created
    assert done["case.changed"] == len(versions) - created
    assert done["job.added"] == len(journal.jobs)
    named = Counter(one["subject"] for one in records if one["action"] == "job.added")
    assert set(named.values()) <= {1}
