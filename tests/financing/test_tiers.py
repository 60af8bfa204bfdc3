"""Tiers: by hand, in a slow second way, and that no money is lost on the way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from impactmonitor.appraisal.returns import internal_rate_of_return
from impactmonitor.financing.outcome_payments import guarantee_called
from impactmonitor.financing.tiers import is_repaid, rates_of_return, waterfall

SHAPES = st.tuples(st.integers(1, 6), st.integers(1, 3))
amounts = st.integers(0, 100).map(float)
payments = arrays.arrays(float, SHAPES, elements=amounts)


@st.composite
def investors(draw):
    """Some tiers, of which only the last may be without a rate."""
    rates = draw(st.lists(st.sampled_from([0.0, 0.03, 0.2]), max_size=3))
    tiers = [(float(draw(st.integers(1, 120))), rate) for rate in rates]
    if tiers and draw(st.booleans()):
        tiers[-1] = (tiers[-1][0], None)
    return tiers


def one_after_the_other(paid, tiers, guarantee):
    """The receipts of the tiers in one draw, and what is left, in plain Python."""
    owed = [amount for amount, _ in tiers]
    got = [[0.0] * len(paid) for _ in tiers]
    rest = []
    for year, there in enumerate(paid):
        left = there
        for i, (_, rate) in enumerate(tiers):
            if rate is None:
                taken = left
            else:
                owed[i] *= 1 + rate
                taken = min(left, owed[i])
                owed[i] -= taken
            got[i][year] += taken
            left -= taken
        rest.append(left)
    call = min(guarantee, max(0.0, sum(amount for amount, _ in tiers) - sum(paid)))
    for i, (amount, _) in enumerate(tiers):
        given_ = min(call, max(0.0, amount - sum(got[i])))
        got[i][-1] += given_
        call -= given_
    return got, rest


def settled(paid, tiers, guarantee):
    called = guarantee_called(paid, sum(amount for amount, _ in tiers), guarantee)
    return waterfall(paid, tiers, called), called


def test_by_hand():
    """100 at 5 %: 60 of 105, then 47.25; the next tier waits, and takes what is left."""
    found = waterfall([[60.0], [70.0], [10.0]], [(100.0, 0.05), (20.0, None)])
    np.testing.assert_allclose(
        found.flows[:, :, 0], [[-100, 60, 47.25, 0], [-20, 0, 22.75, 10]], atol=1e-12
    )
    assert not found.rest.any()


def test_a_guarantee_goes_to_who_is_short_first():
    """200 put in and 150 paid; the first tier is short of 0, the second of 60."""
    tiers = [(100.0, 0.10), (100.0, 0.10)]
    found, called = settled(np.array([[110.0], [40.0]]), tiers, 45.0)
    assert called.tolist() == [45.0]
    np.testing.assert_allclose(found.flows[:, :, 0], [[-100, 110, 0], [-100, 0, 85]], atol=1e-9)


@given(payments, investors(), st.integers(0, 300))
def test_as_one_draw_after_the_other(paid, tiers, guarantee):
    found, _ = settled(paid, tiers, guarantee)
    for draw in range(paid.shape[1]):
        got, rest = one_after_the_other(paid[:, draw].tolist(), tiers, guarantee)
        np.testing.assert_allclose(found.rest[:, draw], rest, atol=1e-9)
        for flows, wanted in zip(found.flows[:, 1:, draw], got, strict=True):
            np.testing.assert_allclose(flows, wanted, atol=1e-9)


@given(payments, investors(), st.integers(0, 300))
def test_no_money_is_lost_or_made(paid, tiers, guarantee):
    found, called = settled(paid, tiers, guarantee)
    received = found.flows[:, 1:].sum(axis=(0, 1)) + found.rest.sum(axis=0)
    np.testing.assert_allclose(received, paid.sum(axis=0) + called, atol=1e-8)
    assert (found.flows[:, 1:] >= 0).all()
    assert (found.rest >= 0).all()


@given(payments, investors())
def test_who_comes_later_gets_nothing_while_an_earlier_one_is_owed(paid, tiers):
    found = waterfall(paid, tiers)
    for place, (amount, rate) in enumerate(tiers):
        owed = np.full(paid.shape[1], amount)
        for year in range(len(paid)):
            after = [*found.flows[place + 1 :, year + 1], found.rest[year]]
            if rate is None:
                assert not np.any(after)
                continue
            owed = owed * (1 + rate) - found.flows[place, year + 1]
            assert (np.array(after)[:, owed > 1e-9] == 0).all()


@given(payments, investors())
def test_nobody_earns_more_than_the_rate(paid, tiers):
    for flows, (_, rate) in zip(waterfall(paid, tiers).flows, tiers, strict=True):
        if rate is not None:
            assert (rates_of_return(flows) <= rate + 1e-9).all()


@given(arrays.arrays(float, SHAPES, elements=st.integers(0, 400).map(float)), st.integers(1, 300))
def test_returns_against_all_roots(received, amount):
    flows = np.concatenate([np.full((1, received.shape[1]), -float(amount)), received])
    for found, column in zip(rates_of_return(flows), flows.T, strict=True):
        other = internal_rate_of_return(range(len(column)), column.tolist())
        if not column[1:].any():
            assert found == -1.0
        elif other.value is not None:
            assert found == pytest.approx(other.value, abs=1e-9)
        else:  # outside the range in which all roots are looked for
            assert found < -0.9998 or found > 9.999


@pytest.mark.parametrize(("years", "rate"), [(1, 25.0), (3, -0.5), (60, 0.02), (300, 0.001)])
def test_a_deposit_earns_its_rate(years, rate):
    flows = np.zeros((years + 1, 1))
    flows[0], flows[-1] = -7.0, 7.0 * (1 + rate) ** years
    assert rates_of_return(flows)[0] == pytest.approx(rate, rel=1e-12)


def test_money_is_back_from_all_of_it_on():
    flows = [[-0.3, -0.3, -0.3], [0.1, 0.1, 0.1], [0.2 - 1e-15, 0.2 - 1e-6, 0.5]]
    assert is_repaid(flows).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("tiers", "words"),
    [
        ([(1.0, None), (1.0, 0.1)], "only the last"),
        ([(0.0, 0.1)], "more than 0"),
        ([(1.0, -0.1)], "a rate is 0 or more"),
        ([(float("nan"), 0.1)], "more than 0"),
    ],
)
def test_tiers_that_cannot_be_paid_out(tiers, words):
    with pytest.raises(ValueError, match=words):
        waterfall([[1.0]], tiers)
