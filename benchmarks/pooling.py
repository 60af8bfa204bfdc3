"""Simulations of many cases in two processes, beside numpy's samplers on one thread.

A worker makes each case itself, from its number, and so reads no file; from there on it does what
a portfolio needs: look up, compile, make ready, simulate, summarise. It times these steps while the
other worker is at work as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter
from typing import NamedTuple

import numpy as np

from benchmarks.measuring import Measured, interleaved, markdown, ratio, significant
from benchmarks.reference import model_of_case, reference_case, samplers_of
from impactmonitor.model.case import SOCIETY
from impactmonitor.uncertainty.batches import spreads_of
from impactmonitor.uncertainty.running import Sampling

DRAWS = 1_024
WORKERS = 2
AT_ONCE = 50
WHOLE = 10_000
STEPS = ("make and check the cases", "look up, compile, make ready", "simulate, summarise")


class Part(NamedTuple):
    """Seconds of each step over some cases, and the chance of a gain of each."""

    seconds: np.ndarray
    gains: list[float]


def part(first: int, count: int) -> Part:
    """Some cases, from their numbers to their summaries."""
    start = perf_counter()
    cases = [reference_case(number) for number in range(first, first + count)]
    made = perf_counter()
    models = [model_of_case(case) for case in cases]
    ready = perf_counter()
    found = list(spreads_of(models, Sampling(DRAWS, 1, "sobol")))
    done = perf_counter()
    seconds = np.array([made - start, ready - made, done - ready])
    return Part(seconds, [spreads[SOCIETY].net.probability_positive for spreads in found])


def figures(count: int, repeats: int) -> Iterator[str]:
    """The whole of it, and its steps; ten thousand cases are extrapolated from fewer."""
    starts = range(0, count, AT_ONCE)
    sizes = [min(AT_ONCE, count - start) for start in starts]
    draw = samplers_of(model_of_case(reference_case()))
    steps: list[np.ndarray] = []

    def sampled() -> None:
        for _ in range(count):
            draw(DRAWS, DRAWS)

    with ProcessPoolExecutor(WORKERS) as pool:

        def pooled() -> list[float]:
            parts = list(pool.map(part, starts, sizes))
            steps.append(sum((one.seconds for one in parts), np.zeros(len(STEPS))) / WORKERS)
            return [gain for one in parts for gain in one.gains]

        limit, whole = interleaved({"samplers": sampled, "cases": pooled}, repeats)
    by_step = [
        Measured(name, [one[place] for one in steps[1:]]) for place, name in enumerate(STEPS)
    ]
    rows = [("numpy's samplers on one thread, drawing only", limit), ("all of it", whole)]
    rows += [(f"of which: {one.name}", one) for one in by_step]
    yield _table(count, rows, limit)


def _table(count: int, rows: list[tuple[str, Measured]], limit: Measured) -> str:
    title = f"{count:,} cases x {DRAWS:,} draws, {WORKERS} workers"
    header = [title, "ms per case", "beside the samplers", f"s for {WHOLE:,} cases"]
    if count != WHOLE:
        header[-1] += ", extrapolated"
    return markdown(
        header,
        [
            (
                name,
                significant(1000 * one.middle / count),
                f"{ratio(one, limit):.3g} x",
                significant(one.middle * WHOLE / count),
            )
            for name, one in rows
        ],
    )
