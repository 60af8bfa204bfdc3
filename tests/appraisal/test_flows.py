"""What starts in a year and what goes on, worked out by hand and with plain loops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.flows import bias_direction, bias_factor, starting, surviving


def test_entries_start_in_their_strand_and_year_times_growth():
    found = starting(
        strand=np.array([0, 1, 1]),
        year=np.array([2, 0, 1]),
        quantity=np.array([[10.0, 20.0], [3.0, 3.0], [3.0, 3.0]]),
        growth=np.array([[1.0, 1.0], [1.0, 1.0], [1.1, 0.5]]),
        shape=(2, 3),
    )
    assert found[:, :, 0].tolist() == [[0, 0, 10], [3, 3 * 1.1, 0]]
    assert found[:, :, 1].tolist() == [[0, 0, 20], [3, 3 * 0.5, 0]]


def test_nothing_starts_without_entries():
    none = np.array([], dtype=np.intp)
    found = starting(none, none, np.zeros((0, 2)), np.zeros((0, 2)), (1, 3))
    assert found.tolist() == np.zeros((1, 3, 2)).tolist()


def going_on(starts: list[float], lasts: int, drop_off: float) -> list[float]:
    """Every entry followed year by year, as the format says it."""
    result = [0.0] * len(starts)
    for e, quantity in enumerate(starts):
        share = 1.0
        for k in range(lasts):
            if e + k < len(starts):
                result[e + k] += quantity * share
            share *= 1 - drop_off
    return result


def of_one(starts: list[float], lasts: int, drop_off: float) -> list[float]:
    array = np.array(starts)[None, :, None]
    return surviving(array, np.array([lasts]), np.array([[1 - drop_off]]))[0, :, 0].tolist()


def test_overlapping_generations_by_hand():
    # 100 starts in the first year and 50 in the second; 40 % is lost each further year
    found = of_one([100.0, 50.0, 0.0, 0.0], lasts=3, drop_off=0.4)
    assert found == pytest.approx([100, 100 * 0.6 + 50, 100 * 0.36 + 50 * 0.6, 50 * 0.36])


def test_what_lasts_a_year_is_gone_the_next():
    assert of_one([100.0, 0.0, 5.0], lasts=1, drop_off=0.4) == [100, 0, 5]


@pytest.mark.parametrize(("drop_off", "then"), [(0.0, 100.0), (1.0, 0.0)])
def test_nothing_or_everything_is_lost(drop_off, then):
    assert of_one([100.0, 0.0, 0.0], lasts=3, drop_off=drop_off) == [100, then, then]


def test_what_lasts_longer_than_the_years_is_cut_at_the_end():
    assert of_one([100.0, 0.0], lasts=1000, drop_off=0.5) == [100, 50]


def test_a_harm_goes_on_as_a_gain_does():
    assert of_one([-8.0, 0.0], lasts=2, drop_off=0.25) == [-8, -6]


def test_no_strands_have_nothing_going_on():
    none = surviving(np.zeros((0, 3, 2)), np.array([], dtype=np.intp), np.zeros((0, 2)))
    assert none.shape == (0, 3, 2)


@given(
    st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=8),
    st.integers(1, 10),
    st.floats(0, 1),
)
def test_any_entries_are_as_in_a_plain_loop(starts, lasts, drop_off):
    found = of_one(starts, lasts, drop_off)
    assert found == pytest.approx(going_on(starts, lasts, drop_off), rel=1e-12, abs=1e-8)


@given(st.lists(st.tuples(st.integers(1, 6), st.floats(0, 1)), min_size=1, max_size=4))
def test_strands_together_are_as_each_alone(strands):
    starts = np.arange(1.0, 1 + 5 * len(strands)).reshape(len(strands), 5, 1)
    lasts = np.array([s[0] for s in strands])
    staying = np.array([[s[1]] for s in strands])
    together = surviving(starts, lasts, staying)
    for i in range(len(strands)):
        alone = surviving(starts[[i]], lasts[[i]], staying[[i]])
        assert together[i].tolist() == alone[0].tolist()


def test_draws_together_are_as_each_alone():
    starts = np.array([[[10.0, 20.0], [0.0, 4.0], [0.0, 0.0]]])
    staying = np.array([[0.1, 0.7]])
    together = surviving(starts, np.array([3]), staying)
    for draw in (0, 1):
        alone = surviving(starts[:, :, [draw]], np.array([3]), staying[:, [draw]])
        assert together[:, :, draw].tolist() == alone[:, :, 0].tolist()


def test_what_starts_is_not_changed():
    starts = np.array([[[1.0], [0.0]]])
    surviving(starts, np.array([2]), np.array([[0.5]]))
    assert starts.ravel().tolist() == [1, 0]


def test_a_value_of_exactly_0_counts_as_a_gain():
    assert bias_direction(np.array([0.0, -0.0, 1e-300, -1e-300])).tolist() == [-1, -1, -1, 1]


def test_optimism_takes_off_gains_and_adds_to_harms():
    bias = np.array([[0.2, 0.5]])
    direction = np.array([[-1.0, 1.0, 0.0]])
    found = bias_factor(bias, direction)
    assert found[0, :, 0] == pytest.approx([0.8, 1.2, 1])
    assert found[0, :, 1] == pytest.approx([0.5, 1.5, 1])
