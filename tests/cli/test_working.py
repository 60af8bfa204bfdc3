"""The command that does the jobs of the service, as a program of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from tests.api.jobs.queues import LARGE, expected, queue_in
from typer.testing import CliRunner

from impactmonitor import messages
from impactmonitor.cli.app import app


@contextmanager
def program(url, language="en"):
    command = [sys.executable, "-m", "impactmonitor", "worker", "--database-url", url]
    with subprocess.Popen(
        [*command, "--lang", language], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            assert running.stdout.readline() == (
                messages.text("service.worker.begins", language) + "\n"
            )
            yield running
        finally:
            running.kill()


@pytest.mark.parametrize(
    ("told", "language"), [(signal.SIGTERM, "nl"), (signal.SIGINT, "en")], ids=["term", "int"]
)
def test_it_does_jobs_and_gives_the_last_one_back_when_it_is_told_to_stop(tmp_path, told, language):
    queue = queue_in(f"sqlite:///{tmp_path / 'service.db'}")
    with program(queue.database.url, language) as running:
        assert queue.ended(queue.simulation()).result == expected()
        long = queue.simulation(LARGE, 1 << 24)
        queue.until(long, lambda job: job.status == "running")
        running.send_signal(told)
        assert running.wait(20) == 0
    job = queue.job(long)
    assert (job.status, job.attempts, job.lease) == ("queued", 0, None)
    queue.database.close()


def test_a_database_that_there_is_not_is_said(tmp_path):
    url = f"sqlite:///{tmp_path / 'none.db'}"
    found = CliRunner().invoke(app, ["worker", "--database-url", url, "--lang", "nl"])
    assert found.exit_code == 5
    assert "none.db" in found.output
