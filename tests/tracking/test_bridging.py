"""The bridge from plan to result: every step by hand, and what always holds of it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small import case, cost, gain
from tests.strategies import cases
from tests.tracking.outcomes import CATALOGUE, as_planned, outcomes, planned

from impactmonitor import evaluate
from impactmonitor.tracking.bridging import STEPS, on_realised_profile
from impactmonitor.tracking.steps import tracked
from impactmonitor.tracking.tracked import Tracked

law = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def track(figures, last_year=2025, **fields) -> Tracked:
    return tracked(evaluate(case(**fields), CATALOGUE), CATALOGUE, figures, last_year)


def moved(found: Tracked) -> dict[str, float]:
    return {step.step: step.total for step in found.bridge}


def test_the_worked_example_planned_100_at_10_and_80_at_12_came_of_it():
    figures = {
        ("effects.visits", "quantity"): {2025: 80},
        ("effects.visits", "unit_value"): {2025: 12},
    }
    found = track(figures, effects={"visits": gain(100, 10)})
    assert moved(found) == {**dict.fromkeys(STEPS, 0), "quantity": -200, "unit_value": 160}
    assert found.bridge[1].actors["people"].net == -200
    assert found.plan_parts.realised.totals["benefits"] == 1000
    assert found.realised.totals["benefits"] == 960


def test_a_year_later_is_timing_and_more_is_quantity():
    plan = {"visits": gain({2025: 100, 2026: 0}, 10)}
    figures = {("effects.visits", "quantity"): {2025: 0, 2026: 120}}
    found = track(figures, 2026, effects=plan, discount={"rate": 0.25})
    # 100 x 10 a year later is worth 800; 20 more in that year are worth 160
    assert moved(found)["timing"] == pytest.approx(-200)
    assert moved(found)["quantity"] == pytest.approx(160)


def test_timing_is_nothing_where_nothing_came_of_it_or_nothing_was_planned():
    gone = track({("effects.visits", "quantity"): {2025: 0}}, effects={"visits": gain(100, 10)})
    assert moved(gone)["timing"] == 0
    assert moved(gone)["quantity"] == -1000
    came = track({("effects.visits", "quantity"): {2025: 3}}, effects={"visits": gain(0, 10)})
    assert moved(came)["timing"] == 0
    assert moved(came)["quantity"] == 30


def test_costs_that_come_later_are_timing_and_dearer_ones_are_costs():
    costs = {"work": cost({2025: 100, 2026: 100})}
    figures = {("costs.work", "amount"): {2025: 0, 2026: 220}}
    found = track(figures, 2026, costs=costs, discount={"rate": 0.25})
    # 200 a year later is worth 160 instead of 180; 20 more then are worth 16
    assert moved(found)["timing"] == pytest.approx(20)
    assert moved(found)["costs"] == pytest.approx(-16)


def test_what_would_have_happened_anyway_is_the_counterfactual():
    plan = {"visits": gain(100, 10, deadweight=0.1, attribution_to_others=0.5)}
    figures = {("effects.visits", "deadweight"): {2025: 0.3}}
    assert moved(track(figures, effects=plan)) == pytest.approx(
        {**dict.fromkeys(STEPS, 0), "counterfactual": 100 * 10 * (0.7 - 0.9) * 0.5}
    )


def test_transfers_move_actors_and_no_total():
    transfers = {"fee": {"from": "city", "to": "insurer", "amount": 50}}
    found = track({("transfers.fee", "amount"): {2025: 70}}, transfers=transfers)
    step = found.bridge[-1]
    assert (step.step, step.total) == ("transfers", 0)
    assert (step.actors["city"].net, step.actors["insurer"].cash_net) == (-20, 20)


def test_dearer_public_costs_raise_more_excess_burden_in_the_same_step():
    burden = {"rate": 0.5, "actors": ["city"], "borne_by": "people"}
    figures = {("costs.work", "amount"): {2025: 140}}
    found = track(figures, costs={"work": cost(100)}, excess_burden=burden)
    assert moved(found)["costs"] == pytest.approx(-60)
    assert found.bridge[4].actors["people"].costs == pytest.approx(20)


def test_a_step_of_one_effect_also_moves_what_overlaps_with_it():
    effects = {"big": gain(100, 10), "small": gain(40, 10)}
    overlaps = {"both": {"lines": ["big", "small"], "alpha": 0}}
    figures = {("effects.big", "quantity"): {2025: 30}}
    found = track(figures, effects=effects, overlaps=overlaps)
    # only the largest counts: 1000 was planned, and 400 of the other one is left
    assert moved(found)["quantity"] == pytest.approx(-600)
    assert found.realised.totals["benefits"] == pytest.approx(400)


def test_the_profile_holds_the_planned_total():
    found = on_realised_profile({2025: 30.0, 2026: 50.0, 2027: 900.0}, {2025: 5.0, 2026: 11.0})
    assert found == {2025: 25.0, 2026: 55.0}


@law
@given(outcomes())
def test_the_steps_add_up_in_every_total_and_for_every_actor(outcome):
    plan, figures, last_year = outcome
    found = tracked(plan, CATALOGUE, figures, last_year)
    before, after = found.plan_parts.realised, found.realised
    for name, amount in before.totals.items():
        parts = [step.totals[name] for step in found.bridge]
        size = sum(map(abs, [amount, after.totals[name], *parts]))
        assert amount + sum(parts) == pytest.approx(after.totals[name], rel=0, abs=1e-9 * size)
    for actor, account in before.actors.items():
        for column in ("costs", "benefits", "transfers", "net", "cash_net"):
            parts = [getattr(step.actors[actor], column) for step in found.bridge]
            new, old = getattr(after.actors[actor], column), getattr(account, column)
            size = sum(map(abs, [old, new, *parts]))
            assert old + sum(parts) == pytest.approx(new, rel=0, abs=1e-9 * size)


@law
@given(cases(), st.integers(0, 5))
def test_what_came_out_as_planned_gives_a_bridge_of_zeros(tree, years):
    plan = planned(tree)
    last_year = plan.case.base_year + years
    found = tracked(plan, CATALOGUE, as_planned(plan, last_year), last_year)
    size = sum(abs(x.present_value or 0.0) for x in plan.line_results()) or 1.0
    for step in found.bridge:
        for account in step.actors.values():
            assert account.net == pytest.approx(0, abs=1e-9 * size)
            assert account.cash_net == pytest.approx(0, abs=1e-9 * size)
        assert step.total == pytest.approx(0, abs=1e-9 * size)


@law
@given(outcomes(), st.randoms(use_true_random=False))
def test_the_order_of_the_figures_never_matters(outcome, random):
    plan, figures, last_year = outcome
    keys = list(figures)
    random.shuffle(keys)
    turned = {key: dict(reversed(figures[key].items())) for key in keys}
    one, other = (tracked(plan, CATALOGUE, f, last_year) for f in (figures, turned))
    assert one.bridge == other.bridge
    assert one.parts == other.parts
