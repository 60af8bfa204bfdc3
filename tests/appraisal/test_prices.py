"""Price levels, price paths and prices between given years."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.prices import interpolation_weights, price_path, rebasing_factor


def test_an_index_brings_a_price_to_another_year():
    assert rebasing_factor(108.0, 121.5) == pytest.approx(1.125)


def test_the_index_goes_before_the_exchange_rate():
    # 100 pounds of an index of 90 at an index of 99, at 1.2 euro for a pound: 100 x 1.1 x 1.2
    assert 100 * rebasing_factor(90.0, 99.0, 1.2) == pytest.approx(132)


def test_a_price_path_by_hand():
    change = np.array([[0.1, -0.5]])
    found = price_path(change, np.array([[-1.0, 0.0, 2.0]]))
    assert found[0, :, 0] == pytest.approx([1 / 1.1, 1, 1.21])
    assert found[0, :, 1] == pytest.approx([2, 1, 0.25])


def test_no_change_is_1_in_every_year():
    assert price_path(np.zeros((1, 1)), np.array([[-3.0, 40.0]])).tolist() == [[[1.0], [1.0]]]


def test_nominal_amounts_are_deflated_by_negative_exponents():
    found = price_path(np.array([[0.02]]), -np.array([[0.0, 1.0, 2.0]]))
    assert found[0, :, 0] == pytest.approx([1, 1 / 1.02, 1 / 1.0404])


def test_constant_outside_the_given_years():
    weights = interpolation_weights({-2: 0, 1: 1, 3: 2}, 6)
    expected = [[1 / 3, 2 / 3, 0], [0, 1, 0], [0, 0.5, 0.5], [0, 0, 1], [0, 0, 1], [0, 0, 1]]
    assert weights == pytest.approx(np.array(expected))


def test_one_given_year_holds_for_all():
    assert interpolation_weights({7: 0}, 3).tolist() == [[1.0]] * 3


@given(
    st.dictionaries(st.integers(-20, 40), st.floats(-1e4, 1e4), min_size=1, max_size=6),
    st.integers(1, 30),
)
def test_prices_are_as_numpy_interpolates_them(values, years):
    # columns in the order in which the years were written, which need not be ascending
    anchors = {year: column for column, year in enumerate(values)}
    weights = interpolation_weights(anchors, years)
    given_years = sorted(values)
    expected = np.interp(range(years), given_years, [values[y] for y in given_years])
    found = weights @ np.array(list(values.values()))
    assert weights.sum(axis=1) == pytest.approx(np.ones(years))
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-7)
