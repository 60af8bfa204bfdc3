"""Many draws and cases at once give what each gives by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.frameworks import filled

from impactmonitor.scoring.drawn_scores import drawn_scores
from impactmonitor.scoring.weighted import framework_score


@given(filled(cases=3), st.lists(st.floats(1, 9), min_size=1, max_size=4))
def test_by_one_draw_and_one_case_at_a_time(cases, longs):
    multipliers = np.array([cases.multipliers(long) for long in longs])
    found = drawn_scores(cases.scores, cases.weights, multipliers)
    assert found.shape == (len(longs), 3)
    for draw, row in enumerate(found):
        for case, score in enumerate(row):
            wanted = framework_score(cases.scores[case], cases.weights, multipliers[draw]).score
            assert np.isnan(score) if wanted is None else score == pytest.approx(wanted)


@given(st.integers(0, 99))
def test_equal_cases_get_exactly_the_same_numbers(seed):
    generator = np.random.default_rng(seed)
    case, weights = generator.random(37), generator.random((50, 37))
    found = drawn_scores(np.tile(case, (5, 1)), weights, np.ones(37))
    assert (found == found[:, :1]).all()


def test_weights_and_multipliers_may_both_be_drawn():
    found = drawn_scores([[1, 0]], [[1, 1], [3, 1]], [[1, 1], [1, 3]])
    assert found.tolist() == [[50], [50]]


@pytest.mark.parametrize("scores", [[1, 0], [[1, 0, 1]], [[2, 0]]])
def test_what_does_not_fit_together_is_refused(scores):
    with pytest.raises(ValueError, match="score"):
        drawn_scores(scores, [1, 1], [1, 1])
