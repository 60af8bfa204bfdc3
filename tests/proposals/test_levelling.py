"""A case on the terms of a policy: by hand, and what holds whatever the case and the policy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.proposals.levelling_cases import (
    CATALOGUE,
    consultations,
    policies,
    policy,
    proposal,
    proposals,
)
from tests.small import cost, gain

from impactmonitor import load_case
from impactmonitor.evaluation import evaluate
from impactmonitor.model.numbers import Pert
from impactmonitor.proposals.levelled import RULES
from impactmonitor.proposals.levelling import level_case, plain_case
from impactmonitor.resources import folder

EXAMPLES = sorted(folder("examples").glob("*/case.yaml"))


def npv(found):
    return evaluate(found.case, found.catalogue).amount("net_present_value")


def levelled(case, **fields):
    return level_case(case, policy(**fields), CATALOGUE)


def places(found):
    return [(change.rule, change.path, change.given, change.levelled) for change in found.changes]


def reasons(found):
    return [(left.rule, left.path, left.reason) for left in found.left]


# --- values ---------------------------------------------------------------------------------------


def test_the_value_of_the_fund_stands_in_for_one_of_the_case():
    """Ten consultations at 50 become ten at 40: 100 less."""
    case = proposal(effects={"consults": consultations(unit_value=50)})
    found = levelled(case, values={"gp-consult": {"value": 40, "price_year": 2025, "source": "us"}})
    assert places(found) == [("values", "effects.consults.unit_value", 50, 40)]
    assert npv(found) == pytest.approx(10 * 40 - 100)


def test_the_value_of_an_indicator_goes_before_that_of_its_usual_price():
    case = proposal(effects={"consults": consultations()})
    values = {
        "gp-consult": {"value": 40, "price_year": 2025, "source": "us"},
        "gp-consults-avoided": {"value": 45, "price_year": 2025, "source": "us"},
    }
    assert npv(levelled(case, values=values)) == pytest.approx(10 * 45 - 100)


def test_a_value_is_brought_to_the_price_level_of_the_case():
    """By the index of 2022 and 2025 of the catalogue."""
    years = CATALOGUE.index_for("EUR")[1].years
    case = proposal(effects={"consults": consultations(unit_value=50)})
    found = levelled(case, values={"gp-consult": {"value": 30, "price_year": 2022, "source": "us"}})
    assert npv(found) == pytest.approx(10 * 30 * years[2025] / years[2022] - 100)
    assert (found.changes[0].given_price_year, found.changes[0].price_year) == (2025, 2022)


def test_a_value_keeps_its_unit():
    """A tonne is a thousand kilograms, also at the price of the fund."""
    line = {"quantity": 2, "indicator": "greenhouse-gas-avoided", "unit": "tonne-CO2e",
            "unit_value": 90, "falls_to": "people"}  # fmt: skip
    values = {"greenhouse-gas": {"value": 0.1, "price_year": 2025, "source": "us"}}
    assert npv(levelled(proposal(effects={"gas": line}), values=values)) == pytest.approx(200 - 100)


def test_what_has_no_value_of_the_fund_is_named():
    other = {**consultations(unit_value=5), "indicator": "hospital-days-avoided"}
    strange = consultations(unit_value=5, indicator=None, unit="visit", domain="social")
    strange |= {"unit_value": "hospital-day-treatment"}
    case = proposal(effects={"own": gain(1, 10), "other": other, "strange": strange})
    values = {"gp-consult": {"value": 40, "price_year": 2025, "source": "us"}}
    found = levelled(case, values=values)
    assert found.changes == ()
    assert reasons(found) == [
        ("values", "effects.own.unit_value", "own-unit"),
        ("values", "effects.other.unit_value", "no-fund-value"),
        ("values", "effects.strange.unit_value", "no-fund-value"),
    ]


def test_who_it_falls_to_stays_the_same():
    """The bearer was that of the value before, and the fund's value has another one."""
    line = {"quantity": 1, "unit_value": "informal-care-hour", "indicator": "gp-consults-avoided",
            "unit": "hour"}  # fmt: skip
    actors = {"city": {"kind": "municipality"}, "insurer": {"kind": "health-insurer"},
              "carer": {"kind": "citizen"}}  # fmt: skip
    line |= {"indicator": None, "domain": "social"}
    case = proposal(effects={"care": line}, actors=actors)
    values = {"informal-care-hour": {"value": 5, "price_year": 2025, "source": "us"}}
    found = levelled(case, values=values)
    after = evaluate(found.case, found.catalogue)
    assert {n for n, p in after.by_actor.items() if p.benefits > 0} == {"carer"}
    assert found.case.effects["care"].falls_to == {"carer": 1.0}


