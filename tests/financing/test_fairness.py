"""Tests of shares where only part of the costs is known: yes, no, or not known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.financing.test_games import games

from impactmonitor.financing.cost_game import CostGame
from impactmonitor.financing.fairness import KnownCosts
from impactmonitor.financing.games import is_in_core, is_individually_rational, marginal

NAMES = ["a", "b", "c"]
ALL = {1: 4.0, 2: 5.0, 4: 6.0, 3: 7.0, 5: 8.0, 6: 9.0, 7: 10.0}
FAIR = np.array([2.0, 3.0, 5.0])


def known(costs):
    return KnownCosts.of(CostGame.of_coalitions(NAMES, costs))


@given(games(st.integers(1, 4)), st.data())
def test_with_all_costs_known_they_are_the_tests_on_arrays(game, data):
    players = len(game).bit_length() - 1
    amounts = st.lists(st.integers(-10, 100), min_size=players, max_size=players)
    shares = np.array(data.draw(amounts), dtype=float)
    shares[-1] += game[-1] - shares.sum()  # all is paid
    names = [str(i) for i in range(players)]
    found = KnownCosts.of(
        CostGame.of_coalitions(names, {n: float(game[n]) for n in range(1, len(game))})
    )
    assert found.is_in_core(shares) is is_in_core(game, shares)
    assert found.is_individually_rational(shares) is is_individually_rational(game, shares)
    is_above = bool((shares >= marginal(game) - 1e-9 * np.abs(game).max()).all())
    assert found.is_at_least_marginal(shares) is is_above


def test_a_missing_coalition_leaves_it_open():
    assert known(ALL).is_in_core(FAIR) is True
    for number in (1, 3):
        some = {n: cost for n, cost in ALL.items() if n != number}
        assert known(some).is_in_core(FAIR) is None
    without_single = {n: cost for n, cost in ALL.items() if n != 1}
    assert known(without_single).is_individually_rational(FAIR) is None
    without_pair = {n: cost for n, cost in ALL.items() if n != 3}
    assert known(without_pair).is_at_least_marginal(FAIR) is None


@pytest.mark.parametrize(("number", "limit"), [(1, 1.9), (3, 4.9), (6, 7.9)])
def test_one_known_coalition_that_pays_more_is_enough_for_no(number, limit):
    found = known({number: limit, 7: 10.0})
    assert found.is_in_core(FAIR) is False
    assert found.is_individually_rational(FAIR) is (False if number == 1 else None)


def test_who_pays_less_than_it_adds_makes_the_others_pay_more():
    totals = CostGame.of_totals(NAMES, 10.0, marginal={"a": 2.5})
    assert KnownCosts.of(totals).is_in_core(FAIR) is False
    assert KnownCosts.of(totals).is_at_least_marginal(FAIR) is False
    fine = CostGame.of_totals(NAMES, 10.0, marginal={"a": 1.5})
    assert KnownCosts.of(fine).is_in_core(FAIR) is None
    assert KnownCosts.of(fine).is_at_least_marginal(FAIR) is None


def test_a_difference_of_rounding_is_none():
    shares = FAIR + np.array([2e-9, -1e-9, -1e-9])
    tight = {**ALL, 1: 2.0}
    assert known(tight).is_in_core(shares) is True
    assert known(tight).is_in_core(FAIR + np.array([0.01, 0.0, -0.01])) is False


def test_more_players_than_a_computer_has_bits():
    names = [f"p{i}" for i in range(70)]
    game = CostGame.of_totals(names, 70.0, dict.fromkeys(names, 2.0))
    assert KnownCosts.of(game).is_individually_rational(np.full(70, 1.0)) is True
    assert KnownCosts.of(game).is_in_core(np.full(70, 1.0)) is None
    assert KnownCosts.of(game).is_in_core(np.r_[2.1, np.full(69, 67.9 / 69)]) is False
