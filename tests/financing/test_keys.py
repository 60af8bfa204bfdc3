"""Keys: the published shares of the Tennessee Valley, and what every key has to keep to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.financing.test_games import TVA

from impactmonitor.financing.games import is_in_core, marginal, stand_alone
from impactmonitor.financing.keys import (
    equal,
    in_proportion,
    rounded,
    separable_costs_remaining_benefits,
)

amounts = st.floats(0.01, 1e6).map(lambda x: round(x, 2))
players = st.lists(st.tuples(amounts, amounts, amounts), min_size=1, max_size=6)


def test_the_tennessee_valley_authority():
    """As printed in the vignette of CoopGame 2.2.1, section 5.3.3."""
    alone, own = stand_alone(TVA), marginal(TVA)
    shares, is_equal = separable_costs_remaining_benefits(TVA[-1], alone, own)
    assert shares.tolist() == pytest.approx([117475.54, 99157.29, 195951.16], abs=0.01)
    assert is_in_core(TVA, shares)
    assert not is_equal


@given(players, amounts)
def test_everybody_pays_at_least_the_own_cost_and_all_the_total(table, rest):
    alone, own, gains = np.array(table).T
    total = own.sum() + rest
    shares, _ = separable_costs_remaining_benefits(total, alone, own, gains)
    assert shares.sum() == pytest.approx(total)
    assert (shares >= own - 1e-9 * total).all()


def test_with_no_remaining_benefits_the_rest_is_divided_equally():
    shares, is_equal = separable_costs_remaining_benefits(100, [30, 20], [40, 20])
    assert (shares.tolist(), is_equal) == ([60.0, 40.0], True)


def test_a_small_benefit_limits_what_somebody_bears():
    shares, _ = separable_costs_remaining_benefits(100, [80, 60], [20, 20], [25, 60])
    assert shares.tolist() == pytest.approx([20 + 60 * 5 / 45, 20 + 60 * 40 / 45])


@given(players, amounts)
def test_proportion_and_equality_add_up(table, total):
    weights = np.array(table)[:, 0]
    shares = in_proportion(total, weights)
    assert shares.sum() == pytest.approx(total)
    np.testing.assert_allclose(shares * weights.sum(), total * weights)
    assert equal(total, len(weights)).sum() == pytest.approx(total)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8), st.integers(0, 3))
def test_rounded_shares_add_up_and_only_the_largest_takes_the_rest(shares, decimals):
    found = rounded(shares, decimals)
    assert found.sum() == pytest.approx(round(sum(shares), decimals), abs=2 * 10.0**-decimals)
    others = np.arange(len(shares)) != int(np.abs(shares).argmax())
    assert (np.abs(found - shares)[others] <= 0.5 * 10.0**-decimals + 1e-9).all()


def test_rounded_shares_of_a_given_total_and_of_very_large_amounts():
    thirds = rounded([0.115 / 3] * 3, total=0.115)  # in binary a little more than half a cent
    assert thirds.tolist() == [0.04, 0.04, 0.04]
    assert rounded([1e300, -1e300, 1e300]).tolist() == [1e300, -1e300, 1e300]
    assert rounded([1234.0, 4321.0], decimals=-3).tolist() == [1000.0, 5000.0]


def test_nothing_is_divided_by_whatever_there_is():
    assert in_proportion(0, [0, 0]).tolist() == [0.0, 0.0]
    assert in_proportion(0, [1, 2]).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("bad", [[-1, 2], [0, 0], [], [float("inf")]])
def test_weights_that_cannot_be(bad):
    with pytest.raises(ValueError, match="weights"):
        in_proportion(1, bad)
