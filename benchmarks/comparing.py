"""The reference case beside other libraries, which run in an environment of their own.

They draw; years, actors and summaries are added in numpy, because they know no such model. Both
sides take turns: a process of the other environment waits until it is asked.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measuring import Measured, interleaved, markdown, ratio, shown, significant, table
from benchmarks.naive import MOMENTS
from benchmarks.reference import (
    COSTS,
    EFFECTS,
    RATE,
    form_of,
    model_of_case,
    reference_case,
    samplers_of,
)
from benchmarks.simulating import SURELY, simulated
from impactmonitor.model.case import Case
from impactmonitor.uncertainty.exact import exact_of
from impactmonitor.uncertainty.indices import indices_of
from impactmonitor.uncertainty.models import Model
from impactmonitor.uncertainty.results import Exact

FOLDER = Path(__file__).parent / "peers"
DRAWS = 65_536
BASE_DRAWS = (512, 4_096)
"""Of Sobol' indices: the model is calculated 86 times as often."""
LIBRARIES = ("squigglepy", "openturns", "chaospy")
WAYS = ("drawing only", "numpy tensor", "numpy by year")
FIELDS = ("quantity", "unit_value", "deadweight", "drop_off")
MISSING = """No peers: say which Python has them, with --python PATH or PEERS_PYTHON. To make one:
  python3 -m venv ../peers
  ../peers/bin/python -m pip install -r benchmarks/peers/requirements.txt"""


class Peers:
    """The process of the other environment."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, name: str, draws: int) -> Any:
        """Have something done, and wait for the answer."""
        return self._line([name, draws], is_answered=True)

    def tell(self, what: Any) -> None:
        """The first line: the reference case."""
        self._line(what, is_answered=False)

    def _line(self, what: Any, is_answered: bool) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(what), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline()) if is_answered else None


@contextmanager
def peers_of(python: Path, told: Any) -> Iterator[Peers]:
    """The other environment at work, for as long as it is needed."""
    command = (str(python), str(FOLDER / "answering.py"))
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        peers = Peers(process)
        peers.tell(told)
        yield peers
    finally:
        process.communicate()


def paths() -> list[str]:
    """The inputs in the order that the peers know."""
    effects = [f"effects.effect-{i}.{field}" for i in range(EFFECTS) for field in FIELDS]
    return effects + [f"costs.cost-{i}.amount" for i in range(COSTS)]


def told_of(case: Case, model: Model) -> dict[str, Any]:
    """All that the peers need to calculate the same; society's net comes first."""
    forms = {
        one.path: form_of(variable.distribution)
        for one, variable in zip(model.compiled.inputs, model.variables, strict=True)
    }
    lines = [f"effect-{i}" for i in range(EFFECTS)] + [f"cost-{i}" for i in range(COSTS)]
    places = [model.compiled.lines.index(line) for line in lines]
    shares = np.concatenate([model.net[::-1], model.cash[::-1]])[:, places]
    assert case.discount is not None
    moment = MOMENTS[case.discount.timing]
    return {
        "forms": [forms[path] for path in paths()],
        "effects": EFFECTS,
        "discount": [(1 + RATE) ** -(year + moment) for year in range(case.horizon)],
        "shares": shares.tolist(),
    }


def figures(python: Path | None, repeats: int) -> Iterator[str]:
    """Draws and results, then indices; where there are no peers, how to get them."""
    if python is None or not python.is_file():
        yield MISSING
        return
    case = reference_case()
    model = model_of_case(case)
    exact = exact_of(model, model.net[-1])
    assert exact is not None
    with peers_of(python, told_of(case, model)) as peers:
        yield f"Peers: {peers.ask('packages', 0)}"
        _check_agreement(peers, exact)
        yield _results(peers, model, repeats)
        yield _indices(peers, model, exact, repeats)


def _check_agreement(peers: Peers, exact: Exact) -> None:
    """All of them draw the same and calculate the same, within what chance allows."""
    for library in LIBRARIES:
        for way in WAYS[1:]:
            mean, sd = peers.ask(f"{library}, {way}", DRAWS)
            assert abs(mean - exact.mean) < SURELY * exact.sd / DRAWS**0.5, (library, way, mean)
            assert abs(sd / exact.sd - 1) < SURELY / DRAWS**0.5, (library, way, sd)


def _results(peers: Peers, model: Model, repeats: int) -> str:
    """Net and cash of all parties with their quantiles."""
    draw = samplers_of(model)
    ours = "ours: draws, model, summaries"
    candidates: dict[str, Callable[[], object]] = {
        ours: partial(simulated, model, DRAWS),
        "numpy's samplers, drawing only": partial(draw, DRAWS, DRAWS),
    }
    for library in LIBRARIES:
        for way in WAYS:
            name = f"{library}, {way}"
            candidates[name] = partial(peers.ask, name, DRAWS)
    measured = interleaved(candidates, repeats)
    return table(f"{DRAWS:,} draws of 84 inputs, per draw", measured, ours, DRAWS, "ns")


def _indices(peers: Peers, model: Model, exact: Exact, repeats: int) -> str:
    """First-order and total indices of society's net value, and how far they are off."""
    society = model.net[-1]
    answers: dict[str, np.ndarray] = {}

    def ours(name: str, draws: int | None) -> None:
        both = indices_of(model, society, 1, draws) if draws else _both(exact_of(model, society))
        answers[name] = np.array([[each[path] for path in paths()] for each in both])

    def theirs(name: str, draws: int) -> None:
        answers[name] = np.array(peers.ask("SALib", draws))

    exactly = "ours, exact"
    candidates = {exactly: partial(ours, exactly, None)}
    for draws in BASE_DRAWS:
        for whose, answer in (("ours", ours), ("SALib", theirs)):
            name = f"{whose}, {draws:,} draws"
            candidates[name] = partial(answer, name, draws)
    measured = interleaved(candidates, repeats)
    right = np.array([[each[path] for path in paths()] for each in _both(exact)])
    return _table_of_indices(
        measured, [np.abs(answers[one.name] - right).max(axis=1) for one in measured]
    )


def _both(exact: Exact | None) -> tuple[Mapping[str, float], Mapping[str, float]]:
    assert exact is not None
    return exact.first_order, exact.total


def _table_of_indices(measured: list[Measured], errors: list[np.ndarray]) -> str:
    exactly = measured[0]
    header = ("Sobol' indices of 84 inputs", "median, ms", f"beside {exactly.name}")
    return markdown(
        (*header, "largest error, first order", "largest error, total"),
        [
            (
                one.name,
                shown(one.middle, "ms"),
                f"{ratio(one, exactly):.3g} x",
                *(significant(number, 2) for number in error),
            )
            for one, error in zip(measured, errors, strict=True)
        ],
    )
