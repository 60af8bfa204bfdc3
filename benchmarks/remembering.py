"""How much memory a simulation needs at most, in a process of its own.

``python -m benchmarks.remembering DRAWS`` simulates the reference case and prints the peak in
megabytes of 1,000,000 bytes, then the seconds.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import markdown

DRAWS = (1_024, 131_072, 1_000_000)
REFERENCE = 1_000_000
LARGE = 10_000_000
STATUS = Path("/proc/self/status")


def peak() -> float:
    """The most memory that this process ever had, in MB.

    On Linux that of the program itself: what ``getrusage`` tells is at least what the process had
    that started this one.
    """
    if STATUS.is_file():
        lines = STATUS.read_text(encoding="utf-8").splitlines()
        kibibytes = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
        return int(kibibytes) * 1024 / 1e6
    import resource

    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found / 1e6 if sys.platform == "darwin" else found * 1024 / 1e6


def figures(is_large: bool) -> Iterator[str]:
    """Peaks by number of draws; ten million only if asked, because it takes long."""
    found = {}
    for draws in (*DRAWS, *((LARGE,) if is_large else ())):
        command = (sys.executable, "-m", "benchmarks.remembering", str(draws))
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        megabytes, seconds = map(float, done.stdout.split())
        found[draws] = megabytes, seconds
    reference = found[REFERENCE][0]
    yield markdown(
        ("simulate(), draws", "peak, MB", f"beside {REFERENCE:,}", "seconds"),
        [
            (f"{draws:,}", f"{megabytes:.0f}", f"{megabytes / reference:.3g} x", f"{seconds:.1f}")
            for draws, (megabytes, seconds) in found.items()
        ],
    )


def main() -> None:
    from benchmarks.reference import CATALOGUE, reference_case
    from impactmonitor import simulate

    draws = int(sys.argv[1])
    start = perf_counter()
    found = simulate(reference_case(), CATALOGUE, draws)
    seconds = perf_counter() - start
    assert found.draws >= draws
    print(peak(), seconds)


if __name__ == "__main__":
    main()
