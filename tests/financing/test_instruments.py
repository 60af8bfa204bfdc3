"""Schedules, returns and coverage of the instruments of a case."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small_instruments import ALL, GRANT, GUARANTEE, LOAN, LOSING, REVOLVING, STAKE, result

from impactmonitor.appraisal.returns import internal_rate_of_return
from impactmonitor.financing.instruments import instruments_of


def test_a_schedule_runs_on_after_the_horizon() -> None:
    found = instruments_of(result({"plan": LOAN}, horizon=2)).instruments["plan"]
    payment = 1000 * 0.05 / (1 - 1.05**-4)
    assert found.years == (2025, 2026, 2027, 2028)
    paid = [i + r for i, r in zip(found.schedule["interest"], found.schedule["repayment"],
                                  strict=True)]  # fmt: skip
    assert paid == pytest.approx([payment] * 4)
    assert found.schedule["opening"][0] == 0
    assert found.schedule_real["closing"][0] == pytest.approx(found.schedule["closing"][0] / 1.02)
    assert found.schedule_real["opening"][1] == pytest.approx(found.schedule["closing"][0] / 1.02)
    assert found.legs["plan-repayment"].real[2028] == pytest.approx(
        found.schedule["repayment"][3] / 1.02**4
    )


@settings(max_examples=25)
@given(
    rate=st.floats(-0.2, 0.5),
    inflation=st.floats(-0.03, 0.15),
    years=st.integers(1, 20),
    grace=st.integers(0, 19),
    repayment=st.sampled_from(["annuity", "linear", "bullet"]),
    first=st.integers(2025, 2028),
    price_year=st.sampled_from([2025, 2022]),
)
def test_a_plain_loan_earns_its_rate_whatever_the_case(
    rate: float, inflation: float, years: int, grace: int, repayment: str, first: int,
    price_year: int,
) -> None:  # fmt: skip
    loan = {**LOAN, "rate": rate, "years": years, "grace": min(grace, years - 1),
            "repayment": repayment, "first_year": first}  # fmt: skip
    index = {"own": {"years": {price_year: 100}}}
    evaluation = result({"plan": loan}, inflation=inflation, price_year=price_year,
                        price_indices=index)  # fmt: skip
    found = instruments_of(evaluation).instruments["plan"]
    assert found.nominal.internal_rate.value == pytest.approx(rate, abs=1e-7)
    wanted = (1 + rate) / (1 + inflation) - 1
    assert found.real.internal_rate.value == pytest.approx(wanted, abs=1e-7)


def test_real_amounts_are_those_of_the_ledger() -> None:
    evaluation = result(ALL)
    a = evaluation.appraised
    of_line = dict(zip(a.compiled.lines, a.ledger.within[:, :, 0], strict=False))
    for one in instruments_of(evaluation).instruments.values():
        for name, leg in one.legs.items():
            inside = [leg.real.get(year, 0.0) for year in a.years]
            assert inside == pytest.approx(of_line[name][: len(a.years)].tolist())


def test_returns_by_hand() -> None:
    found = instruments_of(result(ALL, discount={"rate": 0.03})).instruments
    plan = found["plan"].nominal  # -1000, 50, 50, 25, 525
    assert plan.internal_rate == internal_rate_of_return(range(5), [-1000, 50, 50, 25, 525])
    assert plan.multiple == pytest.approx(0.65)
    assert plan.reasons == {"payback_year": "not_paid_back"}
    stake = found["stake"].nominal
    assert (stake.put_in, stake.paid_out, stake.payback_year) == (100, 162, 2027)
    reinvested = (1.03 * 1.02) ** 2 * 4 + 1.03 * 1.02 * 4 + 154
    assert stake.modified_rate == pytest.approx((reinvested / 100) ** (1 / 3) - 1)
    assert found["gift"].nominal.multiple == 0
    assert found["cover"].nominal.put_in == pytest.approx(297)  # 300 less the fee of that moment
    # what comes back at the end of a year and goes out again at its turn counts once
    assert (found["pot"].nominal.put_in, found["pot"].nominal.paid_out) == (
        pytest.approx(100), pytest.approx(72.9),
    )  # fmt: skip


def test_the_receiver_of_a_guarantee_is_the_borrower() -> None:
    found = instruments_of(result({"plan": LOSING, "cover": GUARANTEE})).instruments["cover"]
    assert (found.financier, found.receiver, found.years[0]) == ("state", "city", 2025)


def test_a_financier_has_all_its_instruments_together() -> None:
    found = instruments_of(result(ALL)).financiers
    assert found["fund"].instruments == ("plan", "stake", "pot", "cover")
    assert found["state"].instruments == ("gift", "cover")
    fund = found["fund"]
    assert fund.years == (2025, 2026, 2027, 2028)
    # lent 1000, bought 100, lent round 100, 90, 81; guarantee of 300 at the end of 2026
    assert fund.net == pytest.approx([
        -1200 + 50 + 4 + 90, -90 + 50 + 4 + 81 + 300, -81 + 25 + 4 + 150 + 72.9, 525,
    ])  # fmt: skip
    state = found["state"]
    assert state.net == pytest.approx([-30 + 3, -30 + 3 - 300, -30])


def test_one_instrument_is_all_of_its_financier() -> None:
    found = instruments_of(result({"plan": LOAN}))
    assert found.financiers["fund"].nominal == found.instruments["plan"].nominal
    assert found.financiers["fund"].real == found.instruments["plan"].real


def test_the_rates_of_the_modified_rate_are_the_discount_rate_or_given() -> None:
    evaluation = result({"stake": STAKE}, discount={"rate": 0.04})
    usual, other = instruments_of(evaluation), instruments_of(evaluation, 0.01, 0.07)
    assert (usual.finance_rate, usual.reinvestment_rate, usual.inflation) == (0.04, 0.04, 0.02)
    assert (other.finance_rate, other.reinvestment_rate) == (0.01, 0.07)
    first, second = (one.instruments["stake"].real.modified_rate for one in (usual, other))
    assert second > first


@pytest.mark.parametrize(
    "more",
    [
        {"inflation": {"uniform": [0.0, 0.1]}},
        {"inflation": {"parameter": "p"}, "parameters": {"p": {"value": {"uniform": [0, 0.1]}}}},
        {"inflation": {"parameter": "p"}, "parameters": {"p": {"value": 0.05}}},
    ],
)
def test_inflation_is_that_of_the_result(more: dict[str, object]) -> None:
    assert instruments_of(result({"plan": LOAN}, **more)).inflation == pytest.approx(0.05)


def test_coverage_of_who_receives() -> None:
    found = instruments_of(result({"gift": GRANT, "pot": REVOLVING})).coverage
    assert list(found) == ["city"]
    assert found["city"].years == tuple(range(2025, 2030))
    assert found["city"].first_shortfall == 2025


def test_without_instruments_there_is_nothing() -> None:
    found = instruments_of(result({}, inflation=None))
    assert (found.instruments, found.financiers, found.coverage, found.inflation) == ({}, {}, {}, 0)
