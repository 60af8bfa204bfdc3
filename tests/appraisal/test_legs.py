"""Instruments as lines of the ledger."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small_instruments import ALL, GRANT, LOAN, LOSING, STAKE, case, result

from impactmonitor.appraisal.legs import amounts_of, expected_inflation, leg_entries, legs_of
from impactmonitor.appraisal.program import FLOW
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput
from impactmonitor.uncertainty.simulation import simulate


def lines(evaluation: Evaluation) -> dict[str, float | None]:
    return {x.id: x.present_value for x in evaluation.line_results() if x.kind == "transfer"}


def test_the_legs_of_every_kind() -> None:
    found = {name: (leg.from_, leg.to, amounts_of(leg)) for name, leg in legs_of(case(ALL)).items()}
    assert {name: ends[:2] for name, ends in found.items()} == {
        "plan-in": ("fund", "city"), "plan-interest": ("city", "fund"),
        "plan-repayment": ("city", "fund"), "gift-in": ("state", "city"),
        "stake-in": ("fund", "city"), "stake-dividend": ("city", "fund"),
        "stake-exit": ("city", "fund"), "cover-fee": ("city", "state"),
        "cover-paid": ("state", "fund"), "pot-in": ("fund", "city"),
        "pot-repayment": ("city", "fund"),
    }  # fmt: skip
    amounts = {name: ends[2] for name, ends in found.items()}
    assert amounts["plan-in"] == {2025: 1000}
    assert amounts["plan-interest"] == pytest.approx({2025: 50, 2026: 50, 2027: 25, 2028: 25})
    assert amounts["plan-repayment"] == pytest.approx({2028: 500})
    assert amounts["gift-in"] == {2025: 30, 2026: 30, 2027: 30}
    assert amounts["stake-dividend"] == {2025: 4, 2026: 4, 2027: 4}
    assert amounts["stake-exit"] == {2027: 150}
    assert amounts["cover-fee"] == pytest.approx({2025: 3, 2026: 3})
    assert amounts["cover-paid"] == {2026: 300}
    assert amounts["pot-in"] == pytest.approx({2025: 100, 2026: 90, 2027: 81})
    assert amounts["pot-repayment"] == pytest.approx({2025: 90, 2026: 81, 2027: 72.9})


def test_they_are_transfers_at_their_moment_and_in_real_money() -> None:
    found = lines(result({"plan": LOAN, "gift": GRANT}, discount={"rate": 0.03}))
    rate, growth = 1.03, 1.02
    payment = 1000 * 0.05 / (1 - 1.05**-4)
    assert found["plan-in"] == pytest.approx(1000)
    both = sum(payment / (growth * rate) ** t for t in (1, 2, 3, 4))
    assert found["plan-interest"] + found["plan-repayment"] == pytest.approx(both)
    assert found["gift-in"] == pytest.approx(sum(30 / (growth * rate) ** t for t in (0, 1, 2)))


@pytest.mark.parametrize("price_year", [2020, 2023, 2030])
def test_the_price_year_of_the_case_is_where_deflation_starts(price_year: int) -> None:
    stake = {**STAKE, "first_year": 2026}
    found = lines(result({"stake": stake}, price_year=price_year,
                         price_indices={"own": {"years": {price_year: 100}}}))  # fmt: skip
    assert found["stake-in"] == pytest.approx(100 / 1.02 ** (2026 - price_year))
    assert found["stake-exit"] == pytest.approx(150 / 1.02 ** (2028 - price_year))


def test_entries_are_what_the_ledger_holds() -> None:
    evaluation = result(ALL, discount={"rate": 0.04}, horizon=2)
    a, own = evaluation.appraised, case(ALL, horizon=2)
    program = a.compiled.program
    held = {
        (a.compiled.lines[line], 2025 + year): value
        for line, by_year in zip(program.row_line, a.ledger.value[:, :, 0], strict=True)
        for year, value in enumerate(by_year.tolist())
        if value != 0 and program.line_role[line] == FLOW
    }
    entries = {(e.leg, e.year): e.real for e in leg_entries(own)}
    assert entries == pytest.approx(held)
    assert {e.moment for e in leg_entries(own) if e.leg.endswith("-in")} == {"start_of_year"}


def test_what_falls_after_the_horizon_is_beyond_it() -> None:
    evaluation = result({"plan": LOAN}, horizon=3)
    index = evaluation.appraised.compiled.lines.index("plan-repayment")
    ledger = evaluation.appraised.ledger
    repaid = amounts_of(legs_of(case({"plan": LOAN}))["plan-repayment"])
    assert ledger.present[index, 0] == pytest.approx(
        sum(repaid[y] / 1.02 ** (y - 2024) for y in (2025, 2026, 2027))
    )
    assert ledger.beyond[index, 0] == pytest.approx(repaid[2028] / 1.02**4)


def test_they_are_cash_of_the_actors() -> None:
    with_loan, without = result({"plan": LOAN}), result({})
    flows = lines(with_loan)
    gained = flows["plan-in"] - flows["plan-interest"] - flows["plan-repayment"]
    city, before = with_loan.by_actor["city"], without.by_actor["city"]
    assert city.cash_net - before.cash_net == pytest.approx(gained)
    assert with_loan.by_actor["fund"].cash_net == pytest.approx(-gained)


def test_with_a_negative_rate_the_financier_pays_the_interest() -> None:
    legs = legs_of(case({"plan": {**LOAN, "rate": -0.01}}))
    assert legs["plan-interest"].from_ == "fund"
    assert min(amounts_of(legs["plan-interest"]).values()) > 0


def test_a_leg_in_which_nothing_flows_is_no_line() -> None:
    assert list(legs_of(case({"plan": {**LOAN, "rate": 0}}))) == ["plan-in", "plan-repayment"]
    assert legs_of(case({"gift": {**GRANT, "amount": 0}})) == {}


def test_titles_in_both_languages() -> None:
    titled = {**LOAN, "title": {"nl": "Lening", "en": "Loan"}}
    title = legs_of(case({"plan": titled}))["plan-repayment"].title
    assert (title.in_language("nl"), title.in_language("en")) == (
        "Lening: aflossing", "Loan: repayment",
    )  # fmt: skip
    long = legs_of(case({"plan": {**LOAN, "title": "x" * 20_000}}))["plan-in"].title
    assert long.in_language("en").endswith("xx: put in")


def test_an_instrument_beyond_counting_is_named() -> None:
    pot = {"kind": "revolving-fund", "from": "fund", "to": "city", "amount": 1e300, "years": 10,
           "rounds": 100, "rate": 9, "repayment": "bullet"}  # fmt: skip
    with pytest.raises(InvalidInput) as raised:
        result({"pot": pot})
    assert [(p.code, p.path) for p in raised.value.problems] == [
        ("instrument-too-large", "instruments.pot")
    ]


def test_a_scenario_changes_the_terms() -> None:
    dearer = {"dear": {"changes": {"instruments.plan.rate": 0.1}}}
    without = {"none": {"changes": {"instruments.plan": None}}}
    found = result({"plan": LOAN}, scenarios=dearer, alternatives=without)
    wanted = lines(result({"plan": {**LOAN, "rate": 0.1}}))
    assert lines(found.scenarios["dear"]) == pytest.approx(wanted)
    assert lines(found.alternatives["none"]) == {}


def test_inflation_may_be_a_parameter_or_uncertain() -> None:
    spread = {"uniform": [0.01, 0.05]}
    shared = {"inflation": {"parameter": "prices"}, "parameters": {"prices": {"value": spread}}}
    for more in ({"inflation": spread}, shared):
        assert expected_inflation(case({"plan": LOAN}, **more)) == pytest.approx(0.03)
        found = lines(result({"plan": LOAN}, **more))
        assert found == pytest.approx(lines(result({"plan": LOAN}, inflation=0.03)))
    none: Case = case({})
    assert expected_inflation(none.model_copy(update={"inflation": None})) == 0


def test_a_simulation_deflates_every_draw() -> None:
    evaluation = simulate(case({"plan": LOAN}, inflation={"uniform": [0.0, 0.1]}), draws=1024)
    payment = 1000 * 0.05 / (1 - 1.05**-4)
    # the mean of 1000 - sum of payment / (1 + i)^t over i from 0 to 0.1
    worth = [math.log(1.1), *((1 - 1.1 ** (1 - t)) / (t - 1) for t in (2, 3, 4))]
    wanted = 1000 - payment * sum(worth) / 0.1
    found = evaluation.actors["fund"].net.mean
    assert found == pytest.approx(-wanted, rel=1e-3)


def decimals(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers that people write: no part of a millionth, which no amount can be made of."""
    return st.floats(low, high).map(lambda number: round(number, 6))


