"""Interleaved measurements: candidates take turns, so that a drifting machine slows them alike."""

from __future__ import annotations

import gc
import os
import platform
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

PACKAGES = ("numpy", "pandas", "pydantic", "typer")
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


def table(title: str, measured: Sequence[Measured], beside: str, per: int = 1) -> str:
    """A Markdown table of medians, of ranges, and of ratios to one of the candidates."""
    reference = next(m for m in measured if m.name == beside)
    rows = [f"| {title} | median, ms | lowest to highest | beside {beside} |", "|---|--:|--:|--:|"]
    for one in measured:
        low, middle, high = (
            f"{1000 * s / per:,.3g}" for s in (min(one.seconds), one.middle, max(one.seconds))
        )
        rows.append(f"| {one.name} | {middle} | {low} to {high} | {ratio(one, reference):.3g} x |")
    return "\n".join(rows)


def machine() -> str:
    """What the figures were measured on, without the names of anything."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        lines = information.read_text(encoding="utf-8").splitlines()
        found = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
        processor = next(found, processor)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{processor}, {os.cpu_count()} cores, {platform.system()}; "
        f"{platform.python_implementation()} {platform.python_version()}, {packages}"
    )


def process(*command: str) -> Callable[[], object]:
    """A whole process, from its start to its end; its output is thrown away."""

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return run
