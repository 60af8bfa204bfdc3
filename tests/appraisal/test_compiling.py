"""From a case to a program: names, shares, flows, burdens and groups."""

from __future__ import annotations

import numpy as np
import pytest
from tests.small import appraised, case, cost, gain

from impactmonitor.appraisal.compiling import Compiled, compile_case
from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.appraisal.program import BENEFIT, COST, FLOW, NO_DOMAIN, UNMONETISED
from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.problems import InvalidInput

PERT = {"pert": [0, 10, 50]}
UNMONETISED_LINE = {"quantity": 3, "monetised": False, "domain": "social"}


def compiled(**fields) -> Compiled:
    return appraised(**fields).compiled


def incidence(found: Compiled, kind: str) -> list[tuple]:
    """The rows of ``cost`` or ``benefit`` incidence as (line, actor, share)."""
    p = found.program
    rows = zip(*(getattr(p, f"{kind}_{part}") for part in ("line", "actor", "share")), strict=True)
    return [(found.lines[line], found.actors[actor], float(share)) for line, actor, share in rows]


def flows(found: Compiled) -> list[tuple]:
    p = found.program
    rows = zip(p.flow_line, p.flow_from, p.flow_to, p.flow_share, strict=True)
    return [(found.lines[x], found.actors[a], found.actors[b], float(s)) for x, a, b, s in rows]


def test_lines_in_the_order_of_the_case_and_the_burden_last():
    found = compiled(
        transfers={"z": {"from": "city", "to": "people", "amount": 1}},
        effects={"y": gain(), "a": UNMONETISED_LINE, "b": gain(taken_from="city")},
        costs={"x": cost(domain="ecological"), "c": cost()},
        excess_burden={"rate": 0.2, "actors": ["city"], "borne_by": "people"},
    )
    assert found.lines == ("x", "c", "y", "a", "b", "z", "excess-burden")
    p = found.program
    assert p.line_role.tolist() == [COST, COST, BENEFIT, UNMONETISED, FLOW, FLOW, COST]
    domains = [None if d == NO_DOMAIN else DOMAINS[d] for d in p.line_domain]
    assert domains == [
        "ecological",
        "economic",
        "social",
        "social",
        "social",
        None,
        "economic",
    ]


def test_parties_are_actors_perspectives_and_society():
    found = compiled(costs={"work": cost()}, perspectives={"public": ["city", "insurer"]})
    assert found.actors == ("city", "insurer", "people")
    assert found.parties == ("city", "insurer", "people", "public", "society")
    p = found.program
    members = {name: [] for name in found.parties}
    for party, actor in zip(p.of_party, p.of_actor, strict=True):
        members[found.parties[party]].append(found.actors[actor])
    assert members == {
        "city": ["city"],
        "insurer": ["insurer"],
        "people": ["people"],
        "public": ["city", "insurer"],
        "society": ["city", "insurer", "people"],
    }


def test_costs_and_benefits_fall_by_share():
    found = compiled(
        costs={"work": cost(paid_by={"city": 0.25, "people": 0.75})},
        effects={"gain": gain(falls_to={"insurer": 0.4, "people": 0.6})},
    )
    assert incidence(found, "cost") == [("work", "city", 0.25), ("work", "people", 0.75)]
    assert incidence(found, "benefit") == [("gain", "insurer", 0.4), ("gain", "people", 0.6)]


def test_what_is_not_in_euros_falls_to_nobody():
    found = compiled(effects={"gain": {**UNMONETISED_LINE, "falls_to": "people"}})
    assert (incidence(found, "cost"), incidence(found, "benefit"), flows(found)) == ([], [], [])


def test_cash_of_costs_and_confirmation_of_benefits():
    found = compiled(
        costs={"cash": cost(), "hours": cost(in_kind=True)},
        effects={
            "gain": gain(
                falls_to={"city": 0.5, "people": 0.5},
                confirmation={"city": "confirmed", "people": "contested"},
            )
        },
    ).program
    assert found.cost_is_cash.tolist() == [1, 0]
    assert found.benefit_is_confirmed.tolist() == [1, 0]


def test_a_cashable_share_per_actor_is_0_where_not_named():
    a = appraised(
        effects={"gain": gain(falls_to={"city": 0.5, "people": 0.5}, cashable={"city": 0.3})}
    )
    assert a.ledger.slots[a.compiled.program.benefit_cash, 0].tolist() == [0.3, 0]


