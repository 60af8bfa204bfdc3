"""A linear programme settled step by step, against what can be worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactmonitor.financing.programme import Programme, Unsolvable


def test_each_aim_is_as_small_as_can_be_after_those_before() -> None:
    programme = Programme(2)
    programme.at_least(np.array([[1.0, 1.0]]), np.array([3.0]))
    assert programme.settle(np.array([1.0, 1.0])) == pytest.approx(3)
    assert programme.settle(np.array([1.0, 0.0])) == pytest.approx(0, abs=1e-9)
    assert programme.solution == pytest.approx([0, 3])


def test_conditions_that_contradict_each_other() -> None:
    programme = Programme(1)
    programme.at_least(np.ones((1, 1)), np.array([3.0]))
    programme.at_most(np.ones((1, 1)), np.array([2.0]))
    with pytest.raises(Unsolvable):
        programme.settle(np.ones(1))


def test_further_variables_are_an_aim_of_their_own() -> None:
    programme = Programme(1)
    programme.equal(np.ones((1, 1)), np.array([2.0]))
    aim = programme.more_variables(1)
    programme.at_most(np.array([[1.0, -1.0]]), np.array([0.0]))
    assert programme.settle(aim) == pytest.approx(2)


def filled_up(total: float, most: list[float]) -> list[float]:
    """Fill all to the same level, but none above its most: the second way."""
    left, filled, waiting = total, [0.0] * len(most), set(range(len(most)))
    while waiting:
        level = left / len(waiting)
        full = {i for i in waiting if most[i] <= level}
        for i in full or waiting:
            filled[i] = most[i] if full else level
            left -= filled[i]
        waiting -= full or waiting
    return filled


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=5), st.floats(0, 1))
def test_loads_are_as_even_as_the_limits_allow(most: list[int], part: float) -> None:
    limits = [float(one) for one in most]
    total = part * sum(limits)
    programme = Programme(len(limits))
    programme.equal(np.ones((1, len(limits))), np.array([total]))
    programme.at_most(np.eye(len(limits)), np.array(limits))
    programme.settle_evenly(np.eye(len(limits)))
    assert programme.solution == pytest.approx(filled_up(total, limits), abs=1e-6)
