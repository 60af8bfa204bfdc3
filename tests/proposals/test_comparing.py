"""Cases beside each other: one base by hand, bridges that add up, ranks that hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proposals.levelling_cases import (
    CATALOGUE,
    consultations,
    evaluated,
    policies,
    policy,
    proposal,
    proposals,
)
from tests.small import cost, gain

from impactmonitor import load_case
from impactmonitor.evaluation import evaluate
from impactmonitor.intake.policy_reading import load_policy
from impactmonitor.problems import InvalidInput
from impactmonitor.proposals.comparing import compare_cases
from impactmonitor.resources import folder

EXAMPLES = folder("examples")


def compared(*cases, terms=None, draws=0, **options):
    return compare_cases(evaluated(*cases), terms, CATALOGUE, draws, **options)


def codes(*cases, terms=None, names=None):
    with pytest.raises(InvalidInput) as caught:
        compare_cases(evaluated(*cases), terms, CATALOGUE, 0, names=names)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def net(found, name):
    return found.cases[name].levelled.amount("net_present_value")


# --- one base -------------------------------------------------------------------------------------


def test_a_later_start_is_brought_to_the_year_of_the_comparison():
    """Methods, paragraph 5: x (1 + first standard rate) ** -(base year - comparison year)."""
    found = compared(proposal("now"), proposal("later", base_year=2027))
    assert found.base.base_year == 2025
    assert net(found, "now") == pytest.approx(50)
    assert net(found, "later") == pytest.approx(50 * 1.028**-2)
    assert found.ranks["net_present_value"] == {"later": 2, "now": 1}
    assert found.ranks["benefit_cost_ratio"] == {"later": 1, "now": 1}


def test_an_earlier_start_counts_for_more():
    found = compared(proposal("one"), proposal("two"), terms=policy(base_year=2030))
    assert net(found, "one") == pytest.approx(50 * 1.028**5)


def test_prices_are_brought_to_one_level_by_the_index():
    years = CATALOGUE.index_for("EUR")[1].years
    found = compared(proposal("old", price_year=2022), proposal("new"))
    assert found.base.price_year == 2025
    assert net(found, "old") == pytest.approx(50 * years[2025] / years[2022])
    assert net(found, "new") == pytest.approx(50)


def test_other_money_by_the_rates_of_the_policy():
    cases = proposal("one"), proposal("other", currency="GBP")
    assert codes(*cases) == [("compare-currencies", "")]
    found = compared(*cases, terms=policy(exchange_rates={"GBP": {2025: 1.2}}))
    assert net(found, "other") == pytest.approx(60)
    assert codes(*cases, terms=policy()) == [("exchange-rate-missing", "other.price_year")]


def test_the_scheme_that_goes_with_the_currency_where_cases_differ():
    lasting = gain(1, 150, lasts=5)
    found = compared(
        proposal("one"), proposal("other", discount={"rate": 0}, effects={"gains": lasting})
    )
    assert found.base.scheme == "nl-2026"
    other = found.cases["other"]
    assert other.bridge.start["net_present_value"] == pytest.approx(5 * 150 - 100)
    worth = sum(150 / 1.028**year for year in range(5)) - 100
    assert other.claimed.amount("net_present_value") == pytest.approx(worth)
    assert other.bridge.rules["scheme"].totals["net_present_value"] == pytest.approx(worth - 650)


def test_rates_that_all_share_are_left():
    cases = [proposal(name, discount={"rate": 0.05}) for name in ("one", "two")]
    assert compared(*cases).base.scheme is None
    dollars = [one.model_copy(update={"currency": "USD"}) for one in cases]
    dollars[1] = dollars[1].model_copy(update={"discount": proposal().discount})
    assert codes(*dollars) == [("compare-schemes", "")]


def test_horizons_that_differ_are_flagged_and_yearly_values_are_there():
    found = compared(proposal("short", horizon=2), proposal("long", horizon=5))
    assert [problem.code for problem in found.warnings if problem.path == "horizon"] == [
        "compare-horizons"
    ]
    short = found.cases["short"].levelled.amount("equivalent_annual_value")
    assert short == pytest.approx(50 / (1 + 1 / 1.028))
    level = compared(
        proposal("short", horizon=2), proposal("long", horizon=5), terms=policy(horizon=2)
    )
    assert "compare-horizons" not in [problem.code for problem in level.warnings]


def test_what_cannot_be_compared():
    assert codes(proposal("one")) == [("compare-needs-two-cases", "")]
    same = codes(proposal("one"), proposal("one"), names=["a.yaml", "b.yaml"])
    assert same == [("compared-twice", "b.yaml.id")]


# --- levelled -------------------------------------------------------------------------------------


def test_claimed_beside_levelled_with_the_bridge_by_hand():
    """1000 claimed; consultations at 40, not 50: -100; 30 % off: -270; 10 % anyway: -63."""
    line = consultations(quantity=20, unit_value=50, evidence="expert")
    terms = policy(
        values={"gp-consult": {"value": 45, "price_year": 2025, "source": "us"}},
        evidence={"expert": 0.3},
        deadweight={"default": 0.1},
    )
    cases = proposal("bold", effects={"c": line}), proposal("meek")
    found = compared(*cases, terms=terms)
    bold = found.cases["bold"]
    assert bold.claimed.amount("benefits") == pytest.approx(1000)
    moved = {r: s.totals["net_present_value"] for r, s in bold.bridge.rules.items()}
    assert moved == pytest.approx(
        {"scheme": 0, "values": -100, "evidence": -270, "deadweight": -63, "horizon": 0}
    )
    assert bold.bridge.rules["values"].steps["price"] == pytest.approx(-100)
    assert bold.bridge.rules["deadweight"].steps["method"] == pytest.approx(-63)
    assert bold.bridge.rules["evidence"].actors["insurer"]["net"] == pytest.approx(-270)
    assert bold.levelled.amount("net_present_value") == pytest.approx(567 - 100)


def test_ranks_with_each_rule_left_out():
    """The bold one is first only while nobody looks at its evidence."""
    bold = proposal("bold", effects={"gains": gain(1, 200, evidence="assumption")})
    meek = proposal("meek", effects={"gains": gain(1, 180, evidence="measured-controlled")})
    found = compared(bold, meek, terms=policy(evidence={"assumption": 0.5}))
    assert found.claimed_ranks["net_present_value"] == {"bold": 1, "meek": 2}
    assert found.ranks["net_present_value"] == {"bold": 2, "meek": 1}
    assert found.robustness.without == {"evidence": {"bold": 1, "meek": 2}}
    assert found.robustness.net_without["evidence"]["bold"] == pytest.approx(100)
    assert list(found.cases) == ["meek", "bold"]


def test_frameworks_that_all_answer_are_ranked_beside_the_euros():
    answers = {"readiness": {"trl": 8, "srl": 6, "crl": 6}}
    found = compared(proposal("far", scores=answers), proposal("near", scores=answers))
    assert list(found.scores) == ["readiness"]
    assert not found.scores["readiness"].cases["far"].is_below_coverage
    assert compared(proposal("far", scores=answers), proposal("silent")).scores == {}


# --- draws ----------------------------------------------------------------------------------------


def test_chances_of_loss_by_payer_and_ranks_by_draw():
    """Uniform gains: the net value of each is above the other's in half of the draws."""
    line = gain(1, {"uniform": [0, 200]})
    cases = [proposal(name, effects={"gains": line}) for name in ("one", "two")]
    found = compared(*cases, draws=4096)
    for name in ("one", "two"):
        chances = found.cases[name].chances
        assert chances.loss == pytest.approx(0.5, abs=0.01)
        assert chances.worst_payer == "city"
        assert chances.worst_chance_of_loss == 1
        assert found.robustness.shares[name][0] == pytest.approx(0.5, abs=0.03)
    assert sum(found.robustness.shares["one"]) == pytest.approx(1)


