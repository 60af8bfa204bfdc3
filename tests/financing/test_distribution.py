"""Distributional weights: by hand, and what they may not change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small import ACTORS, cost, gain, result

from impactmonitor.financing.distribution import distribution_of, welfare_weight


def test_a_euro_counts_more_for_who_has_little() -> None:
    actors = {**ACTORS, "people": {"kind": "citizen", "income": 20_000}}
    found = distribution_of(
        result(
            actors=actors,
            costs={"work": cost(100)},
            effects={"joy": gain(1, 60)},
            distribution={"reference_income": 40_000, "elasticity": 2},
        )
    )
    assert found is not None
    assert found.weights == {"city": 1, "insurer": 1, "people": 4}
    assert found.weighted == {"city": -100, "insurer": 0, "people": 240}
    assert (found.net, found.weighted_net) == (-40, 140)


def test_organisations_count_once() -> None:
    actors = {**ACTORS, "city": {"kind": "municipality", "income": 20_000}}
    found = distribution_of(
        result(actors=actors, costs={"work": cost(1)}, distribution={"reference_income": 40_000})
    )
    assert found is not None
    assert found.weights["city"] == 1


def test_only_where_it_is_asked_for() -> None:
    assert distribution_of(result(costs={"work": cost()})) is None


@given(st.floats(1e3, 1e6), st.floats(1e3, 1e6), st.floats(0, 4))
def test_laws(income: float, reference: float, elasticity: float) -> None:
    weight = welfare_weight(income, reference, elasticity)
    assert weight > 0
    assert welfare_weight(reference, reference, elasticity) == 1
    assert welfare_weight(income, reference, 0) == 1
    assert welfare_weight(2 * income, reference, elasticity) <= weight
    # halving the elasticity is a square root
    assert welfare_weight(income, reference, elasticity / 2) == pytest.approx(weight**0.5)
