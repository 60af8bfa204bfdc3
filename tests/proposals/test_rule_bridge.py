"""A bridge of several rules: each step alone, and what is not a bridge."""

from __future__ import annotations

import pytest
from tests.proposals.levelling_cases import CATALOGUE, proposal
from tests.small import cost, gain

from impactmonitor.evaluation import evaluate
from impactmonitor.proposals.rule_bridge import rule_bridge


def stages(*values):
    return [evaluate(proposal(effects={"gains": gain(1, value)}), CATALOGUE) for value in values]


def test_each_step_is_what_one_rule_moved():
    found = rule_bridge(stages(150, 120, 90), ["values", "evidence"], scale=2)
    assert found.rules["values"].totals["net_present_value"] == pytest.approx(-60)
    assert found.rules["evidence"].actors["people"]["benefits"] == pytest.approx(-60)
    assert (found.start["benefits"], found.end["benefits"]) == (300, 180)
    assert found.start_of_actors["city"]["costs"] == found.end_of_actors["city"]["costs"] == 200


def test_a_result_that_is_the_same_moves_nothing():
    (one,) = stages(150)
    step = rule_bridge([one, one], ["horizon"]).rules["horizon"]
    assert set(step.totals.values()) == set(step.steps.values()) == {0.0}
    assert all(set(row.values()) == {0.0} for row in step.actors.values())


def test_there_is_one_result_more_than_there_are_rules():
    with pytest.raises(ValueError, match="one result before"):
        rule_bridge(stages(150, 120), ["values", "evidence"])


def test_a_cost_that_moves_is_in_costs_and_net():
    dear = evaluate(proposal(costs={"work": cost(130)}), CATALOGUE)
    step = rule_bridge([*stages(150), dear], ["values"]).rules["values"]
    assert step.totals == pytest.approx({"costs": 30, "benefits": 0, "net_present_value": -30})
