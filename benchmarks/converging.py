"""How precise results are for the time they take: quasi-random points beside plain Monte Carlo."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from time import perf_counter
from typing import NamedTuple

import numpy as np

from benchmarks.measuring import markdown, shown, significant
from benchmarks.reference import model_of_case, reference_case
from benchmarks.simulating import summaries_of
from impactmonitor.uncertainty.decisions import expected_value_of_perfect_information
from impactmonitor.uncertainty.exact import exact_of
from impactmonitor.uncertainty.models import Model
from impactmonitor.uncertainty.running import Sampling, Work, run_model

SIZES = (256, 1_024, 4_096, 16_384)
METHODS = ("mc", "sobol")
SEEDS = 24
TRUTH_SEEDS = range(1_000_001, 1_000_005)
TRUTH_DRAWS = 1_048_576
NAMES = ("mean", "5th percentile", "95th percentile", "chance of a gain", "sd", "EVPI")


class Estimate(NamedTuple):
    """What a run says of society's net present value, and the seconds it took."""

    values: np.ndarray
    seconds: float


def estimate(model: Model, draws: int, seed: int, method: str) -> Estimate:
    """One run, with the summaries of all parties."""
    gc.collect()
    start = perf_counter()
    run = run_model(model, Sampling(draws, seed, method), Work())
    summaries = summaries_of(run)
    seconds = perf_counter() - start
    place = len(model.compiled.parties) - 1
    one, net = summaries[place], run.tally.kept[place]
    worth = expected_value_of_perfect_information(np.stack([net, np.zeros(len(net))], axis=1))
    found = (one.mean, one.p05, one.p95, one.probability_positive, one.sd, worth)
    return Estimate(np.array(found), seconds)


def truth(model: Model) -> np.ndarray:
    """Exact mean and standard deviation; for the others four million draws of other seeds."""
    exact = exact_of(model, model.net[-1])
    assert exact is not None
    runs = [estimate(model, TRUTH_DRAWS, seed, "sobol").values for seed in TRUTH_SEEDS]
    found: np.ndarray = np.array(runs).mean(axis=0)
    found[NAMES.index("mean")], found[NAMES.index("sd")] = exact.mean, exact.sd
    return found


def figures(seeds: int = SEEDS) -> Iterator[str]:
    """Root mean square errors over seeds, and what quasi-random points gain by time."""
    model = model_of_case(reference_case())
    right = truth(model)
    sd = right[NAMES.index("sd")]
    scale = np.array([1.0 if name == "chance of a gain" else sd for name in NAMES])
    errors, gains = [], []
    for draws in SIZES:
        found = _runs(model, draws, seeds)
        by_method = {}
        for method, runs in found.items():
            apart = (np.array([run.values for run in runs]) - right) / scale
            error = np.sqrt(np.mean(apart**2, axis=0))
            seconds = float(np.median([run.seconds for run in runs]))
            by_method[method] = error, seconds
            shares = (f"{100 * one:.2g} %" for one in error)
            errors.append((f"{draws:,} {method}", shown(seconds, "ms"), *shares))
        (plain, plain_time), (quasi, quasi_time) = (by_method[method] for method in METHODS)
        efficiency = (plain / quasi) ** 2 * plain_time / quasi_time
        gains.append((f"{draws:,}", *(f"{significant(one, 2)} x" for one in efficiency)))
    yield markdown((f"error over {seeds} seeds", "time, ms", *NAMES), errors)
    yield markdown(("gain in variance x time, draws", *NAMES), gains)


def _runs(model: Model, draws: int, seeds: int) -> dict[str, list[Estimate]]:
    """The methods take turns; the first round does not count."""
    found: dict[str, list[Estimate]] = {method: [] for method in METHODS}
    for seed in range(seeds + 1):
        for method in METHODS:
            run = estimate(model, draws, seed, method)
            if seed:
                found[method].append(run)
    return found
