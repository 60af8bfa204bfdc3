"""Why a candidate was not chosen, and why a floor is out of reach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.portfolio.every_set import best_of_all, candidates, plain, wishes

from impactmonitor.portfolio.choosing_among import Candidates, Wish, best_choice
from impactmonitor.portfolio.choosing_programme import apart, at_least, at_most, together
from impactmonitor.portfolio.choosing_reasons import not_chosen, unreachable
from impactmonitor.portfolio.chosen import Block


def reasons(found, wish):
    return not_chosen(found, wish, best_choice(found, wish))


def test_every_obstacle_is_named_with_what_is_short():
    found = Candidates(
        {"a": 10, "b": 5, "c": 5, "d": 5, "e": 5, "f": 5},
        {"a": 90, "b": 9, "c": 9, "d": 9, "e": -9, "f": -100},
        {"a": 10, "b": 0, "c": 0, "d": 0, "e": -5, "f": 0},
        (
            at_most("health", {"a": 10, "b": 2}, 10, "theme"),
            at_least("financial_return", {"a": 1, "c": -2}, 0, "return"),
            apart("a", "d"),
            together("b", "f"),
        ),
    )
    why = reasons(found, Wish(14, floor=8))
    assert why["b"].blocks == (
        Block("budget", short=1.0),
        Block("theme", ("health",), 2.0),
        Block("needs", ("f",)),
    )
    assert why["c"].blocks == (Block("budget", short=1.0), Block("return", short=1 / 15))
    assert why["d"].blocks == (Block("budget", short=1.0), Block("excludes", ("a",)))
    assert why["e"].blocks == (Block("budget", short=1.0), Block("floor", short=3.0))


def test_what_fits_but_adds_nothing_meets_no_obstacle():
    why = reasons(Candidates({"a": 1, "b": 1}, {"a": 5, "b": -2}), Wish(5))["b"]
    assert (why.blocks, why.lost) == ((), 2.0)


def test_another_set_may_be_as_good():
    assert reasons(Candidates({"a": 1, "b": 1}, {"a": 5, "b": 5}), Wish(1))["b"].lost == 0


def test_what_can_never_be_chosen_has_no_price():
    assert reasons(Candidates({"a": 1, "b": 9}, {"a": 5, "b": 5}), Wish(1))["b"].lost is None


@settings(max_examples=30)
@given(candidates(5), wishes())
def test_the_loss_is_that_of_the_best_set_that_has_it(found, wish):
    best = best_choice(found, wish)
    if best is None:
        return
    for name, why in not_chosen(found, wish, best).items():
        had = replace(found, limits=(*found.limits, at_least("had", {name: 1}, 1)))
        other = best_of_all(had, wish)
        if other is None:
            assert why.lost is None
        else:
            lost = best.reached[0] - found.total(wish.maximise, other)
            assert why.lost == float(lost)


def test_a_floor_out_of_reach_says_what_keeps_it_there():
    found = Candidates(
        {"a": 10, "b": 6},
        {"a": 1, "b": 1},
        {"a": 50, "b": 30},
        (at_most("health", {"a": 10}, 5, "theme"), apart("a", "b")),
    )
    assert unreachable(found, Wish(10, floor=60)).without == {"themes.health": 50.0}
    why = unreachable(replace(found, limits=found.limits[1:]), Wish(16, floor=90))
    assert (why.furthest, why.short) == (50.0, 40.0)
    assert why.without == {"needs-and-excludes": 80.0}
    assert unreachable(found, Wish(10)) is None


@settings(max_examples=30)
@given(candidates(5), wishes())
def test_what_is_short_of_a_floor_is_exactly_what_is_lacking(found, wish):
    if best_choice(found, replace(wish, floor=None)) is None or wish.floor is None:
        return
    why = unreachable(found, wish)
    if best_choice(found, wish) is None:
        lower = replace(wish, floor=plain(wish.floor) - plain(why.short))
        assert why.short > 0
        assert best_choice(found, lower) is not None
        assert all(one > why.furthest for one in why.without.values())
    else:
        assert why.short == pytest.approx(float(wish.floor) - why.furthest)
        assert why.short <= 0
