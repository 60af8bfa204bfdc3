"""Guarantees on loans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.cover import cover_schedule
from impactmonitor.appraisal.repayment import Schedule, loan_schedule


def schedule(loss: list[float]) -> Schedule:
    """A loan of 100 of which only the losses matter."""
    lost = np.array(loss)
    closing = 100 - np.cumsum(lost)
    none = np.zeros(len(lost))
    drawdown = none.copy()
    drawdown[0] = 100.0
    return Schedule(np.append(0.0, closing[:-1]), drawdown, none, none, lost, closing)


def test_a_first_loss_guarantee_bears_all_of_it_up_to_its_limit() -> None:
    found = cover_schedule(schedule([20.0, 30.0, 10.0]), limit=35.0, fee=0.1)
    assert found.paid == pytest.approx([20.0, 15.0, 0.0])
    assert found.covered == pytest.approx([35.0, 15.0, 0.0])
    assert found.fee == pytest.approx([3.5, 1.5, 0.0])


def test_a_pari_passu_guarantee_bears_its_share_of_every_loss() -> None:
    found = cover_schedule(schedule([20.0, 30.0, 10.0]), share=0.4, fee=0.01)
    assert found.paid == pytest.approx([8.0, 12.0, 4.0])
    assert found.covered == pytest.approx([40.0, 32.0, 20.0])


def test_the_fee_is_over_what_is_outstanding() -> None:
    loan = loan_schedule(300.0, 0.04, 3, "linear")
    assert cover_schedule(loan, share=0.5, fee=0.02).fee == pytest.approx([3.0, 2.0, 1.0])


@given(
    st.lists(st.floats(0, 30), min_size=1, max_size=3),
    st.floats(0, 1),
    st.floats(0, 120) | st.just(np.inf),
    st.floats(0, 0.2),
)
def test_year_by_year(loss: list[float], share: float, limit: float, fee: float) -> None:
    found = cover_schedule(schedule(loss), share, limit, fee)
    owed, left = 100.0, limit
    for year, lost in enumerate(loss):
        covered = min(share * owed, left)
        paid = min(share * lost, left)
        assert found.covered[year] == pytest.approx(covered, abs=1e-9)
        assert found.fee[year] == pytest.approx(fee * covered, abs=1e-9)
        assert found.paid[year] == pytest.approx(paid, abs=1e-9)
        owed, left = owed - lost, left - paid
    assert found.paid.sum() <= min(limit, sum(loss)) + 1e-9
