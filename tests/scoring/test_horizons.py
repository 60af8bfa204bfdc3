"""Horizons by years, and the multipliers that belong to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.scoring.horizons import (
    LONG,
    MEDIUM,
    SHORT,
    horizons_by_years,
    multipliers_at,
    multipliers_by_horizon,
)

ALL = [SHORT, MEDIUM, LONG]


def test_under_3_years_is_short_and_above_10_long():
    assert horizons_by_years([0, 2.99, 3, 10, 10.01, 40]).tolist() == [0, 0, 1, 1, 2, 2]
    assert horizons_by_years([4, 6], bounds=(5, 5)).tolist() == [0, 2]


def test_the_multipliers_of_a_framework():
    assert multipliers_by_horizon(ALL).tolist() == [1, 2, 3]
    assert multipliers_by_horizon([LONG, SHORT], (1, 1.5, 4)).tolist() == [4, 1]


def test_a_long_term_of_3_gives_the_stated_multipliers():
    assert multipliers_at(ALL, 3).tolist() == multipliers_by_horizon(ALL).tolist()


@given(st.lists(st.floats(1, 100), min_size=1, max_size=5))
def test_the_medium_term_lies_in_the_middle(long):
    found = multipliers_at(ALL, long)
    assert found.shape == (len(long), 3)
    assert (found[:, 0] == 1).all()
    assert found[:, 1] == pytest.approx((found[:, 0] + found[:, 2]) / 2)
    assert found[:, 2].tolist() == long


@pytest.mark.parametrize(
    "refused",
    [
        lambda: horizons_by_years([-1]),
        lambda: horizons_by_years([float("nan")]),
        lambda: horizons_by_years([1], bounds=(10, 3)),
        lambda: multipliers_by_horizon([3]),
        lambda: multipliers_by_horizon([0.5]),
        lambda: multipliers_at([0], 0.9),
        lambda: multipliers_at([0], float("inf")),
        lambda: multipliers_at([0], np.ones((2, 2))),
    ],
)
def test_what_is_no_horizon_is_refused(refused):
    with pytest.raises(ValueError, match=r"years|horizon|multiplier"):
        refused()
