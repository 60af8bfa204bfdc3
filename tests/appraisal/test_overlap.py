"""Overlap groups: what each member is scaled by, by hand and with a plain loop."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.overlap import corrected_sums, overlap_scale


def scale(present: list[float], alpha: float) -> list[float]:
    column = np.array(present)[:, None]
    return overlap_scale(column, np.array([0]), np.array([[alpha]]))[:, 0].tolist()


def slow_scale(present: list[float], alpha: float) -> list[float]:
    result = [1.0] * len(present)
    for sign in (1, -1):
        members = [i for i, amount in enumerate(present) if sign * amount > 0]
        sizes = [abs(present[i]) for i in members]
        if sum(sizes) > 0:
            dominant = max(sizes)
            corrected = dominant + alpha * (sum(sizes) - dominant)
            for i in members:
                result[i] = corrected / sum(sizes)
    return result


def test_members_share_the_correction_in_proportion():
    # 4,000 and half of 2,500 is 5,250 of 6,500
    assert scale([4000.0, 2500.0], 0.5) == pytest.approx([5250 / 6500, 5250 / 6500])


def test_gains_and_harms_are_corrected_apart():
    # gains 100 + 0.2 x 60 = 112 of 160; harms 40 + 0.2 x 10 = 42 of 50
    found = scale([100.0, -40.0, 60.0, -10.0], 0.2)
    assert found == pytest.approx([112 / 160, 42 / 50, 112 / 160, 42 / 50])


def test_a_single_member_of_its_sign_is_left_alone():
    assert scale([100.0, -40.0], 0.0) == [1, 1]


def test_a_sum_of_0_leaves_the_lines_alone():
    assert scale([0.0, 0.0], 0.0) == [1, 1]


def test_a_member_of_0_is_left_alone_among_others():
    assert scale([0.0, 30.0, 10.0], 0.0) == pytest.approx([1, 0.75, 0.75])


@pytest.mark.parametrize(("alpha", "together"), [(1.0, 60.0), (0.0, 30.0)])
def test_alpha_from_the_largest_only_to_everything(alpha, together):
    present = [10.0, 20.0, 30.0]
    scaled = [p * s for p, s in zip(present, scale(present, alpha), strict=True)]
    assert sum(scaled) == pytest.approx(together)


def test_corrected_sums_of_several_groups():
    amounts = np.array([[3.0], [4.0], [10.0], [1.0], [1.0]])
    found = corrected_sums(amounts, np.array([0, 2]), np.array([[0.5], [0.25]]))
    assert found.ravel().tolist() == [4 + 0.5 * 3, 10 + 0.25 * 2]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6), st.floats(0, 1))
def test_any_group_is_as_in_a_plain_loop(present, alpha):
    assert scale(present, alpha) == pytest.approx(slow_scale(present, alpha), rel=1e-9)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=6), st.floats(0, 1))
def test_a_corrected_sum_lies_between_the_largest_and_everything(sizes, alpha):
    amounts = np.array(sizes)[:, None]
    found = corrected_sums(amounts, np.array([0]), np.array([[alpha]]))[0, 0]
    assert max(sizes) * (1 - 1e-12) <= found <= sum(sizes) * (1 + 1e-12)


@given(
    st.lists(
        st.tuples(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=4), st.floats(0, 1)),
        min_size=1,
        max_size=4,
    )
)
def test_groups_together_are_as_each_alone(groups):
    present = np.array([p for members, _ in groups for p in members])[:, None]
    lengths = [len(members) for members, _ in groups]
    starts = np.cumsum([0, *lengths])[:-1]
    found = overlap_scale(present, starts, np.array([[alpha] for _, alpha in groups]))[:, 0]
    alone = [s for members, alpha in groups for s in scale(members, alpha)]
    assert found == pytest.approx(alone, rel=1e-9)


def test_draws_together_are_as_each_alone():
    # in the second draw the last member turns from a gain into a harm
    present = np.array([[40.0, 40.0], [25.0, 25.0], [10.0, -10.0]])
    alpha = np.array([[0.5, 0.1]])
    together = overlap_scale(present, np.array([0]), alpha)
    assert together[:, 0].tolist() == pytest.approx(scale([40.0, 25.0, 10.0], 0.5))
    assert together[:, 1].tolist() == pytest.approx(scale([40.0, 25.0, -10.0], 0.1))
