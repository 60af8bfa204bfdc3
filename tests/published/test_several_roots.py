"""Flows on which spreadsheets and libraries disagree, with all their roots.

The patterns are those on which numpy-financial 1.0.0 and spreadsheets give different answers
(numpy-financial issues 28, 44 and 98).
"""

from __future__ import annotations

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.returns import internal_rate_of_return

SEVERAL = [-50, -100, 600, 300, -100]
ONE_ABOVE_90_PERCENT = [-1678.87, 771.96, 1814.05, 3520.3, 3552.95, 3584.99, 4789.91, -1]


def rate(flows):
    return internal_rate_of_return(list(range(len(flows))), flows)


def test_several_roots_are_no_answer_and_are_all_listed():
    found = rate(SEVERAL)
    assert (found.value, found.reason) == (None, "several_roots")
    assert found.roots == pytest.approx((-0.769, 1.854), abs=0.001)


def test_the_root_that_spreadsheets_give_is_among_the_roots():
    found = rate(ONE_ABOVE_90_PERCENT)
    assert max(found.roots) == pytest.approx(1.0043, abs=0.0005)
    for root in found.roots:
        assert abs(npf.npv(root, ONE_ABOVE_90_PERCENT)) < 1e-4 * (1 + root) ** -7


def test_a_late_cost_after_sixty_years_of_gains_has_two_roots():
    found = rate([-100] + [10] * 60 + [-400])
    assert found.reason == "several_roots"
    assert found.roots == pytest.approx((-0.0094, 0.0984), abs=0.0005)


def test_a_tangent_root_counts():
    found = rate([-1.0, 2.2, -1.21])
    assert found.roots == pytest.approx((0.1,), abs=1e-6)


@pytest.mark.parametrize("flows", [[-100, 110], [-100, 0, 0, 133.1], [100, -110]])
def test_conventional_flows(flows):
    assert rate(flows).value == pytest.approx(0.1, rel=1e-12)


def test_no_rate_without_a_change_of_sign_or_spread_in_time():
    assert rate([1, 2, 3]).reason == "no_sign_change"
    assert rate([-5]).reason == "no_time_spread"
    assert rate([0, 0, -5]).reason == "no_time_spread"
    assert rate([]).reason == "no_sign_change"
    assert rate([-1, 1e6]).reason == "no_sign_change"  # 100 million percent: out of range


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=30), st.integers(1, 5000))
def test_one_change_of_sign_agrees_with_numpy_financial(gains, cost):
    flows = [-cost, *gains]
    found = rate(flows)
    if found.value is None:
        assert npf.npv(-0.9999, flows) * npf.npv(10.0, flows) > 0
    else:
        assert found.value == pytest.approx(npf.irr(flows), rel=1e-6, abs=1e-9)


@given(
    st.lists(st.floats(-0.5, 2.0), min_size=1, max_size=4, unique_by=lambda r: round(r, 1)),
)
def test_flows_made_from_their_roots(roots):
    flows = np.array([-1.0])
    for root in roots:
        flows = np.convolve(flows, [1.0, -(1 + root)])
    found = rate(flows.tolist())
    assert found.roots == pytest.approx(sorted(roots), abs=1e-5)
