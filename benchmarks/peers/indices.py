"""Sobol' indices of the reference case with SALib."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sampling
from scipy.special import betaincinv
from tensors import CHUNK, Reference

Form = tuple[str, tuple[float, ...]]


def problem_of(forms: list[Form]) -> dict[str, Any]:
    """The inputs as SALib takes them; it knows no PERT, which gets points between 0 and 1."""
    kinds = {
        "triangular": ("triang", lambda low, mode, high: (low, high, (mode - low) / (high - low))),
        "lognormal": ("lognorm", lambda mean, sd: (mean, sd)),
        "uniform": ("unif", lambda low, high: (low, high)),
        "pert": ("unif", lambda *_: (0.0, 1.0)),
    }
    return {
        "num_vars": len(forms),
        "names": [f"input-{place}" for place in range(len(forms))],
        "dists": [kinds[name][0] for name, _ in forms],
        "bounds": [kinds[name][1](*values) for name, values in forms],
    }


def indices_of(reference: Reference) -> Callable[[int], list[list[float]]]:
    """First-order and total indices of the first result, from so many base draws."""
    problem = problem_of(reference.forms)

    def found(draws: int) -> list[list[float]]:
        rows = sampling.sample(problem, draws, calc_second_order=False, seed=1)
        inputs = np.ascontiguousarray(rows.T)
        for row, (name, values) in enumerate(reference.forms):
            if name == "pert":
                low, mode, high = values
                rise, fall = 4 * (mode - low) / (high - low), 4 * (high - mode) / (high - low)
                inputs[row] = low + (high - low) * betaincinv(1 + rise, 1 + fall, inputs[row])
        parts = (inputs[:, start : start + CHUNK] for start in range(0, len(rows), CHUNK))
        results = np.concatenate([reference.by_year(part)[0] for part in parts])
        told = analysis.analyze(problem, results, calc_second_order=False, seed=1)
        return [told["S1"].tolist(), told["ST"].tolist()]

    return found
