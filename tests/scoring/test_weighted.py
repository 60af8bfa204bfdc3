"""Weighted scores: worked examples, a second slow computation, and the laws."""

from __future__ import annotations

from dataclasses import astuple
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.scoring.frameworks import Filled, filled, horizons, known, weights

from impactmonitor.scoring.weighted import contributions, framework_score, group_scores

NAN = float("nan")


def scored(case: Filled, long: float = 3.0):
    return framework_score(case.scores[0], case.weights, case.multipliers(long))


def test_a_worked_example():
    """Short, medium, long and a second long one that nobody knows; the first is also in euros."""
    found = framework_score(
        [0.5, 1.0, 0.25, NAN], [4, 2, 1, 1], [1, 2, 3, 3], is_monetised=[True, False, False, False]
    )
    # weights times multipliers 4, 4, 3, 3; gained 2, 4, 0.75
    assert found.score == pytest.approx(100 * 6.75 / 11)
    assert found.score_unweighted == pytest.approx(100 * 4.25 / 7)
    assert found.score_without_monetised == pytest.approx(100 * 4.75 / 7)
    assert found.coverage == pytest.approx(11 / 14)
    assert found.low == pytest.approx(100 * 6.75 / 14)
    assert found.high == pytest.approx(100 * 9.75 / 14)


def test_no_contribution_is_data_and_no_data_is_not():
    none, missing = (
        framework_score([1, 0], [1, 1], [1, 1]),
        framework_score([1, NAN], [1, 1], [1, 1]),
    )
    assert (none.score, none.coverage) == (50, 1)
    assert (missing.score, missing.coverage) == (100, 0.5)


def test_what_does_not_apply_leaves_the_framework():
    with_it = framework_score([1, 0.2, NAN], [1, 2, 5], [1, 1, 3], is_not_applicable=[0, 0, 1])
    assert with_it == framework_score([1, 0.2], [1, 2], [1, 1])
    with_a_score = framework_score([1, 0.2, 0.9], [1, 2, 5], [1, 1, 3], is_not_applicable=[0, 0, 1])
    assert with_a_score == with_it


@pytest.mark.parametrize(
    ("scores", "weights", "multipliers", "flags", "wanted"),
    [
        ([NAN, NAN], [1, 1], [1, 3], None, (None, None, None, 0, 0, 100)),
        ([1, 0.5], [0, 0], [1, 3], None, (None,) * 6),
        ([1, NAN], [0, 2], [1, 3], None, (None, None, None, 0, 0, 100)),
        ([1, 0], [1, 1], [0, 0], None, (None, 50, None, None, None, None)),
        ([1, 0], [1, 1], [1, 1], [True, True], (None,) * 6),
        ([], [], [], None, (None,) * 6),
    ],
)
def test_what_does_not_exist_is_none(scores, weights, multipliers, flags, wanted):
    found = framework_score(scores, weights, multipliers, is_not_applicable=flags)
    assert astuple(found) == wanted
    if wanted[0] is None:
        assert np.isnan(contributions(scores, weights, multipliers, is_not_applicable=flags)).all()


def test_a_score_without_what_is_in_euros_is_none_where_all_is():
    found = framework_score([1, 0.5], [1, 1], [1, 1], is_monetised=[True, True])
    assert (found.score, found.score_without_monetised) == (75, None)


@given(filled(), st.floats(1, 5))
def test_by_fractions_and_plain_loops(case, long):
    rows = [
        (None if np.isnan(score) else Fraction(score), Fraction(weight) * Fraction(multiplier))
        for score, weight, multiplier in zip(
            case.scores[0].tolist(),
            case.weights.tolist(),
            case.multipliers(long).tolist(),
            strict=True,
        )
    ]
    whole = sum(mass for _, mass in rows)
    assume(whole)
    known_mass = sum(mass for score, mass in rows if score is not None)
    gained = sum(mass * score for score, mass in rows if score is not None)
    found = scored(case, long)
    assert found.coverage == pytest.approx(float(known_mass / whole))
    assert found.low == pytest.approx(float(100 * gained / whole))
    assert found.high == pytest.approx(float(100 * (gained + whole - known_mass) / whole))
    if known_mass:
        assert found.score == pytest.approx(float(100 * gained / known_mass))
    else:
        assert found.score is None


@given(filled(), st.floats(0.1, 9))
def test_equal_multipliers_change_nothing(case, multiplier):
    found = framework_score(case.scores[0], case.weights, np.full(len(case.weights), multiplier))
    if found.score_unweighted is None:
        assert found.score is None
    else:
        assert found.score == pytest.approx(found.score_unweighted)


