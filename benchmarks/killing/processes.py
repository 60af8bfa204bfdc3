"""The service and a worker as processes of their own, which are killed and started again.

``python -m benchmarks.killing.processes serve URL PORT`` and ``... work URL`` are those processes.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

LEASE_SECONDS = 2.0
"""Short, so that jobs of the dead are taken over while others still die."""

PATIENCE = 60.0


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Process:
    """A process that is started again whenever it was killed."""

    def __init__(self, log: Path, *words: str) -> None:
        self._command = [sys.executable, "-m", "benchmarks.killing.processes", *words]
        self._log = log
        self._running = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as stream:
            return subprocess.Popen(self._command, stdout=stream, stderr=stream)

    def kill(self) -> None:
        """Kill it, as a power cut would kill the process, and start it again."""
        self._running.kill()
        self._running.wait()
        self._running = self._started()

    def stop(self) -> int:
        """Ask it to stop, and give its exit code."""
        self._running.send_signal(signal.SIGTERM)
        try:
            return self._running.wait(PATIENCE)
        finally:
            self._running.kill()
            self._running.wait()

    def check_alive(self) -> None:
        """Fail if it ended by itself."""
        ended = self._running.poll()
        assert ended is None, f"it ended by itself with {ended}: see {self._log}"


def until_ready(address: str, service: Process) -> None:
    """Wait until the service is ready."""
    end = time.monotonic() + PATIENCE
    with httpx.Client(trust_env=False, timeout=5) as client:
        while time.monotonic() < end:
            service.check_alive()
            try:
                if client.get(f"{address}/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.02)
    raise TimeoutError(address)


def _serve(url: str, port: str) -> None:
    from impactmonitor_api.running import listening, run
    from impactmonitor_api.settings import Settings

    settings = Settings(url, requests_per_minute=0, lease_seconds=LEASE_SECONDS)
    run(settings, listening("127.0.0.1", int(port)))


def _work(url: str) -> None:
    from impactmonitor.cli.working import work
    from impactmonitor_api.settings import Settings

    work(Settings(url, lease_seconds=LEASE_SECONDS), "en")


if __name__ == "__main__":
    {"serve": _serve, "work": _work}[sys.argv[1]](*sys.argv[2:])
