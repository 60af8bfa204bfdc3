"""A worker alone."""

import time

from tests.api.jobs.queues import expected, queue_in

from impactmonitor_api.settings import Settings
from impactmonitor_api.working import working


def test_a_worker_alone_does_jobs_until_it_is_told_to_stop(database_url):
    queue = queue_in(database_url)
    with working(queue.database, Settings(database_url)):
        assert queue.ended(queue.simulation()).result == expected()
    left = queue.simulation()
    time.sleep(0.3)
    assert queue.job(left).status == "queued"
    queue.database.close()
