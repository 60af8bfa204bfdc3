"""Integrals over every distribution are as good as promised, cut off or not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import integrate, stats

from impactmonitor.model.numbers import ANY, NOT_NEGATIVE, SHARE, OwnNumber, Range
from impactmonitor.sampling.inverse import inverse
from impactmonitor.sampling.moments import moments
from impactmonitor.uncertainty.integrals import rule

READ = TypeAdapter(OwnNumber)
Z95 = stats.norm.ppf(0.95)


def points(written, allowed=ANY):
    return rule(READ.validate_python(written), allowed)


def mean(found, function):
    return float(found.weights @ function(found.values))


@pytest.mark.parametrize("sd", [0.1, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("power", [1, 2, 3, 4])
def test_powers_of_a_lognormal_number(sd, power):
    found = points({"lognormal": {"median": 2, "p95": 2 * math.exp(sd * Z95)}})
    wanted = 2**power * math.exp((power * sd) ** 2 / 2)
    assert mean(found, lambda x: x**power) == pytest.approx(wanted, rel=1e-10)


def test_powers_of_a_normal_number():
    found = points({"normal": {"mean": 3, "sd": 2}})
    moments_of_scores = [mean(found, lambda x, n=n: ((x - 3) / 2) ** n) for n in range(1, 9)]
    assert moments_of_scores == pytest.approx([0, 1, 0, 3, 0, 15, 0, 105], rel=2e-10, abs=1e-10)


@pytest.mark.parametrize(
    ("a", "b"), [(1, 5), (5, 1), (3, 3), (1.1, 4.9), (0.5, 10.5), (0.5, 2e4), (0.05, 1), (3e3, 7e3)]
)
def test_moments_of_beta_distributions(a, b):
    expected, variance = a / (a + b), a * b / (a + b) ** 2 / (a + b + 1)
    found = points({"beta": {"mean": expected, "sd": math.sqrt(variance)}})
    assert mean(found, lambda x: x) == pytest.approx(expected, rel=1e-9)
    assert mean(found, lambda x: (x - expected) ** 2) == pytest.approx(variance, rel=1e-8)


def test_beta_distributions_of_an_extreme_form_are_good_to_a_millionth():
    a, b = 0.01, 0.5
    sd = math.sqrt(a * b / (a + b) ** 2 / (a + b + 1))
    found = points({"beta": {"mean": a / (a + b), "sd": sd}})
    assert mean(found, lambda x: x) == pytest.approx(a / (a + b), rel=1e-6)


def test_pert_and_counts_are_the_beta_distributions_that_they_stand_for():
    pert, counts = points({"pert": [10, 20, 60]}), points({"counts": {"events": 0, "n": 30}})
    assert mean(pert, lambda x: x) == pytest.approx(25, rel=1e-12)
    assert mean(pert, lambda x: (x - 25) ** 2) == pytest.approx(15 * 35 / 7, rel=1e-12)
    assert mean(counts, lambda x: x) == pytest.approx(0.5 / 31, rel=1e-12)


CUT = [
    ({"normal": {"mean": 1, "sd": 1}}, NOT_NEGATIVE),
    ({"normal": {"mean": -5, "sd": 1}}, NOT_NEGATIVE),  # 3e-7 is left
    ({"normal": {"mean": 0.3, "sd": 0.5}}, SHARE),
    ({"normal": {"mean": 0.03, "sd": 0.01}}, Range(low=-1, is_open=True)),
    ({"lognormal": {"p05": 0.1, "p95": 2}}, SHARE),
    ({"lognormal": {"p05": 0.1, "p95": 2}}, Range(low=0.5)),
    ({"interval": {"low": -1, "high": 3, "coverage": 0.8}}, NOT_NEGATIVE),
    ({"interval": {"low": 1, "high": 3}}, Range(high=2)),
    ({"uniform": [-1, 3]}, NOT_NEGATIVE),
    ({"triangular": [-1, 0.2, 1.5]}, SHARE),
    ({"triangular": [-3, -1, 2]}, SHARE),
    ({"triangular": [0, 0, 2]}, ANY),
    ({"triangular": [0, 2, 2]}, SHARE),
    ({"pert": [-1, 0.2, 1.5]}, SHARE),
    ({"counts": {"events": 3, "n": 10}}, Range(low=0.2, high=0.4)),
]


@pytest.mark.parametrize(("written", "allowed"), CUT)
def test_what_is_cut_off_is_cut_off(written, allowed):
    distribution = READ.validate_python(written)
    found, quantile = points(written, allowed), inverse(distribution, allowed)
    assert found.weights.sum() == pytest.approx(1, abs=1e-14)
    assert mean(found, lambda x: x) == pytest.approx(
        moments(distribution, allowed).expected, rel=1e-9
    )
    for power in (2.0, -1.5):
        wanted = integrate.quad(
            lambda p, power=power: (1.5 + quantile([p])[0]) ** power, 0, 1,
            points=[1e-6, 1 - 1e-6], limit=500, epsabs=0, epsrel=1e-9,
        )[0]  # fmt: skip
        assert mean(found, lambda x, power=power: (1.5 + x) ** power) == pytest.approx(
            wanted, rel=2e-7
        )


def test_discrete_numbers_are_added_up():
    written = {"discrete": {"values": [3, -1, 2], "probabilities": [0.5, 0.25, 0.25]}}
    assert mean(points(written), np.square) == 5.75
    assert mean(points(written, NOT_NEGATIVE), lambda x: x) == pytest.approx(8 / 3)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ({"normal": {"mean": 0.1, "sd": 0}}, 0.1),
        ({"lognormal": {"median": 7, "p95": 7}}, 7.0),
        ({"uniform": [0.1, 0.1]}, 0.1),
        ({"triangular": [0.3, 0.3, 0.3]}, 0.3),
        ({"pert": [0.3, 0.3, 0.3]}, 0.3),
        ({"beta": {"mean": 0.3, "sd": 0}}, 0.3),
        ({"interval": {"low": -2, "high": -2}}, -2.0),
    ],
)
def test_a_number_without_spread_is_one_point(written, value):
    found = points(written)
    assert found.weights.tolist() == [1.0]
    assert found.values == pytest.approx([value], rel=1e-15)


@pytest.mark.parametrize("power", [-1.5, -2, -6])
def test_half_the_points_tell_when_an_integral_does_not_exist(power):
    found = points({"uniform": [0, 1]})
    smooth, infinite = found.values**30, found.values**power
    assert found.coarse @ smooth == pytest.approx(found.weights @ smooth, rel=1e-3)
    assert abs(found.coarse @ infinite / (found.weights @ infinite) - 1) > 0.1
