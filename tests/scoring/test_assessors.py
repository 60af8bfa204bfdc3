"""The middle level of several assessors, and how far they are apart."""

from __future__ import annotations

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.scoring.assessors import checked_levels, level_spreads, median_levels

NAN = float("nan")
columns = st.lists(st.one_of(st.none(), st.integers(1, 9)), min_size=1, max_size=6)


@given(columns)
def test_by_the_lower_median_of_the_standard_library(column):
    levels = np.array([[NAN if level is None else level] for level in column], dtype=float)
    known = [level for level in column if level is not None]
    median, spread = median_levels(levels)[0], level_spreads(levels)[0]
    if known:
        assert median == statistics.median_low(known)
    else:
        assert np.isnan(median)
    if len(known) > 1:
        assert spread == max(known) - min(known)
    else:
        assert np.isnan(spread)


def test_two_assessors_give_the_lower_of_their_levels():
    assert median_levels([[2, 5], [4, 1]]).tolist() == [2, 1]


@pytest.mark.parametrize("levels", [[1, 2], np.empty((0, 3)), [[float("inf")]]])
def test_what_is_no_row_of_levels_is_refused(levels):
    with pytest.raises(ValueError, match="levels"):
        checked_levels(levels)
