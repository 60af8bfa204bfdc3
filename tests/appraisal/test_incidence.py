"""Who pays, who gains and who passes money on: splits of small cases, worked out by hand."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.small import appraised, cost, gain

from impactmonitor.appraisal.incidence import Split, split

SHARED = {"city": 0.75, "insurer": 0.25}


def parties(a) -> dict[str, dict[str, float]]:
    """The split of a case by name of the party."""
    found = a.ledger.parties
    names = [field.name for field in dataclasses.fields(Split)] + ["transfers", "net"]
    return {
        party: {name: float(getattr(found, name)[i, 0]) for name in names}
        for i, party in enumerate(a.compiled.parties)
    }


def of(**fields):
    return parties(appraised(**fields))


def test_costs_are_divided_by_share_and_cash_leaves_unless_in_kind():
    found = of(
        costs={"cash": cost(100, paid_by=SHARED), "hours": cost(40, paid_by="city", in_kind=True)}
    )
    assert found["city"]["costs"] == 75 + 40
    assert found["insurer"]["costs"] == 25
    assert (found["city"]["cash"], found["insurer"]["cash"]) == (-75, -25)
    assert (found["society"]["costs"], found["society"]["cash"]) == (140, -100)
    assert found["people"] == dict.fromkeys(found["people"], 0)


def test_benefits_are_divided_by_share_and_partly_cash():
    effect = gain(1, 200, falls_to=SHARED, cashable={"insurer": 0.4})
    found = of(effects={"gain": effect})
    assert (found["city"]["benefits"], found["insurer"]["benefits"]) == (150, 50)
    assert (found["city"]["cash"], found["insurer"]["cash"]) == (0, 50 * 0.4)


def test_confirmed_is_what_the_bearer_itself_confirmed_harms_too():
    found = of(
        effects={
            "gain": gain(
                1, 200, falls_to=SHARED, confirmation={"city": "confirmed", "insurer": "contested"}
            ),
            "harm": gain(-1, 30, falls_to="city", confirmation={"city": "confirmed"}),
            "other": gain(1, 10, falls_to="city", confirmation={"city": "open"}),
        }
    )
    assert found["city"]["confirmed"] == 150 - 30
    assert found["insurer"]["confirmed"] == 0
    assert found["society"]["confirmed"] == 120


def test_transfers_move_money_and_nothing_for_society():
    found = of(
        transfers={
            "grant": {"from": "city", "to": "people", "amount": 70},
            "room": {"from": "insurer", "to": "people", "amount": 5, "in_kind": True},
        },
        perspectives={"payers": ["city", "insurer"], "city-and-people": ["people", "city"]},
    )
    assert (found["city"]["paid"], found["city"]["received"], found["city"]["cash"]) == (70, 0, -70)
    assert (found["people"]["received"], found["people"]["transfers"]) == (75, 75)
    assert (found["people"]["net"], found["people"]["cash"]) == (75, 70)
    # a flow inside a group does not cross its boundary; one across it counts gross
    assert (found["city-and-people"]["received"], found["city-and-people"]["paid"]) == (5, 0)
    assert (found["payers"]["received"], found["payers"]["paid"]) == (0, 75)
    assert found["society"] == dict.fromkeys(found["society"], 0)


def test_flows_both_ways_count_gross():
    found = of(
        transfers={
            "there": {"from": "city", "to": "people", "amount": 70},
            "back": {"from": "people", "to": "city", "amount": 20},
        }
    )
    assert (found["city"]["paid"], found["city"]["received"]) == (70, 20)
    assert (found["city"]["transfers"], found["people"]["transfers"]) == (-50, 50)


def test_a_transfer_effect_is_split_from_each_to_each():
    effect = gain(1, 100, taken_from={"city": 0.6, "people": 0.4}, falls_to={"people": 1.0})
    found = of(effects={"benefit": effect})
    # 40 would go from the people to themselves, which is no flow
    assert (found["city"]["paid"], found["people"]["received"]) == (60, 60)
    assert found["people"]["paid"] == 0
    assert (found["city"]["cash"], found["people"]["cash"]) == (-60, 60)


def test_a_negative_transfer_effect_turns_giver_and_receiver():
    effect = gain(-1, 100, taken_from="city", falls_to={"people": 0.7, "insurer": 0.3})
    found = of(effects={"saving": effect})
    assert (found["city"]["received"], found["city"]["paid"]) == (100, 0)
    assert (found["people"]["paid"], found["insurer"]["paid"]) == (70, 30)
    assert found["city"]["cash"] == 100


def test_several_columns_are_as_each_alone():
    a = appraised(
        costs={"work": cost(100, paid_by=SHARED)},
        effects={
            "gain": gain(1, 50, cashable=0.5),
            "benefit": gain(1, 30, taken_from="city", domain="social"),
        },
        transfers={"grant": {"from": "city", "to": "people", "amount": 7}},
        perspectives={"payers": ["city", "insurer"]},
    )
    p = a.compiled.program
    amounts = np.array([[1.0, 5.0], [2.0, -6.0], [3.0, -7.0], [4.0, 8.0]])
    slots = np.repeat(a.ledger.slots, 2, axis=1)
    is_turned = p.flow_may_turn[:, None] & (amounts[p.flow_line] < 0)
    assert is_turned.any()
    assert not is_turned.all()
    together = split(p, amounts, slots, is_turned)
    for column in (0, 1):
        alone = split(p, amounts[:, [column]], slots[:, [column]], is_turned[:, [column]])
        for field in dataclasses.fields(Split):
            both = getattr(together, field.name)
            one = getattr(alone, field.name)
            assert both[:, column] == pytest.approx(one[:, 0]), field.name


def test_net_and_transfers_are_sums_of_the_rest():
    found = Split(
        costs=np.array([[3.0]]),
        benefits=np.array([[10.0]]),
        received=np.array([[5.0]]),
        paid=np.array([[1.0]]),
        confirmed=np.array([[0.0]]),
        cash=np.array([[0.0]]),
    )
    assert found.transfers.tolist() == [[4]]
    assert found.net.tolist() == [[10 - 3 + 4]]
