"""Workers: each job once, whoever dies, stops or is told to stop meanwhile."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text, update
from tests.api.jobs.queues import LARGE, SMALL, expected, process, queue_in

from impactmonitor.catalogue import load_catalogue
from impactmonitor.intake.reading import read_case
from impactmonitor_api.jobs import worker as workers
from impactmonitor_api.jobs.worker import Worker
from impactmonitor_api.settings import Settings
from impactmonitor_api.storage import jobs
from impactmonitor_api.storage.database import now
from impactmonitor_api.storage.tables import Job

LONG_DRAWS = 1 << 16


@pytest.fixture(scope="module")
def queue(database_url):
    found = queue_in(database_url)
    yield found
    found.database.close()


@contextmanager
def working(queue, catalogue_at=lambda *_: load_catalogue(), **settings):
    ended = []
    chosen = Settings(queue.database.url, **settings)
    worker = Worker(queue.database, catalogue_at, chosen, lambda *end: ended.append(end))
    worker.start()
    try:
        yield worker, ended
    finally:
        worker.stop()


def test_a_job_is_done_and_counted(queue):
    with working(queue) as (_, ended):
        job_id = queue.simulation()
        job = queue.ended(job_id)
        time.sleep(0.05)
    assert (job.status, job.progress, job.attempts) == ("done", 1.0, 1)
    assert job.result == expected()
    assert job.result_type == "application/json"
    assert ended == [("simulation", "done")]


def test_a_conversion_gives_the_same_case(queue):
    with working(queue):
        job = queue.ended(queue.conversion())
    assert read_case(job.result, ".json").case == read_case(SMALL, ".yaml").case


def test_what_is_wrong_with_the_input_is_kept_with_the_job(queue):
    broken = SMALL.replace(b"horizon:", b"horizn:")
    with working(queue) as (_, ended):
        job = queue.ended(queue.conversion(broken))
        time.sleep(0.05)
    found = [(one.code, one.path, one.line is None) for one in jobs.problems_of(job)]
    assert (job.status, job.attempts) == ("failed", 1)
    assert found == [("unknown-key", "horizn", False)]
    assert ended == [("conversion", "failed")]


def test_the_catalogue_is_that_of_when_it_was_asked(queue):
    asked = []

    def catalogue_at(session, organisation_id, version):
        asked.append((organisation_id, version))
        return load_catalogue()

    with working(queue, catalogue_at):
        options = {"additions_version": 3, "target": ".json", "media_type": "application/json"}
        queue.ended(queue.add("conversion", SMALL, options))
    assert asked == [(queue.organisation_id, 3)]


def test_a_scenario_that_there_is_not_fails_the_job_with_its_name(queue):
    options = {"draws": 8, "seed": 1, "method": "sobol", "scenario": "none"}
    options = {"drawing": {**options, "has_value_ranges": False}, "media_type": "x/y"}
    with working(queue):
        job = queue.ended(queue.add("simulation", SMALL, options))
    assert [problem.code for problem in jobs.problems_of(job)] == ["unknown-scenario"]


def test_a_job_that_breaks_down_stops_no_other(queue):
    with working(queue):
        broken = queue.ended(queue.simulation(draws=-8))
        following = queue.ended(queue.simulation())
    assert [problem.code for problem in jobs.problems_of(broken)] == ["job-broke-down"]
    assert broken.id in jobs.problems_of(broken)[0].hint("en")
    assert following.status == "done"


def test_a_worker_lives_through_a_database_that_does_not_answer(queue):
    def catalogue_at(session, organisation_id, version):
        if version == 7:
            session.execute(text("SELECT * FROM nowhere"))
        return load_catalogue()

    with working(queue, catalogue_at, lease_seconds=0.3):
        failing = queue.add("conversion", SMALL, {"additions_version": 7, "target": ".json"})
        following = queue.ended(queue.simulation())
        given_up = queue.ended(failing)
    assert following.status == "done"
    assert [problem.code for problem in jobs.problems_of(given_up)] == ["job-gave-up"]


def test_a_worker_that_is_told_looks_at_once(queue, monkeypatch):
    monkeypatch.setattr(workers, "SHORTEST_PAUSE", 60.0)
    monkeypatch.setattr(workers, "LONGEST_PAUSE", 60.0)
    with working(queue) as (worker, _):
        time.sleep(0.3)
        job_id = queue.simulation()
        time.sleep(0.3)
        assert queue.job(job_id).status == "queued", "it sleeps"
        worker.wake()
        assert queue.ended(job_id).status == "done"


def test_a_job_that_runs_is_cancelled_and_leaves_the_worker_free(queue):
    with working(queue, lease_seconds=0.3) as (_, ended):
        job_id = queue.simulation(LARGE, 1 << 24)
        queue.until(job_id, lambda job: job.progress > 0)
        assert queue.cancel(job_id)
        assert queue.ended(queue.simulation()).status == "done"
        time.sleep(0.05)
    job = queue.job(job_id)
    assert (job.status, job.result) == ("cancelled", None)
    assert ended == [("simulation", "done")]


def test_a_worker_that_stops_gives_its_job_back(queue):
    with working(queue, lease_seconds=600) as (worker, _):
        job_id = queue.simulation(LARGE, LONG_DRAWS)
        queue.until(job_id, lambda job: job.status == "running")
        worker.stop()
        job = queue.job(job_id)
        assert (job.status, job.attempts, job.lease) == ("queued", 0, None)
    queue.cancel(job_id)


def test_a_result_that_comes_after_the_lease_was_lost_is_refused(queue):
    def catalogue_at(session, organisation_id, version):
        """The moment at which another worker takes it over."""
        with queue.database.writing() as other:
            other.execute(update(Job).where(Job.id == job_id).values(lease="another"))
        return load_catalogue()

    job_id = queue.simulation()
    with working(queue, catalogue_at) as (_, ended):
        queue.until(job_id, lambda job: job.lease == "another")
        time.sleep(0.5)
    job = queue.job(job_id)
    assert (job.status, job.result, job.lease, ended) == ("running", None, "another", [])
    queue.cancel(job_id)


def test_what_ended_long_ago_is_forgotten_by_the_worker(queue):
    job_id = queue.simulation()
    queue.cancel(job_id)
    with queue.database.writing() as session:
        long_ago = now() - timedelta(hours=3)
        session.execute(update(Job).where(Job.id == job_id).values(finished_at=long_ago))
    with working(queue, keep_answers_hours=2):
        time.sleep(0.3)
    with queue.database.reading() as session:
        assert jobs.find_job(session, queue.organisation_id, job_id) is None


def test_a_job_whose_worker_is_killed_is_done_by_another_to_the_same_bit(queue, tmp_path):
    url = queue.database.url
    job_id = queue.simulation(LARGE, LONG_DRAWS)
    with process(url, tmp_path / "log", lease_seconds=0.3) as killed:
        queue.until(job_id, lambda job: job.progress > 0)
        killed.kill()
    assert queue.job(job_id).status == "running", "nobody knows yet"
    with working(queue, lease_seconds=5):
        job = queue.ended(job_id)
    assert (job.status, job.attempts) == ("done", 2)
    assert job.result == expected(LARGE, LONG_DRAWS)


def test_three_workers_do_every_job_once(queue, tmp_path):
    logs = [tmp_path / f"log-{number}" for number in range(3)]
    with ExitStack() as stack:
        found = [stack.enter_context(process(queue.database.url, log)) for log in logs]
        assert [worker.stdout.readline() for worker in found] == ["ready\n"] * 3
        seeds = range(15)
        ids = [queue.simulation(seed=seed) for seed in seeds]
        ended = [queue.ended(job_id) for job_id in ids]
    lines = [json.loads(line) for log in logs for line in log.read_text().splitlines()]
    done = [line["job"] for line in lines if line["event"] == "job ended"]
    assert sorted(done) == sorted(ids), "each in the log of one worker, once"
    assert {(job.status, job.attempts) for job in ended} == {("done", 1)}
    assert [job.result for job in ended] == [expected(seed=seed) for seed in seeds]
    assert sum('"job ended"' in log.read_text() for log in logs) > 1, "more than one took part"
