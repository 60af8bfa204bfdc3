"""Excess burden: rate x taxed share x cash cost, in the year of the cost."""

from __future__ import annotations

import numpy as np
import pytest

from impactmonitor.appraisal.burden import excess_burden

COSTS = np.array([
    [[100.0, 110.0], [50.0, 60.0]],
    [[7.0, 7.0], [7.0, 7.0]],
    [[0.0, 0.0], [40.0, 20.0]],
])  # fmt: skip


def test_burden_by_hand():
    found = excess_burden(
        COSTS,
        source=np.array([0, 2]),
        share=np.array([1.0, 0.25]),
        rate=np.array([[0.2, 0.3], [0.2, 0.3]]),
    )
    assert found.shape == (2, 2, 2)
    assert found[0] == pytest.approx(np.array([[20, 33], [10, 18]]))
    assert found[1] == pytest.approx(np.array([[0, 0], [0.25 * 0.2 * 40, 0.25 * 0.3 * 20]]))


def test_no_cash_costs_give_no_burden():
    none = excess_burden(COSTS, np.array([], dtype=np.intp), np.array([]), np.zeros((0, 2)))
    assert none.shape == (0, 2, 2)
