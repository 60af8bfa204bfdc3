"""The case that simulations are measured with, and its inputs as numpy and others draw them.

20 effects with a triangular quantity, a lognormal unit value, a PERT deadweight and a uniform
drop-off, each lasting as long as the horizon; 4 triangular costs; 6 actors: 84 uncertain numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np

from benchmarks.cases import ACTORS, DOMAINS
from impactmonitor.appraisal.compiling import Compiled, compile_case
from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.model.case import Case
from impactmonitor.model.numbers import Distribution, Lognormal, Pert, Triangular, Uniform
from impactmonitor.sampling.moments import lognormal_parameters
from impactmonitor.uncertainty.models import Model, model_of, places_of

EFFECTS, COSTS = 20, 4
RATE = 0.03
UNCERTAIN_RATE = {"triangular": [0.02, 0.03, 0.04]}
CATALOGUE = load_catalogue()

Form = tuple[str, tuple[float, ...]]
"""The name of a distribution, and its parameters."""


def reference_case(number: int = 0, horizon: int = 30, rate: Any = RATE) -> Case:
    """One case; its number decides about all its figures, and gain and loss are both likely."""
    random = Random(number)  # noqa: S311  no secret
    return Case.model_validate(
        {
            "impactmonitor": 1,
            "id": f"reference-{number}",
            "title": {"nl": f"Project {number}", "en": f"Project {number}"},
            "currency": "EUR",
            "price_year": 2026,
            "base_year": 2026,
            "horizon": horizon,
            "discount": {"rate": rate},
            "actors": {name: {"kind": kind} for name, kind in ACTORS.items()},
            "costs": {
                f"cost-{i}": {"amount": {"triangular": [2e5, 4e5, 9e5]}, "paid_by": actor}
                for i, actor in enumerate([*ACTORS][:COSTS])
            },
            "effects": {f"effect-{i}": _effect(random, i, horizon) for i in range(EFFECTS)},
        }
    )


def _effect(random: Random, index: int, horizon: int) -> dict[str, Any]:
    middle, price = random.uniform(50, 150), random.uniform(120, 220)
    first, second = random.uniform(0.2, 0.5), random.uniform(0.1, 0.4)
    shares = (first, second, 1 - first - second)
    return {
        "domain": DOMAINS[index % len(DOMAINS)],
        "quantity": {"triangular": [0.6 * middle, middle, 1.7 * middle]},
        "unit_value": {"lognormal": {"median": price, "p95": 1.75 * price}},
        "deadweight": {"pert": [0.1, 0.3, 0.5]},
        "drop_off": {"uniform": [0.05, 0.2]},
        "lasts": horizon,
        "falls_to": dict(zip(random.sample([*ACTORS], 3), shares, strict=True)),
        "cashable": 0.4,
    }


def compiled_of(case: Case) -> Compiled:
    """The case as a program."""
    resolved, problems = resolve(case, CATALOGUE)
    assert resolved is not None, problems
    return compile_case(resolved)


def model_of_case(case: Case) -> Model:
    """The case ready to be drawn."""
    compiled = compiled_of(case)
    return model_of(case, compiled, places_of([compiled]))


def form_of(distribution: Distribution) -> Form:
    """A distribution of the reference case as other programs know it."""
    match distribution:
        case Triangular():
            return "triangular", tuple(distribution.triangular)
        case Pert():
            return "pert", tuple(distribution.pert)
        case Uniform():
            return "uniform", tuple(distribution.uniform)
        case Lognormal():
            return "lognormal", lognormal_parameters(distribution)
    raise TypeError(distribution)


def samplers_of(model: Model) -> Callable[[int, int], None]:
    """Numpy's own samplers, which merely draw the inputs: of so many draws, so many at a time.

    What is drawn is thrown away, and a beta number is not even brought between its bounds.
    """
    generator = np.random.default_rng(1)
    forms = [form_of(variable.distribution) for variable in model.variables]

    def sampler(name: str, values: tuple[float, ...]) -> Callable[[int], object]:
        if name == "pert":
            low, mode, high = values
            rise, fall = 4 * (mode - low) / (high - low), 4 * (high - mode) / (high - low)
            return lambda count: generator.beta(1 + rise, 1 + fall, count)
        own = getattr(generator, name)
        return lambda count: own(*values, count)

    each = [sampler(*form) for form in forms]

    def draw(draws: int, at_once: int) -> None:
        for start in range(0, draws, at_once):
            for one in each:
                one(min(at_once, draws - start))

    return draw
