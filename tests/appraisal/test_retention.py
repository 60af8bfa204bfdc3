"""What actors really keep of benefits: by hand, against a slow computation, and laws."""

from __future__ import annotations

import copy
import math
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.oracle import appraise
from tests.small import ACTORS, cost, gain, result
from tests.strategies import cases, shipped_catalogue

from impactmonitor.appraisal.program import KEPT
from impactmonitor.appraisal.retention import kept_share
from impactmonitor.catalogue import load_catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.evaluation.contributions import (
    PARTY_COLUMNS,
    YEAR_ACTOR_COLUMNS,
    to_party,
    to_year,
)
from impactmonitor.model.case import Case
from impactmonitor.model.financing import Retention

CATALOGUE = load_catalogue()
PLAIN = shipped_catalogue()
TOLERANCE = 1e-9
law = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def held(quantity: Any = 1, **fields: Any) -> dict[str, Any]:
    """An effect of 100 each that falls to the insurer."""
    return gain(quantity, 100, **{"falls_to": "insurer", **fields})


def kept(effect: dict[str, Any], retention: dict[str, Any], **fields: Any) -> Evaluation:
    """A result with one effect, and the people have what the insurer does not keep of it."""
    insurer = {**ACTORS["insurer"], "retention": {"rest_to": "people", **retention}}
    return result(effects={"gain": effect}, **{"actors": {**ACTORS, "insurer": insurer}, **fields})


def by_year(found: Evaluation, actor: str) -> list[float]:
    """What an actor has in each year."""
    return [year.actors[actor][0] for year in found.year_results()]


def benefits(found: Evaluation) -> dict[str, float]:
    return {name: party.benefits for name, party in found.by_actor.items()}


# --- By hand ------------------------------------------------------------------------------------


def test_a_share_falls_by_what_is_equalised_and_by_who_leaves():
    retention = Retention(share=0.4, yearly_leaving=0.1, equalised=0.5, rest_to="state")
    assert kept_share(retention, 0) == pytest.approx(0.2)
    assert kept_share(retention, 3) == pytest.approx(0.2 * 0.9**3)
    assert kept_share(Retention(yearly_leaving=1.0, rest_to="state"), 0) == 1.0
    assert kept_share(Retention(yearly_leaving=1.0, rest_to="state"), 1) == 0.0


def test_an_insurer_with_a_part_of_the_market():
    found = kept(held(2), {"share": 0.4, "equalised": 0.5})
    assert benefits(found) == {
        "city": 0,
        "insurer": pytest.approx(40),
        "people": pytest.approx(160),
    }
    assert found.totals["benefits"] == 200


def test_people_who_leave_take_later_years_along():
    # starts in 2025 and shows one year later, when the first have left
    found = kept(held(1, lag=1, lasts=3), {"share": 0.5, "yearly_leaving": 0.2})
    wanted = [0, 40, 32, 25.6, 0]
    assert by_year(found, "insurer") == pytest.approx(wanted)
    rest = [0, 60, 68, 74.4, 0]
    assert by_year(found, "people") == pytest.approx(rest)


def test_every_year_that_starts_counts_its_own_years():
    effect = held(1, years=2, lasts=2, drop_off=0.5)
    found = kept(effect, {"yearly_leaving": 0.1})
    wanted = [100, 100 + 50 * 0.9, 50 * 0.9, 0, 0]
    assert by_year(found, "insurer") == pytest.approx(wanted)


@pytest.mark.parametrize(("lag", "first"), [(0, 100), (1, 0)])
def test_everybody_leaves_after_a_year(lag, first):
    found = kept(held(1, lag=lag, lasts=3), {"yearly_leaving": 1.0})
    assert benefits(found)["insurer"] == first
    assert benefits(found)["people"] == 300 - first


def test_harms_are_kept_as_gains_are():
    found = kept(held({2025: 1, 2026: -1}), {"share": 0.25, "yearly_leaving": 0.5})
    assert by_year(found, "insurer")[:2] == pytest.approx([25, -25])
    assert benefits(found)["people"] == pytest.approx(0)


def test_only_the_bearers_share_is_kept_or_passed_on():
    effect = held(1, falls_to={"insurer": 0.5, "people": 0.25, "city": 0.25})
    found = kept(effect, {"share": 0.2, "yearly_leaving": 0.1})
    assert benefits(found) == pytest.approx({"city": 25, "insurer": 10, "people": 65})


@pytest.mark.parametrize("leaving", [0.0, 0.1])
def test_the_rest_is_money_to_the_same_extent(leaving):
    effect = held(1, cashable={"insurer": 0.5})
    found = kept(effect, {"share": 0.2, "yearly_leaving": leaving})
    assert found.by_actor["insurer"].cash_net == pytest.approx(10)
    assert found.by_actor["people"].cash_net == pytest.approx(40)


