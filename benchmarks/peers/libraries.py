"""The inputs of the reference case drawn with other libraries: shape (inputs, draws)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Form = tuple[str, tuple[float, ...]]
Draw = Callable[[int], np.ndarray]


def squigglepy(forms: list[Form]) -> Draw:
    import squigglepy as sq

    def of(name: str, values: tuple[float, ...]) -> Any:
        if name == "lognormal":
            return sq.lognorm(norm_mean=values[0], norm_sd=values[1])
        return {"triangular": sq.triangular, "pert": sq.pert, "uniform": sq.uniform}[name](*values)

    each = [of(*form) for form in forms]
    sq.set_seed(1)
    return lambda draws: np.array([sq.sample(one, draws) for one in each])


def openturns(forms: list[Form]) -> Draw:
    import openturns as ot

    def of(name: str, values: tuple[float, ...]) -> Any:
        if name == "pert":
            low, mode, high = values
            rise, fall = 4 * (mode - low) / (high - low), 4 * (high - mode) / (high - low)
            return ot.Beta(1 + rise, 1 + fall, low, high)
        if name == "lognormal":
            return ot.LogNormal(*values, 0.0)
        return {"triangular": ot.Triangular, "uniform": ot.Uniform}[name](*values)

    each = [of(*form) for form in forms]
    ot.RandomGenerator.SetSeed(1)
    return lambda draws: np.array([np.asarray(one.getSample(draws))[:, 0] for one in each])


def chaospy(forms: list[Form]) -> Draw:
    import chaospy as cp

    named = {
        "triangular": cp.Triangle,
        "lognormal": cp.LogNormal,
        "pert": cp.PERT,
        "uniform": cp.Uniform,
    }
    joint = cp.J(*[named[name](*values) for name, values in forms])
    np.random.seed(1)  # noqa: NPY002  that is where it draws from
    return lambda draws: joint.sample(draws, rule="random")


LIBRARIES = {"squigglepy": squigglepy, "openturns": openturns, "chaospy": chaospy}
