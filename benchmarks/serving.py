"""Requests a second of the service, beside an echo of the same body on the same server.

The load comes from wrk, in a process of its own. Three things are asked: the raw echo (the
server gives back what it got, with nothing around it), the echo behind everything that every
route has (a key that is looked up, limits, headers, log), and evaluations: of the same body again
and again, and of a body that is another one each time.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measuring import markdown
from impactmonitor import load_case
from impactmonitor.intake import to_json
from impactmonitor.resources import folder

CASES = ("perry-age-27", "neighbourhood-prevention")
CLIENTS = (1, 8, 32)
SECONDS = 3
TARGETS = {
    "raw echo": "/raw-echo",
    "echo behind the key": "/v1/echo",
    "evaluation, the same body": "/v1/evaluations",
    "evaluation, another body each time": "/v1/evaluations",
}
LUA = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("KEY")
local file = io.open(os.getenv("BODY"), "r")
local body = file:read("*a")
file:close()
local count = 0
request = function()
  if os.getenv("DISTINCT") == "1" then
    count = count + 1
    wrk.body = body:gsub("COUNTED", string.format("%s-%09d", os.getenv("ROUND"), count), 1)
  else
    wrk.body = body
  end
  return wrk.format()
end
done = function(summary, latency, requests)
  local wrong = summary.errors.status + summary.errors.connect + summary.errors.read
  io.stderr:write(string.format('{"count": %d, "microseconds": %d, "wrong": %d, ' ..
    '"p50": %f, "p95": %f, "p99": %f}', summary.requests, summary.duration, wrong,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


def figures(rounds: int) -> Iterator[str]:
    """Tables: one for each case."""
    if shutil.which("wrk") is None:
        yield "The service is loaded with wrk, which is not there (Debian's package wrk)."
        return
    for name in CASES:
        yield _table(name, rounds)


def _table(name: str, rounds: int) -> str:
    case = load_case(folder("examples") / name / "case.yaml")
    tree = json.loads(to_json(case))
    tree["summary"] = "COUNTED"
    body = json.dumps(tree)
    rows = []
    with _server() as (address, key), tempfile.TemporaryDirectory() as place:
        script, sent = Path(place) / "load.lua", Path(place) / "body.json"
        script.write_text(LUA)
        sent.write_text(body)
        for clients in CLIENTS:
            found: dict[str, list[dict[str, float]]] = {what: [] for what in TARGETS}
            for part in range(rounds):
                for what, path in TARGETS.items():
                    env = {"KEY": key, "BODY": str(sent), "ROUND": f"{clients}-{part}",
                           "DISTINCT": str(int("another" in what))}  # fmt: skip
                    found[what].append(_load(script, address + path, clients, env))
            middle = {what: _middle(runs) for what, runs in found.items()}
            rows += [[str(clients), what, *_shown(middle, what)] for what in TARGETS]
    head = ["clients", f"{name} ({len(body) / 1000:.1f} kB)", "requests/s", "of the raw echo",
            "of the echo behind the key", "p50 ms", "p95 ms", "p99 ms"]  # fmt: skip
    return markdown(head, rows)


def _middle(runs: list[dict[str, float]]) -> dict[str, float]:
    """The run that is the median by its rate."""
    return sorted(runs, key=lambda run: run["rate"])[len(runs) // 2]


def _shown(middle: dict[str, dict[str, float]], what: str) -> list[str]:
    run = middle[what]
    raw, behind = middle["raw echo"]["rate"], middle["echo behind the key"]["rate"]
    times = [f"{run[name] / 1000:.1f}" if run["count"] else "–" for name in ("p50", "p95", "p99")]
    return [
        f"{run['rate']:,.0f}",
        f"{run['rate'] / raw:.2f}",
        f"{run['rate'] / behind:.2f}",
        *times,
    ]


def _load(script: Path, address: str, clients: int, env: dict[str, str]) -> dict[str, float]:
    found = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", "-s", str(script), address],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    run: dict[str, Any] = json.loads(found.stderr)
    assert run["wrong"] == 0, found.stdout
    return {**run, "rate": run["count"] / (run["microseconds"] / 1e6)}


@contextmanager
def _server() -> Iterator[tuple[str, str]]:
    """The service in a process of its own, on a new SQLite database."""
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "benchmarks.echoing", f"sqlite:///{place}/service.db"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            try:
                address, key = server.stdout.readline().split()
                yield address, key
            finally:
                server.terminate()
