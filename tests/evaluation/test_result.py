"""The result: lines, years, domains and evidence, each by hand."""

from __future__ import annotations

import dataclasses

import pytest
from tests.small import cost, gain, result

from impactmonitor import __version__
from impactmonitor.evaluation import Evaluation, Party

FIELDS = {
    "discount": {"rate": 0.1},
    "horizon": 3,
    "costs": {"work": cost(100, years=2), "hours": cost(20, in_kind=True, domain="social")},
    "effects": {
        "gain": gain(5, 10, lasts=5, drop_off=0.5, deadweight=0.4, cashable=0.5),
        "harm": gain(-1, 30, falls_to="city", evidence="expert"),
        "benefit": gain(1, 7, taken_from="city", evidence="expert"),
        "trees": {"quantity": 4, "years": 9, "monetised": False, "domain": "ecological"},
        "air": {"quantity": "unknown", "monetised": False, "domain": "social"},
    },
    "transfers": {"grant": {"from": "city", "to": "people", "amount": 9, "first_year": 2027}},
    "excess_burden": {"rate": 0.2, "actors": ["city"], "borne_by": "people"},
}
# 5, 2.5 and 1.25 in the horizon, of which 60 % counts, at 10 each
GAINS = [5 * 6, 2.5 * 6, 1.25 * 6]


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return result(**FIELDS)


@pytest.fixture(scope="module")
def lines(found):
    return {line.id: line for line in found.line_results()}


def test_a_result_holds_what_was_put_in(found):
    assert found.engine == __version__
    assert found.case is found.appraised.case
    assert found.catalogue_edition == found.appraised.resolved.catalogue_edition
    assert found.appraised.years == range(2025, 2028)


def test_a_result_cannot_be_changed(found):
    for value in (found, found.by_actor["city"], found.line_results()[0]):
        name = dataclasses.fields(value)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, name, None)


def test_parties_have_the_names_of_the_format():
    assert [field.name for field in dataclasses.fields(Party)] == [
        "costs",
        "benefits",
        "transfers",
        "transfers_received",
        "transfers_paid",
        "benefits_confirmed",
        "net",
        "cash_net",
        "benefit_cost_ratio",
    ]


def test_a_metric_that_always_has_a_value(found):
    assert found.amount("costs") == found.totals["costs"]
    assert result(effects={"gain": gain()}).amount("payback_year") == 2025
    with pytest.raises(TypeError, match="internal_rate_of_return"):
        found.amount("internal_rate_of_return")
    with pytest.raises(TypeError, match="sroi"):
        result(effects={"gain": gain()}).amount("sroi")
    with pytest.raises(KeyError):
        found.amount("npv")


# --- lines --------------------------------------------------------------------------------------


def test_lines_in_the_order_of_the_case_and_the_burden_last(lines):
    assert [(line.id, line.kind, line.domain) for line in lines.values()] == [
        ("work", "cost", "economic"),
        ("hours", "cost", "social"),
        ("gain", "effect", "social"),
        ("harm", "effect", "social"),
        ("benefit", "effect", "social"),
        ("trees", "effect", "ecological"),
        ("air", "effect", "social"),
        ("grant", "transfer", None),
        ("excess-burden", "cost", "economic"),
    ]


def test_a_cost_is_positive_and_a_harm_negative(lines):
    assert lines["work"].present_value == pytest.approx(100 + 100 / 1.1)
    assert lines["harm"].present_value == -30
    assert lines["benefit"].present_value == 7
    assert lines["grant"].present_value == pytest.approx(9 / 1.21)
    assert lines["excess-burden"].present_value == pytest.approx(0.2 * (100 + 100 / 1.1))


def test_quantities_are_gross_and_of_the_horizon(lines):
    assert lines["gain"].quantity == {2025: 5, 2026: 2.5, 2027: 1.25}
    assert lines["gain"].discounted_quantity == pytest.approx(5 + 2.5 / 1.1 + 1.25 / 1.21)
    assert lines["gain"].present_value == pytest.approx(GAINS[0] + GAINS[1] / 1.1 + GAINS[2] / 1.21)


@pytest.mark.parametrize("name", ["work", "grant", "excess-burden"])
def test_only_effects_have_quantities(lines, name):
    assert (lines[name].quantity, lines[name].discounted_quantity) == (None, None)


def test_what_is_not_in_euros_has_a_quantity_and_no_value(lines):
    assert lines["trees"].present_value is None
    assert lines["trees"].quantity == {2025: 4, 2026: 4, 2027: 4}


def test_an_unknown_size_is_not_0(lines):
    air = lines["air"]
    assert (air.present_value, air.quantity, air.discounted_quantity) == (None, None, None)


# --- years and domains --------------------------------------------------------------------------


def test_years_are_undiscounted(found):
    years = found.year_results()
    assert [year.year for year in years] == [2025, 2026, 2027]
    burden = 0.2 * 100
    assert [year.costs for year in years] == [100 + 20 + burden, 100 + burden, 0]
    assert [year.benefits for year in years] == pytest.approx([GAINS[0] - 30, *GAINS[1:]])


def test_years_of_the_actors(found):
    city = [year.actors["city"] for year in found.year_results()]
    # net: costs, hours, harm and what it pays; cash: costs and what it pays
    assert city == [(-100 - 20 - 30 - 7, -100 - 7), (-100, -100), (-9, -9)]
    people = [year.actors["people"] for year in found.year_results()]
    assert people[0] == pytest.approx((GAINS[0] + 7 - 20, GAINS[0] / 2 + 7))
    assert people[2] == pytest.approx((GAINS[2] + 9, GAINS[2] / 2 + 9))
    assert [year.actors["insurer"] for year in found.year_results()] == [(0, 0)] * 3


def test_domains_that_a_line_names_also_at_0(found, lines):
    domains = found.domain_results()
    assert list(domains) == ["economic", "ecological", "social"]
    assert (domains["ecological"].costs, domains["ecological"].benefits) == (0, 0)
    burden = lines["excess-burden"].present_value
    assert domains["economic"].costs == pytest.approx(lines["work"].present_value + burden)
    # the transfer effect names the domain and counts in none
    social = domains["social"]
    assert social.costs == 20
    assert social.benefits == pytest.approx(lines["gain"].present_value - 30)
    assert social.net == pytest.approx(social.benefits - 20)


# --- evidence -----------------------------------------------------------------------------------


def test_effects_in_euros_by_strength_of_evidence(found, lines):
    # harms count by their size; transfers and what is not in euros count in no total
    expected = {"expert": 30, "not-stated": lines["gain"].present_value}
    assert found.evidence_results() == pytest.approx(expected)


def test_evidence_from_strong_to_weak():
    grades = ["assumption", None, "measured-controlled", "expert", "literature-single"]
    effects = {
        f"e{i}": gain(i + 1, 10, **({"evidence": grade} if grade else {}))
        for i, grade in enumerate([*grades, "expert"])
    }
    assert list(result(effects=effects).evidence_results().items()) == [
        ("measured-controlled", 30),
        ("literature-single", 50),
        ("expert", 40 + 60),
        ("assumption", 10),
        ("not-stated", 20),
    ]


def test_no_effects_have_no_evidence():
    assert result(costs={"work": cost()}).evidence_results() == {}
