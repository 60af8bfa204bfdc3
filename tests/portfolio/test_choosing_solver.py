"""The solver with and without its proof."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.portfolio.every_set import best_of_all, candidates, wishes

from impactmonitor.portfolio.choosing_among import Candidates, Wish, programme_of
from impactmonitor.portfolio.choosing_programme import Programme, at_least, at_most
from impactmonitor.portfolio.choosing_solver import best_set


def weighed(count):
    """Candidates of which none is twice as good for its money as another."""
    names = [f"c{i:02}" for i in range(count)]
    amounts = {name: 1000 + (7919 * i) % 977 for i, name in enumerate(names)}
    values = {name: 2 * amounts[name] + (104729 * i) % 911 for i, name in enumerate(names)}
    return Candidates(amounts, values)


@settings(max_examples=60)
@given(candidates(), wishes())
def test_without_room_for_a_proof_the_set_keeps_to_the_limits(found, wish):
    programme = programme_of(found, wish)
    best, proven = best_set(programme, most_sets=0), best_set(programme)
    if best is None:
        return
    assert proven is not None
    assert programme.fits(programme.marked(best.chosen))
    assert best.reached[0] <= proven.reached[0]
    assert not best.is_proven or best == proven


def test_ordinary_numbers_need_no_proof_to_be_right():
    """What HiGHS finds by itself is what looking at every set finds."""
    found, wish = weighed(10), Wish(5000)
    best = best_set(programme_of(found, wish), most_sets=0)
    assert best is not None
    assert not best.is_proven
    assert best.reached[0] == found.total("npv", best_of_all(found, wish))


def test_between_equal_sets_the_next_goals_decide_without_a_proof_too():
    goals = [{"a": 5, "b": 5, "c": 5}, {"a": 1, "b": 2, "c": 2}, {"a": 0, "b": -4, "c": -3}]
    budget = at_most("budget", {"a": 1, "b": 1, "c": 1}, 1)
    best = best_set(Programme.of("abc", goals, [budget]), most_sets=0)
    assert best is not None
    assert (best.chosen, best.is_proven) == (("c",), False)


def test_forty_candidates_are_proven():
    found = weighed(40)
    best = best_set(programme_of(found, Wish(sum(found.amounts.values()) * 0.4)))
    assert best is not None
    assert best.is_proven


@pytest.mark.parametrize("size", [1, 1e3, 1e6, 1e9])
def test_the_size_of_the_numbers_does_not_matter(size):
    found = weighed(20)
    large = replace(
        found,
        amounts={name: one * size for name, one in found.amounts.items()},
        values={name: one * size for name, one in found.values.items()},
    )
    expected = best_set(programme_of(found, Wish(9000)))
    assert expected is not None
    best = best_set(programme_of(large, Wish(9000 * size)))
    assert best is not None
    assert best.chosen == expected.chosen


def test_nothing_to_choose_from_is_a_set_too():
    assert best_set(Programme.of([], [{}], [])).chosen == ()
    assert best_set(Programme.of([], [{}], [at_least("floor", {}, 1)])) is None