def test_money_flows_from_each_giver_to_each_receiver_but_to_nobody_himself():
    found = compiled(
        effects={
            "benefit": gain(
                taken_from={"city": 0.8, "people": 0.2}, falls_to={"people": 0.5, "insurer": 0.5}
            )
        },
        transfers={
            "grant": {"from": "city", "to": "people", "amount": 1},
            "room": {"from": "people", "to": "city", "amount": 1, "in_kind": True},
        },
    )
    assert flows(found) == [
        ("benefit", "city", "people", 0.8 * 0.5),
        ("benefit", "city", "insurer", 0.8 * 0.5),
        ("benefit", "people", "insurer", 0.2 * 0.5),
        ("grant", "city", "people", 1.0),
        ("room", "people", "city", 1.0),
    ]
    # only an effect can turn round: the amount of a transfer is never negative
    assert found.program.flow_may_turn.tolist() == [True, True, True, False, False]
    assert found.program.flow_is_cash.tolist() == [1, 1, 1, 1, 0]


def test_shares_of_0_are_no_flow():
    effect = gain(taken_from={"city": 1, "insurer": 0}, falls_to={"people": 1, "insurer": 0})
    assert flows(compiled(effects={"benefit": effect})) == [("benefit", "city", "people", 1.0)]


def test_only_flows_across_the_boundary_cross_it():
    found = compiled(
        transfers={
            "a": {"from": "city", "to": "people", "amount": 1},
            "b": {"from": "people", "to": "insurer", "amount": 1},
        },
        perspectives={"both": ["city", "people"]},
    )
    p = found.program
    crossing = {
        (found.parties[party], found.lines[p.flow_line[flow]]): bool(is_in)
        for party, flow, is_in in zip(
            p.crossing_party, p.crossing_flow, p.crossing_is_in, strict=True
        )
    }
    assert crossing == {
        ("city", "a"): False,
        ("people", "a"): True,
        ("people", "b"): False,
        ("insurer", "b"): True,
        ("both", "b"): False,
    }


def test_a_burden_rests_on_the_taxed_share_of_each_cash_cost():
    found = compiled(
        costs={
            "whole": cost(paid_by="city"),
            "hours": cost(paid_by="city", in_kind=True),
            "part": cost(paid_by={"city": 0.5, "insurer": 0.3, "people": 0.2}),
            "none": cost(paid_by="people"),
        },
        excess_burden={
            "rate": 0.2,
            "actors": ["city", "insurer"],
            "borne_by": {"city": 0.1, "people": 0.9},
        },
    )
    p = found.program
    sources = [found.lines[p.strand_line[strand]] for strand in p.burden_strand]
    assert sources == ["whole", "part"]
    assert p.burden_share.tolist() == [1, 0.8]
    assert incidence(found, "cost")[-2:] == [
        ("excess-burden", "city", 0.1),
        ("excess-burden", "people", 0.9),
    ]
    assert p.cost_is_cash.tolist()[-2:] == [0, 0]


def test_a_burden_without_costs_is_still_a_line():
    found = compiled(
        effects={"gain": gain()},
        excess_burden={"rate": 0.2, "actors": ["city"], "borne_by": "city"},
    )
    assert found.lines[-1] == "excess-burden"
    assert found.program.burden_strand.tolist() == []


def test_overlap_groups_name_their_members():
    found = compiled(
        effects={name: gain() for name in "abcd"},
        overlaps={
            "one": {"lines": ["c", "a"], "alpha": 0.5},
            "two": {"lines": ["d"], "alpha": {"pert": [0, 0.5, 1]}},
        },
    )
    p = found.program
    assert [found.lines[line] for line in p.member_line] == ["c", "a", "d"]
    assert p.overlap_start.tolist() == [0, 2]
    assert [entry.path for entry in found.inputs] == ["overlaps.two.alpha"]


def test_the_estimates_of_the_inputs_are_columns():
    found = compiled(costs={"work": cost(PERT)}, effects={"gain": gain({"uniform": [2, 4]})})
    assert found.expected() == pytest.approx(np.array([[(0 + 40 + 50) / 6], [3]]))
    assert found.most_likely().tolist() == [[10], [3]]


def test_without_inputs_the_columns_are_empty():
    found = compiled(costs={"work": cost()})
    assert found.expected().shape == found.most_likely().shape == (0, 1)


def test_warnings_of_what_was_cut_off_are_kept():
    found = compiled(costs={"work": cost({"uniform": [-1, 1]})})
    assert [(p.code, p.severity) for p in found.warnings] == [("truncated", "warning")]


def test_a_number_without_any_value_in_its_range_has_no_program():
    resolved, _ = resolve(case(costs={"work": cost({"uniform": [-2, -1]})}), load_catalogue())
    with pytest.raises(InvalidInput) as caught:
        compile_case(resolved)
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == ("no-mass-in-range", "costs.work.amount")


def test_the_calendar_can_be_made_longer():
    resolved, _ = resolve(case(costs={"work": cost()}, horizon=3), load_catalogue())
    assert compile_case(resolved).program.years == 3
    longer = compile_case(resolved, least_years=10).program
    assert longer.years == 10
    assert longer.strand_within.tolist() == [[True] * 3 + [False] * 7]
    assert compile_case(resolved, least_years=2).program.years == 3
