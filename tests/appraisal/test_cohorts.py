"""Cohorts: what starts in some years of a line and is multiplied by the same numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.small import appraised, case, cost, gain

from impactmonitor.appraisal.cohorts import Run, amount_cohorts, parted, planned_runs
from impactmonitor.appraisal.layout import Layout
from impactmonitor.model.realised import RealisedCost


def layout(**fields) -> Layout:
    return Layout(appraised(**fields).resolved)


@given(st.lists(st.tuples(st.integers(2000, 2010), st.integers(1, 9)), max_size=3), st.data())
def test_runs_that_are_parted_are_the_same_years_at_the_same_growth(spans, data):
    runs = [Run(first, years, slot) for slot, (first, years) in enumerate(spans)]
    chosen = data.draw(st.sets(st.integers(2000, 2020)))

    def years(parts):
        return {(r.slot, r.first + i, r.grown + i) for r in parts for i in range(r.years)}

    found = parted(runs, chosen.__contains__)
    assert years([r for parts in found.values() for r in parts]) == years(runs)
    assert {y for _, y, _ in years(found.get(True, ()))} <= chosen
    assert not {y for _, y, _ in years(found.get(False, ()))} & chosen


def test_a_plan_starts_once_or_repeatedly_or_at_no_known_size():
    plan = {"work": cost(100, first_year=2026, years=2), "late": cost({"2028": 5})}
    unknown = {"quantity": "unknown", "monetised": False, "domain": "social"}
    laid = layout(costs=plan, effects={"visits": unknown})
    lines = laid.case
    (repeated,) = planned_runs(laid, "costs.work", "amount", lines.costs["work"])
    assert repeated[:2] == (2026, 2)
    (once,) = planned_runs(laid, "costs.late", "amount", lines.costs["late"])
    assert (once[:2], laid.register.value(once.slot)) == ((2028, 1), 5)
    assert planned_runs(laid, "effects.visits", "quantity", lines.effects["visits"]) == ()


def test_what_was_measured_of_a_cost_is_a_cohort_of_its_own():
    laid = layout(costs={"work": cost(100, years=3)}, effects={"visits": gain()})
    own = case(costs={"work": cost(100, years=3)}).costs["work"]
    measured = RealisedCost.model_construct(**{**dict(own), "realised": {2026: 70.0}})
    runs = planned_runs(laid, "costs.work", "amount", own)
    assert [c.runs for c in amount_cohorts(laid, own, runs)] == [runs]
    plan, found = amount_cohorts(laid, measured, runs)
    assert [run[:2] for run in plan.runs] == [(2025, 1), (2027, 1)]
    assert (plan.is_measured, found.is_measured) == (False, True)
    assert [(r.first, laid.register.value(r.slot)) for r in found.runs] == [(2026, 70)]
