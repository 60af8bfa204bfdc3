"""Discount factors, step by step and against a year-by-year loop."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.discounting import TIMING, discount_factors, time_in_steps

FIRST = np.array([0])


def factor(time: float, rates: list[float], untils: list[float]) -> float:
    spent = time_in_steps(np.array([time]), untils)
    return float(discount_factors(np.array(rates)[:, None], spent, FIRST)[0, 0, 0])


def test_moments_of_a_year():
    assert TIMING == {"start_of_year": 0, "mid_year": 0.5, "end_of_year": 1}


def test_time_zero_is_not_discounted():
    assert factor(0.0, [0.035, 0.03], [30.0, math.inf]) == 1.0


def test_a_rate_that_changes_multiplies_step_by_step():
    # the format's own example: 3.5 % to year 30, 3.0 % after
    assert factor(31.0, [0.035, 0.03], [30.0, math.inf]) == pytest.approx(1.035**-30 / 1.03)


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (2.0, 1.1**-2),  # the step ends with year 2, its own year included
        (2.5, 1.1**-2 * 1.05**-0.5),
        (5.0, 1.1**-2 * 1.05**-3),
        (6.0, 1.1**-2 * 1.05**-3 * 1.0),
    ],
)
def test_every_step_counts_the_time_that_falls_in_it(time, expected):
    assert factor(time, [0.1, 0.05, 0.0], [2.0, 5.0, math.inf]) == pytest.approx(expected)


@given(
    st.lists(st.floats(0.5, 60), min_size=0, max_size=4),
    st.lists(st.floats(0, 300), min_size=1, max_size=5),
)
def test_time_in_steps_adds_up_to_the_time(widths, times):
    untils = [*np.cumsum(widths).tolist(), math.inf]
    spent = time_in_steps(np.array(times), untils)
    assert spent.shape == (len(untils), len(times))
    assert (spent >= 0).all()
    assert spent.sum(axis=0) == pytest.approx(times)


@given(st.integers(0, 120), st.floats(-0.2, 0.3), st.floats(-0.2, 0.3), st.integers(1, 60))
def test_whole_years_are_as_a_loop_over_the_years(time, early, late, until):
    slow = 1.0
    for year in range(1, time + 1):
        slow /= 1 + (early if year <= until else late)
    assert factor(float(time), [early, late], [float(until), math.inf]) == pytest.approx(slow)


def test_a_negative_rate_makes_later_years_weigh_more():
    assert factor(1.0, [-0.2], [math.inf]) == pytest.approx(1.25)


def test_schedules_and_draws_together_are_as_each_alone():
    times = np.array([0.0, 1.5, 40.0])
    spent = np.concatenate(
        [time_in_steps(times, [math.inf]), time_in_steps(times, [30.0, math.inf])]
    )
    rates = np.array([[0.02, 0.05], [0.035, 0.01], [0.03, 0.08]])
    together = discount_factors(rates, spent, np.array([0, 1]))
    assert together.shape == (2, 3, 2)
    for draw in (0, 1):
        of_draw = rates[:, draw].tolist()
        for i, time in enumerate(times):
            assert together[0, i, draw] == pytest.approx(factor(time, of_draw[:1], [math.inf]))
            both = factor(time, of_draw[1:], [30.0, math.inf])
            assert together[1, i, draw] == pytest.approx(both)
