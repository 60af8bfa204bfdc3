"""The joint costs of small cases, of which every number can be worked out by hand."""

from __future__ import annotations

import pytest
from tests.small import cost, gain, result

from impactmonitor.financing.shared_costs import share_costs
from impactmonitor.problems import InvalidInput, NotFound

ACTORS = {
    "city": {"title": "City", "kind": "municipality"},
    "insurer": {"title": "Insurer", "kind": "health-insurer"},
    "state": {"title": "State", "kind": "central-government"},
    "people": {"title": "People", "kind": "citizen"},
}
LINES = {
    "actors": ACTORS,
    "costs": {"work": cost(600), "start": cost(300, paid_by={"city": 0.5, "state": 0.5})},
    "effects": {"gain": gain(1, 1000, falls_to={"city": 0.2, "insurer": 0.5, "people": 0.3})},
}


def case(**fields):
    return result(**{**LINES, **fields})


def test_the_joint_cost_and_who_shares_it():
    found = share_costs(case())
    assert found.lines == ("work", "start")
    assert found.total == 900
    assert found.costs == {"city": 750, "insurer": 0, "state": 150, "people": 0}
    assert found.benefits == {"city": 200, "insurer": 500, "state": 0, "people": 300}
    # the state pays, the insurer gains; people are not asked to pay
    assert found.players == ("city", "insurer", "state")
    assert found.yearly == 5


def test_who_pays_more_than_its_share_receives():
    found = share_costs(case())
    equal = found.settlements["equal"]
    assert equal.transfers == pytest.approx(
        {"city": 450, "insurer": -300, "state": -150, "people": 0}
    )
    payments = [(one.giver, one.receiver, one.amount) for one in equal.payments]
    assert payments == [("insurer", "city", 300), ("state", "city", 150)]
    benefits = found.settlements["proportional_to_benefits"].transfers
    assert benefits["city"] == pytest.approx(750 - 900 * 2 / 7)
    assert benefits["state"] == 150  # it gains nothing, and gets back what it paid


def test_a_case_says_what_it_can_and_names_what_is_missing():
    found = share_costs(case())
    needs = {key: one.needs for key, one in found.allocation.by_key.items() if one.needs}
    missing = ("actors.city.stand_alone", "actors.insurer.stand_alone", "actors.state.stand_alone")
    assert needs == {
        "stand_alone": missing,
        "scrb": (*missing, "marginal"),
        "shapley": ("costs",),
        "nucleolus": ("costs",),
    }
    assert set(found.settlements) == {"equal", "proportional_to_benefits"}
    alone = {name: {**actor, "stand_alone": 400} for name, actor in ACTORS.items()}
    known = share_costs(case(actors=alone))
    assert known.settlements["stand_alone"].transfers["city"] == pytest.approx(450)
    assert known.allocation.by_key["stand_alone"].individually_rational is True


def test_of_two_the_costs_alone_say_everything():
    actors = {
        "city": {**ACTORS["city"], "stand_alone": 900},
        "insurer": {**ACTORS["insurer"], "stand_alone": 500},
    }
    effects = {"gain": gain(1, 1000, falls_to="insurer")}
    found = share_costs(result(actors=actors, costs={"work": cost(1000)}, effects=effects))
    # each saves 200 of the 400 that they save together
    for key in ("shapley", "nucleolus"):
        assert found.settlements[key].transfers == pytest.approx({"city": 300, "insurer": -300})
    # who gains nothing pays only what it adds: 1000 - 500
    assert found.settlements["scrb"].transfers == pytest.approx({"city": 500, "insurer": -500})


def test_chosen_lines_only():
    found = share_costs(case(), lines=["start"], keys=["equal"])
    assert (found.lines, found.total) == (("start",), 300)
    assert found.settlements["equal"].transfers["insurer"] == pytest.approx(-100)
    twice = share_costs(case(), lines=["start", "start"])
    assert twice.total == 300


def test_may_pay_is_what_the_actor_says_and_else_its_kind():
    actors = {
        **ACTORS,
        "state": {**ACTORS["state"], "may_pay": False},
        "people": {**ACTORS["people"], "may_pay": True},
    }
    found = share_costs(case(actors=actors), keys=["equal"])
    assert found.players == ("city", "insurer", "people")
    # who may not be asked gets back what it bears, and that is said
    assert found.settlements["equal"].transfers["state"] == 150
    assert [(p.code, p.path) for p in found.allocation.warnings] == [("paid-back", "actors.state")]


def test_transfers_count_as_benefits_and_harm_as_none():
    effects = {"gain": gain(1, 100, falls_to="insurer"), "harm": gain(-1, 70, falls_to="state")}
    transfers = {"premium": {"from": "insurer", "to": "city", "amount": 40}}
    found = share_costs(case(effects=effects, transfers=transfers))
    assert found.benefits == {"city": 40, "insurer": 60, "state": 0, "people": 0}


def test_excess_burden_is_no_joint_cost():
    burden = {"rate": 0.5, "actors": ["city"], "borne_by": "city"}
    found = share_costs(case(excess_burden=burden))
    assert found.total == 900
    with pytest.raises(NotFound):
        share_costs(case(excess_burden=burden), lines=["excess-burden"])


def test_present_values_and_the_scenario():
    fields = {"discount": {"rate": 0.1}, "costs": {"work": cost(100, first_year=2026, years=2)}}
    found = share_costs(case(**fields), keys=["equal"])
    assert found.total == pytest.approx(100 / 1.1 + 100 / 1.21)
    assert found.yearly == pytest.approx(sum(1.1**-t for t in range(5)))


def test_costs_of_0_and_no_costs_at_all():
    for costs in ({"work": cost(0)}, None):
        found = share_costs(case(costs=costs))
        assert found.total == 0
        assert found.settlements["equal"].payments == ()


def test_lines_that_are_not_there_and_nobody_to_share():
    with pytest.raises(NotFound) as missing:
        share_costs(case(), lines=["wrok", "start", "rent"])
    problem = missing.value.problem
    assert (problem.code, problem.params) == (
        "unknown-cost-line",
        {"id": "wrok, rent", "nearest": "work"},
    )
    nobody = {name: {**actor, "may_pay": False} for name, actor in ACTORS.items()}
    with pytest.raises(InvalidInput) as caught:
        share_costs(case(actors=nobody))
    assert [p.code for p in caught.value.problems] == ["nobody-shares"]
