"""Run the benchmarks and print their figures as Markdown tables."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    bulk,
    comparing,
    converging,
    evaluating,
    intake,
    loading,
    pooling,
    remembering,
    serving,
    simulating,
    starting,
)
from benchmarks.measuring import machine

FEW, MANY, POOLED = 1_000, 10_000, 200
"""Cases, where nobody says how many."""

Part = Callable[[argparse.Namespace], Iterator[str]]


def _evaluate(chosen: argparse.Namespace) -> Iterator[str]:
    for count in chosen.cases or (FEW, MANY):
        yield from evaluating.figures(count, chosen.repeats)


PARTS: dict[str, Part] = {
    "start": lambda chosen: starting.figures(2 * chosen.repeats),
    "evaluate": _evaluate,
    "certain": lambda chosen: evaluating.figures(
        (chosen.cases or [FEW])[0], chosen.repeats, is_uncertain=False
    ),
    "load": lambda chosen: loading.figures((chosen.cases or [MANY])[-1], chosen.repeats),
    "simulate": lambda chosen: simulating.figures(chosen.repeats),
    "memory": lambda chosen: remembering.figures(chosen.large),
    "portfolio": lambda chosen: pooling.figures((chosen.cases or [POOLED])[-1], chosen.repeats),
    "bulk": lambda chosen: bulk.figures(chosen.cases or (FEW, MANY)),
    "accuracy": lambda chosen: converging.figures(chosen.seeds),
    "intake": lambda chosen: intake.figures((chosen.cases or [intake.PROPOSALS])[-1]),
    "service": lambda chosen: serving.figures(chosen.repeats),
    "peers": lambda chosen: comparing.figures(chosen.python, chosen.repeats),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all of them by default")
    parser.add_argument("--cases", type=int, nargs="+", metavar="N", help="by default by part")
    parser.add_argument("--repeats", type=int, default=5, help="rounds; 5 by default")
    parser.add_argument("--seeds", type=int, default=converging.SEEDS, help="of accuracy")
    parser.add_argument("--large", action="store_true", help="memory: ten million draws as well")
    peers = os.environ.get("PEERS_PYTHON")
    parser.add_argument(
        "--python",
        type=Path,
        default=Path(peers) if peers else None,
        help="peers: the Python that has them; PEERS_PYTHON by default",
    )
    chosen = parser.parse_args()
    print(f"{machine()}\n", flush=True)
    for part in chosen.parts or PARTS:
        for found in PARTS[part](chosen):
            print(f"{found}\n", flush=True)


if __name__ == "__main__":
    main()
