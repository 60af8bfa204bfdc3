"""Quantiles of PERT distributions against scipy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import betaincinv

from impactmonitor.sampling.perts import Perts, chebyshev, shifted

FINE = (np.arange(1 << 14) + 0.5) / (1 << 14)
TAILS = 2.0 ** -np.linspace(1, 40, 3001)
EVERYWHERE = np.concatenate([TAILS, FINE, 1 - TAILS])[None, :]
MODES = [0, 1e-9, 0.001, 0.07, 1 / 3, 0.5, 0.77, 0.995, 1, float(chebyshev(32)[4])]


@pytest.mark.parametrize("mode", MODES)
def test_any_mode_is_exact_to_a_millionth_of_the_spread(mode):
    found = Perts([(0, mode, 1)]).quantiles(EVERYWHERE)
    exact = betaincinv(1 + 4 * mode, 5 - 4 * mode, EVERYWHERE)
    spread = betaincinv(1 + 4 * mode, 5 - 4 * mode, FINE).std()
    assert np.abs(found - exact).max() < 1e-6 * spread
    assert found.min() >= 0
    assert found.max() <= 1


def test_many_at_a_time_are_each_by_itself():
    triples = [(10 * m - 5, 20 * m - 5, 10 * m + 15) for m in MODES]
    points = np.random.default_rng(1).random((len(triples), 1000))
    both = Perts(triples)
    whole = both.quantiles(points)
    for row, triple in enumerate(triples):
        alone = Perts([triple]).quantiles(points[row : row + 1])
        assert (alone[0] == whole[row]).all()
        some = slice(row, row + 1)
        assert (both.quantiles(points[some], some)[0] == whole[row]).all()
    one = both.quantiles(points[:1])
    assert (one[3] == Perts(triples[3:4]).quantiles(points[:1])[0]).all()
    far = both.quantiles(points[:1] / 100, slice(2, 5))
    assert (far == both.quantiles(points[:1] / 100)[2:5]).all()


def test_polynomials_of_a_place_become_those_of_the_variable():
    coefficients = np.array([[1.0, 2.0, 3.0]])
    found = shifted(coefficients, np.array([4.0]), np.array([2.0]))
    at = 4.0 + 2.0 * 0.3
    assert np.polyval(found[::-1, 0], at) == pytest.approx(1 + 2 * 0.3 + 3 * 0.09)
