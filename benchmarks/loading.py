"""Cases from JSON text, beside merely parsing the JSON; with and without the garbage collector."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator

from benchmarks.cases import case_trees
from benchmarks.measuring import interleaved, table
from impactmonitor.intake import read_case
from impactmonitor.model.case import Case


def uncollected(step: Callable[[], object]) -> Callable[[], object]:
    """The same step while the garbage collector waits."""

    def run() -> None:
        gc.disable()
        try:
            step()
        finally:
            gc.enable()

    return run


def figures(count: int, repeats: int) -> Iterator[str]:
    """Everything is kept, as a program does that goes on with it."""
    texts = [json.dumps(tree).encode() for tree in case_trees(count)]
    steps: dict[str, Callable[[], object]] = {
        "json.loads": lambda: [json.loads(text) for text in texts],
        "json.loads, Case.model_validate": lambda: [
            Case.model_validate(json.loads(text)) for text in texts
        ],
        "read_case": lambda: [read_case(text, ".json").case for text in texts],
        "read_case, nothing kept": lambda: [read_case(text, ".json") and None for text in texts],
    }
    waiting = {f"{name}, no collector": uncollected(step) for name, step in steps.items()}
    reference = "json.loads, no collector"
    measured = interleaved({**steps, **waiting}, repeats)
    size = sum(map(len, texts)) / count / 1000
    yield table(
        f"{count:,} cases of {size:.1f} kB, per case", measured, beside=reference, per=count
    )
