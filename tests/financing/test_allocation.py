"""A joint cost by all keys: published shares with their tests, and what is doubtful."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.financing.test_cost_game import by_number
from tests.financing.test_games import TVA, games

from impactmonitor.financing.allocation import allocate
from impactmonitor.financing.cost_game import CostGame
from impactmonitor.financing.cost_keys import KEYS, Drawing
from impactmonitor.financing.games import largest_claims


def shares(allocation, key):
    found = allocation.by_key[key].shares
    return None if found is None else found.tolist()


def test_the_tennessee_valley_authority():
    """Ransmeier (1942), Straffin and Heaney (1981); vignette of CoopGame 2.2.1, 5.3.3."""
    found = allocate(by_number(TVA))
    assert list(found.by_key) == list(KEYS)
    assert shares(found, "scrb") == pytest.approx([117475.54, 99157.29, 195951.16], abs=0.01)
    assert shares(found, "shapley") == pytest.approx([117829.0, 100756.5, 193998.5], abs=0.01)
    assert shares(found, "nucleolus") == pytest.approx([116234, 93540, 202810], abs=0.01)
    for key in ("scrb", "shapley", "nucleolus"):
        one = found.by_key[key]
        assert one.individually_rational is one.in_core is one.at_least_marginal is True
        assert one.needs == ()
        assert one.rounded.sum() == pytest.approx(412584, abs=1e-9)
    assert found.by_key["proportional_to_benefits"].needs == ("benefits",)
    assert found.warnings == ()


def test_the_same_from_totals_as_far_as_they_go():
    alone, marginal = by_number(TVA).stand_alone, by_number(TVA).marginal
    found = allocate(CostGame.of_totals(["a", "b", "c"], TVA[-1], alone, marginal))
    assert shares(found, "scrb") == pytest.approx([117475.54, 99157.29, 195951.16], abs=0.01)
    assert found.by_key["scrb"].individually_rational is True
    assert found.by_key["scrb"].in_core is None
    assert found.by_key["shapley"].needs == ("costs",)
    assert shares(found, "shapley") is None


def test_the_heirs_of_ibn_ezra():
    """Vignette of CoopGame 2.2.1, section 5.3.2."""
    game = by_number(largest_claims([120, 60, 40, 30]), ["r", "s", "l", "j"])
    wanted = [80.83333, 20.83333, 10.83333, 7.5]
    assert shares(allocate(game, ["shapley"]), "shapley") == pytest.approx(wanted, abs=1e-5)


@settings(deadline=None, max_examples=50)
@given(games(st.integers(1, 4)), st.lists(st.integers(0, 50), min_size=4, max_size=4))
def test_every_key_divides_all_and_nothing_more(game, gains):
    players = [str(i) for i in range(len(game).bit_length() - 1)]
    costs = {n: float(game[n]) for n in range(1, len(game))}
    benefits = dict(zip(players, map(float, gains), strict=False))
    found = allocate(CostGame.of_coalitions(players, costs, benefits))
    for one in found.by_key.values():
        assert (one.shares is None) == bool(one.needs) == (one.in_core is None)
        if one.shares is not None:
            assert one.shares.sum() == pytest.approx(game[-1], abs=1e-6)
            assert one.rounded.sum() == pytest.approx(round(game[-1], 2), abs=1e-6)
            # who is in the core pays no more than alone and no less than it adds
            assert not one.in_core or (one.individually_rational and one.at_least_marginal)


@settings(deadline=None, max_examples=50)
@given(games(st.integers(2, 4)))
def test_if_the_nucleolus_is_not_in_the_core_nothing_is(game):
    found = allocate(by_number(game, [str(i) for i in range(len(game).bit_length() - 1)])).by_key
    if found["nucleolus"].in_core is False:
        assert not any(one.in_core for one in found.values())


def test_one_player_pays_all():
    found = allocate(CostGame.of_coalitions(["a"], {1: 5.0}, {"a": 9.0}))
    assert all(one.shares.tolist() == [5.0] and one.in_core for one in found.by_key.values())


def test_shares_below_0_where_somebody_saves_the_others_money():
    costs = {1: -1.0, 2: 2.0, 4: 1.0, 3: 1.0, 5: 0.0, 6: 3.0, 7: 1.5}
    found = allocate(CostGame.of_coalitions(["a", "b", "c"], costs))
    assert shares(found, "nucleolus")[0] < 0
    assert found.by_key["nucleolus"].in_core is True
    assert found.by_key["stand_alone"].needs == ("stand_alone above 0",)


def test_a_remainder_below_0():
    """Everybody adds more to the others than the average: all that they add is too much."""
    costs = {1: 4.0, 2: 4.0, 4: 4.0, 3: 5.0, 5: 5.0, 6: 5.0, 7: 9.0}
    found = allocate(CostGame.of_coalitions(["a", "b", "c"], costs))
    assert shares(found, "scrb") == pytest.approx([3, 3, 3])
    assert found.by_key["scrb"].at_least_marginal is False
    assert found.by_key["scrb"].in_core is False
    assert [p.code for p in found.warnings] == ["divided-equally"]


def test_what_is_doubtful_is_said():
    dear = allocate(CostGame.of_coalitions(["a", "b"], {1: 1.0, 2: 1.0, 3: 3.0}))
    assert {p.code for p in dear.warnings} == {"dearer-together", "divided-equally"}
    assert dear.by_key["nucleolus"].needs == ("total at most stand_alone",)
    assert dear.by_key["equal"].individually_rational is False
    odd = allocate(CostGame.of_totals(["a", "b"], 10, {"a": 8, "b": 6}, {"a": 5}), ["equal"])
    (warning,) = odd.warnings
    assert (warning.code, warning.path, warning.severity) == (
        "totals-differ",
        "marginal.a",
        "warning",
    )
    assert dict(warning.params) == {"given": "5", "other": "4"}


def test_only_the_keys_that_are_asked_for():
    found = allocate(by_number(TVA), ["nucleolus", "equal"])
    assert list(found.by_key) == ["nucleolus", "equal"]


def test_the_sample_is_reported():
    names = [f"p{i}" for i in range(13)]
    sizes = np.array([float(number.bit_count()) for number in range(1 << 13)])
    found = allocate(by_number(sizes, names), ["shapley"], Drawing(orders=26, seed=9))
    sample = found.by_key["shapley"].sample
    assert (sample.seed, sample.orders) == (9, 52)
    assert found.by_key["shapley"].shares.tolist() == pytest.approx([1.0] * 13)
