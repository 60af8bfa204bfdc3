"""Run the benchmarks and print their figures as Markdown tables."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from benchmarks import evaluating, loading, starting
from benchmarks.measuring import machine

PARTS: dict[str, Callable[[int, int], Iterator[str]]] = {
    "start": lambda _, repeats: starting.figures(2 * repeats),
    "evaluate": evaluating.figures,
    "certain": lambda count, repeats: evaluating.figures(count, repeats, is_uncertain=False),
    "load": loading.figures,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all of them by default")
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 10_000], metavar="N")
    parser.add_argument("--repeats", type=int, default=5, help="rounds; 5 by default")
    chosen = parser.parse_args()
    print(f"{machine()}\n", flush=True)
    for part in chosen.parts or PARTS:
        counts = {
            "start": [0],
            "certain": chosen.cases[:1],
            "load": chosen.cases[-1:],
        }.get(part, chosen.cases)
        for count in counts:
            for found in PARTS[part](count, chosen.repeats):
                print(f"{found}\n", flush=True)


if __name__ == "__main__":
    main()
