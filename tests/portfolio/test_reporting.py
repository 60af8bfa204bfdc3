import itertools
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import small
from tests.portfolio import small_funds as funds
from tests.portfolio.small_funds import case, catalogue, loan, report
from tests.strategies import cases as any_cases

from impactmonitor.evaluation import evaluate
from impactmonitor.model.case import Case
from impactmonitor.portfolio.reporting import totalled
from impactmonitor.portfolio.results import PortfolioResult
from impactmonitor.portfolio.rollup import DIMENSIONS, NOT_ASSIGNED
from impactmonitor.portfolio.rows import BASES, Totals, added, by_actor, total_of
from impactmonitor.problems import InvalidInput

CLOSE = {"rel_tol": 1e-9, "abs_tol": 1e-6}


def assert_same(one: Totals, other: Totals) -> None:
    size = sum(map(abs, (*one.as_figures().values(), *other.as_figures().values())))
    for name, figure in one.as_figures().items():
        assert math.isclose(figure, other.as_figures()[name], abs_tol=1e-9 * size + 1e-12), name


# --- Worked by hand -----------------------------------------------------------------------------


def test_a_quarter_of_a_case_is_a_quarter_of_everything():
    result = report({"our-loan": loan(share=0.25)})
    assert result.totals["period"].total == Totals(25, 75, 0, -25)
    assert result.totals["plan"].total == Totals(25, 75, 0, -25)
    assert result.totals["lifetime"].total == Totals(50, 150, 0, -50)
    assert result.totals["period"].counted == ("our-loan",)
    assert result.totals["period"].is_complete
    assert result.outstanding == 25


def test_lifetime_goes_with_the_commitment_and_the_year_with_the_position():
    holding = loan(share=0.25)
    holding["commitment"]["amount"] = 50
    result = report({"our-loan": holding})
    assert result.totals["lifetime"].total == Totals(100, 300, 0, -100)
    assert result.totals["period"].total == Totals(25, 75, 0, -25)


def test_what_was_measured_stands_in_the_place_of_the_plan():
    record = {"period": 2025, "status": "approved"}
    measured = [{"line": "effects.joy", "value": 2, **record}]
    result = report({"our-loan": loan()}, {"a.json": case(measurements=measured)})
    one = result.holdings["our-loan"]
    assert one.period == Totals(25, 50, 0, -25)
    assert one.plan == Totals(25, 75, 0, -25)
    assert one.case is not None
    assert one.case.is_measured
    assert one.case.data.measured_share == pytest.approx(200 / 300)
    assert one.case.data.gaps == ("work",)
    assert {row.line for row in result.rows if row.is_measured} == {"joy"}


def test_themes_take_their_part_and_what_is_left_is_not_assigned():
    themes = {"care": {"missions": {"health": 0.5}}, "homes": {}}
    holding = loan(tags={"themes": {"care": 0.6, "homes": 0.2}, "missions": {}})
    found = report({"our-loan": holding}, themes=themes).roll_ups["period"]
    assert {name: t.costs for name, t in found["theme"].items()} == pytest.approx(
        {"care": 15, "homes": 5, NOT_ASSIGNED: 5}
    )
    assert {name: t.costs for name, t in found["mission"].items()} == pytest.approx(
        {"health": 7.5, NOT_ASSIGNED: 17.5}
    )
    assert set(found["domain"]) == {"economic", "social"}
    assert {name: t.net for name, t in found["actor"].items()} == {
        "citizen": 75,
        "municipality": -25,
    }


def test_a_case_that_cannot_be_read_is_named_and_left_out():
    result = report({"ours": loan(), "lost": loan("b.json"), "bad": loan("c.json")},
                    {"a.json": case(), "c.json": case(horizon=0)})  # fmt: skip
    assert result.totals["period"].total == Totals(25, 75, 0, -25)
    assert dict(result.totals["period"].left_out) == {
        "lost": "case-with-problems",
        "bad": "case-with-problems",
    }
    places = [(p.code, p.path) for p in result.problems]
    assert places == [
        ("case-file-not-found", "holdings.lost.case"),
        ("too-low", "holdings.bad.case.horizon"),
    ]


def test_a_holding_without_a_position_is_in_no_total_of_the_year():
    result = report({"ours": loan(), "other": loan(positions={})})
    assert dict(result.totals["period"].left_out) == {"other": "no-position"}
    assert result.totals["lifetime"].total == Totals(100, 300, 0, -100)


