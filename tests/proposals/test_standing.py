"""What one case comes to, in its own numbers times one factor."""

from __future__ import annotations

import pytest
from tests.proposals.levelling_cases import CATALOGUE, proposal
from tests.small import cost, gain

from impactmonitor.evaluation import evaluate
from impactmonitor.proposals.standing import FIGURES, standing_of


def standing(scale=1.0, **fields):
    return standing_of(evaluate(proposal(**fields), CATALOGUE), scale)


def test_money_is_multiplied_and_ratios_are_not():
    one, three = standing(), standing(3)
    for name in FIGURES:
        factor = 1 if name in ("benefit_cost_ratio", "confirmed_share", "payback_years") else 3
        assert three.figures[name] == pytest.approx(factor * one.figures[name])
    assert three.domains["social"] == pytest.approx(450)
    assert three.kinds["municipality"].net == pytest.approx(-300)


def test_actors_of_one_kind_are_added_up():
    actors = {"north": {"kind": "municipality"}, "south": {"kind": "municipality"},
              "people": {"kind": "citizen"}}  # fmt: skip
    costs = {"a": cost(30, paid_by="north"), "b": cost(70, paid_by={"north": 0.5, "south": 0.5})}
    found = standing(actors=actors, costs=costs)
    assert found.kinds["municipality"].actors == ("north", "south")
    assert found.kinds["municipality"].costs == pytest.approx(100)
    assert list(found.kinds) == ["municipality", "citizen"]


def test_confirmed_payback_and_evidence():
    lines = {
        "sure": gain(1, 60, evidence="expert", confirmation={"people": "confirmed"}),
        "later": gain({"2027": 1}, 60),
    }
    found = standing(effects=lines, discount={"rate": 0})
    assert found.figures["confirmed_share"] == pytest.approx(0.5)
    assert found.figures["payback_years"] == 2
    assert found.evidence == pytest.approx({"expert": 0.5, "not-stated": 0.5})
    assert found.domains == {"economic": -100, "ecological": 0, "societal": 0, "social": 120}


def test_what_does_not_exist_is_none_and_not_zero():
    found = standing(effects={}, costs={"work": cost(0)})
    assert found.figures["confirmed_share"] is None
    assert found.figures["benefit_cost_ratio"] is None
    assert found.evidence == {}
    assert standing(effects={}).figures["payback_years"] is None
    with pytest.raises(TypeError, match="payback_years"):
        standing(effects={}).amount("payback_years")
