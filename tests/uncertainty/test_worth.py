"""What measuring is worth, laid at the effects behind which the number stands."""

from __future__ import annotations

from typing import Any

import pytest
from tests.small import case, cost, gain

from impactmonitor import load_catalogue
from impactmonitor.catalogue.ranging import with_value_ranges
from impactmonitor.uncertainty.simulation import simulate
from impactmonitor.uncertainty.worth import worth_of_effects

RANGE = {"uniform": [0, 200]}


def worth(effects: dict[str, Any], **fields: Any) -> tuple[dict[str, float], list[float]]:
    """By effect, and what each measurement of the simulation is worth."""
    made = case(costs={"work": cost(100)}, effects=effects, **fields)
    found = simulate(made, draws=512)
    return worth_of_effects(found), [one.value for one in found.measure_next]


def test_a_number_of_an_effect_is_worth_to_that_effect_alone() -> None:
    found, (value,) = worth({"a": gain(1, RANGE), "b": gain(1, 1)})
    assert found == {"a": value}
    assert value == pytest.approx(25, rel=0.1)  # E[max(0, x - 99)] - E[x - 99], x ~ U(0, 200)


def test_effects_that_share_a_number_share_its_worth() -> None:
    shared = {"parameter": "reached"}
    effects = {"a": gain(shared, 1), "b": gain(1, 1, factors={"x": shared}), "c": gain(1, 1)}
    found, (value,) = worth(effects, parameters={"reached": {"value": {"uniform": [0, 100]}}})
    assert found == {"a": value, "b": value}


def test_an_indicator_is_worth_to_the_effects_whose_numbers_name_it() -> None:
    name = "gp-consults-avoided"
    effects = {"a": gain(RANGE, 1, indicator=name), "b": gain(3, 1, indicator=name)}
    found, (value,) = worth(effects)
    assert found == {"a": value}


def test_the_most_valuable_of_several_counts() -> None:
    found, values = worth({"a": gain({"uniform": [0, 2]}, {"uniform": [0, 200]})})
    assert len(values) == 2
    assert found == {"a": max(values)}


def test_what_measuring_costs_is_taken_off() -> None:
    parameters = {"p": {"value": RANGE}}
    effects = {"a": gain(1, {"parameter": "p"})}
    (free,) = worth(effects, parameters=parameters)[0].values()
    dear = {"p": {"value": RANGE, "measuring_cost": 4}}
    assert worth(effects, parameters=dear)[0] == {"a": pytest.approx(free - 4)}
    dear["p"]["measuring_cost"] = 1000
    assert worth(effects, parameters=dear)[0] == {}


def test_the_range_of_a_catalogue_value_is_worth_to_who_uses_it() -> None:
    catalogue = load_catalogue()
    (edition,) = catalogue.values["household-power-kwh"].editions
    power = {"quantity": 10, "unit_value": "household-power-kwh", "unit": "kWh",
             "falls_to": "people", "domain": "economic"}  # fmt: skip
    price = edition.value
    made = case(price_year=edition.price_year, costs={"work": cost(10 * price)},
                effects={"power": power, "other": gain(1, 0.001)})  # fmt: skip
    found = simulate(made, with_value_ranges(catalogue), draws=512)
    assert list(worth_of_effects(found)) == ["power"]


def test_nothing_uncertain_is_worth_nothing() -> None:
    assert worth({"a": gain(1, 1)}) == ({}, [])
