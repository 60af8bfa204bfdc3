"""Whom a case reaches: from cards, from parameters, and from effects that count people."""

from __future__ import annotations

from tests import small
from tests.proposals.judging import catalogue, judged

from impactmonitor import evaluate, load_case
from impactmonitor.proposals.point_values import PointValues
from impactmonitor.proposals.reached import Reach, reaches
from impactmonitor.resources import folder


def of_example(name: str) -> list[Reach]:
    result = evaluate(load_case(folder("examples") / name / "case.yaml"), catalogue())
    return reaches(result, catalogue(), PointValues(result))


def test_the_reach_of_a_card_is_what_it_is_applied_to():
    found = {one.effect: one for one in of_example("warm-homes")}
    assert found["gas-visited"].total == 900
    assert found["gas-visited"].path == "effects.gas-visited.card.reach"
    assert found["gas-visited"].unit == "household"
    assert found["gas-insulated"].at_once == 300  # three years of homes, each for twenty years


def test_people_taking_part_are_another_kind_than_those_who_gain():
    kinds = {one.effect: one.counts for one in of_example("early-debt-help-measured")}
    assert kinds["less-support"] == "reached"
    assert kinds["out-of-debt"] == "households-out-of-problem-debt"


def test_square_metres_are_no_people():
    assert of_example("walls-used-again")[0].effect == "work"


def test_growth_first_year_and_horizon():
    line = small.gain({"parameter": "met"}, first_year=2027, years=9, growth=1.0)
    parameters = {"met": {"value": 10, "unit": "household"}}
    (reach,) = judged(parameters=parameters, effects={"visits": line}).reaches
    assert reach.by_year == {2027: 10, 2028: 20, 2029: 40}
    assert reach.total == 70


def test_years_that_are_named():
    quantity = {2025: 5, 2027: {"uniform": [6, 8]}, 2040: 100}
    (reach,) = judged(effects={"visits": small.gain(quantity, unit="person", lasts=3)}).reaches
    assert reach.by_year == {2025: 5, 2027: 7}
    assert reach.at_once == 12


def test_an_unknown_quantity_reaches_nobody_we_know_of():
    line = {"quantity": "unknown", "monetised": False, "domain": "social", "unit": "person"}
    assert judged(effects={"visits": line}, costs={"work": small.cost()}).reaches == []
