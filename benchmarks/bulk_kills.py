"""Kill a run of many cases again and again, and see whether it ends with the same files.

``python -m benchmarks.bulk_kills --kills 50`` starts a run of some hundred cases, kills it with all
its processes at a moment of chance (SIGKILL to the whole group), starts the same command again, and
so on. What is left at the end has to be, byte for byte, what a run leaves that nobody stopped.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.bulk_cases import write_lines
from benchmarks.measuring import machine, markdown

LONGEST = 6.0
"""Seconds that a run lives, at most."""

COMMAND = "from impactmonitor.cli import main; main()"
PATTERN = "parts/[0-9]*.parquet"


class Killed(NamedTuple):
    """What happened: runs that were killed or ended before that, restarts, files that differ."""

    kills: int
    ended: int
    halves: int
    parts: int
    different: list[str]


def start(source: Path, out: Path, draws: int, part: int) -> subprocess.Popen[bytes]:
    """The command in a process group of its own."""
    words = ("bulk", source, "--out", out, "--draws", draws, "--part", part, "--workers", 2)
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *map(str, words)],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_again_and_again(
    source: Path, folder: Path, kills: int, seed: int, draws: int, part: int
) -> Killed:
    """Kill a run so many times; whenever one is complete, the next one begins at the beginning."""
    chance = random.Random(seed)  # noqa: S311  nobody has to be surprised
    whole, out = folder / "whole", folder / "out-0"
    assert start(source, whole, draws, part).wait() == 0
    wanted = _files(whole)
    ended, halves, different, rounds = 0, 0, list[str](), 0
    for _ in range(kills):
        process = start(source, out, draws, part)
        time.sleep(chance.uniform(0, LONGEST))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        ended += process.wait() == 0
        halves += len(list(out.glob("*/.*.part")))
        if len(list(out.glob(PATTERN))) == len(list(whole.glob(PATTERN))):
            different += _differences(source, out, draws, part, wanted)
            rounds += 1
            out = folder / f"out-{rounds}"
    different += _differences(source, out, draws, part, wanted)
    return Killed(kills - ended, ended, halves, len(list(whole.glob(PATTERN))), different)


def _differences(
    source: Path, out: Path, draws: int, part: int, wanted: dict[str, bytes]
) -> list[str]:
    """Files that are missing, too many or different once a run has been completed."""
    assert start(source, out, draws, part).wait() == 0
    found = _files(out)
    return [name for name in sorted({*found, *wanted}) if found.get(name) != wanted.get(name)]


def _files(folder: Path) -> dict[str, bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk_kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--draws", type=int, default=1024)
    parser.add_argument("--part", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print(f"{machine()}\n", flush=True)
    with TemporaryDirectory() as place:
        folder = Path(place)
        source = write_lines(folder / "cases.jsonl", chosen.cases)
        found = kill_again_and_again(
            source, folder, chosen.kills, chosen.seed, chosen.draws, chosen.part
        )
    rows = [
        ("times that all processes of it were killed", f"{found.kills}"),
        ("runs that were done before they were to be killed", f"{found.ended}"),
        ("files that were left half, and never read", f"{found.halves}"),
        ("files that are missing, doubled or different at the end", f"{len(found.different)}"),
    ]
    title = f"{chosen.cases} cases x {chosen.draws} draws in {found.parts} parts"
    print(markdown((title, "number"), rows))
    sys.exit(bool(found.different))


if __name__ == "__main__":
    main()
