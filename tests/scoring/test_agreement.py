"""Krippendorff's alpha: the published example, and the definition by going through all pairs."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.scoring.agreement import krippendorff_alpha

NAN = float("nan")

# Krippendorff (2011), Computing Krippendorff's alpha-reliability: four observers, twelve units, as
# printed with the function kripp.alpha of the R package irr ("the C data from Krippendorff")
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]
# three coders, fifteen units, as printed in the tests of the Python package krippendorff
THREE_CODERS = [
    [NAN, NAN, NAN, NAN, NAN, 3, 4, 1, 2, 1, 1, 3, 3, NAN, 3],
    [1, NAN, 2, 1, 3, 3, 4, 3, NAN, NAN, NAN, NAN, NAN, NAN, NAN],
    [NAN, NAN, 2, 1, 3, 4, 4, NAN, 2, 1, 1, 3, 3, NAN, 4],
]
METRICS = ("nominal", "ordinal", "interval")


def slow_alpha(levels, metric):
    """The definition, pair by pair: within units, and between all levels whatever their unit."""
    units = [[level for level in column if not np.isnan(level)] for column in np.transpose(levels)]
    units = [unit for unit in units if len(unit) > 1]
    given_levels = [level for unit in units for level in unit]

    def apart(one, other):
        if metric == "nominal":
            return float(one != other)
        if metric == "interval":
            return (one - other) ** 2
        low, high = min(one, other), max(one, other)
        between = sum(low <= level <= high for level in given_levels)
        return (between - (given_levels.count(low) + given_levels.count(high)) / 2) ** 2

    total = len(given_levels)
    observed = sum(
        apart(*pair) / (len(unit) - 1) for unit in units for pair in permutations(unit, 2)
    )
    expected = sum(apart(*pair) for pair in permutations(given_levels, 2)) / (total - 1)
    return 1 - observed / expected


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_krippendorff_2011(metric, published):
    found = krippendorff_alpha(FOUR_OBSERVERS, metric)
    assert round(found.alpha, 3) == published
    assert (found.reason, found.units) == (None, 11)


@pytest.mark.parametrize(("metric", "published"), [("nominal", 0.691358), ("interval", 0.810845)])
def test_three_coders_of_the_package_krippendorff(metric, published):
    assert round(krippendorff_alpha(THREE_CODERS, metric).alpha, 6) == published


@st.composite
def assessed(draw):
    units = draw(st.integers(1, 6))
    level = st.one_of(st.just(NAN), st.integers(1, 5).map(float))
    row = st.lists(level, min_size=units, max_size=units)
    return np.array(draw(st.lists(row, min_size=2, max_size=4)))


@given(assessed(), st.sampled_from(METRICS))
def test_by_going_through_all_pairs(levels, metric):
    found = krippendorff_alpha(levels, metric)
    if found.alpha is None:
        paired = levels[:, (~np.isnan(levels)).sum(axis=0) > 1]
        assert len(np.unique(paired[~np.isnan(paired)])) < 2
        assert found.reason is not None
    else:
        assert found.alpha == pytest.approx(slow_alpha(levels, metric))
        assert found.alpha <= 1


@given(assessed(), st.sampled_from(METRICS), st.data())
def test_order_of_assessors_and_units_never_matters(levels, metric, data):
    found = krippendorff_alpha(levels, metric).alpha
    rows = data.draw(st.permutations(range(levels.shape[0])))
    columns = data.draw(st.permutations(range(levels.shape[1])))
    assert krippendorff_alpha(levels[rows][:, columns], metric).alpha == pytest.approx(found)


@given(assessed())
def test_ordinal_alpha_knows_only_the_order_of_levels(levels):
    stretched = krippendorff_alpha(levels**3).alpha
    assert stretched == pytest.approx(krippendorff_alpha(levels).alpha)


@given(st.lists(st.integers(1, 5), min_size=2, max_size=8), st.sampled_from(METRICS))
def test_those_who_always_agree_score_1(levels, metric):
    found = krippendorff_alpha([levels, levels, levels], metric)
    assert found.alpha == (1.0 if len(set(levels)) > 1 else None)


@pytest.mark.parametrize(
    ("levels", "reason", "units"),
    [
        ([[1, 2, 3]], "one_assessor", 0),
        ([[1, 2, 3], [NAN, NAN, NAN]], "one_assessor", 0),
        ([[NAN, NAN], [NAN, NAN]], "nothing_assessed_twice", 0),
        ([[1, NAN], [NAN, 2]], "nothing_assessed_twice", 0),
        ([[3, 3, 1], [3, 3, NAN]], "no_variation", 2),
    ],
)
def test_an_alpha_that_does_not_exist_says_why(levels, reason, units):
    found = krippendorff_alpha(levels)
    assert (found.alpha, found.reason, found.units) == (None, reason, units)


def test_assessors_who_always_differ_agree_less_than_chance():
    assert krippendorff_alpha([[1, 5, 1, 5], [5, 1, 5, 1]]).alpha < 0
