"""The frontier against every set there is, and the curve of the budget."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.portfolio.every_set import MONEY, candidates, keeps, plain, sets_of, wishes

from impactmonitor.portfolio.choosing_among import Candidates, Wish, best_choice
from impactmonitor.portfolio.choosing_frontier import budget_curve, frontier


def undominated(found, budget):
    """Value and score of the sets that no other set beats, by looking at all of them."""
    both = {
        (found.total("npv", chosen), found.total("score", chosen))
        for chosen in sets_of(list(found.amounts))
        if found.spent(chosen) <= plain(budget) and all(keeps(x, chosen) for x in found.limits)
    }
    return sorted(
        (one for one in both if not any(x[0] >= one[0] and x[1] >= one[1] for x in both - {one})),
        reverse=True,
    )


@settings(max_examples=60)
@given(candidates(6), MONEY)
def test_the_frontier_is_what_no_set_dominates(found, budget):
    line = frontier(found, budget, most_points=100)
    assert line.is_complete
    assert [(one.value, one.score) for one in line.points] == undominated(found, budget)


@settings(max_examples=40)
@given(candidates(6), MONEY)
def test_every_point_is_the_best_for_its_floor(found, budget):
    for one in frontier(found, budget).points:
        best = best_choice(found, Wish(budget, "npv", one.score))
        assert best is not None
        assert (best.chosen, best.reached[:2]) == (one.chosen, (one.value, one.score))


def test_a_long_frontier_is_spaced_evenly_with_both_ends():
    names = [f"c{i:02}" for i in range(12)]
    values = {name: 10 + i for i, name in enumerate(names)}
    scores = {name: (11 - i) ** 2 for i, name in enumerate(names)}
    found = Candidates(dict.fromkeys(names, 1), values, scores)
    whole = frontier(found, 6, most_points=1000)
    some = frontier(found, 6, most_points=5, steps=10)
    assert whole.is_complete
    assert not some.is_complete
    assert (some.points[0], some.points[-1]) == (whole.points[0], whole.points[-1])
    assert set(some.points) <= set(whole.points)
    assert 5 < len(some.points) <= 11
    assert len({one.score for one in some.points}) == len(some.points)


@settings(max_examples=40)
@given(candidates(), wishes(), st.lists(MONEY, min_size=1, max_size=4))
def test_the_curve_never_falls_and_is_the_best_at_every_budget(found, wish, budgets):
    curve = budget_curve(found, wish, budgets)
    assert [one.budget for one in curve] == sorted(plain(one) for one in budgets)
    reached = [None if one.best is None else one.best.reached[0] for one in curve]
    known = [one for one in reached if one is not None]
    assert reached == [None] * (len(reached) - len(known)) + sorted(known)
    for point in curve:
        assert point.best == best_choice(found, Wish(point.budget, wish.maximise, wish.floor))


def test_no_scores_is_no_frontier():
    with pytest.raises(ValueError, match="no scores"):
        frontier(Candidates({"a": 1}, {"a": 1}), 1)


def test_where_one_set_is_best_at_both_the_frontier_is_one_point():
    found = Candidates({"a": 1, "b": 1}, {"a": 3, "b": 2}, {"a": 9, "b": 8})
    points = frontier(found, 1).points
    assert [(one.chosen, one.value, one.score) for one in points] == [(("a",), 3, Fraction(9))]