def test_a_price_of_the_fund_is_the_same_in_every_case():
    """Ten and eleven consultations at one uncertain price: eleven is always worth more."""
    values = {"gp-consult": {"value": {"uniform": [10, 90]}, "price_year": 2025, "source": "us"}}
    cases = [
        proposal(name, effects={"c": consultations(quantity=count, unit_value=50)})
        for name, count in (("ten", 10), ("eleven", 11))
    ]
    found = compared(*cases, terms=policy(values=values), draws=256)
    assert found.robustness.shares == {"eleven": (1, 0), "ten": (0, 1)}
    own = compared(
        *(proposal(n, effects={"c": gain(1, {"uniform": [0, 500]})}) for n in ("a", "b")),
        draws=256,
    )
    assert 0 < own.robustness.shares["a"][0] < 1


def test_without_draws_there_are_no_chances():
    found = compared(proposal("one"), proposal("two"))
    assert (found.draws, found.robustness.shares, found.cases["one"].chances) == (0, None, None)
    assert "worst_chance_of_loss" not in found.ranks


# --- laws -----------------------------------------------------------------------------------------


def assert_adds_up(one):
    bridge = one.bridge
    for total in ("costs", "benefits", "net_present_value"):
        moved = [step.totals[total] for step in bridge.rules.values()]
        size = 1 + sum(map(abs, moved)) + abs(bridge.start[total])
        assert bridge.start[total] + sum(moved) == pytest.approx(bridge.end[total], abs=1e-9 * size)
        assert bridge.end[total] == pytest.approx(one.levelled.figures[total], rel=1e-12)
    for rule in bridge.rules.values():
        size = 1 + sum(map(abs, rule.steps.values()))
        total = rule.totals["net_present_value"]
        assert sum(rule.steps.values()) == pytest.approx(total, abs=1e-9 * size)
        net = sum(row["net"] for row in rule.actors.values())
        assert net == pytest.approx(total, abs=1e-9 * (size + abs(total)))
    for actor, start in bridge.start_of_actors.items():
        for column, amount in start.items():
            moved = [step.actors[actor][column] for step in bridge.rules.values()]
            size = 1 + abs(amount) + sum(map(abs, moved))
            end = bridge.end_of_actors[actor][column]
            assert amount + sum(moved) == pytest.approx(end, abs=1e-9 * size)


