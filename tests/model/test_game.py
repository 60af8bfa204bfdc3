"""Files of joint costs and claims: what they may hold, and everything that is wrong at once."""

from __future__ import annotations

from typing import Any

import pytest

from impactmonitor.messages import LANGUAGES
from impactmonitor.model.game import (
    ClaimsGame,
    CoalitionGame,
    TotalsGame,
    game_of,
    players_of,
)

AB = {"a": 1, "b": 2, "a+b": 2.5}


def found(**tree: Any) -> set[tuple[str, str]]:
    """What is wrong with a file, by place."""
    game, problems = game_of(tree)
    assert (game is None) == bool(problems)
    for problem in problems:
        for language in LANGUAGES:
            assert "{" not in problem.message(language) + problem.hint(language)
    return {(problem.path, problem.code) for problem in problems}


def test_costs_by_coalition():
    game, problems = game_of({"players": ["a", " b "], "costs": {"a": 1, "b ": 2, "b + a": 2.5}})
    assert problems == []
    assert isinstance(game, CoalitionGame)
    assert game.players == ("a", "b")
    assert [players_of(name) for name in game.costs] == [("a",), ("b",), ("b", "a")]


def test_a_name_may_be_anything_without_a_plus():
    names = ["Gemeente 's-Hertogenbosch (Wmo)", "a.b", "1", "é", "[key]"]
    costs = dict.fromkeys(names, 1.0)
    game, problems = game_of({"players": names, "costs": costs, "benefits": costs})
    assert problems == []
    assert isinstance(game, CoalitionGame)
    assert game.players == tuple(names)


def test_players_may_be_numbers():
    game, _ = game_of({"players": [1, 2], "costs": {"1": 3, "2": 4, "1+2": 5}})
    assert isinstance(game, CoalitionGame)
    assert game.players == ("1", "2")


def test_totals_by_player_are_optional():
    game, _ = game_of({"players": ["a", "b"], "total": 10})
    assert isinstance(game, TotalsGame)
    assert (game.total, game.stand_alone, game.marginal, game.benefits) == (10, None, None, None)


def test_claims_by_name_or_numbered():
    game, _ = game_of({"pot": 100, "claims": [100, 200.5]})
    assert isinstance(game, ClaimsGame)
    assert dict(game.claims) == {"1": 100, "2": 200.5}
    named, _ = game_of({"pot": 100, "claims": {"bank": 100, "friend": 0}})
    assert isinstance(named, ClaimsGame)
    assert list(named.claims) == ["bank", "friend"]


@pytest.mark.parametrize(
    ("tree", "wanted"),
    [
        ({"players": ["a", "b"], "costs": {**AB, "b+a": 2}}, ("costs.b+a", "coalition-twice")),
        ({"players": ["a", "b"], "costs": {**AB, " a": 2}}, ("costs. a", "coalition-twice")),
        ({"players": ["a", "b"], "costs": {**AB, "a+a": 2}},
         ("costs.a+a", "player-twice-in-coalition")),
        ({"players": ["a", "b"], "costs": {**AB, "a+c": 2}}, ("costs.a+c", "unknown-player")),
        ({"players": ["a", "b"], "costs": {**AB, "a+": 2}}, ("costs.a+", "player-name")),
        ({"players": ["a", "b"], "costs": {**AB, "": 0}}, ("costs.", "player-name")),
        ({"players": ["a", "b"], "costs": {**AB, "a": "2"}}, ("costs.a", "not-a-number")),
        ({"players": ["a", "b"], "costs": {**AB, "a": True}}, ("costs.a", "not-a-number")),
        ({"players": ["a", "b"], "costs": {**AB, "a": 1e300}}, ("costs.a", "too-high")),
        ({"players": ["a", "b"], "costs": {**AB, "a": float("nan")}}, ("costs.a", "not-finite")),
        ({"players": ["a", "b"], "costs": {}}, ("costs", "too-few")),
        ({"players": ["a", "b"], "costs": [1, 2]}, ("costs", "not-a-mapping")),
        ({"players": ["a", "b", "a "], "total": 1}, ("players.2", "name-twice")),
        ({"players": ["a", "b+c"], "total": 1}, ("players.1", "player-name")),
        ({"players": ["a", " "], "total": 1}, ("players.1", "player-name")),
        ({"players": ["a", None], "total": 1}, ("players.1", "not-text")),
        ({"players": ["a", True], "total": 1}, ("players.1", "not-text")),
        ({"players": [], "total": 1}, ("players", "too-few")),
        ({"players": "a, b", "costs": AB}, ("players", "not-a-list")),
        ({"total": 1}, ("players", "missing-field")),
        ({"players": ["a"], "stand_alone": {"a": 1}}, ("total", "missing-field")),
        ({"players": ["a"], "total": 1, "marginal": {"b": 1}}, ("marginal.b", "unknown-player")),
        ({"players": ["a"], "total": 1, "benefits": {"a": -1}}, ("benefits.a", "too-low")),
        ({"players": ["a"], "total": 1, "benefits": {"a": 1, "a ": 1}},
         ("benefits.a ", "name-twice")),
        ({"players": ["a"], "total": 1, "rest": 2}, ("rest", "unknown-key")),
        ({"players": ["a"], "costs": {"a": 1}, "total": 2}, ("total", "unknown-key")),
        ({"players": ["a"], "cots": {"a": 1}}, ("cots", "unknown-key")),
        ({"players": ["a"]}, ("", "game-form")),
        ({"pot": -1, "claims": [1]}, ("pot", "too-low")),
        ({"pot": 1, "claims": [1, -2]}, ("claims.1", "too-low")),
        ({"pot": 1, "claims": {"a": -2}}, ("claims.a", "too-low")),
        ({"pot": 1, "claims": {}}, ("claims", "too-few")),
        ({"pot": 1, "claims": []}, ("claims", "too-few")),
        ({"pot": 1, "claims": 5}, ("claims", "not-a-mapping")),
        ({"pot": 1, "claims": {"a": 1, " a": 1}}, ("claims. a", "name-twice")),
        ({"pot": 1, "claims": {" ": 1}}, ("claims. ", "player-name")),
        ({"pot": 1, "claim": [1]}, ("claim", "unknown-key")),
        ({"claims": [1]}, ("pot", "missing-field")),
    ],
    ids=lambda part: part[1] if isinstance(part, tuple) else "",
)  # fmt: skip
def test_one_mistake_is_one_problem_at_its_place(tree, wanted):
    assert found(**tree) == {wanted}


def test_everything_at_once():
    costs = {"a": "one", "b+a": 1, "a+b": 2, "d": 3}
    assert found(players=["a", "b", "b"], costs=costs, benefits={"c": 1}, weight=1) == {
        ("costs.a", "not-a-number"),
        ("costs.a+b", "coalition-twice"),
        ("costs.d", "unknown-player"),
        ("players.2", "name-twice"),
        ("benefits.c", "unknown-player"),
        ("weight", "unknown-key"),
    }


def test_the_nearest_player_is_proposed():
    _, problems = game_of({"players": ["insurer"], "costs": {"insurr": 1}})
    assert problems[0].params["nearest"] == "insurer"
