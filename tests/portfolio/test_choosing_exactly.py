"""The exact search does not depend on the prices that steer it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.portfolio.every_set import best_of_all, candidates, wishes

from impactmonitor.portfolio.choosing_among import Candidates, Wish, programme_of
from impactmonitor.portfolio.choosing_exactly import TooManySets, best_exactly, best_nearly


@settings(max_examples=60)
@given(candidates(6), wishes(), st.data())
def test_any_prices_give_the_best_set(found, wish, data):
    programme = programme_of(found, wish)
    prices = [
        Fraction(data.draw(st.integers(0, 1000)), data.draw(st.integers(1, 7)))
        for _ in programme.rows
    ]
    best = best_exactly(programme, prices)
    names = None if best is None else tuple(
        name for name, is_in in zip(programme.names, best, strict=True) if is_in
    )  # fmt: skip
    assert names == best_of_all(found, wish)


def test_it_gives_up_rather_than_run_for_ever():
    amounts = {f"c{i:02}": 1_000_003 + 7919 * i * i for i in range(30)}
    found = Candidates(amounts, amounts)
    programme = programme_of(found, Wish(sum(amounts.values()) / 2))
    with pytest.raises(TooManySets):
        best_exactly(programme, [Fraction(1)] * len(programme.rows), most_sets=500)


@settings(max_examples=40)
@given(candidates(6), wishes(), st.integers(1, 5))
def test_what_is_found_in_a_hurry_keeps_to_the_limits(found, wish, most):
    programme = programme_of(found, wish)
    prices = [Fraction(1)] * len(programme.rows)
    quick, best = best_nearly(programme, prices, most_sets=most), best_exactly(programme, prices)
    if quick is not None:
        assert programme.fits(quick)
        assert best is not None
        assert programme.reached(quick) <= programme.reached(best)
    assert best_nearly(programme, prices) == best
