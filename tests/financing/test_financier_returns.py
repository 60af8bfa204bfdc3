"""What a financier earns on flows."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from impactmonitor.appraisal.repayment import loan_schedule
from impactmonitor.financing.financier_returns import (
    deflated,
    flows_by_moment,
    investor_returns,
    modified_internal_rate,
    multiple,
    real_rate,
)

Flows = tuple[float, ...]


def with_roots(*rates: float, rest: Flows = (1.0,), size: float = -1000.0) -> Flows:
    """Flows a year apart that are worth nothing at exactly these rates.

    In v = 1 / (1 + rate) they are a product of (v - root), and of a rest without positive roots.
    """
    flows = np.array(rest)
    for rate in rates:
        flows = np.convolve(flows, [1.0, -(1.0 + rate)])  # 1 - (1 + rate) v
    return tuple((size * flows).tolist())


ALL_POSITIVE: Flows = (1.0, 0.5, 2.0)
NO_REAL_ROOTS: Flows = (1.0, -1.0, 1.0)  # 1 - v + v**2

ONE = [
    *[(with_roots(r), (r,)) for r in (-0.9, -0.5, -0.25, -0.1, -0.01, 0.0, 0.001, 0.02, 0.05)],
    *[(with_roots(r), (r,)) for r in (0.08, 0.12, 0.2, 0.35, 0.5, 1.0, 2.0, 5.0, 9.5)],
    *[(with_roots(r, rest=ALL_POSITIVE), (r,)) for r in (-0.6, -0.2, 0.0, 0.03, 0.07, 0.3, 3.0)],
    *[(with_roots(r, rest=NO_REAL_ROOTS), (r,)) for r in (-0.3, 0.04, 0.15, 0.8)],
    *[(with_roots(r, size=1e6), (r,)) for r in (-0.05, 0.025, 0.07, 0.1)],
]
SEVERAL = [
    # the pump that brings oil up a year earlier, a well-known exercise
    ((-1600.0, 10_000.0, -10_000.0), (0.25, 4.0)),
    (with_roots(0.0, 1.0, 2.0), (0.0, 1.0, 2.0)),
    (with_roots(-0.5, 0.5), (-0.5, 0.5)),
    (with_roots(0.1, 0.2), (0.1, 0.2)),
    (with_roots(0.1, 0.11), (0.1, 0.11)),
    (with_roots(0.02, 8.0), (0.02, 8.0)),
    (with_roots(-0.9, 9.0), (-0.9, 9.0)),
    (with_roots(0.05, 0.25, 0.6), (0.05, 0.25, 0.6)),
    (with_roots(-0.3, 0.0, 0.3), (-0.3, 0.0, 0.3)),
    (with_roots(0.05, 0.15, 0.4, 1.2), (0.05, 0.15, 0.4, 1.2)),
    (with_roots(0.1, 0.3, rest=ALL_POSITIVE), (0.1, 0.3)),
    (with_roots(-0.2, 0.7, rest=NO_REAL_ROOTS), (-0.2, 0.7)),
]
NONE = [
    ((-100.0, -20.0, -5.0), ()),
    ((30.0, 0.0, 10.0, 5.0), ()),
    ((-100.0,), ()),
    ((0.0, 0.0, 50.0), ()),
    ((0.0, 0.0), ()),
    (tuple(1000.0 * x for x in NO_REAL_ROOTS), ()),
    (tuple(-1000.0 * x for x in NO_REAL_ROOTS), ()),
    ((-1.0, 3.0, -2.5), ()),  # the sign changes twice, and still there is no root
    (tuple(np.convolve(NO_REAL_ROOTS, NO_REAL_ROOTS).tolist()), ()),
    ((-1.0, 50.0), ()),  # 4900 %: beyond the rates that are looked at
]
ROUNDED = [
    # a business after 2, 4 and 5 years; the last one is the example of the Cellworks manual, Irr
    ((-70_000.0, 12_000.0, 15_000.0), (-0.4435,)),
    ((-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0), (-0.0212,)),
    ((-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0), (0.0866,)),
    # numpy-financial 1.0.0, examples in the docstring of irr
    ((-100.0, 39.0, 59.0, 55.0, 20.0), (0.2809,)),
    ((-100.0, 0.0, 0.0, 74.0), (-0.0955,)),
]


def test_there_are_sixty_flows() -> None:
    assert len(ONE + SEVERAL + NONE + ROUNDED) == 60


def roots_of(flows: Flows) -> tuple[Any, ...]:
    found = investor_returns(flows, [0.0] * len(flows), 2025, 0.03, 0.03)
    return found.internal_rate, found.reasons


@pytest.mark.parametrize(("flows", "roots"), ONE + SEVERAL + NONE)
def test_all_roots_of_flows_with_known_ones(flows: Flows, roots: Flows) -> None:
    internal, reasons = roots_of(flows)
    assert internal.roots == pytest.approx(roots, abs=1e-8)
    assert internal.value == (internal.roots[0] if len(roots) == 1 else None)
    assert ("internal_rate" in reasons) == (len(roots) != 1)


@pytest.mark.parametrize(("flows", "roots"), ROUNDED)
def test_rates_to_four_decimals(flows: Flows, roots: Flows) -> None:
    internal, _ = roots_of(flows)
    assert internal.roots == pytest.approx(roots, abs=5e-5)


@pytest.mark.parametrize("flows", [flows for flows, _ in ONE + ROUNDED])
def test_where_there_is_one_root_numpy_financial_agrees(flows: Flows) -> None:
    changes = np.count_nonzero(np.diff(np.sign([f for f in flows if f])))
    if changes == 1:  # with more its answer need not be the root that counts
        assert npf.irr(flows) == pytest.approx(roots_of(flows)[0].value, abs=1e-6)


@pytest.mark.parametrize(
    ("flows", "reason"),
    [
        ((-100.0, -20.0), "no_sign_change"),
        ((0.0, 0.0), "no_sign_change"),
        ((-100.0, 0.0), "no_time_spread"),
        ((10.0, -30.0, 25.0), "no_root_in_range"),
        ((-1.0, 50.0), "no_root_in_range"),
        (with_roots(0.1, 0.3), "several_roots"),
    ],
)
def test_why_there_is_no_rate(flows: Flows, reason: str) -> None:
    assert roots_of(flows)[1]["internal_rate"] == reason


# --- the modified rate ----------------------------------------------------------------------------

BUSINESS = (-120_000.0, 39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0)


def test_a_business_after_five_and_after_three_years() -> None:
    assert modified_internal_rate(BUSINESS, 0.10, 0.12) == pytest.approx(0.126094, abs=1e-6)
    assert modified_internal_rate(BUSINESS[:4], 0.10, 0.12) == pytest.approx(-0.048045, abs=1e-6)
    assert modified_internal_rate(BUSINESS, 0.10, 0.14) == pytest.approx(0.134759, abs=1e-6)


amounts = st.lists(st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-3), min_size=2, max_size=12)
rates = st.floats(-0.5, 1.0)


@given(amounts, rates, rates)
def test_the_modified_rate_as_numpy_financial(
    flows: list[float], finance: float, reinvestment: float
) -> None:
    found = modified_internal_rate(flows, finance, reinvestment)
    if min(flows) < 0 < max(flows):
        assert found == pytest.approx(npf.mirr(flows, finance, reinvestment), abs=1e-9)
    else:
        assert found is None


@given(amounts, rates)
def test_zeros_around_the_flows_change_nothing(flows: list[float], rate: float) -> None:
    padded = [0.0, *flows, 0.0, 0.0]
    assert modified_internal_rate(padded, rate, rate) == modified_internal_rate(flows, rate, rate)
    assert multiple(padded) == multiple(flows)


# --- multiple, payback, moments -------------------------------------------------------------------


def test_money_out_divided_by_money_in() -> None:
    assert multiple([-100, 30, 120]) == 1.5
    assert multiple([-100, 50, -50, 75]) == pytest.approx(125 / 150)
    assert multiple([-100, -20]) == 0
    assert multiple([5, 5]) is None


def test_the_end_of_a_year_is_the_start_of_the_next() -> None:
    assert flows_by_moment([-100, -90, 0], [90, 81, 0]).tolist() == [-100, 0, 81, 0]
    for start, end in (([1], [1, 2]), ([], []), ([[1.0]], [[1.0]]), ([np.inf], [1])):
        with pytest.raises(ValueError, match=r"flows|start and end"):
            flows_by_moment(start, end)


@pytest.mark.parametrize(
    ("start", "end", "year", "reason"),
    [
        ([-100, 0, 0], [0, 60, 60], 2027, None),
        ([-100, 0], [105, 0], 2025, None),
        ([-100, -90], [90, 81], None, "not_paid_back"),
        ([0, 0], [5, 5], None, "nothing_put_in"),
    ],
)
def test_payback_is_the_year_at_whose_end_it_is_back(
    start: list[float], end: list[float], year: int | None, reason: str | None
) -> None:
    found = investor_returns(start, end, 2025, 0.0, 0.0)
    assert (found.payback_year, found.reasons.get("payback_year")) == (year, reason)


def test_what_does_not_exist_has_a_reason() -> None:
    given_away = investor_returns([-30, -30], [0, 0], 2025, 0.03, 0.03)
    assert (given_away.put_in, given_away.paid_out, given_away.multiple) == (60, 0, 0)
    assert dict(given_away.reasons) == {
        "internal_rate": "no_sign_change", "modified_rate": "no_sign_change",
        "payback_year": "not_paid_back",
    }  # fmt: skip
    fees = investor_returns([0, 0], [5, 5], 2025, 0.03, 0.03)
    assert fees.put_in == 0
    assert set(fees.reasons) == {"internal_rate", "modified_rate", "multiple", "payback_year"}


@given(st.floats(-0.3, 1.0), st.floats(-0.05, 0.2), st.integers(1, 20), st.floats(-10, 10),
       st.sampled_from(["annuity", "linear", "bullet"]))  # fmt: skip
def test_the_real_return_on_a_loan_is_its_rate_without_inflation(
    rate: float, inflation: float, years: int, since: float, form: Any
) -> None:
    assume(abs(rate) > 1e-6)
    loan = loan_schedule(1000.0, rate, years, form)
    start, end = -loan.drawdown, loan.interest + loan.repayment
    found = investor_returns(deflated(start, inflation, since),
                             deflated(end, inflation, since + 1), 2025, 0.0, 0.0)  # fmt: skip
    wanted = (1 + rate) / (1 + inflation) - 1
    assert found.internal_rate.value == pytest.approx(wanted, abs=1e-7)
    assert real_rate(rate, inflation) == pytest.approx(wanted, abs=1e-12)
