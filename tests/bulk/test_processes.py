"""Processes of our own: set up for the work, and gone when nobody waits for them."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from impactmonitor.bulk.processes import ENVIRONMENT, environment, processes

PROGRAM = """
import os, signal, time
from impactmonitor.bulk.processes import processes

if __name__ == "__main__":
    with processes(1) as pool:
        worker = pool.submit(os.getpid).result()
        pool.submit(time.sleep, 60)
        print(worker, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def is_alive(process: int) -> bool:
    """Whether it runs; one that ended and was not asked how it ended does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat", encoding="utf-8") as stream:  # noqa: PTH123
        return stream.read().rpartition(")")[2].split()[0] != "Z"


def test_settings_hold_meanwhile_only(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MALLOC_TRIM_THRESHOLD_", raising=False)
    with environment(ENVIRONMENT):
        assert {name: os.environ[name] for name in ENVIRONMENT} == dict(ENVIRONMENT)
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "MALLOC_TRIM_THRESHOLD_" not in os.environ


def test_workers_have_the_settings_from_their_start():
    with processes(1) as pool:
        found = [pool.submit(os.getenv, name) for name in ENVIRONMENT]
        assert [one.result() for one in found] == [*ENVIRONMENT.values()]


def test_workers_of_a_killed_process_end_by_themselves(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=False)
    worker = int(done.stdout)
    end = time.monotonic() + 10
    while is_alive(worker) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_alive(worker)
