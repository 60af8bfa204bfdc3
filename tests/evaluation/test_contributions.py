"""What every line contributes to a number, worked out by hand and adding up."""

from __future__ import annotations

import math

import pytest
from tests.small import cost, gain, result

from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.contributions import (
    PARTY_COLUMNS,
    YEAR_ACTOR_COLUMNS,
    Contribution,
    annuity,
    last_moment,
    line_amount,
    to_domain,
    to_evidence,
    to_party,
    to_total,
    to_year,
)

FIELDS = {
    "discount": {"rate": 0.25},
    "horizon": 3,
    "perspectives": {"public": ["city", "insurer"]},
    "costs": {
        "work": cost(100, years=4, paid_by={"city": 0.75, "insurer": 0.25}),
        "hours": cost(8, in_kind=True, domain="social"),
    },
    "effects": {
        "gain": gain(
            2,
            50,
            first_year=2026,
            cashable=0.5,
            confirmation={"people": "confirmed"},
            evidence="expert",
        ),
        "harm": gain(-1, 20, falls_to="city", evidence="expert"),
        "benefit": gain(1, 30, taken_from="city"),
        "trees": {"quantity": 6, "monetised": False, "domain": "ecological"},
    },
    "transfers": {"grant": {"from": "insurer", "to": "city", "amount": 40}},
}
WORK = 100 + 100 / 1.25 + 100 / 1.25**2  # 244
GAIN = 100 / 1.25  # 80


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return result(**FIELDS)


def amounts(contributions: list[Contribution]) -> dict[tuple[str, str], float]:
    return {(c.line, c.counts_as): c.amount for c in contributions}


def total(contributions: list[Contribution]) -> float:
    return math.fsum(c.amount for c in contributions)


# --- totals -------------------------------------------------------------------------------------


def test_costs_and_benefits(found):
    assert amounts(to_total(found, "costs")) == pytest.approx(
        {("work", "cost"): WORK, ("hours", "cost"): 8}
    )
    assert amounts(to_total(found, "benefits")) == pytest.approx(
        {("gain", "benefit"): GAIN, ("harm", "benefit"): -20}
    )


def test_in_a_net_number_costs_count_with_a_minus(found):
    assert amounts(to_total(found, "net_present_value")) == pytest.approx(
        {
            ("work", "cost"): -WORK,
            ("hours", "cost"): -8,
            ("gain", "benefit"): GAIN,
            ("harm", "benefit"): -20,
        }
    )


@pytest.mark.parametrize("name", ["benefit_cost_ratio", "sroi", "sroi_net"])
def test_in_a_ratio_each_side_keeps_its_sign(found, name):
    sides = amounts(to_total(found, name))
    assert sides["work", "cost"] == pytest.approx(WORK)
    assert sides["harm", "benefit"] == -20


def test_what_falls_beyond_the_horizon(found):
    expected = {("work", "cost"): -100 / 1.25**3}
    assert amounts(to_total(found, "beyond_horizon")) == pytest.approx(expected)


def test_the_most_likely_result_is_made_of_most_likely_lines():
    uncertain = result(costs={"work": cost({"pert": [50, 80, 200]})})
    assert amounts(to_total(uncertain, "costs"))["work", "cost"] == pytest.approx(95)
    likely = to_total(uncertain, "most_likely_net_present_value")
    assert amounts(likely) == {("work", "cost"): -80}


@pytest.mark.parametrize(
    ("name", "factors"),
    [
        ("internal_rate_of_return", [1, 1, 1]),
        ("payback_year", [1, 1, 1]),
        ("modified_internal_rate_of_return", [1, 0.8, 0.64]),
        ("payback_year_discounted", [1, 0.8, 0.64]),
    ],
)
def test_rates_and_paybacks_are_made_of_amounts_by_year(found, name, factors):
    by_line = {c.line: c.by_year for c in to_total(found, name)}
    years = zip((2025, 2026, 2027), factors, strict=True)
    assert by_line["work"] == pytest.approx({year: -100 * factor for year, factor in years})
    assert by_line["gain"] == pytest.approx({2026: 100 * factors[1]})
    assert set(by_line) == {"work", "hours", "gain", "harm"}
    sides = {c.line: c.counts_as for c in to_total(found, name)}
    assert (sides["work"], sides["gain"]) == ("cost", "benefit")


@pytest.mark.parametrize("name", ["costs", "benefits", "net_present_value", "beyond_horizon"])
def test_lines_add_up_to_the_total(found, name):
    assert total(to_total(found, name)) == pytest.approx(found.totals[name])


# --- parties ------------------------------------------------------------------------------------


def test_a_line_is_divided_over_the_parties(found):
    assert amounts(to_party(found, 0, "net")) == pytest.approx(
        {
            ("work", "cost"): -0.75 * WORK,
            ("hours", "cost"): -8,
            ("harm", "benefit"): -20,
            ("benefit", "paid"): -30,
            ("grant", "received"): 40,
        }
    )
    assert amounts(to_party(found, 2, "benefits_confirmed")) == pytest.approx(
        {("gain", "benefit"): GAIN}
    )


