"""Schedules of loans, stakes, grants and revolving funds."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from typing import Any

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from impactmonitor.appraisal.repayment import (
    Schedule,
    equity_schedule,
    grant_schedule,
    loan_schedule,
    revolving_schedule,
)
from impactmonitor.appraisal.returns import internal_rate_of_return

FORMS = ("annuity", "linear", "bullet")
RATES = st.floats(-0.5, 2.0).map(lambda x: round(x, 4)) | st.floats(-1e-5, 1e-5)


@st.composite
def loans(draw: Any) -> dict[str, Any]:
    years = draw(st.integers(1, 40))
    return {
        "amount": draw(st.floats(1, 1e7)),
        "rate": draw(RATES),
        "years": years,
        "repayment": draw(st.sampled_from(FORMS)),
        "grace": draw(st.integers(0, years - 1)),
    }


@st.composite
def losing_loans(draw: Any) -> dict[str, Any]:
    loan = draw(loans())
    assume(loan["years"] > 1)
    lost = draw(st.integers(1, loan["years"] - 1))
    return loan | {"loss_after": lost, "loss_share": draw(st.floats(0, 1))}


def by_hand(
    amount: float, rate: float, years: int, repayment: str, grace: int = 0,
    loss_after: int | None = None, loss_share: float = 0.0,
) -> list[dict[str, Fraction]]:  # fmt: skip
    """The table of a loan in exact fractions: one year after another, no formula of an annuity.

    The payment of an annuity is found again every year, from what is then outstanding: it is what
    is worth that sum when each payment is brought back to today.
    """
    owed, r = Fraction(amount), Fraction(rate)
    table = []
    for year in range(1, years + 1):
        left = years - max(year - 1, grace)  # payments of principal to come, this one included
        interest = owed * r
        if year <= grace:
            back = Fraction(0)
        elif repayment == "bullet":
            back = owed if year == years else Fraction(0)
        elif repayment == "linear":
            back = owed / left
        else:
            worth = Fraction(0)
            for _ in range(left):
                worth = (worth + 1) / (1 + r)
            back = owed / worth - interest
        lost = (owed - back) * Fraction(loss_share) if year == loss_after else Fraction(0)
        table.append({"opening": owed, "interest": interest, "repayment": back, "loss": lost})
        owed = owed - back - lost
        table[-1]["closing"] = owed
    return table


def assert_sound(schedule: Schedule) -> None:
    """What comes in and goes out adds up, from one year to the next."""
    s = schedule
    closing = s.opening + s.drawdown - s.repayment - s.loss
    scale = max(1.0, float(s.drawdown.max()))
    assert s.closing == pytest.approx(closing, abs=1e-9 * scale)
    assert s.opening == pytest.approx(np.concatenate([[0.0], s.closing[:-1]]), abs=1e-9 * scale)
    assert s.closing[-1] == pytest.approx(0.0, abs=1e-9 * scale)


@given(losing_loans())
def test_a_table_by_hand(loan: dict[str, Any]) -> None:
    found, table = loan_schedule(**loan), by_hand(**loan)
    for name in ("interest", "repayment", "loss", "closing"):
        wanted = [float(row[name]) for row in table]
        assert getattr(found, name) == pytest.approx(wanted, rel=1e-7, abs=1e-8 * loan["amount"])
    # of the first year the table has the sum that was lent, the schedule what it was before
    assert found.opening[1:] == pytest.approx([float(row["opening"]) for row in table[1:]],
                                              rel=1e-7, abs=1e-8 * loan["amount"])  # fmt: skip
    assert_sound(found)


@pytest.mark.parametrize("rate", [-0.02, 0.001, 0.02, 0.045, 0.12])
@pytest.mark.parametrize("years", [1, 2, 7, 30])
def test_an_annuity_as_numpy_financial(rate: float, years: int) -> None:
    found, period = loan_schedule(250_000.0, rate, years), np.arange(1, years + 1)
    payment = npf.pmt(rate, years, -250_000.0)
    assert found.interest + found.repayment == pytest.approx(np.full(years, payment), rel=1e-9)
    assert found.interest == pytest.approx(npf.ipmt(rate, period, years, -250_000.0), rel=1e-8)
    assert found.repayment == pytest.approx(npf.ppmt(rate, period, years, -250_000.0), rel=1e-8)


@pytest.mark.parametrize("form", FORMS)
@given(st.integers(1, 40), st.floats(1, 1e6))
def test_without_interest_the_amount_comes_back(form: Any, years: int, amount: float) -> None:
    found = loan_schedule(amount, 0.0, years, form)
    assert not found.interest.any()
    assert found.repayment.sum() == pytest.approx(amount)
    wanted = (
        np.full(years, amount / years)
        if form != "bullet"
        else amount * (np.arange(years) == years - 1)
    )
    assert found.repayment == pytest.approx(wanted)


@given(loans())
def test_a_plain_loan_earns_its_rate(loan: dict[str, Any]) -> None:
    found = loan_schedule(**loan)
    flows = np.append(-found.drawdown, 0.0) + np.insert(found.interest + found.repayment, 0, 0.0)
    rate = internal_rate_of_return(range(len(flows)), flows.tolist())
    assert rate.reason is None
    assert rate.value == pytest.approx(loan["rate"], abs=1e-7)


@given(loans())
def test_nothing_is_paid_back_in_years_of_grace(loan: dict[str, Any]) -> None:
    found, grace = loan_schedule(**loan), loan["grace"]
    assert not found.repayment[:grace].any()
    assert found.interest[:grace] == pytest.approx(np.full(grace, loan["amount"] * loan["rate"]))
    assert_sound(found)


@given(losing_loans())
def test_what_comes_after_a_loss_is_a_loan_of_what_is_left(loan: dict[str, Any]) -> None:
    found, after = loan_schedule(**loan), loan["loss_after"]
    rest = loan_schedule(float(found.closing[after - 1]), loan["rate"], loan["years"] - after,
                         loan["repayment"], max(0, loan["grace"] - after))  # fmt: skip
    small = 1e-8 * loan["amount"]
    assert found.interest[after:] == pytest.approx(rest.interest, rel=1e-7, abs=small)
    assert found.repayment[after:] == pytest.approx(rest.repayment, rel=1e-7, abs=small)
    assert np.flatnonzero(found.loss).tolist() in ([], [after - 1])


@pytest.mark.parametrize("rate", [-0.999999, -0.999, -1e-6, -1e-7, -1e-300, 5e-324, 1e-7, 10.0])
@pytest.mark.parametrize("form", FORMS)
def test_at_the_ends_of_the_rates_a_schedule_adds_up(rate: float, form: Any) -> None:
    found = loan_schedule(1000.0, rate, 100, form)
    assert all(np.isfinite(getattr(found, f.name)).all() for f in fields(Schedule))
    assert (found.repayment >= 0).all()
    assert_sound(found)


@given(losing_loans(), st.integers(1, 6))
def test_each_round_of_a_fund_lends_what_came_back(loan: dict[str, Any], rounds: int) -> None:
    years, share = loan["years"], loan["loss_share"]
    terms = {key: loan[key] for key in ("rate", "years", "repayment", "grace")}
    found = revolving_schedule(loan["amount"], **terms, rounds=rounds, loss_share=share)
    assert len(found.closing) == rounds * years
    lent = loan["amount"]
    for i in range(rounds):
        of_round = slice(i * years, (i + 1) * years)
        assert found.drawdown[of_round].tolist()[0] == pytest.approx(lent, rel=1e-9)
        assert not found.drawdown[of_round][1:].any()
        assert found.loss[of_round].sum() == pytest.approx(share * lent, rel=1e-9)
        table = by_hand(
            lent * (1 - share), *(terms[k] for k in ("rate", "years", "repayment", "grace"))
        )
        came_back = float(sum(row["interest"] + row["repayment"] for row in table))
        back = found.interest[of_round] + found.repayment[of_round]
        assert back.sum() == pytest.approx(came_back, rel=1e-6, abs=1e-6)
        lent = max(0.0, came_back)
    assert_sound(found)


def test_a_stake_pays_a_dividend_until_it_is_sold() -> None:
    found = equity_schedule(200.0, 4, 0.05, 1.3)
    assert found.interest == pytest.approx([10.0] * 4)
    assert found.repayment == pytest.approx([0, 0, 0, 260])
    assert found.loss == pytest.approx([0, 0, 0, -60])
    assert_sound(found)


@given(st.floats(0, 1e6), st.integers(1, 20), st.floats(0, 0.5), st.floats(0, 5))
def test_the_gain_on_a_stake_is_what_the_sale_brings_above_it(
    amount: float, years: int, dividend: float, multiple: float
) -> None:
    found = equity_schedule(amount, years, dividend, multiple)
    assert found.loss.sum() == pytest.approx(amount - amount * multiple, abs=1e-6)
    assert_sound(found)


@given(st.floats(0, 1e6), st.integers(1, 20))
def test_a_grant_is_given_in_equal_parts_and_does_not_come_back(amount: float, years: int) -> None:
    found = grant_schedule(amount, years)
    assert found.drawdown.tolist() == [amount / years] * years
    assert not found.interest.any()
    assert not found.repayment.any()
    assert_sound(found)
