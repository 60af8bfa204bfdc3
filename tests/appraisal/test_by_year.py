"""What holds by year, and what holds in the place of it in the years that are named."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.by_year import anchor_weights, bias_directions, path_exponents

YEARS = st.integers(-3, 9)


@given(st.sets(YEARS, min_size=1), st.lists(YEARS, unique=True), st.integers(1, 7))
def test_unit_values_weigh_one_together_and_a_named_year_has_its_own(anchors, instead, years):
    values = {year: i for i, year in enumerate(anchors)}
    weights = anchor_weights(values, instead, years)
    assert weights.shape == (len(anchors) + len(instead), years)
    assert np.allclose(weights.sum(axis=0), 1)
    for row, year in enumerate(instead, start=len(anchors)):
        if 0 <= year < years:
            assert weights[row, year] == 1
    plain = anchor_weights(values, [], years)
    others = [year for year in range(years) if year not in instead]
    assert np.array_equal(weights[: len(anchors), others], plain[:, others])


def test_a_price_does_not_move_in_the_years_that_are_named():
    paths = [(1.0, 0.0, frozenset({1, 9})), (-1.0, 2.0, frozenset())]
    found = path_exponents(paths, np.arange(4.0))
    assert found.tolist() == [[0, 0, 2, 3], [2, 1, 0, -1]]


def test_no_strands_have_no_price_paths():
    assert path_exponents([], np.arange(4.0)).shape == (0, 4)


def test_optimism_follows_the_sign_of_the_value():
    values = {0: 10.0, 2: -10.0}
    found = bias_directions([(values, {}), (0.0, {}), (1.0, {0: 3.0, -1: 3.0, 7: 3.0})], 4)
    assert found.tolist() == [[-1, -1, 1, 1], [0, 0, 0, 0], [-1, 1, 1, 1]]