def test_a_case_in_other_money_gets_the_value_in_that_money():
    """40 euro is 40 euro again once everything is in euros."""
    case = proposal(
        currency="GBP",
        effects={"consults": consultations(unit_value=50, currency="GBP")},
        costs={"work": cost(0)},
    )
    rates = {"GBP": {2025: 1.25}}
    values = {"gp-consult": {"value": 40, "price_year": 2025, "source": "us"}}
    found = levelled(case, values=values, exchange_rates=rates)
    assert npv(found) * 1.25 == pytest.approx(10 * 40)
    assert ("values", "exchange_rates.EUR.2025", None, 0.8) in places(found)


def test_what_becomes_of_an_uncertain_price_and_of_one_by_year_is_said():
    lines = {
        "unsure": consultations(unit_value={"uniform": [40, 60]}),
        "rising": consultations(unit_value={"2025": 50, "2027": 70}),
        "shared": consultations(unit_value={"parameter": "price"}),
    }
    case = proposal(effects=lines, parameters={"price": {"value": {"uniform": [40, 60]}}})
    sure = {"value": 40, "price_year": 2025, "source": "us"}
    unsure = {**sure, "value": {"uniform": [30, 50]}}
    found = levelled(case, values={"gp-consult": sure})
    assert [change.note for change in found.changes] == [
        "spread-dropped", "by-year", "spread-dropped",
    ]  # fmt: skip
    assert [change.given for change in found.changes] == [50, 50, 50]
    notes = {change.note for change in levelled(case, values={"gp-consult": unsure}).changes}
    assert notes == {"spread-of-fund"}


def test_a_unit_that_does_not_convert_is_named():
    """In a catalogue in which a consultation is priced by the visit."""
    visit = CATALOGUE.values["gp-consult"].model_copy(update={"unit": "visit"})
    other = CATALOGUE.with_values({**CATALOGUE.values, "gp-consult": visit})
    case = proposal(effects={"consults": consultations(unit_value=50)})
    terms = policy(values={"gp-consult": {"value": 40, "price_year": 2025, "source": "us"}})
    found = level_case(case, terms, other)
    assert found.changes == ()
    assert reasons(found) == [("values", "effects.consults.unit_value", "other-unit")]


def test_the_price_path_of_the_fund():
    line = consultations(unit_value=40, real_price_change=0.02, quantity={2026: 10})
    case = proposal(effects={"consults": line})
    value = {"value": 40, "price_year": 2025, "source": "us"}
    found = levelled(case, values={"gp-consult": value})
    assert reasons(found) == [("values", "effects.consults.real_price_change", "own-price-path")]
    found = levelled(case, values={"gp-consult": {**value, "real_price_change": 0}})
    assert places(found) == [("values", "effects.consults.real_price_change", 0.02, 0)]
    assert npv(found) == pytest.approx(10 * 40 / 1.028 - 100)


# --- evidence, deadweight, horizon, scheme --------------------------------------------------------


def test_a_share_off_gains_by_their_evidence_and_never_off_harms():
    lines = {
        "sure": gain(1, 100, evidence="measured-controlled"),
        "guess": gain(1, 100, evidence="assumption"),
        "silent": gain(1, 100),
        "harm": gain(-1, 100, evidence="assumption"),
    }
    found = levelled(proposal(effects=lines), evidence={"assumption": 0.4, "not-stated": 0.5})
    assert npv(found) == pytest.approx(100 + 60 + 50 - 100 - 100)
    assert reasons(found) == [("evidence", "effects.harm.factors.evidence-haircut", "harm")]


def test_floors_by_indicator_domain_and_for_the_rest():
    lines = {
        "social": gain(1, 100),
        "economic": gain(1, 100, domain="economic"),
        "consults": consultations(quantity=1, unit_value=100),
        "enough": gain(1, 100, deadweight=0.7),
        "net": gain(1, 100, basis="net"),
        "harm": gain(-1, 100),
    }
    floors = {"default": 0.1, "social": 0.2, "gp-consults-avoided": 0.5}
    found = levelled(proposal(effects=lines), deadweight=floors)
    assert npv(found) == pytest.approx(80 + 90 + 50 + 30 + 100 - 100 - 100)
    assert reasons(found) == [
        ("deadweight", "effects.net.deadweight", "net"),
        ("deadweight", "effects.harm.deadweight", "harm"),
    ]