@given(filled(), weights, horizons)
def test_an_indicator_without_data_leaves_the_score_and_widens_the_bounds(case, weight, horizon):
    before, after = scored(case), scored(case.extended(NAN, weight, horizon))
    assert after.score == before.score
    assert after.score_unweighted == before.score_unweighted
    assert after.score_without_monetised == before.score_without_monetised
    if not weight:
        assert after == before
    elif before.coverage is not None:
        assert after.low <= before.low
        assert after.high >= before.high - 1e-9
        if before.coverage:
            assert after.coverage < before.coverage
            assert after.high - after.low > before.high - before.low


@given(filled(), st.data())
def test_bounds_contain_every_completion(case, data):
    found = scored(case)
    assume(found.low is not None)
    filling = [data.draw(known) if np.isnan(score) else score for score in case.scores[0].tolist()]
    completed = framework_score(filling, case.weights, case.multipliers())
    assert completed.coverage == 1
    assert found.low - 1e-9 <= completed.score <= found.high + 1e-9
    if found.score is not None:
        assert found.low - 1e-9 <= found.score <= found.high + 1e-9


@given(filled())
def test_the_bounds_are_reached(case):
    found = scored(case)
    assume(found.low is not None)
    for fill, wanted in ((0.0, found.low), (1.0, found.high)):
        filling = np.where(np.isnan(case.scores[0]), fill, case.scores[0])
        completed = framework_score(filling, case.weights, case.multipliers())
        assert completed.score == pytest.approx(wanted)


@given(filled(), st.one_of(known, st.just(NAN)), horizons)
def test_what_weighs_nothing_changes_nothing(case, score, horizon):
    assert scored(case.extended(score, 0.0, horizon)) == scored(case)


@given(filled(), st.data())
def test_order_never_matters(case, data):
    order = data.draw(st.permutations(range(len(case.weights))))
    other = case.taken(order)
    assert scored(other) == scored(case)
    before = contributions(case.scores[0], case.weights, case.multipliers())
    after = contributions(other.scores[0], other.weights, other.multipliers())
    assert np.array_equal(after, before[order], equal_nan=True)


@given(filled())
def test_contributions_add_up_to_the_score(case):
    found = contributions(case.scores[0], case.weights, case.multipliers())
    score = scored(case).score
    if score is None:
        assert np.isnan(found).all()
    else:
        assert np.array_equal(np.isnan(found), np.isnan(case.scores[0]))
        assert np.nansum(found) == pytest.approx(score)


@given(filled(), st.floats(1, 9), st.floats(1, 9))
def test_the_long_term_never_loses_weight_as_its_multiplier_rises(case, one, other):
    """Where only the long term scores, the score is its share of the weight that has data."""
    is_long = np.where(np.isnan(case.scores[0]), NAN, case.horizons == 2)
    low, high = (
        framework_score(is_long, case.weights, case.multipliers(long)).score
        for long in sorted((one, other))
    )
    assert (low is None) == (high is None)
    assert low is None or high >= low - 1e-9


@given(filled(), st.floats(1, 9), st.floats(1, 9))
def test_the_long_term_part_of_the_score_never_falls_as_its_multiplier_rises(case, one, other):
    assume(scored(case).score)
    shares = []
    for long in sorted((one, other)):
        parts = contributions(case.scores[0], case.weights, case.multipliers(long))
        shares.append(np.nansum(parts[case.horizons == 2]) / np.nansum(parts))
    assert shares[1] >= shares[0] - 1e-9


@given(filled(), st.data())
def test_a_group_is_a_framework_of_its_own(case, data):
    size = len(case.weights)
    groups = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=size, max_size=size)))
    found = group_scores(case.scores[0], case.weights, case.multipliers(), groups)
    assert len(found) == groups.max() + 1
    for group, score in enumerate(found):
        own = np.flatnonzero(groups == group).tolist()
        assert score == scored(case.taken(own))


def test_groups_know_what_does_not_apply_and_what_is_in_euros():
    found = group_scores(
        [1, 0, 0.5, 0.1],
        [1, 1, 1, 1],
        [1, 1, 3, 1],
        [0, 0, 1, 1],
        is_not_applicable=[0, 1, 0, 0],
        is_monetised=[1, 0, 0, 1],
    )
    assert [group.score for group in found] == [100, pytest.approx(40)]
    assert [group.score_without_monetised for group in found] == [None, 50]


@pytest.mark.parametrize(
    "refused",
    [
        lambda: framework_score([[1, 0]], [1, 1], [1, 1]),
        lambda: framework_score([1, 0], [1, 1], [[1, 1], [1, 1]]),
        lambda: framework_score([1, 0], [1, 1], [1, 1], is_not_applicable=[True]),
        lambda: framework_score([1, 2], [1, 1], [1, 1]),
        lambda: group_scores([1, 0], [1, 1], [1, 1], [0]),
        lambda: group_scores([1, 0], [1, 1], [1, 1], [0, -2]),
        lambda: group_scores([1, 0], [1, 1], [1, 1], [0, 0.5]),
    ],
)
def test_what_does_not_fit_together_is_refused(refused):
    with pytest.raises(ValueError, match="score"):
        refused()
