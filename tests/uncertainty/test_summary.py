"""Quantiles as numpy gives them, and sums written out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from impactmonitor.uncertainty.summary import quantiles, summarised

numbers = st.floats(-1e6, 1e6)
draws = arrays(float, st.integers(1, 40), elements=numbers)


@given(draws, st.lists(st.floats(0, 1), min_size=1))
def test_quantiles_are_those_of_numpy(values, probabilities):
    found = quantiles(np.sort(values), np.array(probabilities))
    wanted = np.quantile(values, probabilities)
    np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-9)


@given(draws)
def test_a_summary_is_what_its_sums_are(values):
    found = summarised(values)
    n = len(values)
    mean = math.fsum(values) / n
    assert found.mean == pytest.approx(mean, rel=1e-12, abs=1e-9)
    spread = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / n)
    assert found.sd == pytest.approx(spread, rel=1e-9, abs=1e-6)
    assert found.probability_positive == sum(v > 0 for v in values) / n
    assert found.probability_negative == sum(v < 0 for v in values) / n
    assert found.expected_loss == pytest.approx(math.fsum(max(-v, 0) for v in values) / n)
    assert found.p05 <= found.p25 <= found.p50 <= found.p75 <= found.p95


@given(numbers, st.integers(1, 100))
def test_a_number_that_does_not_vary_is_exact(number, count):
    found = summarised(np.full(count, number))
    assert (found.mean, found.sd, found.p05, found.p95) == (number, 0.0, number, number)


def test_infinite_neighbours_are_no_trouble():
    found = quantiles(np.array([-np.inf, -np.inf, 1.0]), np.array([0.0, 0.25, 1.0]))
    assert found.tolist() == [-np.inf, -np.inf, 1.0]
