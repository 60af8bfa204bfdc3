"""Pairs that change places: who is ahead on which side of the crossing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.proposals.switching import Switch, switches
from impactmonitor.scoring.drawn_scores import drawn_scores
from impactmonitor.scoring.horizons import multipliers_at

NAN = float("nan")
QUICK, SLOW = [1.0, 0.5], [0.5, 0.75]


def test_the_one_that_gains_from_the_long_term_is_ahead_after_it():
    (found,) = switches(["slow", "quick"], [SLOW, QUICK], [1, 1], [0, 2], 5)
    assert found == Switch(2.0, before="quick", after="slow")


@pytest.mark.parametrize(("highest", "ends"), [(2.0, [2.0]), (1.9, [])])
def test_the_end_counts_and_what_is_beyond_it_does_not(highest, ends):
    found = switches(["quick", "slow"], [QUICK, SLOW], [1, 1], [0, 2], highest)
    assert [one.at for one in found] == ends


def test_what_is_not_compared_has_no_say():
    rows = [[*QUICK, NAN], [*SLOW, NAN]]
    assert switches(["q", "s"], rows, [1, 1, 9], [0, 2, 2], 5) == (Switch(2.0, "q", "s"),)
    assert switches(["q", "s"], [[NAN, 1], [NAN, 0]], [1, 1], [0, 2], 5) == ()


@given(
    st.lists(
        st.lists(st.sampled_from([0, 0.1, 0.25, 0.5, 0.8, 1]), min_size=4, max_size=4),
        min_size=2,
        max_size=4,
    )
)
def test_the_scores_themselves_agree_on_both_sides(rows):
    names, weights, horizons, highest = list("abcd")[: len(rows)], [1, 2, 1, 3], [0, 0, 1, 2], 6.0
    for one in switches(names, rows, weights, horizons, highest):
        pair = [rows[names.index(one.before)], rows[names.index(one.after)]]
        multipliers = np.array([1.0, one.at, highest])
        found = drawn_scores(pair, weights, multipliers_at(horizons, multipliers))
        assert found[1, 0] == pytest.approx(found[1, 1])
        if one.at > 1.0001:
            assert found[0, 0] > found[0, 1]
        if one.at < highest - 0.0001:
            assert found[2, 0] < found[2, 1]