def test_other_prices_currencies_and_base_years_become_those_of_the_fund():
    tree = case(
        currency="GBP",
        base_year=2026,
        price_year=2024,
        price_indices={"gbp": {"currency": "GBP", "years": {"2024": 100, "2025": 104}}},
        discount={"rate": 0.25},
    )
    rates = {"GBP": {"2025-03-31": 1.1, "2025-12-31": 1.25, "2026-12-31": 2}}
    result = report(
        {"ours": loan("a.json", 1.0, 2026)}, {"a.json": tree}, 2026, exchange_rates=rates
    )
    assert result.totals["period"].total.costs == pytest.approx(100 * 1.04 * 1.25)
    whole = (100 + 100 / 1.25) * 1.04 * 1.25
    assert result.totals["lifetime"].total.costs == pytest.approx(whole / 1.25)


def test_without_a_rate_a_holding_is_left_out():
    result = report({"ours": loan()}, {"a.json": case(currency="GBP")})
    assert [p.code for p in result.problems] == ["rate-of-fund-missing"]
    assert not result.totals["period"].is_complete


def test_a_period_without_positions_is_refused():
    with pytest.raises(InvalidInput) as caught:
        report({"ours": loan()}, period=2031)
    assert [p.code for p in caught.value.problems] == ["period-not-in-portfolio"]


def test_a_correction_changes_what_is_restated_and_not_what_was_reported():
    holding = loan("a.json", 0.25, 2025, 2026)
    holding["positions"]["2025"]["restated"] = [{"in": 2026, "reason": "audit", "debt": 10}]
    result = report({"ours": holding}, period=2026)
    assert result.previous is not None
    assert result.previous.first_reported["period"].costs == 25
    assert result.previous.restated["period"].costs == 50
    assert report({"ours": holding}).totals["period"].total.costs == 25
    assert report({"ours": holding}, view="restated").totals["period"].total.costs == 50


def test_a_kept_version_of_a_case_is_what_was_reported_then():
    holding = loan("a.json", 0.5, 2025, 2026, versions={"2025": "old/a.json"})
    dearer = case(costs={"work": small.cost(120, years=2)})
    files = {"a.json": dearer, "old/a.json": case()}
    result = report({"ours": holding}, files, 2026)
    assert result.previous is not None
    assert result.previous.first_reported["period"].costs == 50
    assert result.previous.restated["period"].costs == 60
    steps = result.changes["period"].by_step
    assert {step: x["costs"] for step, x in steps.items() if any(x.values())} == {
        "cases-restated": 10
    }
    steps = result.changes["lifetime"].by_step
    assert {step: x["costs"] for step, x in steps.items() if any(x.values())} == {
        "case-quantity": 20
    }


def test_a_kept_version_that_is_not_there_is_named_with_the_earlier_period():
    holding = loan("a.json", 0.5, 2025, 2026, versions={"2025": "old/a.json"})
    result = report({"ours": holding}, period=2026)
    assert [(p.code, p.path) for p in result.problems] == [
        ("case-file-not-found", "holdings.ours.versions.2025")
    ]
    assert result.totals["period"].is_complete


def test_shares_above_1_together_are_a_double_claim():
    bank = {"bank": {"title": "Bank", "share": 0.5}}
    result = report({"one": loan(share=0.4, other_financiers=bank), "two": loan(share=0.2)})
    assert [(c.case, c.basis, round(c.total, 9)) for c in result.claims] == [
        ("joy", "period", 1.1),
        ("joy", "commitment", 1.1),
    ]
    assert {"double-claim-period", "double-claim-commitment"} <= {p.code for p in result.warnings}


