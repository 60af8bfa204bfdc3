"""How long a command takes and how much memory it needs, whatever started it.

On Linux a new process inherits the peak of memory of the one that starts it. A small process in
between keeps the tests' own memory out of the figure. Time is that of the processor, so that other
work on the machine does not count.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_BETWEEN = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1024 * 1024 if sys.platform == "darwin" else 1024
json.dump({"code": done.returncode, "seconds": used.ru_utime + used.ru_stime,
           "megabytes": used.ru_maxrss / unit, "out": done.stdout, "err": done.stderr}, sys.stdout)
"""


@dataclass(frozen=True)
class Measured:
    """What a command said, how long it worked, and the peak of its memory."""

    code: int
    seconds: float
    megabytes: float
    out: str
    err: str


def measured(*words: str) -> Measured:
    """Run ``python ...`` on its own."""
    command = [sys.executable, "-S", "-c", _BETWEEN, sys.executable, *words]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    return Measured(**json.loads(done.stdout))


def evaluated(file: Path, *options: str) -> Measured:
    """Run ``impactmonitor evaluate FILE --json``."""
    return measured("-m", "impactmonitor", "evaluate", str(file), "--json", *options)
