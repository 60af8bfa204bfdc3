"""Value functions: the worked lines, and that scores stay from 0 to 1 and keep their order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from impactmonitor.scoring.value_functions import (
    evenly_spaced,
    level_scores,
    linear_scores,
    piecewise_scores,
)

numbers = st.floats(-1e6, 1e6)
lists = st.lists(numbers, min_size=1, max_size=8)


@given(lists, numbers, numbers)
def test_a_line_is_clipped_keeps_the_order_and_meets_its_ends(values, zero, full):
    assume(zero != full)
    found = linear_scores(values, zero, full)
    assert ((found >= 0) & (found <= 1)).all()
    assert linear_scores([zero, full], zero, full).tolist() == [0.0, 1.0]
    rising = np.diff(linear_scores(sorted(values), zero, full))
    assert (rising >= 0).all() if full > zero else (rising <= 0).all()


@given(lists, numbers, numbers)
def test_a_decrease_scores_what_is_left_of_the_increase(values, zero, full):
    assume(abs(zero - full) > 1e-3)
    up, down = linear_scores(values, zero, full), linear_scores(values, full, zero)
    assert up + down == pytest.approx(np.ones(len(values)))


@given(lists, st.lists(st.tuples(st.integers(-99, 99), st.floats(0, 1)), min_size=2, max_size=6))
def test_points_by_going_from_one_to_the_next(values, pairs):
    points = sorted(dict(pairs).items())
    assume(len(points) > 1)
    wanted = []
    for value in values:
        if value <= points[0][0]:
            wanted.append(points[0][1])
        elif value >= points[-1][0]:
            wanted.append(points[-1][1])
        else:
            (x, low), (y, high) = next((a, b) for a, b in pairwise(points) if a[0] <= value <= b[0])
            wanted.append(low + (high - low) * (value - x) / (y - x))
    assert piecewise_scores(values, points).tolist() == pytest.approx(wanted, abs=1e-12)


@given(lists)
def test_two_points_are_a_line(values):
    line = linear_scores(values, 8, 2)
    assert piecewise_scores(values, [[2, 1], [8, 0]]).tolist() == pytest.approx(line.tolist())


def test_no_data_stays_no_data():
    nan = float("nan")
    for found in (
        linear_scores([nan, 1], 0, 1),
        piecewise_scores([nan, 1], [[0, 0], [1, 1]]),
        level_scores([nan, 2], evenly_spaced(2)),
    ):
        assert np.isnan(found[0])
        assert found[1] == 1


def test_levels_of_a_scale():
    assert evenly_spaced(2).tolist() == [0, 1]
    assert evenly_spaced(9)[4] == 0.5
    assert level_scores([[1, 5], [4, 2]], evenly_spaced(5)).tolist() == [[0, 1], [0.75, 0.25]]
    assert level_scores([3, 1], [0.1, 0.2, 0.9]).tolist() == [0.9, 0.1]


@pytest.mark.parametrize(
    "refused",
    [
        lambda: linear_scores([1], 2, 2),
        lambda: linear_scores([1], 0, float("inf")),
        lambda: linear_scores([1], -1e308, 1e308),
        lambda: linear_scores([float("inf")], 0, 1),
        lambda: piecewise_scores([1], [[0, 0]]),
        lambda: piecewise_scores([1], [[0, 0], [0, 1]]),
        lambda: piecewise_scores([1], [[1, 0], [0, 1]]),
        lambda: piecewise_scores([1], [[0, 0], [1, 1.1]]),
        lambda: piecewise_scores([1], [[0, 0], [1, float("nan")]]),
        lambda: evenly_spaced(1),
        lambda: level_scores([0], evenly_spaced(5)),
        lambda: level_scores([6], evenly_spaced(5)),
        lambda: level_scores([1.5], evenly_spaced(5)),
        lambda: level_scores([1], [0, -0.1]),
        lambda: level_scores([1], [0]),
    ],
)
def test_what_is_no_scale_or_not_on_it_is_refused(refused):
    with pytest.raises(ValueError, match=r"number|point|level|score"):
        refused()
