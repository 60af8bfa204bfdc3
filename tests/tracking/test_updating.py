"""Conjugate updating, against the distributions themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from impactmonitor.model.numbers import Counts, MeasuredShare, Range
from impactmonitor.sampling.moments import moments
from impactmonitor.tracking.updating import kept_spread, updated_share

SHARE = Counts(counts=MeasuredShare(events=2, n=10))


def spread_by_grid(shape: float, exposure: float, counted: int) -> float:
    """Relative spread after over that before, by multiplying prior and likelihood out."""
    scale = np.linspace(1e-4, 12, 400_001)
    prior = stats.gamma.pdf(scale, shape, scale=1 / shape)

    def variation(density: np.ndarray) -> float:
        weights = density / density.sum()
        mean = (weights * scale).sum()
        return float(np.sqrt((weights * (scale - mean) ** 2).sum()) / mean)

    posterior = prior * stats.poisson.pmf(counted, exposure * scale)
    return variation(posterior) / variation(prior)


@pytest.mark.parametrize(("shape", "exposure", "counted"), [(4, 10, 8), (9, 100, 80), (2, 5, 0)])
def test_the_spread_is_that_of_a_gamma_after_poisson_counts(shape, exposure, counted):
    found = kept_spread(1 / np.sqrt(shape), counted)
    assert found == pytest.approx(spread_by_grid(shape, exposure, counted), rel=1e-4)


@given(st.floats(0, 3), st.integers(0, 10**6), st.integers(1, 10**6))
def test_more_counts_narrow_and_no_counts_change_nothing(variation, counted, more):
    before, after = kept_spread(variation, counted), kept_spread(variation, counted + more)
    assert 0 < after <= before <= 1
    assert kept_spread(variation, 0) == 1
    if variation > 0.01:
        assert after < before


def test_counts_add_up_in_whatever_portions_they_come():
    once = updated_share(SHARE, 12, 40)
    twice = updated_share(updated_share(SHARE, 5, 15), 7, 25)
    assert once == twice
    assert moments(once, Range()).expected == pytest.approx((2 + 12 + 0.5) / (10 + 40 + 1))


def test_a_central_value_does_not_outlive_new_counts():
    stated = Counts(counts=MeasuredShare(events=2, n=10), central=0.9)
    assert updated_share(stated, 12, 40).central is None
