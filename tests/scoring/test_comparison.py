"""Cases side by side: common indicators, and no first place for who hides what is not known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.scoring.frameworks import filled

from impactmonitor.scoring.comparison import compare_scores
from impactmonitor.scoring.weighted import framework_score

NAN = float("nan")
# two indicators in the short term, two in the long term
WEIGHTS, MULTIPLIERS = [1, 1, 1, 1], [1, 1, 3, 3]
SHINY, LASTING = [0.9, 0.9, 0.1, 0.1], [0.6, 0.6, 0.7, 0.7]


def test_who_hides_the_long_term_is_flagged_and_not_ranked_first():
    hidden = [0.9, 0.9, NAN, NAN]
    honest = compare_scores([SHINY, LASTING], WEIGHTS, MULTIPLIERS)
    assert honest.ranks == (2, 1)
    assert honest.is_below_coverage == (False, False)

    found = compare_scores([hidden, LASTING], WEIGHTS, MULTIPLIERS)
    # hiding pays in its own score and in what can be compared ...
    assert found.own[0].score == pytest.approx(90)
    assert found.own[0].score > found.own[1].score
    assert found.common_scores == pytest.approx((90, 60))
    # ... and so it may not be first
    assert found.is_below_coverage == (True, False)
    assert found.own[0].coverage == 0.25
    assert found.ranks == (2, 1)
    assert found.own[0].low < honest.own[0].score < found.own[0].high


def test_those_below_coverage_come_after_all_others_by_score():
    rows = [[0.9, NAN], [1.0, NAN], [0.2, 0.5], [0.3, 0.5]]
    found = compare_scores(rows, [1, 1], [1, 3])
    assert found.ranks == (4, 3, 2, 1)


def test_where_all_are_below_coverage_nobody_is_first():
    found = compare_scores([[1, NAN], [0.5, NAN]], [1, 1], [1, 3])
    assert found.common_scores == (100, 50)
    assert found.common_coverage == 0.25
    assert (found.ranks, found.reason) == ((None, None), "all_below_coverage")


def test_without_anything_in_common_there_is_no_rank():
    found = compare_scores([[1, NAN], [NAN, 0.5]], [1, 1], [1, 3])
    assert found.common_scores == (None, None)
    assert (found.ranks, found.reason) == ((None, None), "nothing_in_common")
    weightless = compare_scores([[1, 0], [0, 1]], [0, 0], [1, 1])
    assert (weightless.reason, weightless.is_below_coverage) == ("nothing_in_common", (True, True))


def test_what_does_not_apply_to_one_leaves_for_all():
    found = compare_scores(
        [[0.5, NAN, 0.4], [0.5, 0.9, 0.2]],
        [1, 1, 1],
        [1, 1, 3],
        is_not_applicable=[[0, 1, 0], [0, 0, 0]],
    )
    assert found.is_left_out.tolist() == [False, True, False]
    assert found.own[1] == framework_score([0.5, 0.2], [1, 1], [1, 3])
    assert found.is_below_coverage == (False, False)
    assert found.ranks == (1, 2)


def test_what_does_not_apply_is_not_common_even_if_all_have_a_score():
    found = compare_scores(
        [[0.5, 0.1], [0.4, 0.9]], [1, 1], [1, 1], is_not_applicable=[[0, 1], [0, 0]]
    )
    assert found.is_common.tolist() == [True, False]
    assert found.common_scores == (50, 40)
    assert found.common_coverage == 1


def test_a_coverage_of_exactly_80_percent_is_enough():
    rows = [[*[0.5] * 8, NAN, NAN], [0.4] * 10]
    assert compare_scores(rows, [0.1] * 10, [1] * 10).ranks == (1, 2)
    assert compare_scores(rows, [0.1] * 10, [1] * 10, lowest_coverage=0.81).ranks == (2, 1)


def test_what_is_in_euros_is_said_by_case():
    found = compare_scores([[1, 0], [1, 0]], [1, 1], [1, 1], is_monetised=[[1, 0], [0, 0]])
    assert [each.score_without_monetised for each in found.own] == [0, 50]


def test_the_same_score_has_the_same_rank():
    assert compare_scores([[0.3], [0.1 + 0.2], [0.1]], [1], [1]).ranks == (1, 1, 3)


@given(filled(cases=3), st.data())
def test_order_of_cases_and_indicators_never_matters(cases, data):
    found = compare_scores(cases.scores, cases.weights, cases.multipliers())
    by_case = data.draw(st.permutations(range(3)))
    other = cases.taken(data.draw(st.permutations(range(len(cases.weights)))))
    again = compare_scores(other.scores[by_case], other.weights, other.multipliers())
    assert again.ranks == tuple(found.ranks[case] for case in by_case)
    assert again.common_scores == tuple(found.common_scores[case] for case in by_case)
    assert again.own == tuple(found.own[case] for case in by_case)


@given(filled(cases=3))
def test_nobody_below_coverage_is_ever_first(cases):
    found = compare_scores(cases.scores, cases.weights, cases.multipliers())
    for rank, is_below in zip(found.ranks, found.is_below_coverage, strict=True):
        assert not (is_below and rank == 1)
    assert (found.reason is None) == all(rank is not None for rank in found.ranks)


@given(filled(cases=2), st.integers(0, 9))
def test_hiding_an_indicator_never_puts_a_case_before_one_that_hides_nothing(cases, which):
    """Unless so little is hidden that the case still has data for 80 % of the weight."""
    cases.scores[1, np.isnan(cases.scores[1])] = 0.0
    before = compare_scores(cases.scores, cases.weights, cases.multipliers())
    hidden = cases.scores.copy()
    hidden[0, which % len(cases.weights)] = NAN
    after = compare_scores(hidden, cases.weights, cases.multipliers())
    assume(after.reason is None)
    assert before.reason is None
    assert not after.is_below_coverage[0] or after.ranks == (2, 1)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: compare_scores([1, 0], [1, 1], [1, 1]),
        lambda: compare_scores(np.empty((0, 2)), [1, 1], [1, 1]),
        lambda: compare_scores([[1, 0]], [[1, 1]], [1, 1]),
        lambda: compare_scores([[1, 0]], [1, 1], [1, 1], is_not_applicable=[True, False]),
    ],
)
def test_what_does_not_fit_together_is_refused(refused):
    with pytest.raises(ValueError, match="score"):
        refused()
