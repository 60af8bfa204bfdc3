"""Small cases with uncertain numbers, simulated, for the reports about them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tests.small import case, cost, gain

from impactmonitor import load_case
from impactmonitor.resources import folder
from impactmonitor.uncertainty.results import Simulation
from impactmonitor.uncertainty.simulation import simulate

EXAMPLES = sorted(folder("examples").rglob("case.yaml"))
DRAWS = 256
UNSURE = {
    "costs": {"work": cost(100)},
    "effects": {
        "help": gain(
            {"uniform": [0, 30]}, 10, unit="fall", falls_to="insurer",
            title={"en": "Help", "nl": "Hulp"}, cashable={"triangular": [0, 0.5, 1]},
        )
    },
}  # fmt: skip
"""Net: 10 times a number from 0 to 30, minus 100; gains in two of three draws."""


def unsure(**fields: Any) -> Simulation:
    return simulate(case(**{**UNSURE, **fields}), draws=DRAWS)


def certain(**fields: Any) -> Simulation:
    """Nothing in it is uncertain."""
    lines = {"costs": {"work": cost(100)}, "effects": {"help": gain(3, 50)}}
    return simulate(case(**{**lines, **fields}), draws=64)


@cache
def simulated_example(path: Path) -> Simulation:
    return simulate(load_case(path), draws=DRAWS)
