"""Run by the Python of the peers' own environment: carries out what it is asked on a line, and
answers on a line, both in JSON. The first line tells the reference case; every other line names
something to do and a number of draws. That all is done on one thread is set by who starts it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version

from indices import indices_of
from libraries import LIBRARIES, Draw
from tensors import Reference

PACKAGES = ("squigglepy", "openturns", "chaospy", "SALib", "numpy", "scipy")


def answers_of(reference: Reference) -> dict[str, Callable[[int], object]]:
    """What can be asked."""

    def drawn(draw: Draw, draws: int) -> int:
        return draw(draws).shape[1]

    def full(draw: Draw, is_plain: bool, draws: int) -> list[float]:
        return reference.summarised(draw(draws), is_plain)

    found: dict[str, Callable[[int], object]] = {
        "packages": lambda _: ", ".join(f"{name} {version(name)}" for name in PACKAGES),
        "SALib": indices_of(reference),
    }
    for name, made in LIBRARIES.items():
        draw = made(reference.forms)
        found[f"{name}, drawing only"] = partial(drawn, draw)
        found[f"{name}, numpy tensor"] = partial(full, draw, True)
        found[f"{name}, numpy by year"] = partial(full, draw, False)
    return found


def main() -> None:
    answers = answers_of(Reference(json.loads(sys.stdin.readline())))
    for line in sys.stdin:
        name, draws = json.loads(line)
        print(json.dumps(answers[name](draws)), flush=True)


if __name__ == "__main__":
    main()
