"""Attribution factors by hand, with the boxes of the PCAF standard (Part A, 2nd edition)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.portfolio.attribution_factors import (
    attribution_factor,
    equity_and_debt,
    evic,
    evic_adjustment,
    unlisted_outstanding,
)

EMISSIONS = [60_000, 100_000, 120_000, 120_000]
BEFORE, AFTER = [1200, 1000, 800, 600], [1360, 1120, 880, 640]
WEIGHTS = [0.4, 0.3, 0.2, 0.1]
positive = st.floats(1, 1e6)


def test_pcaf_evic_box() -> None:
    equity, debt, cash = 50, 50, 20
    without_cash = attribution_factor(50, equity + debt - cash)
    with_cash = attribution_factor(50, evic(equity, 0, debt, 0))
    assert without_cash == 0.625  # printed as 63 %
    assert 2 * (without_cash or 0) > 1
    assert with_cash == 0.5


def test_pcaf_adjustment_of_evic_for_inflation() -> None:
    found = evic_adjustment([EMISSIONS] * 2, [BEFORE, AFTER], [WEIGHTS] * 2)
    assert found.base == pytest.approx(100)
    assert found.current == pytest.approx(90.46, abs=0.005)
    assert found.factor == pytest.approx(0.896, abs=0.0005)
    assert found.adjusted_base == pytest.approx(89.6, abs=0.05)
    assert found.adjusted_current == pytest.approx(100.9, abs=0.05)
    assert found.change == pytest.approx(0.00914, abs=5e-6)


def test_pcaf_footprint_of_the_golden_file() -> None:
    found = evic_adjustment([EMISSIONS] * 2, [BEFORE, AFTER], [WEIGHTS] * 2)
    assert 112.6 * round(found.factor, 3) == pytest.approx(100.9, abs=0.05)


@given(st.lists(st.tuples(positive, positive, positive), min_size=1, max_size=8))
def test_values_that_stay_the_same_change_nothing(
    companies: list[tuple[float, float, float]],
) -> None:
    emitted, values, weights = zip(*companies, strict=True)
    found = evic_adjustment([emitted] * 2, [values] * 2, [weights] * 2)
    assert found.factor == pytest.approx(1)
    assert found.change == pytest.approx(0)


@given(positive, st.floats(1.01, 10))
def test_one_company_whose_value_rises_emits_as_much_as_before(value: float, rise: float) -> None:
    found = evic_adjustment([[5.0]] * 2, [[value], [value * rise]], [[1.0]] * 2)
    assert found.current < found.base
    assert found.change == pytest.approx(0, abs=1e-9)


def test_values_that_are_nothing_and_weights_that_are_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        evic_adjustment([[1.0]] * 2, [[0.0], [1.0]], [[1.0]] * 2)
    with pytest.raises(ValueError, match="weigh"):
        evic_adjustment([[1.0]] * 2, [[1.0]] * 2, [[0.0]] * 2)
    assert evic_adjustment([[0.0], [1.0]], [[1.0]] * 2, [[1.0]] * 2).change is None


def test_equity_below_zero_counts_as_zero() -> None:
    assert equity_and_debt(-25, 40) == 40
    assert unlisted_outstanding(10, 100, -25) == 0
    assert unlisted_outstanding(10, 0, 25) is None
    assert attribution_factor(1, 0) is None
