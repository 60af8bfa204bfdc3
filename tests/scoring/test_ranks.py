"""Ranks with ties, by counting who is better, and the laws of rank acceptabilities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.scoring.ranks import rank_acceptability, tied_places

few = st.sampled_from([0.0, 10.0, 10.0 + 1e-12, 50.0, 99.5])


@st.composite
def drawn(draw):
    cases = draw(st.integers(1, 5))
    row = st.lists(few, min_size=cases, max_size=cases)
    scores = draw(st.lists(row, min_size=1, max_size=6))
    return np.array(scores), np.array(draw(st.lists(st.booleans(), min_size=cases, max_size=cases)))


@given(drawn())
def test_by_counting_who_is_better_and_who_is_the_same(given_):
    scores, is_last = given_
    places, sizes = tied_places(scores, is_last)
    for row, place, size in zip(scores.round(6), places, sizes, strict=True):
        keys = [(not last, score) for last, score in zip(is_last, row, strict=True)]
        assert place.tolist() == [sum(other > key for other in keys) for key in keys]
        assert size.tolist() == [keys.count(key) for key in keys]


@given(drawn())
def test_acceptabilities_by_hand_and_that_they_add_up(given_):
    scores, is_last = given_
    found = rank_acceptability(scores, is_last)
    assert found.sum(axis=0) == pytest.approx(np.ones(len(is_last)))
    assert found.sum(axis=1) == pytest.approx(np.ones(len(is_last)))
    assert (found >= 0).all()
    places, sizes = tied_places(scores, is_last)
    wanted = np.zeros_like(found)
    for row, shared in zip(places.tolist(), sizes.tolist(), strict=True):
        for case, (place, size) in enumerate(zip(row, shared, strict=True)):
            wanted[case, place : place + size] += 1 / size / len(scores)
    assert found == pytest.approx(wanted, abs=1e-12)


@given(drawn(), st.data())
def test_order_of_cases_never_matters(given_, data):
    scores, is_last = given_
    order = data.draw(st.permutations(range(len(is_last))))
    found = rank_acceptability(scores, is_last)
    other = rank_acceptability(scores[:, order], is_last[order])
    assert other == pytest.approx(found[order], abs=1e-12)


def test_three_that_are_the_same_share_three_ranks():
    assert rank_acceptability([[5, 5, 5]]) == pytest.approx(np.full((3, 3), 1 / 3))


def test_who_comes_last_is_never_first_while_there_is_another():
    found = rank_acceptability([[90, 10, 20], [90, 20, 10]], [True, False, False])
    assert found[0].tolist() == [0, 0, 1]


@pytest.mark.parametrize("scores", [[1, 2], np.empty((0, 2)), [[float("nan"), 1]]])
def test_what_has_no_score_has_no_rank(scores):
    with pytest.raises(ValueError, match="score"):
        tied_places(scores)
