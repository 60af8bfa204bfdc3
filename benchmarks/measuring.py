"""Interleaved measurements: candidates take turns, so that a drifting machine slows them alike."""

from __future__ import annotations

import gc
import math
import os
import platform
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

PACKAGES = ("numpy", "scipy", "pandas", "pydantic", "typer")
UNITS = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}
Candidates = Mapping[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of one candidate, one number per round."""

    name: str
    seconds: Sequence[float]

    @property
    def middle(self) -> float:
        return median(self.seconds)


def interleaved(candidates: Candidates, repeats: int) -> list[Measured]:
    """Time every candidate once per round, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in candidates}
    gc.collect()
    gc.freeze()  # what is there before is no burden on anyone
    try:
        for turn in range(repeats + 1):
            for name, candidate in candidates.items():
                gc.collect()
                start = perf_counter()
                made = candidate()
                passed = perf_counter() - start
                del made
                if turn:
                    times[name].append(passed)
    finally:
        gc.unfreeze()
    return [Measured(name, seconds) for name, seconds in times.items()]


def ratio(one: Measured, other: Measured) -> float:
    """The median of the ratios by round: what both suffer in a round cancels."""
    return median(a / b for a, b in zip(one.seconds, other.seconds, strict=True))


def table(
    title: str, measured: Sequence[Measured], beside: str, per: int = 1, unit: str = "ms"
) -> str:
    """A Markdown table of medians, of ranges, and of ratios to one of the candidates."""
    reference = next(m for m in measured if m.name == beside)
    rows = []
    for one in measured:
        low, middle, high = (
            shown(s / per, unit) for s in (min(one.seconds), one.middle, max(one.seconds))
        )
        rows.append((one.name, middle, f"{low} to {high}", f"{ratio(one, reference):.3g} x"))
    return markdown((title, f"median, {unit}", "lowest to highest", f"beside {beside}"), rows)


def shown(seconds: float, unit: str) -> str:
    """Three digits of a time, without a power of ten."""
    return significant(UNITS[unit] * seconds)


def significant(number: float, digits: int = 3) -> str:
    """A number in so many digits, without a power of ten."""
    if number == 0 or not math.isfinite(number):
        return f"{number:g}"
    places = digits - 1 - math.floor(math.log10(abs(number)))
    return f"{round(number, places):,.{max(0, places)}f}"


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: what something is on the left, numbers on the right."""
    lines = [header, ("---", *("--:" for _ in header[1:])), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """What the figures were measured on, without the names of anything."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        lines = information.read_text(encoding="utf-8").splitlines()
        found = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
        processor = next(found, processor)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = [f"{k}={v}" for k, v in sorted(os.environ.items()) if k.startswith("MALLOC_")]
    return (
        f"{processor}, {os.cpu_count()} cores, {platform.system()}; "
        f"{platform.python_implementation()} {platform.python_version()}, {packages}; "
        f"numpy on one thread; {', '.join(memory) or 'no MALLOC_ settings'}"
    )


def process(*command: str) -> Callable[[], object]:
    """A whole process, from its start to its end; its output is thrown away."""

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return run
