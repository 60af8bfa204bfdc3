"""What is known of a joint cost, and the names of what is not."""

from __future__ import annotations

import pytest
from tests.financing.test_games import TVA

from impactmonitor.financing.cost_game import MOST_NAMED, CostGame, cost_game
from impactmonitor.model.game import CoalitionGame, TotalsGame

NAMES = ["a", "b", "c"]


def by_number(game, names=NAMES):
    return CostGame.of_coalitions(names, {n: float(game[n]) for n in range(1, len(game))})


def test_totals_follow_from_the_costs_of_coalitions():
    game = by_number(TVA)
    assert game.total == 412584
    assert game.stand_alone == {"a": 163520, "b": 140826, "c": 250096}
    assert game.marginal == {"a": 45214, "b": 33763, "c": 110977}
    assert game.is_complete
    assert game.array().tolist() == TVA.tolist()
    assert game.missing() == []


def test_what_is_missing_is_named_the_smallest_first():
    game = CostGame.of_coalitions(NAMES, {0b001: 1.0, 0b011: 2.0, 0b110: 3.0})
    assert game.missing() == ["b", "c", "a+c", "a+b+c"]
    assert (game.total, game.is_complete) == (None, False)
    assert game.stand_alone == {"a": 1.0}
    assert game.marginal == {}
    with pytest.raises(KeyError):
        game.array()


def test_of_very_many_missing_coalitions_the_first_ones_are_named():
    game = CostGame.of_coalitions([f"p{i}" for i in range(100)], {1: 1.0})
    found = game.missing()
    assert len(found) == MOST_NAMED
    assert found[:2] == ["p1", "p2"]
    assert found[99] == "p0+p1"


def test_totals_say_nothing_of_other_coalitions():
    game = CostGame.of_totals(NAMES, 10, {"a": 5, "b": 6, "c": 7}, {"a": 1})
    assert game.coalitions == {1: 5, 2: 6, 4: 7, 7: 10}
    assert game.marginal == {"a": 1}
    assert not game.is_complete
    assert CostGame.of_totals(NAMES, 10).marginal is None


def test_with_one_or_two_players_the_others_are_one():
    assert CostGame.of_totals(["a"], 10).marginal == {"a": 10}
    assert CostGame.of_totals(["a"], 10).is_complete
    two = CostGame.of_totals(["a", "b"], 10, {"a": 8})
    assert two.marginal == {"b": 2}
    assert two.missing() == ["b"]


def test_totals_that_contradict_each_other_are_named():
    two = CostGame.of_totals(["a", "b"], 10, {"a": 8, "b": 6}, {"a": 5, "b": 2.005})
    assert two.contradictions() == [("marginal", "a", 5, 4)]  # cents may have been rounded
    one = CostGame.of_totals(["a"], 10, {"a": 8}, {"a": 9})
    assert one.contradictions() == [("stand_alone", "a", 8, 10), ("marginal", "a", 9, 10)]
    assert by_number(TVA).contradictions() == []


def test_from_how_it_was_written():
    written = CoalitionGame.model_validate(
        {"players": ["a", "b"], "costs": {" b": 2, "a": 1, "b + a": 2.5}, "benefits": {"b ": 4}}
    )
    game = cost_game(written)
    assert game.coalitions == {1: 1, 2: 2, 3: 2.5}
    assert game.benefits == {"b": 4}
    assert game.has_coalitions
    totals = TotalsGame.model_validate({"players": ["a", "b"], "total": 3, "marginal": {" a": 1}})
    assert cost_game(totals).marginal == {"a": 1}
    assert not cost_game(totals).has_coalitions


def test_a_coalition_is_written_in_the_order_of_the_players():
    assert by_number(TVA).name(0b111) == "a+b+c"
    assert by_number(TVA).name(0b101) == "a+c"
