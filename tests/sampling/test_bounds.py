"""No draw lies outside, and the bounds are not far wider than they need be."""

from __future__ import annotations

import numpy as np
import pytest

from impactmonitor.model.numbers import (
    Beta,
    Counts,
    Discrete,
    Interval,
    Lognormal,
    Normal,
    Pert,
    Range,
    Triangular,
    Uniform,
)
from impactmonitor.sampling.bounds import bounds
from impactmonitor.sampling.inverse import INVERSES, inverse

EVERY = [
    Pert(pert=(1, 2, 5)), Triangular(triangular=(-1, 0, 3)), Uniform(uniform=(0.05, 0.2)),
    Normal(normal={"mean": 0.03, "sd": 0.01}), Normal(normal={"mean": 2, "sd": 0}),
    Lognormal(lognormal={"p05": 1, "p95": 3}), Lognormal(lognormal={"median": 2, "p95": 3}),
    Interval(interval={"low": 1, "high": 2}), Interval(interval={"low": -1, "high": 2}),
    Beta(beta={"mean": 0.2, "sd": 0.1}), Beta(beta={"mean": 0.2, "sd": 0}),
    Counts(counts={"events": 3, "n": 9}),
    Discrete(discrete={"values": [3, 1, 2], "probabilities": [0.2, 0.3, 0.5]}),
]  # fmt: skip
RANGES = [Range(), Range(low=0), Range(low=0.1, high=1.9), Range(low=2.4),
          Range(low=-1, is_open=True)]  # fmt: skip
OUTERMOST = np.array([2.0**-33, 1 - 2.0**-33])


def test_every_form_has_its_bounds():
    assert {type(one) for one in EVERY} == set(INVERSES)


@pytest.mark.parametrize("distribution", EVERY, ids=lambda d: d.kind)
@pytest.mark.parametrize("allowed", RANGES, ids=str)
def test_no_draw_lies_outside(distribution, allowed):
    try:
        found = inverse(distribution, allowed)
    except ValueError:
        return  # nothing of it is left
    low, high = bounds(distribution, allowed)
    first, last = found(OUTERMOST)
    assert np.isfinite([low, high]).all()
    assert low <= first <= last <= high
    if allowed == Range() and distribution.kind not in ("beta", "counts", "lognormal"):
        assert high - low <= 1.1 * (last - first) + 1e-12
