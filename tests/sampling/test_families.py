"""Many inverse distribution functions at a time against each by itself."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import TypeAdapter

from impactmonitor.model.numbers import ANY, NOT_NEGATIVE, SHARE, Number, Range
from impactmonitor.sampling.families import Single, families
from impactmonitor.sampling.inverse import inverse

READ = TypeAdapter(Number).validate_python
POINTS = np.concatenate([2.0 ** -np.linspace(1, 33, 200), 1 - 2.0 ** -np.linspace(1, 33, 200)])

WRITTEN = [
    {"uniform": [0.2, 0.7]},
    {"triangular": [0, 0.5, 1]},
    {"triangular": [0, 0, 1]},
    {"triangular": [0.1, 0.9, 0.9]},
    {"normal": {"mean": 0.4, "sd": 0.3}},
    {"lognormal": {"median": 0.3, "p95": 0.9}},
    {"lognormal": {"median": 0.3, "p95": 90}},
    {"interval": {"low": 0.1, "high": 0.5}},
    {"interval": {"low": -0.1, "high": 0.5}},
    {"pert": [0.1, 0.2, 0.9]},
    {"beta": {"mean": 0.3, "sd": 0.1}},
    {"counts": {"events": 3, "n": 9}},
    {"discrete": {"values": [0.1, 0.2, 0.4], "probabilities": [0.2, 0.3, 0.5]}},
    {"uniform": [0.3, 0.3]},
    {"pert": [0.3, 0.3, 0.3]},
]
RANGES = [ANY, NOT_NEGATIVE, SHARE, Range(0.15, 0.8), Range(0, is_open=True)]
INPUTS = [(READ(w), r) for w in WRITTEN for r in RANGES]


@pytest.mark.parametrize("draws", [100, 10_000])
def test_each_input_has_its_own_quantiles(draws):
    seen = []
    for rows, form, bends, _ in families(INPUTS, draws):
        found = form.quantiles(np.tile(POINTS, (len(rows), 1)))
        assert (form.quantiles(POINTS[None, :]) == found).all()
        some = slice(len(rows) // 2, len(rows))
        assert (form.quantiles(POINTS[None, :], some) == found[some]).all()
        assert bends is None or len(bends) == len(rows)
        for row, values in zip(rows, found, strict=True):
            exact = inverse(*INPUTS[row])
            spread = exact((np.arange(4096) + 0.5) / 4096).std()
            assert np.abs(values - exact(POINTS)).max() <= 2e-6 * spread + 1e-15
            assert values.min() >= exact.low
            assert values.max() <= exact.high
        seen += rows
    assert sorted(seen) == list(range(len(INPUTS)))


def test_whole_numbers_of_one_form_are_together():
    found = families([(READ({"normal": {"mean": m, "sd": 1}}), ANY) for m in range(5)], 10)
    assert [f.rows for f in found] == [[0, 1, 2, 3, 4]]
    cut = families([(READ({"normal": {"mean": 1, "sd": 1}}), NOT_NEGATIVE)], 10)
    assert isinstance(cut[0].form, Single)


def test_bends_are_at_the_mode():
    (found,) = families([(READ({"triangular": [0, 1, 4]}), ANY)], 10)
    assert found.bends == [0.25]


def test_nothing_left_is_refused():
    with pytest.raises(ValueError, match="nothing of this uniform"):
        families([(READ({"uniform": [2, 3]}), SHARE)], 10)
