"""Jobs as they are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from impactmonitor.problems import Problem
from impactmonitor_api.storage import audit, jobs, leases
from impactmonitor_api.storage.database import Database, new_id, now
from impactmonitor_api.storage.keys import add_key
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation, locked
from impactmonitor_api.storage.tables import AuditRecord, Job, Organisation

KINDS = ("simulation",)


@pytest.fixture(scope="module")
def database(database_url):
    found = Database(database_url)
    migrate(found)
    yield found
    found.close()


@pytest.fixture
def own(database):
    """An organisation and its key."""
    with database.writing() as session:
        made = add_organisation(session, new_id())
        key, _ = add_key(session, locked(session, made.id), "one", "editor", None)
        return made.id, key.id


def added(database, own, body=b"case", kind="simulation"):
    with database.writing() as session:
        organisation = locked(session, own[0])
        return jobs.add_job(session, organisation, own[1], kind, {"draws": 8}, body).id


def changed(database, own, job_id, change):
    with database.writing() as session:
        organisation = locked(session, own[0])
        job = jobs.find_job(session, own[0], job_id, is_changing=True)
        return change(session, organisation, job, own[1])


def found(database, own, job_id):
    with database.reading() as session:
        return jobs.find_job(session, own[0], job_id)


def test_a_new_job_waits_and_stands_in_the_chain(database, own):
    job_id = added(database, own)
    job = found(database, own, job_id)
    assert (job.status, job.attempts, job.progress, job.finished_at) == ("queued", 0, 0.0, None)
    with database.reading() as session:
        organisation = session.query(Organisation).filter_by(id=own[0]).one()
        last = session.query(AuditRecord).filter_by(hash=organisation.audit_head).one()
        assert (last.action, last.subject) == ("job.added", job_id)
        assert audit.broken_chain(session, organisation) is None


def test_a_job_of_another_organisation_is_not_there(database, own):
    job_id = added(database, own)
    with database.reading() as session:
        assert jobs.find_job(session, new_id(), job_id) is None
        assert jobs.jobs_of(session, new_id(), None, 10) == []


def test_jobs_are_listed_from_the_newest_on(database, own):
    ids = [added(database, own) for _ in range(3)]
    with database.reading() as session:
        first = jobs.jobs_of(session, own[0], None, 2)
        rest = jobs.jobs_of(session, own[0], first[-1].number, 2)
    assert [job.id for job in [*first, *rest]] == ids[::-1]


def test_a_list_does_not_read_what_the_jobs_work_with(database, own):
    added(database, own, b"x" * 1000)
    with database.reading() as session:
        job = jobs.jobs_of(session, own[0], None, 1)[0]
    assert "input" not in vars(job)
    assert "result" not in vars(job)


def test_a_job_that_waits_is_cancelled_and_queued_again(database, own):
    job_id = added(database, own)
    assert changed(database, own, job_id, jobs.cancel)
    assert changed(database, own, job_id, jobs.cancel), "again changes nothing"
    assert found(database, own, job_id).status == "cancelled"
    assert changed(database, own, job_id, jobs.retry)
    again = found(database, own, job_id)
    assert (again.status, again.finished_at) == ("queued", None)
    assert not changed(database, own, job_id, jobs.retry), "it waits already"


def test_what_is_done_can_neither_be_stopped_nor_repeated(database, own):
    job_id = added(database, own)
    claimed = None
    while claimed is None or claimed.id != job_id:  # those of other tests come first
        with database.writing() as session:
            claimed = leases.claim(session, KINDS, 60)
    with database.writing() as session:
        assert leases.finish(session, claimed, b"found", "text/plain")
    assert not changed(database, own, job_id, jobs.cancel)
    assert not changed(database, own, job_id, jobs.retry)
    with database.reading() as session:
        job = jobs.find_job(session, own[0], job_id)
        assert (job.status, job.result, job.result_type) == ("done", b"found", "text/plain")


def test_only_what_ended_long_ago_is_forgotten(database, own):
    old, new, waiting = (added(database, own) for _ in range(3))
    for job_id in (old, new):
        changed(database, own, job_id, jobs.cancel)
    with database.writing() as session:
        long_ago = now() - timedelta(hours=3)
        session.execute(update(Job).where(Job.id == old).values(finished_at=long_ago))
        session.execute(update(Job).where(Job.id == waiting).values(created_at=long_ago))
    with database.writing() as session:
        jobs.forget(session, 2)
    assert [found(database, own, one) is None for one in (old, new, waiting)] == [
        True,
        False,
        False,
    ]


def test_problems_are_kept_whole_and_get_their_words_when_they_are_read():
    given = [
        Problem("unknown-key", "a.b", {"key": "b", "nearest": "c"}, premises=("a",), line=3),
        Problem("no-lines", severity="warning", sheet="1", cell="A1"),
    ]
    kept = jobs.problems_of(Job(problems=jobs.plain_problems(given)))
    assert kept == given
    assert kept[0].message("nl") != kept[0].message("en")
