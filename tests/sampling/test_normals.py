"""Normal quantiles from a table against scipy's."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from impactmonitor.sampling.normals import normal_scores

FINE = (np.arange(1 << 18) + 0.5) / (1 << 18)
TAILS = 2.0 ** -np.linspace(1, 60, 2001)


def test_scores_are_exact_to_two_ten_millionths():
    points = np.concatenate([TAILS, FINE, 1 - TAILS[TAILS > 2**-53]])
    assert np.abs(normal_scores(points) - ndtri(points)).max() < 2e-7
    assert abs(normal_scores(FINE).mean()) < 1e-12
    assert abs(normal_scores(FINE).std() - ndtri(FINE).std()) < 1e-9


def test_any_shape_and_points_that_are_all_far():
    points = FINE[: 3 * 1000].reshape(3, 1000)
    assert (normal_scores(points) == normal_scores(points.reshape(-1)).reshape(3, 1000)).all()
    assert (normal_scores(points[:, :5]) == ndtri(points[:, :5])).all()
    assert normal_scores(np.empty((2, 0))).shape == (2, 0)