@pytest.mark.parametrize("leaving", [0.0, 0.1])
@pytest.mark.parametrize(
    ("confirmation", "wanted"),
    [
        ({}, (0, 0)),
        ({"insurer": "confirmed"}, (20, 0)),
        ({"people": "confirmed"}, (0, 80)),
        ({"people": "contested", "insurer": "confirmed"}, (20, 0)),
    ],
)
def test_the_rest_is_confirmed_by_who_has_it(leaving, confirmation, wanted):
    found = kept(held(1, confirmation=confirmation), {"share": 0.2, "yearly_leaving": leaving})
    both = [found.by_actor[name].benefits_confirmed for name in ("insurer", "people")]
    assert both == pytest.approx(wanted)


@pytest.mark.parametrize("leaving", [0.0, 0.1])
def test_retentions_make_no_chain(leaving):
    numbers = {"share": 0.5, "yearly_leaving": leaving}
    actors = {
        **ACTORS,
        "insurer": {**ACTORS["insurer"], "retention": {**numbers, "rest_to": "city"}},
        "city": {**ACTORS["city"], "retention": {**numbers, "rest_to": "people"}},
    }
    found = kept(held(1), {}, actors=actors)
    assert benefits(found) == pytest.approx({"city": 50, "insurer": 50, "people": 0})
    both = kept(held(1, falls_to={"insurer": 0.5, "city": 0.5}), {}, actors=actors)
    assert benefits(both) == pytest.approx({"city": 50, "insurer": 25, "people": 25})


def test_costs_transfers_and_what_is_taken_from_others_are_whole():
    found = kept(
        held(1, taken_from="city"),
        {"share": 0.1, "yearly_leaving": 0.1},
        costs={"work": cost(70, paid_by="insurer")},
        transfers={"grant": {"from": "city", "to": "insurer", "amount": 30}},
    )
    insurer = found.by_actor["insurer"]
    assert (insurer.costs, insurer.transfers, insurer.benefits) == (70, 130, 0)
    assert KEPT not in found.appraised.compiled.program.line_role


def test_what_is_kept_is_scaled_as_its_effect_is():
    retention = {"share": 0.5, "yearly_leaving": 0.5, "rest_to": "people"}
    actors = {**ACTORS, "insurer": {**ACTORS["insurer"], "retention": retention}}
    found = result(
        actors=actors,
        effects={"one": held(1, lasts=2, falls_to="insurer"), "two": gain(1, 120)},
        overlaps={"both": {"lines": ["one", "two"], "alpha": 0.25}},
    )
    scale = (200 + 0.25 * 120) / 320
    assert benefits(found)["insurer"] == pytest.approx((50 + 25) * scale)
    assert found.totals["benefits"] == pytest.approx(230)
    assert sum(benefits(found).values()) == pytest.approx(230)


# --- What a reader sees -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shown() -> Evaluation:
    both = {"insurer": "confirmed", "people": "confirmed"}
    effect = held(3, lasts=3, drop_off=0.1, cashable=0.5, domain="societal", confirmation=both)
    return kept(effect, {"share": 0.5, "yearly_leaving": 0.2}, discount={"rate": 0.03})


def test_there_is_one_line_for_an_effect(shown):
    (line,) = shown.line_results()
    assert (line.id, line.present_value) == ("gain", shown.totals["benefits"])
    assert len(shown.lines()) == 1
    assert list(shown.evidence_results().values()) == [pytest.approx(shown.totals["benefits"])]
    assert set(shown.domain_results()) == {"societal"}


@pytest.mark.parametrize("actor", ["insurer", "people"])
@pytest.mark.parametrize("column", ["benefits", "net", "cash_net", "benefits_confirmed"])
def test_there_is_one_contribution_of_an_effect(shown, actor, column):
    party = shown.appraised.compiled.actors.index(actor)
    (part,) = to_party(shown, party, column)
    assert (part.line, part.counts_as) == ("gain", "benefit")
    assert part.amount == pytest.approx(getattr(shown.by_actor[actor], column))


def test_each_actor_has_one_row_a_year_in_the_ledger(shown):
    rows = shown.ledger()
    assert not rows.duplicated(["line", "to", "is_cash", "year"]).any()
    assert (rows["amount"] > 0).all()
    assert len(rows) == 2 * 2 * 3


# --- On any case --------------------------------------------------------------------------------


@st.composite
def keeping(draw: Any) -> dict[str, Any]:
    """A case in which at least one actor keeps less than all, and no variants."""
    tree = draw(cases())
    for section in ("scenarios", "alternatives", "decisions"):
        tree.pop(section, None)
    share = st.sampled_from([0.0, 0.05, 0.3, 0.75, 1.0])
    names = list(tree["actors"])
    if len(names) == 1:
        names.append("somebody-else")
        tree["actors"]["somebody-else"] = {"kind": "investor"}
    for name in draw(st.lists(st.sampled_from(names), min_size=1, unique=True)):
        tree["actors"][name]["retention"] = {
            "share": draw(share),
            "yearly_leaving": draw(share),
            "equalised": draw(share),
            "rest_to": draw(st.sampled_from([other for other in names if other != name])),
        }
    return tree


