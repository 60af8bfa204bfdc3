"""The JSON object about uncertainty: the names of the contract, and no number that is none."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.report.simulated import EXAMPLES, certain, simulated_example, unsure
from tests.small import cost

from impactmonitor.report.document import document
from impactmonitor.report.uncertainty_document import uncertainty_document
from impactmonitor.uncertainty.results import Measurement, Ratio, Simulation

SUMMARY = {
    "mean", "sd", "p05", "p25", "p50", "p75", "p95", "probability_positive",
    "probability_negative", "standard_error", "standard_error_of_probability", "expected_loss",
}  # fmt: skip
WHOLE = {
    "draws", "seed", "method", "sampled", "value_ranges", "net_present_value", "cash_net",
    "actors", "perspectives", "domains", "lines", "benefit_cost_ratio",
    "internal_rate_of_return", "years", "scenarios", "alternatives", "exact", "inputs",
    "indicators", "two_way", "turning", "evpi", "decisions", "measure_next",
}  # fmt: skip
INPUT = {
    "title", "low", "expected", "high", "tornado", "switching_value", "switching_of_payers",
    "first_order", "total", "sampled_first_order", "sampled_total", "evppi",
}  # fmt: skip


@pytest.fixture(params=EXAMPLES, ids=lambda p: p.parent.name)
def example(request) -> Simulation:
    return simulated_example(request.param)


def test_the_names_of_the_contract(example):
    found = uncertainty_document(example)
    assert set(found) == WHOLE
    assert set(found["net_present_value"]) == set(found["cash_net"]) == SUMMARY
    assert list(found["actors"]) == list(example.evaluation.by_actor)
    for party in (*found["actors"].values(), *found["perspectives"].values()):
        assert set(party) == {"net", "cash_net"}
        assert set(party["net"]) == set(party["cash_net"]) == SUMMARY
    for one in found["inputs"].values():
        assert set(one) == INPUT
        assert len(one["tornado"]) == 2
    assert all(set(one) == {"title", "evppi"} for one in found["indicators"].values())
    for one in found["measure_next"]:
        assert {"value", "measuring_cost", "decision"} < set(one)
        assert len(set(one) & {"indicator", "path"}) == 1
    for name in ("benefit_cost_ratio", "internal_rate_of_return"):
        assert set(found[name]) == SUMMARY | {"undefined"}
    for year in found["years"]:
        assert set(year) == {"year", "net", "cash_net", "cumulative", "actors"}
        assert set(year["net"]) == {"p05", "p25", "p50", "p75", "p95"}


def test_it_can_be_written_and_read_as_json(example):
    found = uncertainty_document(example)
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_numbers_are_those_of_the_simulation(example):
    found = uncertainty_document(example)
    assert found["net_present_value"]["mean"] == example.net_present_value.mean
    assert found["draws"] == example.draws
    for name, one in example.inputs.items():
        assert found["inputs"][name]["total"] == one.total
    for name, one in example.alternatives.items():
        assert found["alternatives"][name]["net_present_value"]["p50"] == one.society.net.p50
    society = example.decisions["society"]
    assert found["evpi"] == society.evpi
    assert found["decisions"]["society"]["best"] == society.best


def test_it_stands_in_the_document_only_where_there_is_a_simulation():
    simulation = unsure()
    plain = document(simulation.evaluation)
    whole = document(simulation.evaluation, "en", simulation)
    assert "uncertainty" not in plain
    assert whole["uncertainty"] == uncertainty_document(simulation)
    assert {k: v for k, v in whole.items() if k not in ("uncertainty", "warnings")} == {
        k: v for k, v in plain.items() if k != "warnings"
    }
    assert [w["code"] for w in whole["warnings"]] == [p.code for p in simulation.warnings]


def numbers(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: numbers(value) for key, value in node.items() if key != "title"}
    return [numbers(part) for part in node] if isinstance(node, list) else node


def test_the_language_changes_titles_and_nothing_else():
    simulation = unsure()
    dutch, english = (uncertainty_document(simulation, language) for language in ("nl", "en"))
    assert numbers(dutch) == numbers(english)
    path = "effects.help.quantity"
    assert dutch["inputs"][path]["title"] == "Hulp: aantal"
    assert english["inputs"][path]["title"] == "Help: quantity"


def test_without_uncertain_numbers():
    found = uncertainty_document(certain())
    assert found["net_present_value"]["sd"] == 0
    assert found["net_present_value"]["p05"] == found["net_present_value"]["p95"] == 50
    assert found["inputs"] == found["indicators"] == {}
    assert found["measure_next"] == []


def test_what_does_not_exist_is_null():
    simulation = unsure()
    summary = replace(simulation.society.net, sd=math.nan, standard_error=math.inf)
    society = replace(simulation.society, net=summary)
    years = replace(simulation.years, net={k: v * np.nan for k, v in simulation.years.net.items()})
    broken = replace(
        simulation, society=society, years=years, decisions={}, exact=None,
        benefit_cost_ratio=Ratio(None, 1.0),
    )  # fmt: skip
    found = uncertainty_document(broken)
    assert found["net_present_value"]["sd"] is found["net_present_value"]["standard_error"] is None
    assert found["years"][0]["net"]["p50"] is None
    assert found["evpi"] is found["exact"] is None
    ratio = found["benefit_cost_ratio"]
    assert ratio == {**dict.fromkeys(SUMMARY), "undefined": 1.0}
    json.dumps(found, allow_nan=False)


def test_what_to_measure_is_named_by_its_indicator_or_its_path():
    measured = (
        Measurement("falls", None, "society", 5.0, 2.0),
        Measurement(None, "costs.work.amount", "society", 4.0, None),
    )
    found = uncertainty_document(replace(unsure(), measure_next=measured))["measure_next"]
    rest = {"decision": "society"}
    assert found == [
        {"indicator": "falls", "value": 5.0, "measuring_cost": 2.0, **rest},
        {"path": "costs.work.amount", "value": 4.0, "measuring_cost": None, **rest},
    ]


def test_scenarios_and_alternatives_have_their_own_distributions():
    simulation = unsure(
        scenarios={"dear": {"changes": {"costs.work.amount": 1000}}},
        alternatives={"cheap": {"changes": {"costs.work": cost(0)}}},
    )
    found = uncertainty_document(simulation)
    keys = {"net_present_value", "cash_net", "actors", "difference"}
    assert set(found["scenarios"]["dear"]) == set(found["alternatives"]["cheap"]) == keys
    assert found["scenarios"]["dear"]["net_present_value"]["probability_positive"] == 0
    assert found["alternatives"]["cheap"]["difference"]["mean"] == pytest.approx(100)
