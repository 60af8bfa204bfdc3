"""Leases: of whoever believes to have a job, only one can end it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from impactmonitor.problems import Problem
from impactmonitor_api.storage import jobs, leases
from impactmonitor_api.storage.database import Database, new_id
from impactmonitor_api.storage.keys import add_key
from impactmonitor_api.storage.leases import MOST_ATTEMPTS
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation, locked
from impactmonitor_api.storage.tables import Job

KINDS = ("simulation",)
LONG, GONE = 60.0, -1.0


@dataclass
class Queue:
    """The jobs of one organisation."""

    database: Database
    organisation_id: str
    key_id: str

    def add(self, kind="simulation"):
        with self.database.writing() as session:
            organisation = locked(session, self.organisation_id)
            return jobs.add_job(session, organisation, self.key_id, kind, {}, b"case").id

    def claim(self, seconds=LONG):
        with self.database.writing() as session:
            return leases.claim(session, KINDS, seconds)

    def call(self, act, *rest):
        with self.database.writing() as session:
            return act(session, *rest)

    def change(self, act, job_id):
        with self.database.writing() as session:
            organisation = locked(session, self.organisation_id)
            job = jobs.find_job(session, self.organisation_id, job_id, is_changing=True)
            return act(session, organisation, job, self.key_id)

    def job(self, job_id):
        with self.database.reading() as session:
            return jobs.find_job(session, self.organisation_id, job_id)

    def is_waiting(self):
        with self.database.reading() as session:
            return leases.is_waiting(session, KINDS)


@pytest.fixture(scope="module")
def database(database_url):
    found = Database(database_url)
    migrate(found)
    yield found
    found.close()


@pytest.fixture(scope="module")
def filled(database):
    with database.writing() as session:
        made = add_organisation(session, new_id())
        key, _ = add_key(session, locked(session, made.id), "one", "editor", None)
    return Queue(database, made.id, key.id)


@pytest.fixture
def queue(filled):
    return emptied(filled)


def emptied(queue):
    with queue.database.writing() as session:
        session.execute(delete(Job))
    return queue


def test_the_oldest_comes_first_and_each_once(queue):
    ids = [queue.add() for _ in range(3)]
    assert [queue.claim().id for _ in ids] == ids
    assert queue.claim() is None
    assert not queue.is_waiting()


def test_work_of_a_kind_that_the_worker_does_not_know_is_left(queue):
    queue.add("prophecy")
    assert not queue.is_waiting()
    assert queue.claim() is None


def test_what_nobody_renews_is_taken_over_and_its_first_worker_ends_nothing(queue):
    job_id = queue.add()
    first = queue.claim(GONE)
    assert queue.is_waiting()
    second = queue.claim()
    assert (second.id, queue.job(job_id).attempts) == (job_id, 2)
    assert queue.call(leases.renew, first, LONG, 0.9) == "lost"
    assert not queue.call(leases.finish, first, b"late", "text/plain")
    assert not queue.call(leases.fail, first, [Problem("no-lines")])
    assert not queue.call(leases.give_back, first)
    assert queue.call(leases.finish, second, b"found", "text/plain")
    with queue.database.reading() as session:
        assert jobs.find_job(session, queue.organisation_id, job_id).result == b"found"


def test_whoever_renews_keeps_it(queue):
    job_id = queue.add()
    claimed = queue.claim(GONE)
    assert queue.call(leases.renew, claimed, LONG, 0.25) == "held"
    assert queue.claim() is None
    assert queue.job(job_id).progress == 0.25


def test_a_worker_hears_that_its_job_was_cancelled(queue):
    job_id = queue.add()
    claimed = queue.claim()
    assert queue.change(jobs.cancel, job_id)
    assert queue.call(leases.renew, claimed, LONG, 0.5) == "cancelled"
    assert not queue.call(leases.finish, claimed, b"late", "text/plain")
    assert queue.job(job_id).status == "cancelled"


def test_a_cancelled_job_that_is_repeated_is_not_its_first_workers(queue):
    job_id = queue.add()
    first = queue.claim()
    queue.change(jobs.cancel, job_id)
    assert queue.change(jobs.retry, job_id)
    assert queue.call(leases.renew, first, LONG, 0.5) == "lost"
    assert queue.claim().lease != first.lease


def test_what_kills_every_worker_has_failed_and_says_so(queue):
    job_id = queue.add()
    for _ in range(MOST_ATTEMPTS):
        assert queue.claim(GONE).id == job_id
    later = queue.add()
    assert queue.claim().id == later, "the next one is not held up"
    job = queue.job(job_id)
    assert job.status == "failed"
    assert [problem.code for problem in jobs.problems_of(job)] == ["job-gave-up"]
    assert str(MOST_ATTEMPTS) in jobs.problems_of(job)[0].message("nl")


def test_stopping_a_worker_is_no_attempt(queue):
    job_id = queue.add()
    for _ in range(2 * MOST_ATTEMPTS):
        assert queue.call(leases.give_back, queue.claim())
    job = queue.job(job_id)
    assert (job.status, job.attempts, job.lease, job.started_at) == ("queued", 0, None, None)


def test_why_a_job_failed_is_kept(queue):
    job_id = queue.add()
    assert queue.call(leases.fail, queue.claim(), [Problem("no-lines", "effects")])
    job = queue.job(job_id)
    assert job.finished_at is not None
    assert [(p.code, p.path) for p in jobs.problems_of(job)] == [("no-lines", "effects")]


ACTS = ("add", "claim", "claim and die", "finish", "fail", "give back", "renew", "cancel", "retry")


@settings(max_examples=25)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5)), max_size=25))
def test_jobs_go_as_a_model_says_whatever_happens(filled, acts):
    """The model keeps, for each job, who may end it and whether others may take it."""
    queue = emptied(filled)
    model, tokens, numbers = {}, [], count()
    for act, which in acts:
        if act == "add":
            model[queue.add()] = {"status": "queued", "order": next(numbers), "lease": None,
                                  "is_dead": False, "attempts": 0}  # fmt: skip
        elif act.startswith("claim"):
            claimed = queue.claim(GONE if act == "claim and die" else LONG)
            expected = claimed_in(model)
            assert (claimed and claimed.id) == expected
            if claimed:
                model[expected] |= {"lease": claimed.lease, "is_dead": act == "claim and die"}
                tokens.append(claimed)
        elif act in {"cancel", "retry"} and model:
            job_id = list(model)[which % len(model)]
            assert queue.change(getattr(jobs, act), job_id) == changed_in(model[job_id], act)
        elif tokens and act not in {"cancel", "retry"}:
            ended_in(queue, model, tokens[which % len(tokens)], act)
    for job_id, known in model.items():
        job = queue.job(job_id)
        assert (job.status, job.attempts) == (known["status"], known["attempts"])


def claimed_in(model):
    for job_id, job in sorted(model.items(), key=lambda item: item[1]["order"]):
        if job["status"] == "queued" or (job["status"] == "running" and job["is_dead"]):
            if job["attempts"] == MOST_ATTEMPTS:
                job |= {"status": "failed", "lease": None}
                continue
            job |= {"status": "running", "attempts": job["attempts"] + 1}
            return job_id
    return None


def changed_in(job, act):
    if act == "cancel":
        if job["status"] in ("queued", "running"):
            job |= {"status": "cancelled", "lease": None}
        return job["status"] == "cancelled"
    if job["status"] not in ("failed", "cancelled"):
        return False
    job |= {"status": "queued", "attempts": 0}
    return True


def ended_in(queue, model, claimed, act):
    job = model[claimed.id]
    is_own = job["lease"] == claimed.lease
    if act == "renew":
        said = queue.call(leases.renew, claimed, LONG, 0.5)
        lost = "cancelled" if job["status"] == "cancelled" else "lost"
        assert said == ("held" if is_own else lost)
        job["is_dead"] = job["is_dead"] and not is_own
        return
    rest = {"finish": (b"found", "text/plain"), "fail": ([Problem("no-lines")],), "give back": ()}
    act_of = {"finish": leases.finish, "fail": leases.fail, "give back": leases.give_back}
    assert queue.call(act_of[act], claimed, *rest[act]) == is_own
    if is_own:
        status = {"finish": "done", "fail": "failed", "give back": "queued"}[act]
        job |= {"status": status, "lease": None}
        job["attempts"] -= act == "give back"
