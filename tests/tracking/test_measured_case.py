"""The case as measured: what was measured counts as it is, all else as it was planned."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small import ACTORS, case, cost, gain
from tests.strategies import cases
from tests.tracking.outcomes import CATALOGUE, as_planned, planned

from impactmonitor import evaluate, simulate
from impactmonitor.appraisal.ledger import run
from impactmonitor.model.numbers import Counts, MeasuredShare
from impactmonitor.model.realised import Rebased
from impactmonitor.tracking.expecting import drawn_inputs
from impactmonitor.tracking.measured_case import Learned, as_measured

law = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

LEAVING = {
    **ACTORS,
    "people": {
        **ACTORS["people"],
        "retention": {"share": 0.6, "yearly_leaving": 0.25, "rest_to": "city"},
    },
}


def values(evaluation, line="visits") -> list[float]:
    """Undiscounted value by year."""
    a = evaluation.appraised
    rows = a.compiled.program.row_line == a.compiled.lines.index(line)
    return a.ledger.value[rows, :, 0].sum(axis=0).tolist()


def measured(figures, learned=None, **fields):
    plan = case(**fields)
    return evaluate(as_measured(plan, figures, learned or Learned()))


def of_effect(figures, **fields) -> list[float]:
    keyed = {("effects.visits", name): yearly for name, yearly in figures.items()}
    return values(measured(keyed, effects={"visits": gain(**fields)}))


def test_a_measured_quantity_has_its_factors_in_it_already():
    found = of_effect(
        {"quantity": {2026: 7}}, quantity=100, unit_value=10, years=3, factors={"uptake": 0.5}
    )
    assert found == pytest.approx([500, 70, 500, 0, 0])


def test_the_years_around_it_keep_their_growth():
    found = of_effect({"quantity": {2026: 7}}, quantity=100, unit_value=1, years=4, growth=0.1)
    assert found == pytest.approx([100, 7, 121, 133.1, 0])


def test_a_year_for_which_nothing_was_planned_counts_too():
    found = of_effect({"quantity": {2028: 7}}, quantity={2025: 100}, unit_value=10)
    assert found == [1000, 0, 0, 70, 0]


def test_what_was_measured_lasts_and_lags_as_planned():
    found = of_effect(
        {"quantity": {2025: 80}}, quantity=100, unit_value=1, lasts=2, drop_off=0.25, lag=1
    )
    assert found == [0, 80, 60, 0, 0]


def test_a_measured_share_holds_for_what_started_in_that_year_as_long_as_it_goes_on():
    found = of_effect(
        {"deadweight": {2025: 0.5}}, quantity=100, unit_value=1, years=2, lasts=2, deadweight=0.2
    )
    assert found == pytest.approx([50, 50 + 80, 80, 0, 0])


def test_a_measured_unit_value_holds_in_its_calendar_year_whatever_started_when():
    found = of_effect(
        {"unit_value": {2026: 3}}, quantity=100, unit_value=2, lasts=3, real_price_change=0.1
    )
    assert found == pytest.approx([200, 300, 242, 0, 0])


def test_a_measured_unit_value_leaves_those_of_other_years_as_they_lie_between_given_ones():
    found = of_effect(
        {"unit_value": {2026: 9}}, quantity=1, unit_value={2025: 10, 2027: 20}, years=4
    )
    assert found == [10, 9, 20, 20, 0]


def test_an_optimism_bias_stays_on_a_measured_quantity_and_follows_its_sign():
    plan = {"quantity": {2025: 100, 2026: 100}, "unit_value": 1, "optimism_bias": 0.1}
    assert of_effect({"quantity": {2025: 50, 2026: -50}}, **plan) == pytest.approx(
        [45, -55, 0, 0, 0]
    )
    assert of_effect({"unit_value": {2026: -1}}, **plan) == pytest.approx([90, -110, 0, 0, 0])


def test_a_measured_cost_is_what_was_paid_without_optimism_bias():
    figures = {("costs.work", "amount"): {2025: 130}}
    found = measured(figures, costs={"work": cost(100, years=2, optimism_bias=0.2)})
    assert values(found, "work") == [130, 120, 0, 0, 0]


def test_a_measured_cost_is_in_the_price_level_of_its_line_and_deflated_like_it():
    costs = {"work": cost(104, years=2, prices="nominal")}
    found = measured({("costs.work", "amount"): {2026: 208}}, costs=costs, inflation=0.04)
    assert values(found, "work")[:2] == pytest.approx([104, 200])


def test_excess_burden_is_raised_on_what_was_measured_and_on_what_was_not():
    burden = {"rate": 0.5, "actors": ["city"], "borne_by": "people"}
    figures = {("costs.work", "amount"): {2025: 40}}
    found = measured(figures, costs={"work": cost(100, years=2)}, excess_burden=burden)
    assert values(found, "excess-burden") == [20, 50, 0, 0, 0]


def test_what_an_actor_keeps_is_kept_of_what_was_measured():
    figures = {("effects.visits", "quantity"): {2025: 50}}
    fields = {"actors": LEAVING, "effects": {"visits": gain(100, 1, lasts=2)}}
    found = measured(figures, **fields)
    # 60 % of 50 in the first year, three quarters of that in the second
    assert found.by_actor["people"].benefits == pytest.approx(30 + 22.5)
    assert found.by_actor["city"].benefits == pytest.approx(100 - 52.5)


def test_a_size_that_nobody_knew_is_known_where_it_was_measured():
    effect = {"quantity": "unknown", "monetised": False, "domain": "social"}
    found = measured({("effects.visits", "quantity"): {2026: 3}}, effects={"visits": effect})
    assert found.appraised.ledger.quantities[0, :, 0].tolist() == [0, 3, 0, 0, 0]


def test_an_unknown_line_is_named():
    with pytest.raises(KeyError, match=r"effects\.nothing"):
        measured({("effects.nothing", "quantity"): {2025: 1}}, costs={"work": cost()})


@law
@given(cases())
def test_what_came_out_as_planned_is_worth_what_was_planned(tree):
    plan = planned(tree)
    last = plan.case.base_year + 3
    found = evaluate(as_measured(plan.case, as_planned(plan, last)), CATALOGUE)
    size = sum(abs(x.present_value or 0.0) for x in plan.line_results()) or 1.0
    pairs = zip(plan.line_results(), found.line_results(), strict=True)
    for old, new in pairs:
        if old.present_value is not None:
            assert new.present_value == pytest.approx(old.present_value, abs=1e-9 * size)
    for name, party in plan.by_actor.items():
        assert found.by_actor[name].net == pytest.approx(party.net, abs=1e-9 * size)


SHARED = {
    "parameters": {"reach": {"value": {"uniform": [50, 150]}}},
    "effects": {
        "visits": gain({"parameter": "reach"}, 10, years=2, factors={"up": {"uniform": [0, 1]}}),
        "other": gain({"parameter": "reach"}, {"uniform": [1, 3]}),
    },
}


def test_other_years_and_other_lines_keep_their_draws():
    plan = evaluate(case(**SHARED))
    found = evaluate(as_measured(plan.case, {("effects.visits", "quantity"): {2025: 30}}))
    draws = [drawn_inputs(one.appraised, 64, seed=3) for one in (plan, found)]
    names = [[i.path for i in one.appraised.compiled.inputs] for one in (plan, found)]
    assert names[0] == names[1]
    assert np.array_equal(*draws)
    before, after = (
        run(one.appraised.compiled.program, inputs)
        for one, inputs in zip((plan, found), draws, strict=True)
    )
    assert np.allclose(after.present[1], before.present[1], rtol=1e-12)
    assert np.allclose(after.present[0], before.present[0] / 2 + 300, rtol=1e-12)
    assert np.allclose(after.value[:2, 1].sum(axis=0), before.value[0, 1], rtol=1e-12)


def test_a_rebased_forecast_is_scaled_around_its_point_estimate():
    plan = evaluate(case(**SHARED))
    learned = Learned({"visits": Rebased(after=2025, scale=0.5, kept_spread=0.2)})
    found = evaluate(as_measured(plan.case, {}, learned))
    inputs = drawn_inputs(plan.appraised, 64, seed=3)
    before, after = (run(one.appraised.compiled.program, inputs).within[0] for one in (plan, found))
    point = plan.appraised.ledger.within[0, 1, 0]
    assert np.allclose(after[0], before[0], rtol=1e-12)
    assert np.allclose(after[1], 0.5 * (0.2 * before[1] + 0.8 * point), rtol=1e-12)


def test_a_rebased_forecast_without_spread_is_certain():
    effects = {"visits": gain({"uniform": [50, 150]}, 1, years=3, growth={"uniform": [0, 0.2]})}
    plan = evaluate(case(effects=effects))
    learned = Learned({"visits": Rebased(after=2025, scale=1, kept_spread=0)})
    found = simulate(as_measured(plan.case, {}, learned), draws=64)
    years = found.evaluation.appraised.ledger.within[0, :, 0]
    assert years == pytest.approx([100, 110, 121, 0, 0])
    assert found.net_present_value.sd == pytest.approx(100 / 12**0.5, rel=0.05)


def test_a_share_with_more_counts_holds_where_it_was_not_measured():
    share = Counts(counts=MeasuredShare(events=29.5, n=99))
    effects = {"visits": gain(100, 1, years=2, deadweight=0.1)}
    figures = {("effects.visits", "deadweight"): {2025: 0.5}}
    found = measured(figures, Learned(shares={("visits", "deadweight"): share}), effects=effects)
    assert values(found)[:2] == pytest.approx([50, 70])


def test_a_measured_case_can_be_simulated():
    plan = evaluate(case(**SHARED))
    certain = as_measured(plan.case, {("effects.visits", "quantity"): {2025: 30, 2026: 40}})
    found = simulate(certain, draws=256)
    assert found.lines["visits"].sd == 0
    assert found.lines["visits"].mean == pytest.approx(700)


YEARS = st.dictionaries(st.integers(2025, 2029), st.floats(-50, 50), min_size=1, max_size=4)


@law
@given(YEARS, YEARS, st.floats(0, 2), st.integers(1, 3), st.floats(0, 1), st.floats(0, 0.5))
def test_it_is_the_case_that_one_would_have_written(plan, came, factor, lasts, drop_off, off):
    lasting = {"lasts": lasts, "drop_off": drop_off, "deadweight": off, "optimism_bias": 0.1}
    effect = gain(plan, 3, factors={"uptake": factor}, **lasting)
    found = measured(
        {("effects.visits", "quantity"): came},
        effects={"visits": effect, "other": gain(20, 3)},
        overlaps={"both": {"lines": ["visits", "other"], "alpha": 0.4}},
        discount={"rate": 0.04},
    )
    together = {year: factor * quantity for year, quantity in plan.items()} | came
    written = evaluate(
        case(
            effects={"visits": gain(together, 3, **lasting), "other": gain(20, 3)},
            overlaps={"both": {"lines": ["visits", "other"], "alpha": 0.4}},
            discount={"rate": 0.04},
        )
    )
    near = {"rel": 1e-9, "abs": 1e-9}
    assert found.totals["benefits"] == pytest.approx(written.totals["benefits"], **near)
    assert values(found) == pytest.approx(values(written), **near)
