"""The sampled Shapley value: beside the exact one, and where there is no exact one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactmonitor.financing.games import members, shapley
from impactmonitor.financing.sampled import sampled_shapley


def listed(game):
    bits = 1 << np.arange(len(game).bit_length() - 1)
    return lambda is_in: float(game[int(bits[is_in].sum())])


def random_game(seed, players=6):
    game = np.random.default_rng(seed).uniform(0, 100, 1 << players)
    game[0] = 0
    return game


def test_the_exact_value_is_within_a_few_standard_errors():
    """Of 240 differences, in units of their error, the spread is 1 and none is far out."""
    apart = []
    for seed in range(40):
        game = random_game(seed)
        found = sampled_shapley(listed(game), 6, orders=600, seed=seed)
        apart += ((found.shares - shapley(game)) / found.standard_error).tolist()
    assert np.abs(apart).max() < 5
    assert np.std(apart) == pytest.approx(1.0, abs=0.2)
    assert np.mean(apart) == pytest.approx(0.0, abs=0.25)


def test_more_orders_come_closer():
    game = random_game(7)
    few, many = (sampled_shapley(listed(game), 6, orders, 1) for orders in (240, 24_000))
    assert (many.standard_error < few.standard_error / 5).all()
    assert np.abs(many.shares - shapley(game)).max() < 1


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 5), st.integers(0, 10**9))
def test_all_is_paid_whatever_the_sample(players, seed):
    game = random_game(seed, players)
    found = sampled_shapley(listed(game), players, orders=1, seed=seed)
    assert found.shares.sum() == pytest.approx(game[-1])


def test_costs_that_only_add_up_or_follow_from_pairs_leave_no_doubt():
    """Every order beside its reverse: what two players save together is halved exactly."""
    rng = np.random.default_rng(2)
    is_in = members(5)
    pairs = np.triu(rng.uniform(0, 3, (5, 5)), 1)
    game = is_in @ rng.uniform(5, 9, 5) - np.einsum("ci,ij,cj->c", is_in, pairs, is_in)
    found = sampled_shapley(listed(game), 5, orders=20)
    np.testing.assert_allclose(found.shares, shapley(game), atol=1e-9)
    assert found.standard_error.max() < 1e-12


def test_sixty_players_of_whom_equal_ones_pay_nearly_the_same():
    found = sampled_shapley(lambda is_in: float(is_in.sum()) ** 0.5, 60, orders=240)
    assert found.shares == pytest.approx(60**0.5 / 60)
    airport = np.repeat([1.0, 4.0], 30)
    many = sampled_shapley(lambda is_in: float(airport[is_in].max()), 60, orders=2400, seed=3)
    # the long users alone pay for the 3 that only they need, all pay for the rest
    exact = np.where(airport == 1, 1 / 60, 1 / 60 + 3 / 30)
    assert (np.abs(many.shares - exact) < 5 * many.standard_error + 1e-9).all()


def test_the_same_seed_gives_the_same_orders():
    game = random_game(1)
    one, same, other = (sampled_shapley(listed(game), 6, 24, seed) for seed in (5, 5, 6))
    assert one.shares.tolist() == same.shares.tolist() != other.shares.tolist()
    assert (one.orders, one.seed) == (24, 5)
    assert sampled_shapley(listed(game), 6, 25, 1).orders == 36  # whole blocks of 12


def test_nobody_is_asked_for_the_cost_of_nobody():
    asked = []

    def cost_of(is_in):
        asked.append(is_in)
        return float(is_in.sum())

    sampled_shapley(cost_of, 3, 6)
    assert all(is_in.any() for is_in in asked)
    assert len({id(is_in) for is_in in asked}) == len(asked)  # nobody sees them change


@pytest.mark.parametrize("bad", [(0, 10, 1), (3, 0, 1), (3, 10, -1)])
def test_what_cannot_be_sampled(bad):
    with pytest.raises(ValueError, match="or more"):
        sampled_shapley(lambda _: 1.0, *bad)
