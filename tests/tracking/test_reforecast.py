"""The forecast of the rest: scaled by what came of the plan, and surer the more was counted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.small import case, gain
from tests.tracking.outcomes import CATALOGUE, outcomes

from impactmonitor import evaluate, simulate
from impactmonitor.tracking.expecting import expected_figures
from impactmonitor.tracking.measured_case import Learned
from impactmonitor.tracking.parts import parts_of
from impactmonitor.tracking.reforecast import counted_of, learned_from, scale_of, variations_of
from impactmonitor.tracking.steps import tracked

law = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
VISITS = ("effects.visits", "quantity")


def plan_of(**fields):
    return evaluate(case(effects={"visits": gain(**fields)}), CATALOGUE)


def again(plan, figures, last_year=2025, counts=None):
    return tracked(plan, CATALOGUE, figures, last_year, counts=counts or {})


def test_four_fifths_of_the_plan_so_far_is_four_fifths_of_the_rest():
    found = again(plan_of(quantity=100, unit_value=10, years=3), {VISITS: {2025: 80}})
    assert found.learned.rebased["visits"].scale == 0.8
    assert found.planned.totals["benefits"] == pytest.approx(1600)
    assert found.plan_parts.planned.totals["benefits"] == 2000
    assert found.realised.totals["benefits"] == 800


def test_what_has_started_goes_on_as_it_was_planned():
    found = again(plan_of(quantity=100, unit_value=1, lasts=3), {VISITS: {2025: 80}})
    assert found.expected.totals["benefits"] == 160
    assert found.learned == Learned()


def test_without_measurements_the_forecast_is_the_plan():
    plan = plan_of(quantity={"uniform": [50, 150]}, unit_value=10, years=3)
    found = again(plan, {})
    assert found.parts.planned == found.plan_parts.planned
    one, other = (simulate(each.case, draws=64) for each in (plan, found.result))
    assert one.net_present_value == other.net_present_value


def spread(counted: int) -> float:
    """Relative spread of the rest, of which half varies with what was counted so far."""
    plan = plan_of(quantity={"uniform": [0.5 * counted, 1.5 * counted]}, unit_value=1, years=2)
    found = again(plan, {VISITS: {2025: counted}})
    line = simulate(found.case, draws=512).lines["visits"]
    return line.sd / counted


def test_the_more_was_counted_the_narrower_the_rest():
    found = [spread(counted) for counted in (2, 20, 200, 2000)]
    assert found == sorted(found, reverse=True)
    variation = 1 / 12**0.5
    expected = [variation / (1 + k * variation**2) ** 0.5 for k in (2, 20, 200, 2000)]
    assert found == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("unit", ["kWh", "m3 natural gas", "hours of care", "EUR"])
def test_so_much_of_something_is_not_counted_one_by_one(unit):
    plan = plan_of(quantity={"uniform": [50, 150]}, unit_value=1, years=2, unit=unit)
    assert counted_of(plan.appraised, "effects.visits", {2025: 80}) == 0
    rebased = again(plan, {VISITS: {2025: 80}}).learned.rebased["visits"]
    assert (rebased.scale, rebased.kept_spread) == (0.8, 1)


@pytest.mark.parametrize("unit", ["person", "treated fall", "bench in the park", None])
def test_people_and_things_are_counted_where_the_figures_are_whole(unit):
    plan = plan_of(quantity=100, unit_value=1, unit=unit).appraised
    assert counted_of(plan, "effects.visits", {2025: 80, 2026: 7}) == 87
    assert counted_of(plan, "effects.visits", {2025: 80.5}) == 0


def test_what_is_counted_is_the_indicator_and_not_what_its_factors_make_of_it():
    measured_by = {"indicator": "participants", "factors": {"visits each": 0.3}}
    monitoring = {"indicators": {"participants": {"measure": "flow"}}}
    effects = {"visits": gain(100, 1, measured_by=measured_by)}
    plan = evaluate(case(effects=effects, monitoring=monitoring), CATALOGUE).appraised
    assert counted_of(plan, "effects.visits", {2025: 40 * 0.3}) == pytest.approx(40)
    assert counted_of(plan, "effects.visits", {2025: 40.5 * 0.3}) == 0


def test_a_share_that_was_counted_before_gets_the_new_counts():
    deadweight = {"counts": {"events": 2, "n": 10}}
    plan = plan_of(quantity=100, unit_value=1, years=2, deadweight=deadweight)
    name = ("effects.visits", "deadweight")
    found = again(plan, {name: {2025: 0.3}}, counts={name: (12, 40)})
    whole = found.learned.shares["visits", "deadweight"].counts
    assert (whole.events, whole.n) == (14, 50)
    assert found.realised.totals["benefits"] == pytest.approx(70)
    assert found.planned.totals["benefits"] == pytest.approx(100 * (1 - 14.5 / 51))
    before, after = (simulate(one.case, draws=256) for one in (plan, found.result))
    assert after.lines["visits"].sd < before.lines["visits"].sd / 2


def test_nothing_planned_gives_no_scale_and_nothing_measured_gives_nothing():
    plan = plan_of(quantity={2026: 100}, unit_value=1)
    found = again(plan, {VISITS: {2025: 80}})
    assert [p.code for p in found.warnings if p.path == VISITS[0]] == ["reforecast-without-plan"]
    assert found.planned.totals["benefits"] == 100
    gone = again(plan_of(quantity=100, unit_value=1, years=2), {VISITS: {2025: 0}})
    assert "reforecast-of-nothing" in [p.code for p in gone.warnings]
    assert gone.planned.totals["benefits"] == 0


def test_the_opposite_of_the_plan_gives_no_scale():
    assert scale_of({2025: 100.0}, {2025: -20.0}) is None
    assert scale_of({2025: -100.0}, {2025: -20.0}) == 0.2


def test_how_uncertain_the_plan_was_is_that_of_its_product():
    factors = {"uptake": {"normal": {"mean": 0.5, "sd": 0.05}}}
    plan = plan_of(quantity={"normal": {"mean": 80, "sd": 8}}, unit_value=1, factors=factors)
    found = variations_of(plan.appraised, {"effects.visits": [2025]})
    assert found["effects.visits"] == pytest.approx(np.sqrt(1.01**2 - 1), rel=0.01)
    certain = variations_of(plan_of().appraised, {"effects.visits": [2025]})
    assert certain == {"effects.visits": 0}


@law
@given(outcomes())
def test_a_forecast_taken_again_adds_up_and_bridges(outcome):
    plan, figures, last_year = outcome
    found = again(plan, figures, last_year)
    size = sum(abs(x.present_value or 0.0) for x in plan.line_results())
    size += sum(abs(x.present_value or 0.0) for x in found.result.line_results())
    whole = found.parts.whole.totals["net_present_value"]
    assert whole == pytest.approx(found.result.totals["net_present_value"], abs=1e-9 * size)
    moved = sum(step.total for step in found.bridge)
    before, after = (
        p.totals["net_present_value"] for p in (found.plan_parts.realised, found.realised)
    )
    assert moved == pytest.approx(after - before, abs=1e-9 * max(size, 1))


@law
@given(outcomes(only_quantities=True))
def test_only_what_has_not_started_is_scaled(outcome):
    plan, figures, last_year = outcome
    measured = {
        key: {y: x for y, x in yearly.items() if plan.case.base_year <= y <= last_year}
        for key, yearly in figures.items()
    }
    a = plan.appraised
    learned, _ = learned_from(a, expected_figures(a), measured, {}, last_year)
    found = again(plan, figures, last_year)
    assert found.learned == learned
    if plan.case.overlaps:  # their correction looks at the whole
        return
    plain = tracked(plan, CATALOGUE, figures, last_year)
    again_parts = parts_of(found.result.appraised, last_year)
    for name in plain.parts.realised.lines:
        size = abs(plain.parts.realised.lines[name]) + abs(plain.expected.lines[name]) + 1e-9
        for part in ("realised", "expected"):
            one, other = (getattr(p, part).lines[name] for p in (plain.parts, again_parts))
            assert one == pytest.approx(other, abs=1e-9 * size)