@st.composite
def instruments(draw: Any) -> dict[str, Any]:
    """Any instruments between three actors; a guarantee only where somebody is left to give it."""
    names = list(ACTOR_NAMES)
    found: dict[str, Any] = {}
    for i in range(draw(st.integers(1, 3))):
        giver, taker, third = draw(st.permutations(names))
        ends = {"from": giver, "to": taker, "amount": draw(decimals(0, 1e5)),
                "first_year": draw(st.integers(2025, 2027))}  # fmt: skip
        years = draw(st.integers(2, 8))
        kind = draw(st.sampled_from(["grant", "loan", "equity", "revolving-fund"]))
        more: dict[str, Any] = {"years": years}
        if kind == "loan":
            form = draw(st.sampled_from(["annuity", "linear", "bullet"]))
            loss = {"loss_year": ends["first_year"], "loss_share": draw(decimals(0, 1))}
            more |= {"rate": draw(st.floats(-0.05, 0.3)), "repayment": form, **loss}
            more |= {"grace": draw(st.integers(0, years - 1))}
            if draw(st.booleans()):
                found[f"g{i}"] = {"kind": "guarantee", "from": third, "of": f"i{i}",
                                  "cover": "pari-passu", "share": draw(decimals(0, 1)),
                                  "fee": 0.01}  # fmt: skip
        elif kind == "equity":
            more = {"exit_year": 2027 + draw(st.integers(0, 6)),
                    "dividend": draw(decimals(0, 0.2)),
                    "exit_multiple": draw(decimals(0, 3))}  # fmt: skip
        elif kind == "revolving-fund":
            more |= {"rounds": draw(st.integers(1, 3)), "loss_share": draw(decimals(0, 1))}
        found[f"i{i}"] = {"kind": kind, **ends, **more}
    return found


ACTOR_NAMES = ("city", "fund", "state")


@settings(max_examples=40)
@given(instruments(), st.floats(-0.02, 0.1))
def test_society_is_what_it_was_without_them(found: dict[str, Any], inflation: float) -> None:
    more = {"inflation": inflation, "discount": {"rate": 0.03}}
    after, before = result(found, **more), result({}, **more)
    assert after.totals == before.totals
    society = [asdict(one.by_perspective["society"]) for one in (after, before)]
    assert society[0] == pytest.approx(society[1], abs=1e-6)  # cash is a sum over the actors
    assert after.domain_results() == before.domain_results()
    assert after.evidence_results() == before.evidence_results()
    nets = [sum(one.by_actor[n].net for n in ACTOR_NAMES) for one in (after, before)]
    assert nets[0] == pytest.approx(nets[1], abs=1e-6)


def test_losses_stay_with_who_lent() -> None:
    """What a borrower does not pay back it keeps: a transfer, no loss of society."""
    losing, whole = (
        lines(result({"plan": LOSING})),
        lines(result({"plan": {**LOSING, "loss_year": None, "loss_share": None}})),
    )
    assert losing["plan-repayment"] == pytest.approx(whole["plan-repayment"] / 2)