def whole(tree: dict[str, Any]) -> dict[str, Any]:
    """The same case in which everybody keeps everything."""
    tree = copy.deepcopy(tree)
    for actor in tree["actors"].values():
        actor.pop("retention", None)
    return tree


def of(tree: dict[str, Any]) -> Evaluation:
    return evaluate(Case.model_validate(tree), CATALOGUE)


def size_of(found: Evaluation) -> float:
    return sum(abs(line.present_value or 0.0) for line in found.line_results()) or 1.0


def close(value: Any, size: float) -> Any:
    return pytest.approx(value, rel=TOLERANCE, abs=TOLERANCE * size)


@law
@given(keeping())
def test_society_is_as_without_retention(tree):
    found, without = of(tree), of(whole(tree))
    size = size_of(without)
    for name in ("costs", "benefits", "net_present_value", "beyond_horizon"):
        assert found.totals[name] == close(without.totals[name], size)
    assert found.line_results() == without.line_results()
    assert found.domain_results().keys() == without.domain_results().keys()
    for name, domain in found.domain_results().items():
        assert domain.net == close(without.domain_results()[name].net, size)
    for one, other in zip(found.year_results(), without.year_results(), strict=True):
        yearly = sum(abs(n) for y in without.year_results() for n, _ in y.actors.values())
        assert (one.costs, one.benefits) == close((other.costs, other.benefits), yearly)
    society, before = (e.by_perspective["society"] for e in (found, without))
    assert society.net == close(before.net, size)
    assert society.cash_net == close(before.cash_net, size)
    assert sum(party.benefits for party in found.by_actor.values()) == close(
        found.totals["benefits"], size
    )


@law
@given(keeping())
def test_every_actor_has_what_a_slow_computation_gives_it(tree):
    found, slow = of(tree), appraise(tree, PLAIN)
    size = size_of(found)
    for name, party in found.by_actor.items():
        mine = {k: v for k, v in asdict(party).items() if k != "benefit_cost_ratio"}
        assert mine == {key: close(slow["actors"][name][key], size) for key in mine}
    for year, theirs in zip(found.year_results(), slow["years"], strict=True):
        for name, (net, cash) in year.actors.items():
            wanted = theirs["actors"][name]
            assert (net, cash) == close((wanted["net"], wanted["cash_net"]), size)


@law
@given(cases())
def test_who_keeps_everything_changes_nothing(tree):
    tree = whole(
        {k: v for k, v in tree.items() if k not in ("scenarios", "alternatives", "decisions")}
    )
    other = copy.deepcopy(tree)
    names = [*other["actors"], "nobody"]
    other["actors"]["nobody"] = {"kind": "investor"}
    with_nobody = copy.deepcopy(other)
    for name, after in pairwise(names):
        other["actors"][name]["retention"] = {"rest_to": after}
    found, without = of(other), of(with_nobody)
    assert found.by_actor == without.by_actor
    assert found.by_perspective == without.by_perspective
    assert found.totals == without.totals
    assert found.year_results() == without.year_results()


@law
@given(keeping())
def test_what_each_line_contributes_adds_up(tree):
    found = of(tree)
    parties = found.appraised.compiled.parties
    size = size_of(found)
    for party, name in enumerate(parties):
        result_of = {**found.by_perspective, **found.by_actor}[name]
        for column in PARTY_COLUMNS:
            parts = to_party(found, party, column)
            assert len({(c.line, c.counts_as) for c in parts}) == len(parts)
            if column != "benefit_cost_ratio":
                assert math.fsum(c.amount for c in parts) == close(getattr(result_of, column), size)
    first = found.year_results()[0]
    for name, amounts in first.actors.items():
        for column, amount in zip(YEAR_ACTOR_COLUMNS, amounts, strict=True):
            parts = to_year(found, first.year, column, name)
            assert math.fsum(c.amount for c in parts) == close(amount, size)


@law
@given(keeping())
def test_the_rows_of_the_ledger_are_the_same_money(tree):
    found = of(tree)
    size, rows = size_of(found), found.ledger()
    benefits_of = rows[rows["kind"] == "benefit"].groupby("to")["present_value"].sum()
    for name, party in found.by_actor.items():
        assert float(benefits_of.get(name, 0.0)) == close(party.benefits, size)
    assert not rows[rows["kind"] == "benefit"].duplicated(["line", "to", "is_cash", "year"]).any()
    assert np.isfinite(rows["amount"].astype(float)).all()
