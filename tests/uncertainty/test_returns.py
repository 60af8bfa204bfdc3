"""Rates of many cash flows at once are those of each by itself."""

from __future__ import annotations

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.returns import internal_rate_of_return
from impactmonitor.uncertainty.returns import internal_rates

YEARS = np.arange(6.0)
flows = st.lists(st.floats(-100, 100).map(lambda f: round(f, 2)), min_size=6, max_size=6)


@given(st.lists(flows, min_size=1, max_size=5))
def test_as_the_rate_of_a_single_case(rows):
    found = internal_rates(YEARS, np.array(rows).T)
    for row, rate in zip(rows, found, strict=True):
        single = internal_rate_of_return(YEARS.tolist(), row)
        if np.isfinite(rate) and single.value is not None:
            assert rate == pytest.approx(single.value, abs=1e-9)
        if np.isfinite(rate):
            worth = np.array(row) @ (1 + rate) ** -YEARS
            size = np.abs(np.array(row)) @ (1 + rate) ** -YEARS
            assert abs(worth) <= 1e-9 * size
        inside = [root for root in single.roots if -0.9998 < root < 9.99]
        if len(single.roots) == len(inside) == 1 and single.value is not None:
            assert np.isfinite(rate)


@given(st.floats(0.1, 50), st.floats(0.1, 50), st.floats(0.1, 50))
def test_as_numpy_financial(first, second, third):
    row = np.array([-60.0, first, second, third, 0.0, 0.0])
    found = internal_rates(YEARS, row[:, None])[0]
    wanted = npf.irr(row)
    if np.isfinite(wanted) and -0.9998 < wanted < 9.99:
        assert found == pytest.approx(wanted, abs=1e-7)


def test_several_rates_are_no_rate():
    two = np.array([-100.0, 230.0, -132.0])[:, None]  # 10 % and 20 %
    assert np.isnan(internal_rates(np.arange(3.0), two)).all()
    assert np.isnan(internal_rates(np.arange(3.0), np.ones((3, 1)))).all()
    assert np.isnan(internal_rates(np.arange(3.0), np.zeros((3, 1)))).all()
