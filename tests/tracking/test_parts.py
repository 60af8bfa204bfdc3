"""Realised, expected and planned: which year belongs where, and that nothing is lost."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small import appraised, cost, gain
from tests.strategies import cases
from tests.tracking.outcomes import CATALOGUE, outcomes, planned

from impactmonitor import evaluate
from impactmonitor.tracking.measured_case import as_measured
from impactmonitor.tracking.parts import Parts, parts_of

law = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


def benefits(parts: Parts) -> tuple[float, float, float]:
    found = (parts.realised, parts.expected, parts.planned)
    return tuple(part.totals["benefits"] for part in found)


def test_what_has_started_goes_on_and_what_has_not_is_planned():
    # 100 starts in each of three years and goes on one year more, at half
    a = appraised(effects={"visits": gain(100, 1, years=3, lasts=2, drop_off=0.5)})
    assert benefits(parts_of(a, 2024)) == (0, 0, 450)
    assert benefits(parts_of(a, 2025)) == (100, 50, 300)
    assert benefits(parts_of(a, 2026)) == (250, 50, 150)
    assert benefits(parts_of(a, 2028)) == (450, 0, 0)


def test_a_lag_belongs_to_what_has_started():
    a = appraised(effects={"visits": gain(100, 1, lag=2)})
    assert benefits(parts_of(a, 2025)) == (0, 100, 0)
    assert benefits(parts_of(a, 2027)) == (100, 0, 0)


def test_costs_are_realised_in_their_year_and_planned_before_it():
    burden = {"rate": 0.5, "actors": ["city"], "borne_by": "people"}
    parts = parts_of(appraised(costs={"work": cost(100, years=3)}, excess_burden=burden), 2025)
    found = (parts.realised, parts.expected, parts.planned)
    assert [part.totals["costs"] for part in found] == [150, 0, 300]
    assert [part.actors["people"].costs for part in found] == [50, 0, 100]
    assert [part.lines["excess-burden"] for part in found] == [50, 0, 100]


def test_overlap_scales_every_part_as_it_scales_the_whole():
    effects = {"big": gain(100, 1, years=3), "small": gain(60, 1)}
    overlaps = {"both": {"lines": ["big", "small"], "alpha": 0}}
    parts = parts_of(appraised(effects=effects, overlaps=overlaps), 2025)
    # only the 300 of the largest counts, of the 360 of both
    assert benefits(parts) == pytest.approx((160 * 300 / 360, 0, 200 * 300 / 360))


def test_a_transfer_effect_that_turns_round_turns_in_every_part():
    effect = gain({2025: 100, 2026: -300}, 1, taken_from="city")
    parts = parts_of(appraised(effects={"tax": effect}), 2025)
    assert parts.realised.actors["people"].transfers == 100
    assert parts.planned.actors["people"].transfers == -300


def test_what_lies_after_the_horizon_is_in_no_part():
    a = appraised(effects={"visits": gain(100, 1, lasts=9)})
    assert benefits(parts_of(a, 2026)) == (200, 300, 0)


def assert_whole(evaluation, last_year: int) -> None:
    """Totals, actors and lines of the parts add up to what the evaluation says."""
    whole = parts_of(evaluation.appraised, last_year).whole
    size = sum(abs(x.present_value or 0.0) for x in evaluation.line_results())
    near = {"rel": 0, "abs": 1e-9 * max(size, 1e-9)}
    for name, amount in whole.totals.items():
        assert amount == pytest.approx(evaluation.totals[name], **near)
    for name, account in whole.actors.items():
        party = evaluation.by_actor[name]
        for field in dataclasses.fields(account):
            own = getattr(account, field.name)
            assert own == pytest.approx(getattr(party, field.name), **near)
    for line in evaluation.line_results():
        if line.present_value is not None:
            assert whole.lines[line.id] == pytest.approx(line.present_value, **near)


@law
@given(cases(), st.integers(-2, 12))
def test_the_parts_of_a_plan_add_up_to_it(tree, years):
    plan = planned(tree)
    assert_whole(plan, plan.case.base_year + years)


@law
@given(outcomes())
def test_the_parts_of_a_result_add_up_to_it(outcome):
    plan, figures, last_year = outcome
    assert_whole(evaluate(as_measured(plan.case, figures), CATALOGUE), last_year)


@law
@given(outcomes(only_quantities=True))
def test_what_was_measured_of_later_years_leaves_the_realised_part_alone(outcome):
    plan, figures, last_year = outcome
    if plan.case.overlaps:  # their correction looks at the whole
        return
    early = {
        key: {y: x for y, x in each.items() if y <= last_year} for key, each in figures.items()
    }
    found = [
        parts_of(evaluate(as_measured(plan.case, each), CATALOGUE).appraised, last_year)
        for each in (early, figures)
    ]
    size = sum(abs(x.present_value or 0.0) for x in plan.line_results()) or 1.0
    one, other = (part.realised.totals["net_present_value"] for part in found)
    assert one == pytest.approx(other, abs=1e-9 * size, rel=1e-9)
