"""Numbers of a choice as whole numbers: nothing is rounded, and no order matters."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.portfolio.choosing_programme import (
    Limit,
    Programme,
    apart,
    at_least,
    at_most,
    exact,
    together,
)

NUMBERS = st.decimals(-1_000_000_000, 1_000_000_000, places=4).map(float)


@given(NUMBERS)
def test_a_number_is_taken_as_it_is_written(number):
    assert exact(number) == Fraction(repr(number))
    assert exact(int(number)) == int(number)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(ValueError, match="finite"):
        exact(number)


@given(st.dictionaries(st.sampled_from("abcdef"), NUMBERS, min_size=1), st.data())
def test_goals_are_whole_and_keep_their_worth(goal, data):
    found = Programme.of(data.draw(st.permutations(list(goal))), [goal], [])
    assert found.names == tuple(sorted(goal))
    for name, whole in zip(found.names, found.goals[0], strict=True):
        assert whole * found.units[0] == exact(goal[name])


@given(st.dictionaries(st.sampled_from("abcd"), NUMBERS, min_size=1), NUMBERS, st.data())
def test_a_set_fits_if_and_only_if_its_sum_does(uses, highest, data):
    programme = Programme.of("abcd", [dict.fromkeys("abcd", 1)], [at_most("x", uses, highest)])
    chosen = data.draw(st.sets(st.sampled_from("abcd")))
    used = sum((exact(uses[name]) for name in chosen & uses.keys()), Fraction(0))
    assert programme.fits(programme.marked(chosen)) == (used <= exact(highest))
    assert programme.reached(programme.marked(chosen)) == (len(chosen),)


def test_limits_that_cannot_be_passed_are_left_out_and_equal_ones_are_one():
    uses = {"a": 2, "b": 3}
    limits = [at_most("x", uses, 4), at_most("y", uses, 4), at_most("z", uses, 5)]
    assert Programme.of("ab", [{"a": 1, "b": 1}], limits).rows == ((2, 3),)
    assert Programme.of("ab", [{"a": 1, "b": 1}], limits).highest == (4,)


@pytest.mark.parametrize(
    ("limit", "allowed"),
    [
        (together("a", "b"), {"", "b", "ab"}),
        (apart("a", "b"), {"", "a", "b"}),
        (at_least("floor", {"a": 1, "b": 2}, 2), {"b", "ab"}),
        (Limit("none", {"a": 1, "b": 1}, 0), {""}),
    ],
)
def test_what_each_limit_allows(limit, allowed):
    programme = Programme.of("ab", [{"a": 1, "b": 1}], [limit])
    sets = ("", "a", "b", "ab")
    assert {one for one in sets if programme.fits(programme.marked(one))} == allowed


def test_names_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="named once"):
        Programme.of(["a", "a"], [{"a": 1}], [])
    with pytest.raises(ValueError, match="one number for every candidate"):
        Programme.of(["a", "b"], [{"a": 1}], [])
    with pytest.raises(ValueError, match="one number for every candidate"):
        Programme.of(["a"], [], [])
    with pytest.raises(ValueError, match="b, no candidates"):
        Programme.of(["a"], [{"a": 1}], [at_most("budget", {"b": 1}, 1)])