def test_cash_says_in_which_way_it_flows(found):
    assert amounts(to_party(found, 0, "cash_net")) == pytest.approx(
        {("work", "cost"): -0.75 * WORK, ("benefit", "paid"): -30, ("grant", "received"): 40}
    )
    assert amounts(to_party(found, 2, "cash_net")) == pytest.approx(
        {("gain", "benefit"): GAIN / 2, ("benefit", "received"): 30}
    )


def test_transfers_within_a_group_are_none_of_its_lines(found):
    public = found.appraised.compiled.parties.index("public")
    assert amounts(to_party(found, public, "transfers")) == {("benefit", "paid"): -30}


def test_lines_add_up_to_every_number_of_every_party(found):
    parties = {**found.by_actor, **found.by_perspective}
    for party, name in enumerate(found.appraised.compiled.parties):
        for column in PARTY_COLUMNS:
            if column != "benefit_cost_ratio":
                expected = getattr(parties[name], column)
                assert total(to_party(found, party, column)) == pytest.approx(expected), column


def test_a_ratio_of_a_party_has_two_sides(found):
    for party, name in enumerate(found.appraised.compiled.actors):
        parts = to_party(found, party, "benefit_cost_ratio")
        gains = total([c for c in parts if c.counts_as in ("benefit", "received")])
        losses = total([c for c in parts if c.counts_as in ("cost", "paid")])
        ratio = found.by_actor[name].benefit_cost_ratio
        assert ratio == (pytest.approx(gains / losses) if losses > 0 else None)


# --- years, domains, evidence -------------------------------------------------------------------


def test_lines_of_a_year_are_undiscounted(found):
    assert amounts(to_year(found, 2026, "benefits")) == {("gain", "benefit"): 100}
    assert amounts(to_year(found, 2025, "net", "city")) == {
        ("work", "cost"): -75,
        ("hours", "cost"): -8,
        ("harm", "benefit"): -20,
        ("benefit", "paid"): -30,
        ("grant", "received"): 40,
    }


def test_lines_add_up_to_every_number_of_every_year(found):
    for year in found.year_results():
        assert total(to_year(found, year.year, "costs")) == pytest.approx(year.costs)
        assert total(to_year(found, year.year, "benefits")) == pytest.approx(year.benefits)
        for actor, values in year.actors.items():
            for column, value in zip(YEAR_ACTOR_COLUMNS, values, strict=True):
                of_actor = to_year(found, year.year, column, actor)
                assert total(of_actor) == pytest.approx(value), (year.year, actor, column)


def test_lines_add_up_to_every_domain(found):
    assert amounts(to_domain(found, "social", "net")) == pytest.approx(
        {("hours", "cost"): -8, ("gain", "benefit"): GAIN, ("harm", "benefit"): -20}
    )
    for name, domain in found.domain_results().items():
        for column in ("costs", "benefits", "net"):
            of_domain = to_domain(found, name, column)
            assert total(of_domain) == pytest.approx(getattr(domain, column)), (name, column)


def test_evidence_counts_harms_by_their_size(found):
    assert amounts(to_evidence(found, "expert")) == pytest.approx(
        {("gain", "benefit"): GAIN, ("harm", "benefit"): 20}
    )
    for grade, size in found.evidence_results().items():
        assert total(to_evidence(found, grade)) == pytest.approx(size)
    assert to_evidence(found, "assumption") == []


# --- single numbers -----------------------------------------------------------------------------


def test_the_annuity_is_the_sum_of_the_factors(found):
    assert annuity(found) == pytest.approx(1 + 0.8 + 0.64)


def test_the_last_moment_and_its_factor(found):
    assert last_moment(found) == (2.0, pytest.approx(0.64))
    late = result(costs={"work": cost(timing="end_of_year")}, discount={"rate": 0.25})
    assert last_moment(late) == (1.0, pytest.approx(0.8))
    assert last_moment(result(effects={"gain": gain(0)})) is None


@pytest.mark.parametrize(
    ("line", "place", "expected"),
    [
        ("gain", ["present_value"], (True, pytest.approx(GAIN))),
        ("gain", ["quantity"], (True, 2)),
        ("gain", ["quantity", "2026"], (True, 2)),
        ("gain", ["quantity", "2025"], (True, 0)),
        ("gain", ["quantity", "2031"], (False, None)),
        ("gain", ["discounted_quantity"], (True, pytest.approx(1.6))),
        ("trees", ["present_value"], (True, None)),
        ("trees", ["quantity"], (True, 6)),
        ("work", ["quantity"], (True, None)),
        ("work", ["discounted_quantity"], (True, None)),
        ("gain", ["present_value", "2026"], (False, None)),
        ("nothing", ["present_value"], (False, None)),
    ],
)
def test_numbers_of_a_line_itself(found, line, place, expected):
    assert line_amount(found, line, place) == expected


def test_a_line_has_no_other_numbers(found):
    assert line_amount(found, "gain", ["value"])[0] is False