# --- Laws ---------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(tree=any_cases())
def test_a_portfolio_of_one_with_share_1_equals_the_case(tree: Any):
    known = evaluate(Case.model_validate(tree), catalogue())
    result = report(
        {"ours": loan("a.json", 1.0, known.case.base_year, commitment=_all_of(known.case))},
        {"a.json": tree},
        known.case.base_year,
        currency=known.case.currency,
        price_year=known.case.price_year,
        base_year=known.case.base_year,
    )
    found = result.totals["lifetime"].total
    society = known.by_perspective["society"]
    size = sum(abs(row.amount) for row in result.rows if row.basis == "lifetime")
    near = {"abs": 1e-9 * size + 1e-9}
    assert found.costs == pytest.approx(society.costs, **near)
    assert found.benefits == pytest.approx(society.benefits, **near)
    assert found.cash_net == pytest.approx(society.cash_net, **near)
    rows = [row for row in result.rows if row.basis == "lifetime"]
    actors = by_actor(rows)
    for name, party in known.by_actor.items():
        own = actors.get(name, Totals())
        pairs = [(own.net, party.net), (own.cash_net, party.cash_net)]
        pairs += [(own.costs, party.costs), (own.transfers, party.transfers)]
        assert [a for a, _ in pairs] == pytest.approx([b for _, b in pairs], **near)
    domains = result.roll_ups["lifetime"]["domain"]
    for name, domain in known.domain_results().items():
        assert domains.get(name, Totals()).net == pytest.approx(domain.net, **near)
    (year,) = [y for y in known.year_results() if y.year == known.case.base_year]
    assert result.totals["plan"].total.costs == pytest.approx(year.costs, **near)
    assert result.totals["plan"].total.benefits == pytest.approx(year.benefits, **near)


def _all_of(one: Case) -> dict[str, Any]:
    return {"date": f"{one.base_year}-01-01", "amount": 7, "total_funding": 7}


SHARES = st.floats(0.01, 0.5)
LABELS = st.dictionaries(st.sampled_from(["x", "y", "z"]), st.floats(0.01, 0.33), max_size=3)
FILES = {
    "a.json": case(),
    "b.json": case(
        id="other",
        costs={"work": small.cost(70, paid_by={"city": 0.3, "insurer": 0.7}, years=3)},
        effects={
            "joy": small.gain(-2, years=3),
            "care": small.gain(5, 31, domain="societal", falls_to="insurer", cashable=0.4),
        },
        transfers={"fee": {"from": "people", "to": "city", "amount": 11}},
        discount={"rate": 0.03},
        measurements=[
            {"line": "effects.care", "period": 2026, "value": 3, "status": "approved"},
            {"line": "costs.work", "period": 2025, "value": 64, "status": "approved"},
        ],
    ),
}
FILES |= {"b2.json": {**FILES["b.json"], "horizon": 4, "price_year": 2024}}
THEMES = {
    "x": {"missions": {"m": 0.7}, "sdgs": {"3": 0.5}},
    "y": {"transitions": {"t": 1}},
    "z": {},
}


@st.composite
def holdings(draw: Any) -> dict[str, Any]:
    """A loan that is held in one year or two, corrected or not, with or without a kept version."""
    years = draw(st.sampled_from([(2025,), (2026,), (2025, 2026)]))
    file = draw(st.sampled_from(["a.json", "b.json"]))
    one = loan(file, draw(SHARES), *years, tags={"themes": draw(LABELS), "regions": draw(LABELS)})
    for position in one["positions"].values():
        position["outstanding"] = draw(st.floats(0, 50))
    if 2025 in years and draw(st.booleans()):
        figure = draw(st.sampled_from(["outstanding", "debt"]))
        fix = {"in": 2026, "reason": "audit", figure: draw(st.floats(20, 50))}
        one["positions"]["2025"]["restated"] = [fix]
    if file == "b.json" and draw(st.booleans()):
        one["versions"] = {"2025": "b2.json"}
    if 2026 not in years:
        one |= draw(st.sampled_from([{}, {"exit": "2026-06-30"}]))
    if 2025 not in years:
        one["commitment"]["date"] = draw(st.sampled_from(["2024-06-01", "2026-06-01"]))
    if draw(st.booleans()):
        one["currency"] = "GBP"
    return one


def fund_of(found: dict[str, Any], period: int = 2026) -> PortfolioResult:
    rates = {"GBP": {"2024-01-01": 1.1, "2025-12-31": 1.2, "2026-12-31": 1.3}}
    index = {"eur": {"currency": "EUR", "years": {"2024": 100, "2025": 103}}}
    files = {**FILES, "b2.json": {**FILES["b2.json"], "price_indices": index}}
    return report(found, files, period, themes=THEMES, exchange_rates=rates)


SEVERAL = st.dictionaries(st.sampled_from(["p", "q", "r", "s"]), holdings(), min_size=1)
WITH_2026 = SEVERAL.filter(lambda found: any("2026" in one["positions"] for one in found.values()))


