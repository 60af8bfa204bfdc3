"""Simulations of one case, beside the time that numpy's samplers need merely to draw its inputs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np

from benchmarks.measuring import interleaved, markdown, ratio, shown, table
from benchmarks.reference import (
    CATALOGUE,
    RATE,
    UNCERTAIN_RATE,
    compiled_of,
    model_of_case,
    reference_case,
    samplers_of,
)
from impactmonitor import simulate
from impactmonitor.sampling.draws import Draws
from impactmonitor.sampling.points import METHODS
from impactmonitor.uncertainty.blocks import RANDOMISATIONS, Piece, blocks_of, draws_of
from impactmonitor.uncertainty.exact import exact_of
from impactmonitor.uncertainty.models import Model
from impactmonitor.uncertainty.running import Run, Sampling, Work, run_model
from impactmonitor.uncertainty.summary import Summary
from impactmonitor.uncertainty.tally import Tally

DRAWS = 131_072
SIZES = (1_024, 16_384, 131_072, 1_048_576)
USUAL = (4_096, DRAWS)
IN_BLOCKS = 4_096
HORIZONS = (30, 120)
MANY = 1_048_576
SURELY = 6.0
"""Standard errors that a mean of draws does not lie from the exact one."""


def summaries_of(run: Run) -> list[Summary]:
    """Distributions of net, then of cash, of every actor and of society; quantiles are exact."""
    return [run.tally.summary(result) for result in range(len(run.tally.centre))]


def simulated(
    model: Model, draws: int, seed: int = 1, method: str = "sobol", work: Work | None = None
) -> list[Summary]:
    """Draw, calculate, and summarise net and cash of every party."""
    return summaries_of(run_model(model, Sampling(draws, seed, method), work or Work()))


def check_agreement(model: Model) -> None:
    """Draws give the exact mean and standard deviation, within what chance allows plain ones."""
    exact = exact_of(model, model.net[-1])
    assert exact is not None
    for method in METHODS:
        society = simulated(model, DRAWS, method=method)[len(model.compiled.parties) - 1]
        assert abs(society.mean - exact.mean) < SURELY * exact.sd / DRAWS**0.5, method
        assert abs(society.sd / exact.sd - 1) < SURELY / DRAWS**0.5, method


def figures(repeats: int) -> Iterator[str]:
    """All tables about one case."""
    model = model_of_case(reference_case())
    assert len(model.variables) == 84
    check_agreement(model)
    yield _reference(model, repeats)
    yield _whole(model, repeats)
    yield _by_draws(model, repeats)
    yield _by_years(repeats)
    yield _by_workers(model, repeats)


def _reference(model: Model, repeats: int) -> str:
    """The reference work, taken apart."""
    case, draw = reference_case(), samplers_of(model)
    samplers = "numpy's samplers, drawing only"
    measured = interleaved(
        {
            samplers: lambda: draw(DRAWS, DRAWS),
            f"numpy's samplers, {IN_BLOCKS:,} at a time": lambda: draw(DRAWS, IN_BLOCKS),
            "draws, model, summaries": lambda: simulated(model, DRAWS),
            **_parts(model, DRAWS),
            "the same with plain Monte Carlo": lambda: simulated(model, DRAWS, method="mc"),
            "from the loaded case to summaries": lambda: simulated(model_of_case(case), DRAWS),
            "of which: look up, compile": lambda: compiled_of(case),
            "of which: look up, compile, make ready": lambda: model_of_case(case),
        },
        repeats,
    )
    return table(f"{DRAWS:,} draws of 84 inputs, per draw", measured, samplers, DRAWS, "ns")


def _parts(model: Model, draws: int) -> dict[str, Callable[[], object]]:
    """The steps of a simulation, each alone, as often as there are blocks."""
    blocks = blocks_of(draws)

    def laid_ready() -> Draws:
        return model.draws(1, draws // RANDOMISATIONS, "sobol", RANDOMISATIONS)

    def drawn() -> Iterator[tuple[tuple[Piece, ...], np.ndarray]]:
        return draws_of(laid_ready(), blocks, len(model.variables))

    pieces, values = next(drawn())
    sizes = [(piece.randomisation, piece.size) for piece in pieces]
    outcome = model.outcome(values)
    results = outcome.both

    def added() -> None:
        tally = Tally(results[:, 0], RANDOMISATIONS, draws)
        for _ in blocks:
            tally.add(results.copy(), sizes)

    full = run_model(model, Sampling(draws, 1, "sobol"), Work())
    return {
        "of which: draws": lambda: deque(drawn(), maxlen=0),
        "of which: draws laid ready, none taken": laid_ready,
        "of which: model": lambda: deque((model.outcome(values).net for _ in blocks), maxlen=0),
        "of which: sums": added,
        "of which: quantiles": lambda: summaries_of(full),
    }


def _whole(model: Model, repeats: int) -> str:
    """What someone waits for: sensitivity, decisions and years as well."""
    case = reference_case()
    candidates: dict[str, Callable[[], object]] = {}
    for draws in USUAL:
        candidates[f"{draws:,} draws, distributions only"] = partial(simulated, model, draws)
        candidates[f"{draws:,} draws, simulate()"] = partial(simulate, case, CATALOGUE, draws)
    return table("All that is asked", interleaved(candidates, repeats), next(iter(candidates)))


def _by_draws(model: Model, repeats: int) -> str:
    """How the time by draw depends on how many there are."""
    draw, rows = samplers_of(model), []
    for draws in SIZES:
        rounds = repeats * max(1, min(20, DRAWS // draws))
        limit, ours = interleaved(
            {
                "samplers": partial(draw, draws, draws),
                "ours": partial(simulated, model, draws),
            },
            rounds,
        )
        times = (shown(one.middle / draws, "ns") for one in (limit, ours))
        rows.append((f"{draws:,}", *times, f"{ratio(ours, limit):.3g} x"))
    header = ("draws", "samplers, ns per draw", "simulation, ns per draw", "beside the samplers")
    return markdown(header, rows)


def _by_years(repeats: int) -> str:
    """How the time by draw depends on the horizon: every effect lasts that long."""
    rates = {"certain rate": RATE, "uncertain rate": UNCERTAIN_RATE}
    models = {
        f"{horizon} years, {name}": model_of_case(reference_case(horizon=horizon, rate=rate))
        for name, rate in rates.items()
        for horizon in HORIZONS
    }
    candidates = {name: partial(simulated, model, DRAWS) for name, model in models.items()}
    title = f"{DRAWS:,} draws, per draw"
    return table(title, interleaved(candidates, repeats), next(iter(models)), DRAWS, "ns")


def _by_workers(model: Model, repeats: int) -> str:
    """One process beside two; the pools are there before, and all numbers are the same."""
    with ProcessPoolExecutor(1) as one, ProcessPoolExecutor(2) as two:
        works = {
            "in this process": Work(),
            "one worker": Work(executor=one),
            "two workers": Work(executor=two),
            "two workers, 8,192 draws at a time": Work(executor=two, chunk=8_192),
        }
        found = [simulated(model, MANY, work=work) for work in works.values()]
        assert all(other == found[0] for other in found[1:])
        candidates = {
            name: partial(simulated, model, MANY, work=work) for name, work in works.items()
        }
        measured = interleaved(candidates, repeats)
    return table(f"{MANY:,} draws", measured, beside="in this process")
