"""Weights times multipliers, and what may not be one."""

from __future__ import annotations

import numpy as np
import pytest

from impactmonitor.scoring.masses import checked_scores, flags, masses


def test_one_of_the_two_may_be_drawn():
    assert masses([1, 2], [[1, 3], [1, 5]]).tolist() == [[1, 6], [1, 10]]
    assert masses([[1, 2], [2, 1]], [1, 3]).tolist() == [[1, 6], [2, 3]]


@pytest.mark.parametrize(
    ("weights", "multipliers"),
    [
        ([-1, 1], [1, 1]),
        ([1, 1], [1, -3]),
        ([float("nan"), 1], [1, 1]),
        ([1, 1], [float("inf"), 1]),
        ([1, 1], [1, 1, 1]),
        (1, 1),
        ([1e308, 1e308], [1, 1]),
        ([1e200], [1e200]),
    ],
)
def test_what_cannot_weigh_is_refused(weights, multipliers):
    with pytest.raises(ValueError, match=r"weight|multiplier"):
        masses(weights, multipliers)


@pytest.mark.parametrize("scores", [[1.1, 0], [-0.1, 0], [0], [float("inf"), 0], [[[0, 0]]]])
def test_what_is_no_score_is_refused(scores):
    with pytest.raises(ValueError, match="score"):
        checked_scores(scores, 2)


def test_marks_have_the_shape_of_the_scores():
    assert flags([1, 0], np.zeros(2)).tolist() == [True, False]
    with pytest.raises(ValueError, match="mark"):
        flags([True], np.zeros(2))
