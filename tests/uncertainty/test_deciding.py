"""Decisions by enumeration, and who decides about what."""

from __future__ import annotations

import numpy as np
import pytest
from tests.small import case, cost, gain

from impactmonitor import evaluate, simulate
from impactmonitor.model.case import Case
from impactmonitor.uncertainty.deciding import (
    Drawn,
    decided,
    decisions_of,
    groups_of,
    measurements,
)

ACTORS = {"city": {"kind": "municipality"}, "insurer": {"kind": "health-insurer"}}
UNIFORM = {"uniform": [0.1, 0.5]}
CASE = case(
    actors=ACTORS,
    parameters={"p": {"value": UNIFORM, "measuring_cost": 5}},
    costs={"c": cost({"uniform": [80, 120]})},
    effects={
        "e": gain({"uniform": [0, 2]}, 100, deadweight={"parameter": "p"}, falls_to="insurer")
    },
    alternatives={"half": {"changes": {"costs.c.amount": 50}}},
    decisions={"places": {"options": ["case", "nothing"], "by": "city", "scale": 10}},
)

# four draws that are all there is: two states of each of two inputs
FIRST = np.array([0.0, 0.0, 1.0, 1.0])
SECOND = np.array([0.0, 1.0, 0.0, 1.0])
DRAWN = Drawn(
    ("city", "insurer", "society"),
    {
        "case": np.stack([40 * FIRST - 10, 0 * FIRST, 40 * FIRST - 10 + 8 * SECOND]),
        "half": np.stack([0 * FIRST - 5, 0 * FIRST, 10 * FIRST]),
    },
    ("costs.c.amount", "parameters.p"),
    np.stack([FIRST, SECOND]),
)


def test_who_decides_between_what():
    found = decisions_of(evaluate(CASE), CASE.decisions)
    assert list(found) == ["society", "city", "places"]
    assert found["city"].options == ("case", "half", "nothing")
    assert (found["places"].scale, found["places"].by) == (10.0, "city")


def test_by_enumeration():
    found = decided(decisions_of(evaluate(CASE), CASE.decisions), DRAWN, CASE)
    society = found["society"]
    # the case: -10, -2, 30, 38; half: 0, 0, 10, 10; nothing: 0
    assert society.expected == {"case": 14.0, "half": 5.0, "nothing": 0.0}
    assert society.best == "case"
    assert society.evpi == pytest.approx((0 + 0 + 30 + 38) / 4 - 14)
    assert society.inputs["costs.c.amount"] == pytest.approx((0 + 34) / 2 - 14)
    assert society.inputs["parameters.p"] == pytest.approx(0.0)
    assert society.expected_loss["case"] == pytest.approx(society.evpi)
    assert society.probability_best == {"case": 0.5, "half": 0.25, "nothing": 0.25}
    places = found["places"]
    assert places.options == ("case", "nothing")
    assert places.evpi == pytest.approx((0 + 30) / 2 - 10)


def test_what_is_worth_measuring():
    found = decided(decisions_of(evaluate(CASE), CASE.decisions), DRAWN, CASE)
    first, *others = measurements(CASE, found, CASE.decisions, DRAWN.paths)
    assert (first.path, first.indicator, first.decision) == ("costs.c.amount", None, "places")
    assert first.value == pytest.approx(10 * 5.0)
    assert first.measuring_cost is None
    assert not others  # what it costs to know the share is more than it is worth


def test_indicators_are_groups_of_inputs():
    with_indicators = case(
        parameters={"p": {"value": UNIFORM, "indicator": "moods", "measuring_cost": 3},
                    "q": {"value": UNIFORM, "indicator": "moods", "measuring_cost": 4},
                    "r": {"value": UNIFORM}},
        costs={"c": cost()},
    )  # fmt: skip
    paths = ("parameters.q", "parameters.r", "parameters.p")
    groups = groups_of(with_indicators, paths)
    assert {name: rows.tolist() for name, rows in groups.items()} == {"moods": [0, 2]}


def test_amounts_of_an_effect_speak_of_its_indicator_and_its_price_does_not():
    priced = case(effects={"e": gain({"uniform": [0, 2]}, 100, factors={"uptake": 0.5})})
    effect = priced.effects["e"].model_copy(update={"indicator": "falls"})
    priced = priced.model_copy(update={"effects": {"e": effect}})
    paths = ("effects.e.quantity", "effects.e.unit_value", "effects.e.factors.uptake",
             "effects.e.deadweight", "effects.e.quantity.2026")  # fmt: skip
    assert groups_of(priced, paths)["falls"].tolist() == [0, 2, 4]


def test_in_a_scenario_the_choices_are_the_same():
    """What a case chooses between is no part of the circumstances."""
    tree = CASE.model_dump(exclude_defaults=True, by_alias=True)
    states = {
        "dear": {"changes": {"costs.c.amount": 200}},
        "without-city": {"changes": {"actors.city": None, "costs.c.paid_by": "insurer"}},
    }
    found = Case.model_validate({**tree, "scenarios": states})
    usual, dear = simulate(found, draws=64), simulate(found, draws=64, scenario="dear")
    assert {name: one.options for name, one in dear.decisions.items()} == {
        name: one.options for name, one in usual.decisions.items()
    }
    assert dear.decisions["places"].expected["case"] < usual.decisions["places"].expected["case"]
    without = simulate(found, draws=64, scenario="without-city")
    assert list(without.decisions) == ["society", "insurer"]
