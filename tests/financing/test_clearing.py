"""Clearing: everybody ends up with the own share, in few payments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.financing.clearing import cleared

amounts = st.lists(st.integers(-1000, 1000), min_size=1, max_size=7)


@given(amounts, st.sampled_from([1.0, 1 / 3, 1e6]))
def test_everybody_ends_up_with_nothing_more_to_pay_or_receive(parts, size):
    parts = [*parts, -sum(parts)]
    balances = {str(i): size * part for i, part in enumerate(parts)}
    found = cleared(balances)
    left = dict(balances)
    for one in found:
        assert one.amount > 0
        left[one.giver] += one.amount
        left[one.receiver] -= one.amount
    assert left == pytest.approx(dict.fromkeys(balances, 0.0), abs=1e-9 * size * 1000)
    # nobody both pays and receives, and there are few payments
    assert not {one.giver for one in found} & {one.receiver for one in found}
    parties = sum(part != 0 for part in parts)
    assert len(found) <= max(0, parties - 1)
    assert [one.amount for one in found] == sorted((one.amount for one in found), reverse=True)


def test_who_owes_what_another_is_owed_pays_that_one():
    found = cleared({"a": -50.0, "b": -80.0, "c": 50.0, "d": 80.0})
    assert {(one.giver, one.receiver) for one in found} == {("a", "c"), ("b", "d")}


def test_nothing_to_pay():
    assert cleared({}) == ()
    assert cleared({"a": 0.0, "b": 0.0}) == ()
    assert cleared({"a": 1e9, "b": -1e9, "c": 1e-8})[0].amount == 1e9  # rounding is no payment


def test_what_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="has to be what is paid"):
        cleared({"a": 1.0, "b": -2.0})
