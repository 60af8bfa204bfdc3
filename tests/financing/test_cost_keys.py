"""The registry of keys: what each needs, and what it gives."""

from __future__ import annotations

import numpy as np
import pytest
from tests.financing.test_cost_game import by_number
from tests.financing.test_games import TVA

from impactmonitor.financing.cost_game import CostGame
from impactmonitor.financing.cost_keys import (
    KEYS,
    Drawing,
    amounts_of,
    is_dearer_together,
)
from impactmonitor.financing.games import shapley

NAMES = ["a", "b", "c"]


def needs(game):
    return {name: key.needs(game) for name, key in KEYS.items()}


def test_with_everything_known_only_benefits_are_missing():
    found = needs(by_number(TVA))
    assert found.pop("proportional_to_benefits") == ["benefits"]
    assert not any(found.values())


def test_with_singles_all_and_all_but_one_the_first_keys_work():
    costs = {1: 4.0, 2: 5.0, 4: 6.0, 8: 7.0, 7: 9.0, 11: 9.0, 13: 9.0, 14: 9.0, 15: 10.0}
    found = needs(CostGame.of_coalitions([*NAMES, "d"], costs))
    pairs = ["costs.a+b", "costs.a+c", "costs.a+d", "costs.b+c", "costs.b+d", "costs.c+d"]
    assert found["shapley"] == found["nucleolus"] == pairs
    assert found["equal"] == found["stand_alone"] == found["scrb"] == []


def test_coalitions_are_named_where_totals_would_follow_from_them():
    found = needs(CostGame.of_coalitions(NAMES, {1: 4.0, 2: 5.0, 3: 6.0, 5: 7.0}))
    assert found["equal"] == ["costs.a+b+c"]
    assert found["stand_alone"] == ["costs.a+b+c", "costs.c"]
    assert found["scrb"] == ["costs.a+b+c", "costs.c", "costs.b+c"]
    assert found["proportional_to_benefits"] == ["costs.a+b+c", "benefits"]


def test_sections_or_players_of_them_are_named():
    found = needs(CostGame.of_totals(NAMES, 10.0))
    assert found == {
        "equal": [],
        "stand_alone": ["stand_alone"],
        "proportional_to_benefits": ["benefits"],
        "scrb": ["stand_alone", "marginal"],
        "shapley": ["costs"],
        "nucleolus": ["costs"],
    }
    some = CostGame.of_totals(NAMES, 10.0, {"a": 4.0, "b": 5.0}, {"a": 1.0}, {"c": 3.0})
    assert needs(some)["stand_alone"] == ["stand_alone.c"]
    assert needs(some)["proportional_to_benefits"] == ["benefits.a", "benefits.b"]
    assert needs(some)["scrb"] == [
        "stand_alone.c", "marginal.b", "marginal.c", "benefits.a", "benefits.b",
    ]  # fmt: skip


@pytest.mark.parametrize("amounts", [{"a": 0.0, "b": 0.0}, {"a": -1.0, "b": 2.0}])
def test_there_has_to_be_something_to_divide_by(amounts):
    game = CostGame.of_totals(["a", "b"], 1.0, amounts, benefits={"a": 0.0, "b": 0.0})
    assert KEYS["stand_alone"].needs(game) == ["stand_alone above 0"]
    assert KEYS["proportional_to_benefits"].needs(game) == ["benefits above 0"]


def test_a_cost_of_0_is_divided_by_nothing():
    zero = {"a": 0.0, "b": 0.0}
    game = CostGame.of_totals(["a", "b"], 0.0, zero, benefits=zero)
    for key in KEYS.values():
        assert key.needs(game) == []
        assert key.divide(game, Drawing()).shares.tolist() == [0.0, 0.0]


def test_together_dearer_than_apart_has_no_nucleolus():
    game = CostGame.of_coalitions(["a", "b"], {1: 1.0, 2: 1.0, 3: 3.0})
    assert is_dearer_together(game)
    assert KEYS["nucleolus"].needs(game) == ["total at most stand_alone"]
    assert KEYS["shapley"].needs(game) == []
    assert not is_dearer_together(CostGame.of_coalitions(["a", "b"], {1: 1.0, 2: 2.0, 3: 3.0}))
    assert not is_dearer_together(CostGame.of_totals(["a", "b"], 3.0, {"a": 1.0}))


def test_of_more_than_12_players_shapley_is_sampled_and_the_nucleolus_refused():
    players = [f"p{i}" for i in range(13)]
    sizes = np.array([number.bit_count() for number in range(1 << 13)])
    tilted = np.sqrt(sizes + np.array([number & 1 for number in range(1 << 13)]))
    game = by_number(tilted, players)
    assert KEYS["nucleolus"].needs(game) == ["at most 12 players"]
    assert KEYS["shapley"].needs(game) == []
    found = KEYS["shapley"].divide(game, Drawing(orders=520, seed=4))
    assert found.sample is not None
    assert (found.sample.orders, found.sample.seed) == (520, 4)
    error = found.sample.standard_error + 1e-9
    # the others are alike, so that the exact value follows from the game of 1 and 12
    first = np.mean([tilted[(2 << k) - 1] - tilted[(2 << k) - 2] for k in range(13)])
    assert abs(found.shares[0] - first) < 5 * error[0]
    some = CostGame.of_coalitions(players, {1: 1.0})
    assert KEYS["shapley"].needs(some)[0] == "costs.p1"
    assert KEYS["nucleolus"].needs(some) == ["at most 12 players"]


def test_up_to_12_players_nothing_is_sampled():
    found = KEYS["shapley"].divide(by_number(TVA), Drawing())
    assert found.sample is None
    assert found.shares.tolist() == shapley(TVA).tolist()


def test_benefits_limit_what_remains_only_where_they_are_given():
    without = CostGame.of_totals(["a", "b"], 100.0, {"a": 80.0, "b": 60.0})
    assert KEYS["scrb"].divide(without, Drawing()).shares.tolist() == [60.0, 40.0]
    small = CostGame.of_totals(
        ["a", "b"], 100.0, {"a": 80.0, "b": 60.0}, benefits={"a": 50.0, "b": 60.0}
    )
    assert KEYS["scrb"].divide(small, Drawing()).shares.tolist() == [48.0, 52.0]


def test_where_nothing_remains_the_rest_is_divided_equally_and_said():
    game = CostGame.of_totals(["a", "b"], 10.0, {"a": 1.0, "b": 2.0})
    found = KEYS["scrb"].divide(game, Drawing())
    assert found.is_equal
    assert found.shares.tolist() == [4.5, 5.5]
    exact = CostGame.of_totals(["a", "b"], 3.0, {"a": 1.0, "b": 2.0})  # no rest to divide
    assert not KEYS["scrb"].divide(exact, Drawing()).is_equal


def test_amounts_in_the_order_of_the_players():
    game = CostGame.of_totals(["a", "b"], 3.0, {"b": 2.0, "a": 1.0})
    assert amounts_of(game, "stand_alone").tolist() == [1.0, 2.0]


def test_what_is_not_known_is_not_divided():
    game = CostGame.of_coalitions(["a", "b"], {1: 1.0})
    with pytest.raises(ValueError, match="not known"):
        KEYS["equal"].divide(game, Drawing())