@settings(max_examples=30)
@given(found=WITH_2026)
def test_every_roll_up_of_every_dimension_sums_to_the_same_total(found: Any):
    result = fund_of(found)
    for basis, dimension in itertools.product(BASES, DIMENSIONS):
        parts = added(result.roll_ups[basis][dimension].values())
        assert_same(parts, result.totals[basis].total)
    for basis in BASES:
        assert_same(added(t for one in result.holdings.values() if (t := one.totals(basis))),
                    result.totals[basis].total)  # fmt: skip
        assert_same(total_of(r for r in result.rows if r.basis == basis),
                    result.totals[basis].total)  # fmt: skip


@settings(max_examples=30)
@given(found=WITH_2026)
def test_every_change_since_the_last_report_adds_up(found: Any):
    result = fund_of(found)
    if result.previous is None:
        assert not result.changes
        return
    first = fund_of(found, 2025)
    for kind, changes in result.changes.items():
        assert changes.check.passed
        for name, start in changes.start.items():
            moved = [step[name] for step in changes.by_step.values()]
            size = sum(map(abs, (start, changes.end[name], *moved)))
            assert math.isclose(start + math.fsum(moved), changes.end[name], abs_tol=1e-9 * size)
        if kind != "money":
            reported = first.totals[kind].total.as_figures()
            now = result.totals[kind].total.as_figures()
            assert dict(changes.start) == pytest.approx(reported, abs=1e-6)
            assert dict(changes.end) == pytest.approx(now, abs=1e-6)
            restated = result.previous.restated[kind].as_figures()
            assert dict(changes.restated) == pytest.approx(restated, abs=1e-6)
        else:
            assert changes.start["outstanding"] == pytest.approx(first.outstanding)
            assert changes.end["outstanding"] == pytest.approx(result.outstanding)
    assert first.totals["period"].total == result.previous.first_reported["period"]


@settings(max_examples=15)
@given(found=WITH_2026, data=st.data())
def test_the_order_of_holdings_never_matters(found: Any, data: Any):
    shuffled = {name: found[name] for name in data.draw(st.permutations(list(found)))}
    one, other = fund_of(found), fund_of(shuffled)
    assert one.totals["period"].total == other.totals["period"].total
    assert one.roll_ups == other.roll_ups
    assert one.claims == other.claims
    assert one.overlaps == other.overlaps
    assert dict(one.indicators) == dict(other.indicators)


@settings(max_examples=15)
@given(found=WITH_2026, data=st.data())
def test_splitting_a_holding_changes_nothing(found: Any, data: Any):
    name = data.draw(st.sampled_from(sorted(found)))
    part = data.draw(st.floats(0.1, 0.9))
    halves = {f"{name}-1": _part(found[name], part), f"{name}-2": _part(found[name], 1 - part)}
    split = {**{key: one for key, one in found.items() if key != name}, **halves}
    one, other = fund_of(found), fund_of(split)
    for basis in BASES:
        assert_same(one.totals[basis].total, other.totals[basis].total)
        for dimension in DIMENSIONS:
            whole, parts = one.roll_ups[basis][dimension], other.roll_ups[basis][dimension]
            assert set(whole) == set(parts)
            for label, totals in whole.items():
                assert_same(totals, parts[label])
    assert one.outstanding == pytest.approx(other.outstanding)
    for each, indicator in one.indicators.items():
        assert other.indicators[each].whole == pytest.approx(indicator.whole)
        assert other.indicators[each].value == pytest.approx(indicator.value)
    assert [claim.case for claim in one.claims] == [claim.case for claim in other.claims]


def _part(one: dict[str, Any], part: float) -> dict[str, Any]:
    """A part of a holding: its amounts, and not the whole of which they are a part."""

    def scaled(position: dict[str, Any]) -> dict[str, Any]:
        found = dict(position)
        if "outstanding" in found:
            found["outstanding"] *= part
        if "restated" in found:
            found["restated"] = [scaled(fix) for fix in found["restated"]]
        return found

    commitment = {**one["commitment"], "amount": one["commitment"]["amount"] * part}
    positions = {year: scaled(position) for year, position in one["positions"].items()}
    return {**one, "commitment": commitment, "positions": positions}


def test_totalled_says_what_it_leaves_out_of_nothing_at_all():
    found = totalled({}, "period")
    assert found.total == Totals()
    assert found.is_complete
    assert funds.fund()["id"] == "fund"


def test_a_scheme_that_there_is_not_is_named_where_it_is_written():
    with pytest.raises(InvalidInput) as error:
        report({"ours": loan("a.json", 0.25)}, scheme="nope")
    assert [(p.code, p.path) for p in error.value.problems] == [("unknown-scheme", "scheme")]
