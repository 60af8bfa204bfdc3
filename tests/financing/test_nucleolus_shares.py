"""The nucleolus: published shares, closed forms, Kohlberg's test of it, and its laws."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.financing.test_games import TVA, games

from impactmonitor.financing.claims import talmud
from impactmonitor.financing.games import (
    is_in_core,
    is_individually_rational,
    members,
    stand_alone,
)
from impactmonitor.financing.nucleolus_shares import nucleolus


@st.composite
def subadditive(draw):
    """Games in which together never costs more than apart."""
    game = draw(games(st.integers(1, 5)))
    for number in range(1, len(game)):
        part = (number - 1) & number
        while part:
            game[number] = min(game[number], game[part] + game[number ^ part])
            part = (part - 1) & number
    return game


@st.composite
def essential(draw):
    """Any games in which everybody together costs no more than apart."""
    game = draw(games(st.integers(2, 5)))
    game[-1] = min(game[-1], stand_alone(game).sum())
    return game


def test_the_tennessee_valley_authority():
    """As printed in the vignette of CoopGame 2.2.1, section 5.3.3."""
    found = nucleolus(TVA)
    assert found.tolist() == pytest.approx([116234, 93540, 202810], abs=0.01)
    assert is_in_core(TVA, found)
    assert is_individually_rational(TVA, found)


@given(st.lists(st.integers(1, 300), min_size=2, max_size=6), st.floats(0, 1))
def test_the_talmud_divides_by_the_nucleolus(claims, share):
    """Aumann and Maschler (1985): the nucleolus of the game of claims on an estate.

    A coalition is sure of what the claims of the others leave; it pays minus that.
    """
    estate = share * sum(claims)
    is_in = members(len(claims))
    sure = np.maximum(0.0, estate - (1 - is_in) @ np.array(claims, dtype=float))
    sure[0] = 0.0
    np.testing.assert_allclose(-nucleolus(-sure), talmud(estate, claims), atol=1e-6)


def airport(lengths):
    """Nucleolus of a runway as long as the largest user needs, by the published recursion.

    Littlechild (1974), A simple expression for the nucleolus in a special case, International
    Journal of Game Theory 3, 21-29: of the shortest users that are left, the group with the
    smallest (its length - what was paid before) / (its users + 1) pays that much each; what is
    left at the end is for the user that needs the longest runway.
    """
    order = np.argsort(lengths, kind="stable")
    rising = np.array(lengths, dtype=float)[order]
    players = len(rising)
    shares = np.empty(players)
    done, paid = 0, 0.0
    while done < players - 1:
        users = np.arange(1, players - done)
        steps = (rising[done : players - 1] - paid) / (users + 1)
        least = steps.min()
        last = int(np.flatnonzero(steps <= least + 1e-12)[-1])
        shares[done : done + last + 1] = least
        paid += least * (last + 1)
        done += last + 1
    shares[-1] = rising[-1] - paid
    result = np.empty(players)
    result[order] = shares
    return result


@given(st.lists(st.integers(1, 20), min_size=2, max_size=6))
def test_a_runway(lengths):
    game = (members(len(lengths)) * np.array(lengths)).max(axis=1)
    np.testing.assert_allclose(nucleolus(game), airport(lengths), atol=1e-7)


def is_the_nucleolus(game, shares, near=1e-7):
    """Whether shares pass the test of Kohlberg (1971), On the nucleolus of a characteristic
    function game, SIAM Journal on Applied Mathematics 20, 62-66.

    No move that helps one of the unhappiest coalitions leaves the others of them, and those who
    already pay what they would alone, as they are; and so for every level of unhappiness.
    """
    players = len(shares)
    is_in = members(players)[1:-1]
    size = max(1.0, np.abs(game).max())
    unhappy = (is_in @ shares - game[1:-1]) / size
    full = np.eye(players)[np.abs(shares - stand_alone(game)) <= near * size]
    for level in np.unique(unhappy.round(7))[::-1]:
        worst = is_in[unhappy >= level - near]
        limits = np.vstack([worst, full])
        move = linprog(worst.sum(axis=0), A_ub=limits, b_ub=np.zeros(len(limits)),
                       A_eq=np.ones((1, players)), b_eq=[0], bounds=(-1, 1))  # fmt: skip
        if move.fun < -1e-6:
            return False
        if np.linalg.matrix_rank(worst) == players:
            break
    return True


@settings(deadline=None, max_examples=60)
@given(essential(), st.sampled_from([1.0, 1e-6, 1e9]))
def test_kohlberg_s_test_in_every_currency(game, currency):
    shares = nucleolus(game * currency)
    assert is_the_nucleolus(game, shares / currency)
    assert shares.sum() == pytest.approx(currency * game[-1], abs=1e-9 * currency * 100)


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 6), st.integers(0, 10**6))
def test_costs_of_very_different_sizes(players, seed):
    game = 10 ** np.random.default_rng(seed).uniform(-3, 6, 1 << players)
    game[0] = 0.0
    game[-1] = min(game[-1], stand_alone(game).sum())
    shares = nucleolus(game)
    assert is_the_nucleolus(game / game.max(), shares / game.max())
    assert shares.sum() == pytest.approx(game[-1], rel=1e-9, abs=1e-12 * game.max())


def test_a_saving_that_is_only_rounding_is_none():
    game = np.array([0.0, 574.46941969, -947.55380617, -880.67451534])
    game[-1] = game[1] + game[2] - 1e-13
    assert nucleolus(game).tolist() == pytest.approx(game[1:3].tolist())


def test_kohlberg_s_test_can_fail():
    found = nucleolus(TVA)
    assert is_the_nucleolus(TVA, found)
    assert not is_the_nucleolus(TVA, found + np.array([1000, -500, -500]))


def test_small_savings_on_large_costs_keep_their_digits():
    alone = np.array([9e9, 7e9, 8e9])
    saved = np.array([0, 0, 0, 5.0, 0, 6.0, 4.0, 9.0])
    game = members(3) @ alone - saved
    zero = nucleolus(members(3) @ np.full(3, 10.0) - saved)
    np.testing.assert_allclose(alone - nucleolus(game), 10.0 - zero, atol=1e-4)


@settings(deadline=None)
@given(subadditive())
def test_it_is_in_the_core_if_anything_is(game):
    found = nucleolus(game)
    assert found.sum() == pytest.approx(game[-1], abs=1e-6)
    assert (found <= stand_alone(game) + 1e-6).all()
    if has_core(game):
        assert (members(len(found)) @ found <= game + 1e-6).all()


def has_core(game):
    """Whether any shares satisfy everybody: a linear programme of its own."""
    players = len(game).bit_length() - 1
    if players == 1:
        return True
    is_in = members(players)
    return linprog(np.zeros(players), A_ub=is_in[1:-1], b_ub=game[1:-1], A_eq=is_in[-1:],
                   b_eq=game[-1:], bounds=(None, None)).success  # fmt: skip


@settings(deadline=None, max_examples=30)
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
    for number in range(len(game)):
        inside = [player for player in range(players) if number >> player & 1]
        renamed[sum(1 << order.index(player) for player in inside)] = game[number]
    np.testing.assert_allclose(nucleolus(renamed), nucleolus(game)[list(order)], atol=1e-6)


@given(subadditive(), st.floats(-50, 50))
def test_who_adds_the_same_to_everybody_pays_just_that(game, own):
    found = nucleolus(np.concatenate([game, game + own]))
    assert found[-1] == pytest.approx(own, abs=1e-6)
    np.testing.assert_allclose(found[:-1], nucleolus(game), atol=1e-6)


@pytest.mark.parametrize("kind", ["smooth", "rough", "equal", "runway"])
def test_twelve_players_in_seconds(kind):
    rng = np.random.default_rng(3)
    is_in = members(12)
    weights = rng.integers(1, 6, 12).astype(float)
    game = {
        "smooth": np.sqrt(is_in @ weights),
        "rough": is_in.sum(axis=1) + rng.integers(1, 4, 1 << 12),
        "equal": np.sqrt(is_in.sum(axis=1)),
        "runway": (is_in * weights).max(axis=1),
    }[kind]
    game[0] = 0.0
    start = perf_counter()
    found = nucleolus(game)
    assert perf_counter() - start < 5
    assert is_the_nucleolus(game, found)


def test_one_player_and_costs_of_0():
    assert nucleolus([0, 7]).tolist() == [7]
    assert nucleolus(np.zeros(8)).tolist() == [0, 0, 0]
    assert nucleolus([0, 3, 4, 7]).tolist() == pytest.approx([3, 4])  # nothing is saved


def test_what_has_no_nucleolus():
    with pytest.raises(ValueError, match="more than alone"):
        nucleolus([0, 1, 1, 3])
    with pytest.raises(ValueError, match="at most 12"):
        nucleolus(np.zeros(1 << 13))
    with pytest.raises(ValueError, match="2\\*\\*n"):
        nucleolus([0, 1, 2])
