"""Thousands of cases into Parquet: how fast, and how much memory whoever works on it has at most.

``python -m benchmarks.bulk SOURCE OUT DRAWS`` is one run in two processes; it prints what it
found as JSON. DRAWS is 0 for point results.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import active_children
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import NamedTuple

from benchmarks.bulk_cases import write_lines
from benchmarks.measuring import markdown, significant
from benchmarks.remembering import peak

WORKERS = 2
DRAWS = (0, 1_024)
MILLION = 1_000_000
_OFTEN = 0.05


class Ran(NamedTuple):
    """One run.

    Seconds by the clock and of processors, and the most memory in MB of who hands out the work and
    of each worker.
    """

    cases: int
    refused: int
    seconds: float
    processor: float
    parent: float
    workers: list[float]


def figures(counts: Sequence[int]) -> Iterator[str]:
    """Point results and simulations of so many cases each."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        sources = {count: write_lines(folder / f"{count}.jsonl", count) for count in counts}
        for draws in DRAWS:
            found = [_ran(sources[count], folder / f"{count}-{draws}", draws) for count in counts]
            yield _table(draws, found)
            yield _on_paper(draws, found)


def _ran(source: Path, out: Path, draws: int) -> Ran:
    command = (sys.executable, "-m", "benchmarks.bulk", source, out, str(draws))
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Ran(**json.loads(done.stdout))


def _table(draws: int, found: Sequence[Ran]) -> str:
    what = f"{draws:,} draws each" if draws else "point results"
    header = (
        f"{what}, {WORKERS} processes",
        "seconds",
        "cases per second",
        "processor, ms per case",
        "refused",
        "peak of the parent, MB",
        "peak of a worker, MB",
    )
    rows = [
        (
            f"{one.cases:,} cases",
            significant(one.seconds),
            significant(one.cases / one.seconds),
            significant(1000 * one.processor / one.cases),
            f"{one.refused:,}",
            f"{one.parent:.0f}",
            f"{max(one.workers):.0f}",
        )
        for one in found
    ]
    return markdown(header, rows)


def _on_paper(draws: int, found: Sequence[Ran]) -> str:
    """What a million cases take: from the processor time of two runs, so that starts count once."""
    few, many = found[0], found[-1]
    what = f"with {draws:,} draws" if draws else "point results"
    each = many.processor / many.cases
    if few.cases != many.cases:
        each = (many.processor - few.processor) / (many.cases - few.cases)
    hours = each * MILLION / WORKERS / 3600
    return (
        f"Extrapolated, not measured: at {1000 * each:.1f} ms of a processor per case, "
        f"{MILLION:,} cases {what} take {hours:.1f} hours on {WORKERS} processors that do nothing "
        "else."
    )


@contextmanager
def _watched() -> Iterator[dict[int, float]]:
    """The highest peak of each child process, looked at until it ends."""
    peaks: dict[int, float] = {}
    is_done = Event()

    def look() -> None:
        while not is_done.wait(_OFTEN):
            for child in active_children():
                with suppress(OSError, StopIteration):
                    status = Path(f"/proc/{child.pid}/status").read_text(encoding="utf-8")
                    line = next(one for one in status.splitlines() if one.startswith("VmHWM"))
                    peaks[child.pid or 0] = int(line.split()[1]) * 1024 / 1e6

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        is_done.set()
        watcher.join()


def main() -> None:
    from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

    from impactmonitor.bulk.options import BulkOptions
    from impactmonitor.bulk.running import run_bulk

    source, out, draws = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    start = time.perf_counter()
    with _watched() as peaks:
        found = run_bulk(source, out, BulkOptions(draws or None), workers=WORKERS)
    seconds = time.perf_counter() - start
    used = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    ran = Ran(found.cases, found.refused, seconds, processor, peak(), [*peaks.values()])
    print(json.dumps(ran._asdict()))


if __name__ == "__main__":
    main()
