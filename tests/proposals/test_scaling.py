"""An uncertain number with another mean: its relative spread stays, or it is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.model.numbers import (
    ANY,
    SHARE,
    Beta,
    Counts,
    Discrete,
    Interval,
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from impactmonitor.proposals.scaling import with_expected
from impactmonitor.sampling.inverse import inverse
from impactmonitor.sampling.moments import moments

ALL = [
    Pert.model_validate({"pert": [1, 2, 6]}),
    Triangular.model_validate({"triangular": [1, 2, 6]}),
    Uniform.model_validate({"uniform": [1, 3]}),
    Normal.model_validate({"normal": {"mean": 3, "sd": 1}}),
    Lognormal.model_validate({"lognormal": {"p05": 1, "p95": 4}}),
    Lognormal.model_validate({"lognormal": {"median": 2, "p95": 4}}),
    Discrete.model_validate({"discrete": {"values": [1, 5], "probabilities": [0.25, 0.75]}}),
    Interval.model_validate({"interval": {"low": 1, "high": 4}}),
    Interval.model_validate({"interval": {"low": -1, "high": 4}}),
    Pert.model_validate({"pert": [1, 2, 6], "central": 4}),
]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.kind)
@given(by=st.floats(0.01, 100))
def test_every_quantile_is_multiplied_by_the_same_number(one, by):
    wanted = by * moments(one, ANY).expected
    scaled = with_expected(one, wanted, ANY)
    assert moments(scaled, ANY).expected == pytest.approx(wanted, rel=1e-9)
    points = [0.05, 0.3, 0.5, 0.9]
    before, after = inverse(one, ANY), inverse(scaled, ANY)
    for point in points:
        assert after(point) == pytest.approx(by * before(point), rel=1e-6)


@pytest.mark.parametrize(
    "one",
    [
        Beta.model_validate({"beta": {"mean": 0.2, "sd": 0.05}}),
        Counts.model_validate({"counts": {"events": 12, "n": 60}}),
    ],
    ids=("beta", "counts"),
)
def test_a_share_becomes_a_beta_distribution_of_the_same_relative_spread(one):
    mean = moments(one, SHARE).expected
    scaled = with_expected(one, 2 * mean, SHARE)
    assert isinstance(scaled, Beta)
    assert scaled.beta.mean == pytest.approx(2 * mean)
    if isinstance(one, Beta):
        assert scaled.beta.sd == pytest.approx(2 * one.beta.sd)


@pytest.mark.parametrize(
    ("one", "wanted", "allowed"),
    [
        (ALL[0], 0.0, ANY),
        (ALL[0], -1.0, ANY),
        (Normal.model_validate({"normal": {"mean": 0, "sd": 1}}), 1.0, ANY),
        (Uniform.model_validate({"uniform": [0, 1]}), 0.9, SHARE),
        (Beta.model_validate({"beta": {"mean": 0.5, "sd": 0.4}}), 0.9, SHARE),
        (Beta.model_validate({"beta": {"mean": 0.5, "sd": 0.1}}), 1.0, SHARE),
    ],
    ids=("zero", "other-sign", "no-mean", "outside", "too-wide", "whole"),
)
def test_what_cannot_be_scaled_is_refused(one, wanted, allowed):
    with pytest.raises(ValueError, match="cannot be scaled"):
        with_expected(one, wanted, allowed)