@given(proposals("one"), proposals("two"), policies())
@settings(max_examples=12, deadline=None)
def test_every_bridge_adds_up(one, two, terms):
    for found in compared(one, two, terms=terms).cases.values():
        assert_adds_up(found)
        net = found.levelled.amount("net_present_value")
        size = 1 + sum(map(abs, found.levelled.domains.values()))
        assert sum(found.levelled.domains.values()) == pytest.approx(net, abs=1e-9 * size)
        size = 1 + sum(abs(kind.net) for kind in found.levelled.kinds.values())
        assert sum(k.net for k in found.levelled.kinds.values()) == pytest.approx(
            net, abs=1e-9 * size
        )


@given(
    proposals("one"), proposals("two"), proposals("three"), policies(), st.permutations(range(3))
)
@settings(max_examples=6, deadline=None)
def test_the_order_of_the_cases_never_matters(one, two, three, terms, order):
    cases = [one, two, three]
    first = compared(*cases, terms=terms, draws=64)
    other = compared(*(cases[i] for i in order), terms=terms, draws=64)
    assert list(first.cases) == list(other.cases)
    assert first.ranks == other.ranks
    assert first.robustness == other.robustness
    for name, case in first.cases.items():
        assert case.levelled.figures == other.cases[name].levelled.figures
        assert case.chances == other.cases[name].chances


@given(proposals("one"), policies())
@settings(max_examples=10, deadline=None)
def test_a_case_beside_itself_has_equal_rows_and_shares_every_rank(case, terms):
    twin = case.model_copy(update={"id": "two"})
    found = compared(case, twin, terms=terms)
    one, two = found.cases["one"], found.cases["two"]
    for side in ("claimed", "levelled"):
        first, second = getattr(one, side), getattr(two, side)
        assert (first.figures, first.domains, first.kinds, first.evidence) == (
            second.figures, second.domains, second.kinds, second.evidence,
        )  # fmt: skip
    assert one.bridge == two.bridge
    for ranks in (found.ranks, found.claimed_ranks):
        assert all(rank["one"] == rank["two"] in (1, None) for rank in ranks.values())


@given(proposals("one"), proposals("two"))
@settings(max_examples=10, deadline=None)
def test_a_policy_that_says_nothing_gives_what_no_policy_gives(one, two):
    scheme = {"discount": one.discount}
    two = two.model_copy(update=scheme)
    first = min(one.base_year, two.base_year)
    terms = policy(base_year=first, scheme=one.discount.scheme)
    with_terms, without = compared(one, two, terms=terms), compared(one, two)
    assert with_terms.base == replace(without.base, exchange_rates={})
    for name, case in with_terms.cases.items():
        assert case.levelling.changes == ()
        assert case.claimed.figures == case.levelled.figures
        assert case.levelled.figures == without.cases[name].levelled.figures
    assert with_terms.robustness.without == {}


def test_the_examples_under_the_example_policy_add_up():
    files = [file for file in sorted(EXAMPLES.glob("*/case.yaml")) if "perry" not in str(file)]
    terms = load_policy(EXAMPLES / "policies" / "fund-policy.yaml", CATALOGUE)
    given = [evaluate(load_case(file), CATALOGUE) for file in files]
    found = compare_cases(given, terms, CATALOGUE, 0)
    assert len(found.cases) == len(files)
    for one in found.cases.values():
        assert_adds_up(one)


def test_a_cost_that_is_only_shared_otherwise_moves_nobody_by_a_rule():
    """A policy about gains leaves costs as they are."""
    found = compared(
        proposal("one", costs={"work": cost(70, years=2)}), proposal("two"),
        terms=policy(evidence={"expert": 0.5}, deadweight={"default": 0.3}),
    )  # fmt: skip
    for one in found.cases.values():
        assert all(step.totals["costs"] == 0 for step in one.bridge.rules.values())
