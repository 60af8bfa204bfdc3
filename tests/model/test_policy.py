"""A policy: what it refuses, and which floor holds."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from tests.proposals.levelling_cases import NEUTRAL, policy

from impactmonitor.model.policy import Policy
from impactmonitor.model.validation import problems_of


def problem(**fields):
    tree = {key: value for key, value in {**NEUTRAL, **fields}.items() if value is not None}
    with pytest.raises(ValidationError) as caught:
        Policy.model_validate(tree)
    return [(found.code, found.path) for found in problems_of(caught.value, Policy)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"impactmonitor_policy": 2}, ("not-one-of", "impactmonitor_policy")),
        ({"impactmonitor_policy": True}, ("not-one-of", "impactmonitor_policy")),
        ({"scheme": None}, ("missing-field", "scheme")),
        ({"horizon": 0}, ("too-low", "horizon")),
        ({"evidence": {"expert": 1.2}}, ("too-high", "evidence.expert")),
        ({"evidence": {"gut": 0.2}}, ("not-one-of", "evidence.gut")),
        ({"deadweight": {"default": -0.1}}, ("too-low", "deadweight.default")),
        ({"values": {"a": {"value": 1, "source": "x"}}}, ("missing-field", "values.a.price_year")),
        ({"values": {"a": {"value": 1, "price_year": 2025}}}, ("missing-field", "values.a.source")),
        ({"exchange_rates": {"GBP": {2025: 0}}}, ("too-low", "exchange_rates.GBP.2025")),
        ({"hurdle": 1}, ("unknown-key", "hurdle")),
    ],
)
def test_what_is_no_policy(fields, expected):
    assert problem(**fields) == [expected]


def test_everything_at_once():
    assert len(problem(horizon="ten", evidence={"expert": 2}, base_year=26, extra=1)) == 4


def test_nothing_has_a_floor_unless_it_is_named():
    assert policy().floor_of("social", "qalys-gained") == 0
    floors = policy(deadweight={"social": 0.2, "qalys-gained": 0.05})
    assert floors.floor_of("social", "qalys-gained") == 0.05
    assert floors.floor_of("social", None) == 0.2
    assert floors.floor_of(None, "gp-consults-avoided") == 0


def test_a_policy_is_frozen_all_through():
    with pytest.raises(TypeError):
        policy(deadweight={"default": 0.1}).deadweight["default"] = 0.2
