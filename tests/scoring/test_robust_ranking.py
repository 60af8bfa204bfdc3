"""Robust ranking against exact integration, and the laws of draws."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from tests.scoring.frameworks import filled

from impactmonitor.scoring.comparison import compare_scores
from impactmonitor.scoring.robust_ranking import BLOCK, Draws, drawn_weights, robust_acceptability

NAN = float("nan")
MANY = 200_000


def ranked(scores, weights, horizons, draws):
    multipliers = np.array([1.0, 2.0, 3.0])[np.asarray(horizons)]
    compared = compare_scores(scores, weights, multipliers)
    return robust_acceptability(scores, weights, horizons, compared, draws)


def beta_tail(at: float | Fraction, a: int, b: int) -> float | Fraction:
    """The chance that a Beta(a, b) number with whole parameters is above a value.

    A binomial sum: the chance of fewer than a successes in a + b - 1 trials.
    """
    trials = a + b - 1
    return sum(comb(trials, k) * at**k * (1 - at) ** (trials - k) for k in range(a))


def near(chance: float) -> object:
    """Five standard errors of a share of the draws."""
    return pytest.approx(chance, abs=5 * (chance * (1 - chance) / MANY) ** 0.5)


def test_two_cases_and_two_short_indicators_by_the_beta_integral():
    """The first is ahead 0.5 on one, behind 0.3 on the other: it wins if that one weighs over 3/8.

    With stated weights 2 and 3 the first weight is Beta(20, 30).
    """
    exact = float(beta_tail(Fraction(3, 8), 20, 30))
    found = ranked([[0.9, 0.4], [0.4, 0.7]], [2, 3], [0, 0], Draws(MANY, seed=1))
    assert found[0, 0] == near(exact)
    assert 0.5 < exact < 0.9


def test_two_cases_and_a_long_term_by_integrating_over_its_multiplier():
    """Short 0.5 ahead, long 0.3 behind: a win above a weight of 0.3 L ÷ (0.5 + 0.3 L)."""
    highest = 4.0
    points, shares = np.polynomial.legendre.leggauss(40)
    longs = 1 + (highest - 1) * (points + 1) / 2
    exact = sum(
        share / 2 * beta_tail(0.3 * long / (0.5 + 0.3 * long), 30, 20)
        for share, long in zip(shares, longs, strict=True)
    )
    found = ranked([[0.9, 0.4], [0.4, 0.7]], [3, 2], [0, 2], Draws(MANY, seed=2, highest=highest))
    assert found[0, 0] == near(exact)
    assert found[1, 1] == pytest.approx(found[0, 0])
    assert 0.1 < exact < 0.9


def test_a_third_indicator_that_one_case_lacks_leaves_the_draws_of_the_others_alone():
    """A part of Dirichlet weights is Dirichlet with the same parameters: here Beta(16, 24)."""
    exact = float(beta_tail(Fraction(3, 8), 16, 24))
    scores = [[0.9, 0.4, NAN], [0.4, 0.7, 0.5]]
    found = ranked(scores, [2, 3, 1.25], [0, 0, 0], Draws(MANY, seed=3))
    assert found[0, 0] == near(exact)


def test_what_does_not_apply_is_no_part_of_the_weights():
    scores, applies_not = [[0.9, 0.4, NAN], [0.4, 0.7, 0.5]], [[0, 0, 1], [0, 0, 0]]
    compared = compare_scores(scores, [2, 3, 9], [1, 1, 3], is_not_applicable=applies_not)
    found = robust_acceptability(scores, [2, 3, 9], [0, 0, 2], compared, Draws(MANY, seed=4))
    assert found[0, 0] == near(float(beta_tail(Fraction(3, 8), 20, 30)))


def test_weights_have_the_moments_of_their_distribution():
    """Mean α ÷ Σα and variance mean (1 - mean) ÷ (Σα + 1)."""
    found = drawn_weights([10, 0, 15, 25], MANY, Generator(PCG64(5)))
    mean = np.array([0.2, 0, 0.3, 0.5])
    assert found.sum(axis=1) == pytest.approx(np.ones(MANY))
    assert found.mean(axis=0) == pytest.approx(mean, abs=0.001)
    assert found.var(axis=0) == pytest.approx(mean * (1 - mean) / 51, rel=0.02)
    assert (found[:, 1] == 0).all()


def test_who_hides_the_long_term_is_first_in_no_draw():
    found = ranked([[0.9, NAN], [0.6, 0.7]], [1, 1], [0, 2], Draws(500, seed=1))
    assert found.tolist() == [[0, 1], [1, 0]]


def test_where_nobody_has_a_rank_there_is_none_to_draw():
    assert ranked([[1, NAN], [0.5, NAN]], [1, 1], [0, 2], Draws(10)) is None
    assert ranked([[1, NAN], [NAN, 0.5]], [1, 1], [0, 2], Draws(10)) is None


def test_the_same_seed_gives_the_same_numbers():
    scores, weights, horizons = [[0.9, 0.4], [0.4, 0.8]], [1, 1], [0, 2]
    one, same, other = (
        ranked(scores, weights, horizons, Draws(BLOCK + 500, seed=seed)) for seed in (7, 7, 8)
    )
    assert one.tolist() == same.tolist()
    assert one.tolist() != other.tolist()
    assert one == pytest.approx(other, abs=0.05)


@settings(max_examples=60)
@given(filled(cases=3), st.floats(1, 9), st.integers(0, 99))
def test_acceptabilities_add_up_and_follow_the_cases(cases, highest, seed):
    draws = Draws(40, seed=seed, highest=highest)
    found = ranked(cases.scores, cases.weights, cases.horizons, draws)
    turned = ranked(cases.scores[[2, 0, 1]], cases.weights, cases.horizons, draws)
    if found is None:
        assert turned is None
        return
    assert found.sum(axis=0) == pytest.approx(np.ones(3))
    assert found.sum(axis=1) == pytest.approx(np.ones(3))
    assert turned == pytest.approx(found[[2, 0, 1]], abs=1e-12)


@settings(max_examples=40)
@given(filled(cases=2, has_gaps=False), st.integers(0, 99))
def test_who_is_better_on_all_is_first_in_every_draw(cases, seed):
    better = np.minimum(cases.scores[0] + 0.1, 1.0)
    worse = better - 0.05
    if not cases.weights.any():
        return
    found = ranked([worse, better], cases.weights, cases.horizons, Draws(40, seed=seed))
    assert found.tolist() == [[0, 1], [1, 0]]


def test_very_small_weights_in_common_still_give_a_ranking():
    scores = [[0.9, 0.1, NAN, 0.5], [0.1, 0.9, 0.5, NAN]]
    compared = compare_scores(scores, [1e-7, 1e-7, 1, 1], [1, 1, 1, 1], lowest_coverage=0.4)
    found = robust_acceptability(
        scores, [1e-7, 1e-7, 1, 1], [0, 0, 0, 0], compared, Draws(2000, seed=1)
    )
    assert found == pytest.approx(np.full((2, 2), 0.5), abs=0.06)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: Draws(0),
        lambda: Draws(seed=-1),
        lambda: Draws(highest=0.9),
        lambda: Draws(highest=float("inf")),
        lambda: Draws(concentration=0),
        lambda: drawn_weights([0, 0], 1, Generator(PCG64(1))),
        lambda: drawn_weights([-1, 2], 1, Generator(PCG64(1))),
        lambda: drawn_weights([[1, 2]], 1, Generator(PCG64(1))),
    ],
)
def test_what_cannot_be_drawn_is_refused(refused):
    with pytest.raises(ValueError, match=r"draw|multiplier|concentration|parameter|weight"):
        refused()
