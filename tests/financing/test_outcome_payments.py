"""Payments for outcomes: by hand, in a slow second way, and what they always keep to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from impactmonitor.financing.outcome_payments import (
    Terms,
    guarantee_called,
    payments,
    payments_due,
    payments_within,
    saving,
    saving_under,
)

SHAPES = st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 3))
amounts = st.integers(0, 100).map(float)


@st.composite
def agreements(draw):
    """Quantities (harms too), prices, baselines, a cap and a floor at most as high."""
    shape = draw(SHAPES)
    quantities = draw(arrays.arrays(float, shape, elements=st.integers(-20, 60).map(float)))
    prices = draw(st.lists(amounts, min_size=shape[0], max_size=shape[0]))
    baseline = draw(st.lists(st.integers(0, 20).map(float), min_size=shape[0], max_size=shape[0]))
    cap = draw(st.one_of(st.just(np.inf), st.integers(0, 5000).map(float)))
    floor = min(draw(st.integers(0, 3000).map(float)), cap)
    return quantities, prices, baseline, cap, floor


def one_after_the_other(quantities, prices, baseline, cap, floor):
    """The payments of one draw, in plain Python."""
    left, paid = cap, []
    for year in range(len(quantities[0])):
        due = 0.0
        for effect, price in enumerate(prices):
            above = quantities[effect][year] - baseline[effect]
            if above > 0:
                due += price * above
        paid.append(min(due, left))
        left -= paid[-1]
    if sum(paid) < floor:
        paid[-1] += floor - sum(paid)
    return paid


def test_by_hand():
    """Two effects and two years: 5 and 3 above the baseline at 10, nothing and 4 at 7."""
    quantities = [[[7.0], [5.0]], [[-9.0], [4.0]]]
    assert payments(quantities, [10, 7], [2, 0]).ravel().tolist() == [50.0, 58.0]
    assert payments(quantities, [10, 7], [2, 0], cap=60).ravel().tolist() == [50.0, 10.0]
    assert payments(quantities, [10, 7], [2, 0], floor=120).ravel().tolist() == [50.0, 70.0]


@given(agreements())
def test_as_one_draw_after_the_other(agreement):
    quantities, *rest = agreement
    found = payments(quantities, *rest)
    for draw in range(quantities.shape[2]):
        wanted = one_after_the_other(quantities[:, :, draw].tolist(), *rest)
        np.testing.assert_allclose(found[:, draw], wanted, atol=1e-9)


@given(agreements())
def test_from_the_floor_to_the_cap_and_never_money_back(agreement):
    found, (*_, cap, floor) = payments(*agreement), agreement
    assert (found >= 0).all()
    assert (found.sum(axis=0) >= floor - 1e-9).all()
    assert (found.sum(axis=0) <= cap + 1e-9).all()


@given(agreements(), st.integers(0, 30))
def test_more_outcomes_or_a_higher_price_never_pay_less(agreement, more):
    quantities, prices, *rest = agreement
    total = payments(quantities, prices, *rest).sum(axis=0)
    better = payments(quantities + more, prices, *rest).sum(axis=0)
    dearer = payments(quantities, [price + more for price in prices], *rest).sum(axis=0)
    assert (better >= total - 1e-9).all()
    assert (dearer >= total - 1e-9).all()


def test_what_is_due_is_not_touched_where_cap_and_floor_do_not_count():
    due = np.array([[0.1, 0.7], [0.2, 0.3]])
    assert (payments_within(due, cap=5.0, floor=0.1) == due).all()


def test_a_guarantee_does_not_depend_on_how_investors_divide():
    paid = np.array([[60.0, 0.0, 150.0], [20.0, 10.0, 0.0]])
    assert guarantee_called(paid, 100.0, 50.0).tolist() == [20.0, 50.0, 0.0]


def test_a_saving_by_hand():
    """500 saved; 110 and 60 with measuring, the guarantee at the end of the last year."""
    found = saving([500.0], [[100.0], [50.0]], [[0.9], [0.8]], 10.0, [20.0])
    assert found.tolist() == [pytest.approx(500 - 0.9 * 110 - 0.8 * 60 - 0.8 * 20)]


def test_what_differs_from_nothing_by_rounding_is_no_loss():
    paid = np.full((10, 1), 0.1)
    assert saving([1.0 - 1e-14], paid, np.ones((10, 1))).tolist() == [0.0]
    assert saving([1.0 - 1e-9], paid, np.ones((10, 1))) < 0


@given(agreements(), st.integers(0, 500), st.integers(0, 500), st.integers(0, 30))
def test_all_terms_together(agreement, invested, guarantee, measuring):
    quantities, prices, baseline, cap, floor = agreement
    terms = Terms(cap, floor, measuring, invested, guarantee)
    years, draws = quantities.shape[1:]
    factors = 0.95 ** np.arange(1, years + 1)[:, None]
    cash = np.linspace(-100, 900, draws)
    due = payments_due(quantities, prices, baseline)
    found = saving_under(terms, cash, due, factors)
    for draw in range(draws):
        paid = one_after_the_other(quantities[:, :, draw].tolist(), prices, baseline, cap, floor)
        kept = cash[draw]
        for year, amount in enumerate(paid):
            kept -= (amount + measuring) * 0.95 ** (year + 1)
        kept -= min(guarantee, max(0, invested - sum(paid))) * 0.95**years
        assert found[draw] == pytest.approx(kept, abs=1e-7)


@pytest.mark.parametrize("name", ["cap", "floor", "evaluation_cost", "invested", "guarantee"])
def test_terms_are_no_negative_numbers(name):
    for number in (-1.0, float("nan")):
        with pytest.raises(ValueError, match=name):
            Terms(**{name: number})


def test_a_floor_above_the_cap_is_refused():
    with pytest.raises(ValueError, match="the floor"):
        payments([[[1.0]]], [1.0], [0.0], cap=5, floor=6)
