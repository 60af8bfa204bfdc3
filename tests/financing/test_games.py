"""Cost games: published shares, and the laws that single out each value."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactmonitor.financing.games import (
    is_in_core,
    is_individually_rational,
    largest_claims,
    marginal,
    members,
    nucleolus,
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


@st.composite
def subadditive(draw):
    """Games in which together never costs more than apart."""
    game = draw(games())
    for number in range(1, len(game)):
        part = (number - 1) & number
        while part:
            game[number] = min(game[number], game[part] + game[number ^ part])
            part = (part - 1) & number
    return game


def test_the_tennessee_valley_authority():
    assert shapley(TVA).tolist() == pytest.approx([117829.0, 100756.5, 193998.5], abs=0.01)
    assert nucleolus(TVA).tolist() == pytest.approx([116234, 93540, 202810], abs=0.01)
    for shares in (shapley(TVA), nucleolus(TVA)):
        assert is_in_core(TVA, shares)
        assert is_individually_rational(TVA, shares)
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


@given(games(), st.floats(0, 50))
def test_who_adds_the_same_to_everybody_pays_just_that(game, own):
    bigger = np.concatenate([game, game + own])
    for value in (shapley, nucleolus) if bigger[-1] <= stand_alone(bigger).sum() else (shapley,):
        assert value(bigger)[-1] == pytest.approx(own, abs=1e-6)


@settings(deadline=None)
@given(subadditive())
def test_the_nucleolus_is_in_the_core_if_anything_is(game):
    found = nucleolus(game)
    assert found.sum() == pytest.approx(game[-1], abs=1e-6)
    assert (found <= stand_alone(game) + 1e-6).all()
    if has_core(game):
        assert (members(len(found)) @ found <= game + 1e-6).all()


def has_core(game):
    """Whether any shares satisfy everybody: a linear programme of its own."""
    from scipy.optimize import linprog

    players = len(game).bit_length() - 1
    is_in = members(players)
    return linprog(np.zeros(players), A_ub=is_in[1:-1], b_ub=game[1:-1], A_eq=is_in[-1:],
                   b_eq=game[-1:], bounds=(None, None)).success  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(subadditive(), st.integers(0, 1000))
def test_no_other_shares_have_a_smaller_list_of_complaints(game, seed):
    found = nucleolus(game)
    players = len(found)
    is_in = members(players)[1:-1]

    def complaints(shares):
        return np.sort(is_in @ shares - game[1:-1])[::-1]

    mine = complaints(found)
    rng = np.random.default_rng(seed)
    for _ in range(20):
        move = rng.normal(size=players)
        other = found + (move - move.mean()) * rng.choice([1e-2, 1.0, 10.0])
        if (other <= stand_alone(game) + 1e-12).all():
            different = np.abs(complaints(other) - mine) > 1e-6
            if different.any():
                first = different.argmax()
                assert complaints(other)[first] > mine[first]


@settings(deadline=None)
@given(subadditive(), st.data())
def test_names_do_not_matter(game, data):
    players = len(game).bit_length() - 1
    order = data.draw(st.permutations(range(players)))
    renamed = np.zeros_like(game)
    everyone = [c for size in range(1, players + 1) for c in combinations(range(players), size)]
    for coalition in everyone:
        new = sum(1 << order.index(player) for player in coalition)
        renamed[new] = game[sum(1 << player for player in coalition)]
    for value in (shapley, nucleolus):
        np.testing.assert_allclose(value(renamed), value(game)[list(order)], atol=1e-6)


def test_twelve_players_and_not_more():
    rng = np.random.default_rng(3)
    weights = rng.uniform(1, 10, 12)
    game = np.sqrt(members(12) @ weights)  # sharing saves: the core is not empty
    assert is_in_core(game, nucleolus(game))
    assert shapley(game).sum() == pytest.approx(game[-1])
    for value in (shapley, nucleolus):
        with pytest.raises(ValueError, match="at most 12"):
            value(np.zeros(1 << 13))


@pytest.mark.parametrize("bad", [[1, 2], [0, 1, 2], [0], [0, float("nan")], [[0, 1]]])
def test_what_is_no_game(bad):
    with pytest.raises(ValueError, match=r"coalitions|finite|costs 0"):
        shapley(bad)


def test_together_dearer_than_apart_has_no_nucleolus():
    with pytest.raises(ValueError, match="more than alone"):
        nucleolus([0, 1, 1, 3])
