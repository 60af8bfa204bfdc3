"""What a plan expects to be measured, at its point estimate and in every draw."""

from __future__ import annotations

import numpy as np
import pytest
from tests.small import ACTORS, appraised, case, cost, gain

from impactmonitor import evaluate, simulate
from impactmonitor.tracking.expecting import (
    drawn_inputs,
    expected_figures,
    expected_rate,
    starting,
)

LEAVING = {
    **ACTORS,
    "people": {
        **ACTORS["people"],
        "retention": {"share": 0.6, "yearly_leaving": 0.25, "rest_to": "city"},
    },
}


def test_quantities_have_their_factors_and_costs_their_optimism_in_them():
    found = expected_figures(
        appraised(
            costs={"work": cost(100, optimism_bias=0.2, years=2)},
            effects={"visits": gain(50, 1, growth=0.1, years=2, lag=1, lasts=3,
                                    factors={"uptake": 0.5})},
            transfers={"fee": {"from": "city", "to": "people", "amount": {"2026": 7}}},
        )
    )  # fmt: skip
    assert found == {
        ("costs.work", "amount"): {2025: 120, 2026: 120},
        ("effects.visits", "quantity"): {2025: 25, 2026: pytest.approx(27.5)},
        ("transfers.fee", "amount"): {2026: 7},
    }


def test_nominal_amounts_and_other_price_levels_stay_those_of_the_line():
    work = cost(100, years=2, prices="nominal", price_year=2020)
    index = {"own": {"years": {"2020": 80, "2025": 100}}}
    a = appraised(costs={"work": work}, inflation=0.1, price_indices=index)
    assert expected_figures(a)["costs.work", "amount"] == {2025: 100, 2026: 100}


def test_what_an_actor_keeps_and_the_legs_of_instruments_are_not_counted_again():
    a = appraised(
        actors=LEAVING,
        effects={"visits": gain(50, 1)},
        instruments={"grant": {"kind": "grant", "from": "city", "to": "people", "amount": 9}},
        inflation=0.02,
    )
    assert expected_figures(a) == {("effects.visits", "quantity"): {2025: 50}}


def test_an_effect_of_two_signs_is_one_figure_a_year():
    effect = gain({"2025": 40, "2026": -3}, 1, optimism_bias=0.1)
    found = expected_figures(appraised(effects={"visits": effect}))
    assert found["effects.visits", "quantity"] == {2025: 40, 2026: -3}


def test_every_draw_is_the_product_of_its_numbers():
    effect = gain({"uniform": [50, 150]}, 1, factors={"uptake": {"uniform": [0, 1]}})
    a = appraised(effects={"visits": effect})
    inputs = drawn_inputs(a, 60, seed=4)
    assert inputs.shape == (2, 64)
    (one,) = starting(a, inputs)
    assert np.allclose(one.draws, inputs[0] * inputs[1], rtol=1e-15)


def test_draws_are_those_of_a_simulation():
    plan = case(effects={"visits": gain({"uniform": [50, 150]}, 1)})
    (one,) = starting(evaluate(plan).appraised, drawn_inputs(evaluate(plan).appraised, 256, 5))
    assert one.draws.mean() == pytest.approx(
        simulate(plan, draws=256, seed=5).net_present_value.mean
    )


def test_prices_move_and_lie_between_the_years_that_are_given():
    effect = gain(1, {"2025": 10, "2029": 30}, real_price_change=0.1, deadweight=0.2)
    a = appraised(effects={"visits": effect})
    assert expected_rate(a, "effects.visits", "unit_value", 2026) == pytest.approx(15 * 1.1)
    assert expected_rate(a, "effects.visits", "unit_value", 2024) == pytest.approx(10 / 1.1)
    assert expected_rate(a, "effects.visits", "deadweight", 2026) == 0.2


def test_an_expected_price_is_the_mean_of_an_uncertain_one_and_none_where_there_is_none():
    priced = appraised(effects={"visits": gain(1, {"uniform": [4, 6]})})
    assert expected_rate(priced, "effects.visits", "unit_value", 2027) == 5
    bare = {"visits": {"quantity": 1, "monetised": False, "domain": "social"}}
    assert expected_rate(appraised(effects=bare), "effects.visits", "unit_value", 2025) is None
