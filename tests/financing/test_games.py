"""Cost games: published shares, and the laws that single out the Shapley value."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.financing.games import (
    is_in_core,
    is_individually_rational,
    largest_claims,
    marginal,
    members,
    shapley,
    stand_alone,
)

# Tennessee Valley Authority, thousand USD: Ransmeier (1942), Straffin and Heaney (1981), as
# printed in the vignette of CoopGame 2.2.1, section 5.3.3
TVA = np.array([0, 163520, 140826, 301607, 250096, 378821, 367370, 412584], dtype=float)

sizes = st.integers(2, 4)


@st.composite
def games(draw, players=sizes):
    count = draw(players)
    costs = [0.0, *(draw(st.integers(0, 100)) for _ in range((1 << count) - 1))]
    return np.array(costs, dtype=float)


def test_the_tennessee_valley_authority():
    assert shapley(TVA).tolist() == pytest.approx([117829.0, 100756.5, 193998.5], abs=0.01)
    assert is_in_core(TVA, shapley(TVA))
    assert is_individually_rational(TVA, shapley(TVA))
    assert stand_alone(TVA).tolist() == [163520, 140826, 250096]
    assert marginal(TVA).tolist() == [45214, 33763, 110977]


def test_the_heirs_of_ibn_ezra():
    """Vignette of CoopGame 2.2.1, section 5.3.2: claims of 120, 60, 40 and 30 on one estate."""
    wanted = [80.83333, 20.83333, 10.83333, 7.5]
    assert shapley(largest_claims([120, 60, 40, 30])).tolist() == pytest.approx(wanted, abs=1e-5)


@given(games())
def test_shapley_by_going_through_all_orders(game):
    players = len(game).bit_length() - 1
    orders = list(permutations(range(players)))
    total = np.zeros(players)
    for order in orders:
        coalition = 0
        for player in order:
            total[player] += game[coalition | 1 << player] - game[coalition]
            coalition |= 1 << player
    np.testing.assert_allclose(shapley(game), total / len(orders), atol=1e-9)


@given(games(st.just(3)), games(st.just(3)))
def test_shapley_is_efficient_and_adds_up(first, second):
    assert shapley(first).sum() == pytest.approx(first[-1], abs=1e-9)
    np.testing.assert_allclose(shapley(first + second), shapley(first) + shapley(second), atol=1e-9)


@given(games(), st.floats(-50, 50))
def test_who_adds_the_same_to_everybody_pays_just_that(game, own):
    """With 0 this is the law of the dummy."""
    bigger = np.concatenate([game, game + own])
    assert shapley(bigger)[-1] == pytest.approx(own, abs=1e-9)
    np.testing.assert_allclose(shapley(bigger)[:-1], shapley(game), atol=1e-9)


@given(games())
def test_equals_pay_the_same_and_names_do_not_matter(game):
    """Two players who add the same to every coalition are made by averaging over their places."""
    players = len(game).bit_length() - 1
    swapped = np.array([game[_swapped(number)] for number in range(len(game))])
    even = shapley(game + swapped)
    assert even[0] == pytest.approx(even[1], abs=1e-9)
    order = [1, 0, *range(2, players)]
    np.testing.assert_allclose(shapley(swapped), shapley(game)[order], atol=1e-9)


def _swapped(number):
    """The same coalition with the first two players in each other's place."""
    return number & ~3 | number >> 1 & 1 | (number & 1) << 1


def test_twelve_players_and_not_more():
    weights = np.arange(1.0, 13.0)
    assert shapley(members(12) @ weights) == pytest.approx(weights)
    with pytest.raises(ValueError, match="at most 12"):
        shapley(np.zeros(1 << 13))


@pytest.mark.parametrize("bad", [[1, 2], [0, 1, 2], [0], [0, float("nan")], [[0, 1]]])
def test_what_is_no_game(bad):
    with pytest.raises(ValueError, match=r"coalitions|finite|costs 0"):
        shapley(bad)


def test_what_a_core_and_a_rational_share_are():
    game = [0, 8, 6, 10]
    assert is_in_core(game, [4, 6])
    assert not is_in_core(game, [3.9, 6.1])
    assert not is_in_core(game, [4, 5])  # not all is paid
    assert is_individually_rational(game, [8, 2])
    assert not is_individually_rational(game, [8.1, 1.9])
    small = np.array([0, 8e-12, 6e-12, 10e-12])  # the same in another currency
    assert not is_in_core(small, [3.9e-12, 6.1e-12])
    assert not is_individually_rational(small, [8.1e-12, 1.9e-12])
