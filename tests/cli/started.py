"""The service as somebody starts it: a process of its own, on a port that is free."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START = "from impactmonitor.cli import main; main()"


@dataclass
class Started:
    """A service that runs.

    ``said`` is what it printed for whoever started it; ``log`` the file of its log.
    """

    process: subprocess.Popen[str]
    said: str
    log: Path

    @property
    def address(self) -> str:
        return re.search(r"http://\S+?:\d+", self.said)[0]

    @property
    def key(self) -> str | None:
        found = re.search(r"im_\S+", self.said)
        return found and found[0]

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(by)
        return self.process.wait(30)


@contextmanager
def started(folder: Path, *words: str, language: str = "en") -> Iterator[Started]:
    """Run the command for a while; its log is a file of the folder."""
    log = folder / f"log-{len(list(folder.glob('log-*')))}"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-c", START, "serve", "--port", "0", *words],
            stdout=subprocess.PIPE, stderr=stream, stdin=subprocess.DEVNULL, text=True,
            env=os.environ | {"IMPACTMONITOR_LANG": language, "HOME": str(folder),
                              "XDG_DATA_HOME": str(folder / "data")},
        )  # fmt: skip
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "http://" in line:
                break
        assert lines, log.read_text()
        yield Started(process, "".join(lines), log)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(30)
        process.stdout.close()