def test_an_uncertain_share_keeps_its_relative_spread():
    line = gain(1, 100, deadweight={"pert": [0, 0.1, 0.2]})
    found = levelled(proposal(effects={"one": line}), deadweight={"default": 0.3})
    assert found.changes[0].note == "spread-scaled"
    raised = found.case.effects["one"].deadweight
    assert isinstance(raised, Pert)
    assert raised.pert == pytest.approx((0, 0.3, 0.6))
    assert npv(found) == pytest.approx(70 - 100)


def test_a_share_that_cannot_be_scaled_becomes_one_number():
    line = gain(1, 100, deadweight={"pert": [0, 0.5, 1]})
    found = levelled(proposal(effects={"one": line}), deadweight={"default": 0.9})
    assert found.changes[0].note == "spread-dropped"
    assert found.case.effects["one"].deadweight == 0.9


def test_a_longer_horizon_is_cut_and_a_shorter_one_stays():
    case = proposal(effects={"one": gain(1, 100, lasts=5)}, discount={"scheme": "nl-2026"})
    found = levelled(case, horizon=2)
    assert found.case.horizon == 2
    assert npv(found) == pytest.approx(100 + 100 / 1.028 - 100)
    assert reasons(levelled(case, horizon=9)) == [("horizon", "horizon", "shorter")]
    assert levelled(case, horizon=9).changes == levelled(case, horizon=5).changes == ()


def test_the_scheme_of_the_policy():
    case = proposal(discount={"rate": 0.05, "timing": "end_of_year"})
    found = levelled(case)
    assert places(found) == [("scheme", "discount", 0.05, "nl-2026")]
    assert found.case.discount.timing == "end_of_year"


def test_correlations_of_what_moved_are_left_out():
    lines = {"one": gain(1, {"uniform": [1, 2]}, deadweight={"uniform": [0, 0.2]})}
    pairs = [["effects.one.unit_value", "effects.one.deadweight", 0.5]]
    found = levelled(proposal(effects=lines, correlations=pairs), deadweight={"default": 0.2})
    assert found.case.correlations == ()
    assert reasons(found) == [("deadweight", "correlations.0", "correlation")]


# --- laws -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.parent.name)
def test_a_plain_case_gives_the_numbers_of_the_whole(file):
    whole = evaluate(load_case(file), CATALOGUE)
    plain = evaluate(plain_case(whole), CATALOGUE)
    assert plain.amount("net_present_value") == pytest.approx(
        whole.amount("net_present_value"), rel=1e-12, abs=1e-9
    )
    for name, party in whole.by_actor.items():
        assert plain.by_actor[name].cash_net == pytest.approx(party.cash_net, rel=1e-12, abs=1e-9)


@given(proposals())
@settings(max_examples=30, deadline=None)
def test_a_policy_that_equals_the_case_changes_nothing(case):
    scheme = case.discount.scheme
    found = levelled(case, scheme=scheme, horizon=case.horizon, base_year=case.base_year)
    assert found.changes == ()
    given = evaluate(case, CATALOGUE)
    assert npv(found) == given.amount("net_present_value")


@given(proposals(), policies())
@settings(max_examples=30, deadline=None)
def test_levelling_twice_is_levelling_once_but_for_evidence(case, chosen):
    rules = tuple(rule for rule in RULES if rule != "evidence")
    once = level_case(case, chosen, CATALOGUE, rules)
    again = level_case(once.case, chosen, once.catalogue, rules)
    assert [c for c in again.changes if c.rule not in ("values",)] == []
    assert npv(again) == pytest.approx(npv(once), rel=1e-9, abs=1e-6)


@given(proposals(), policies())
@settings(max_examples=30, deadline=None)
def test_taking_off_never_helps(case, chosen):
    """Shares off gains and floors under deadweight lower the value, or leave it."""
    before = evaluate(case, CATALOGUE).amount("net_present_value")
    for rule in ("evidence", "deadweight"):
        after = npv(level_case(case, chosen, CATALOGUE, [rule]))
        assert after <= before + 1e-6 * max(1, abs(before))


@given(proposals(), policies())
@settings(max_examples=30, deadline=None)
def test_every_change_names_a_number_that_is_there(case, chosen):
    found = level_case(case, chosen, CATALOGUE)
    for change in found.changes:
        assert change.given != change.levelled
        node = found.case.model_dump(mode="json", by_alias=True)
        for key in change.path.split("."):
            assert key in node, change.path
            node = node[key]
