"""The highest price: by hand, and against trying prices one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from impactmonitor.financing.outcome_payments import Terms, saving_under
from impactmonitor.financing.price_limits import highest_price_factor

GRID = np.concatenate([np.linspace(0, 3, 61), np.geomspace(3.1, 1e6, 40)])
CASH = [100.0, 200.0, 300.0, 400.0]
DUE = np.full((1, 4), 10.0)


@st.composite
def bargains(draw):
    """What is due and saved in some draws; discounting may also make later money worth more."""
    years, draws = draw(st.integers(1, 4)), draw(st.integers(1, 6))
    due = draw(arrays.arrays(float, (years, draws), elements=st.integers(0, 50).map(float)))
    cash = draw(arrays.arrays(float, (draws,), elements=st.integers(-50, 400).map(float)))
    rate = draw(st.sampled_from([-0.2, 0.0, 0.05, 0.5]))
    factors = (1 + rate) ** -np.arange(1.0, years + 1)[:, None]
    cap = draw(st.one_of(st.just(np.inf), st.integers(0, 300).map(float)))
    floor = min(float(draw(st.integers(0, 100))), cap)
    numbers = [float(draw(st.integers(0, most))) for most in (20, 200, 200)]
    return due, cash, factors, Terms(cap, floor, *numbers)


def losing(factor, due, cash, factors, terms):
    """Share of the draws in which the payer loses at this factor."""
    return float(np.mean(saving_under(terms, cash, factor * due, factors) < 0))


@pytest.mark.parametrize(
    ("probability", "wanted"), [(0.1, 10.0), (0.25, 20.0), (0.49, 20.0), (0.5, 30.0), (0.99, 40.0)]
)
def test_by_hand(probability, wanted):
    """Each draw loses above what it saves: 100, 200, 300 or 400 for 10 outcomes."""
    assert highest_price_factor(DUE, CASH, [[1.0]], probability, Terms()) == wanted


def test_what_measuring_and_a_guarantee_cost_is_taken_off():
    terms = Terms(evaluation_cost=40.0)
    assert highest_price_factor(DUE, CASH, [[1.0]], 0.1, terms) == 6.0
    both = Terms(evaluation_cost=40.0, invested=30.0, guarantee=30.0)
    assert highest_price_factor(DUE, CASH, [[1.0]], 0.1, both) == 6.0
    more = Terms(evaluation_cost=40.0, invested=90.0, guarantee=90.0)
    assert highest_price_factor(DUE, CASH, [[1.0]], 0.1, more) is None


def test_a_low_cap_protects_at_every_price():
    assert highest_price_factor(DUE, CASH, [[1.0]], 0.1, Terms(cap=100.0)) == np.inf
    assert highest_price_factor(DUE, CASH, [[1.0]], 0.1, Terms(cap=100.1)) == 10.0


def test_a_floor_can_make_every_price_too_high():
    assert highest_price_factor(DUE, CASH, [[1.0]], 0.1, Terms(floor=101.0)) is None


def test_draws_that_are_all_the_same():
    assert highest_price_factor(np.full((1, 5), 7.0), [21.0] * 5, [[1.0]], 0.1, Terms()) == 3.0


def test_a_guarantee_can_make_low_prices_the_dear_ones():
    """Money of later counts twice: without payments the guarantee costs 2 x 100 of the 150."""
    due, factors = np.array([[100.0], [0.0]]), [[0.5], [2.0]]
    terms = Terms(invested=100.0, guarantee=100.0)
    assert losing(0.0, due, [150.0], factors, terms) == 1.0
    assert highest_price_factor(due, [150.0], factors, 0.1, terms) == 3.0
    assert losing(3.0, due, [150.0], factors, terms) == 0.0


@settings(deadline=None, max_examples=300)
@given(bargains(), st.sampled_from([0.05, 0.2, 0.34, 0.5, 0.8]))
def test_against_trying_prices_one_by_one(bargain, probability):
    due, cash, factors, terms = bargain
    found = highest_price_factor(due, cash, factors, probability, terms)
    shares = np.array([losing(factor, *bargain) for factor in GRID])
    if found is None:
        assert (shares > probability).all()
        return
    if np.isinf(found):
        assert losing(1e9, *bargain) <= probability
        return
    assert losing(found, *bargain) <= probability
    above = found + 1e-6 * max(found, 1.0)
    assert losing(above, *bargain) > probability
    assert (shares[above < GRID] > probability).all()


@given(bargains(), st.floats(0.1, 10))
def test_prices_in_another_unit_give_the_same_highest_price(bargain, unit):
    due, cash, factors, terms = bargain
    found = highest_price_factor(due, cash, factors, 0.3, terms)
    other = highest_price_factor(due * unit, cash, factors, 0.3, terms)
    if found is None or np.isinf(found):
        assert other == found
    else:
        assert other * unit == pytest.approx(found, rel=1e-9, abs=1e-9)
