"""Readiness: the lowest level counts, and which one it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.scoring.readiness import Readiness, overall_readiness

levels = st.lists(st.integers(1, 9), min_size=2, max_size=5)


def test_technology_ahead_of_society_and_customers():
    assert overall_readiness([8, 4, 4]) == Readiness(4, 4, (1, 2), 4, ())


def test_equal_levels_hold_nobody_back():
    assert overall_readiness([5, 5, 5]) == Readiness(5, 5, (), 0, ())


def test_a_level_that_is_not_known_may_be_the_lowest():
    assert overall_readiness([8, None, 4]) == Readiness(None, 4, (), None, (1,))
    assert overall_readiness([None, None]) == Readiness(None, None, (), None, (0, 1))


@given(levels, st.integers(1, 9))
def test_raising_what_is_not_the_lowest_never_helps(found, other):
    before = overall_readiness(found)
    raised = [level if level == min(found) else max(level, other) for level in found]
    assert overall_readiness(raised).overall == before.overall == min(found)
    assert overall_readiness(raised).gap >= before.gap == max(found) - min(found)


@given(levels, st.data())
def test_who_holds_back_follows_the_order(found, data):
    order = data.draw(st.permutations(range(len(found))))
    other = overall_readiness([found[place] for place in order])
    held_back_by = {order[place] for place in other.held_back_by}
    assert held_back_by == set(overall_readiness(found).held_back_by)


@pytest.mark.parametrize("refused", [[], [3], [0, 3], [3, 10], [1.5, 3]])
def test_what_is_not_on_the_scale_is_refused(refused):
    with pytest.raises(ValueError, match="level"):
        overall_readiness(refused)
