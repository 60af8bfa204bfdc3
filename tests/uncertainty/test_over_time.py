"""Switching rate and horizon, against evaluations of the case with that rate or horizon."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small import case, cost, gain, result
from tests.strategies import cases

from impactmonitor import evaluate
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import Case
from impactmonitor.uncertainty.over_time import switching_horizon, switching_rate

SOCIETY = -1
LATER = {"costs": {"work": cost(100)}, "effects": {"more": gain(1, 30, years=4, first_year=2026)}}


def nets(found: Evaluation) -> list[float]:
    """Of every party, society last."""
    return [p.net for p in (*found.by_actor.values(), *found.by_perspective.values())]


def size_of(found: Evaluation) -> float:
    return sum(abs(line.present_value or 0.0) for line in found.line_results()) or 1.0


# ----------------------------------------------------------------------------------- rate


@pytest.mark.parametrize("rate", [0.0, 0.03, 0.2, -0.05])
def test_with_one_rate_it_is_the_distance_to_the_rate_of_return(rate):
    found = result(**LATER, discount={"rate": rate})
    internal = found.totals["internal_rate_of_return"].value
    assert switching_rate(found, SOCIETY) == pytest.approx(internal - rate, abs=1e-12)


def test_all_classes_and_the_timing_move_together():
    classes = {"rate": 0.03, "classes": {"nature": 0.01}, "timing": "mid_year"}
    fields = {
        "costs": {"work": cost(150), "upkeep": cost(10, years=5)},
        "effects": {
            "green": gain(1, 40, years=4, discount_class="nature", first_year=2026),
            "more": gain(1, 14, years=5, timing="end_of_year"),
        },
    }
    shift = switching_rate(result(**fields, discount=classes), SOCIETY)
    moved = {"rate": 0.03 + shift, "classes": {"nature": 0.01 + shift}, "timing": "mid_year"}
    again = result(**fields, discount=moved)
    assert abs(shift) > 0.001
    assert abs(again.totals["net_present_value"]) < 1e-10


def test_overlap_is_corrected_again_at_the_other_rate():
    fields = {
        "costs": {"work": cost(200)},
        "effects": {
            "soon": gain(1, 100, years=2),
            "late": gain(1, 60, years=3, first_year=2027),
            "harm": gain(1, -20, years=5),
        },
        "overlaps": {"all": {"lines": ["soon", "late", "harm"], "alpha": {"uniform": [0, 0.8]}}},
    }
    found = result(**fields, discount={"rate": 0.05})
    shift = switching_rate(found, SOCIETY)
    again = result(**fields, discount={"rate": 0.05 + shift})
    assert abs(again.totals["net_present_value"]) < 1e-10
    assert found.appraised.ledger.scale[:, 0] != pytest.approx(again.appraised.ledger.scale[:, 0])


def test_steps_of_a_scheme_keep_their_differences():
    fields = {
        "horizon": 60,
        "costs": {"work": cost(1000)},
        "effects": {"more": gain(1, 50, years=59, first_year=2026)},
        "discount": {"scheme": "uk-green-book"},
    }
    found = result(**fields)
    shift = switching_rate(found, SOCIETY)
    p = found.appraised.ledger.program
    rates = found.appraised.ledger.slots[p.step_slot, 0]
    assert len(rates) > 1
    times = np.arange(60.0)
    ends = np.cumsum([30, 45])
    logs = np.log1p(rates[0] + shift) * np.minimum(times, ends[0])
    logs += np.log1p(rates[1] + shift) * np.clip(times - ends[0], 0, None)
    assert 50 * np.exp(-logs[1:]).sum() == pytest.approx(1000, rel=1e-12)


def test_an_actor_has_its_own():
    fields = {
        "costs": {"work": cost(100)},
        "effects": {"more": gain(1, 30, years=4, first_year=2026, falls_to="insurer")},
        "transfers": {
            "share": {"amount": 105, "first_year": 2026, "from": "insurer", "to": "city"}
        },
        "discount": {"rate": 0.02},
    }
    found = result(**fields)
    assert switching_rate(found, 0) == pytest.approx(0.03, abs=1e-12)
    shift = switching_rate(found, 1)
    assert nets(result(**{**fields, "discount": {"rate": 0.02 + shift}}))[1] == pytest.approx(0)
    assert switching_rate(found, 2) == 0.0  # nothing comes to the people, and nothing goes


def test_the_nearest_of_two_rates_is_taken():
    # 100 (1 - 1.05 d) (1 - 1.2 d) by year: rates of return 5 % and 20 %
    flows = {2025: -100, 2026: 225, 2027: -126}
    for rate, shift in ((0.0, 0.05), (0.1, -0.05), (0.14, 0.06), (0.3, -0.1)):
        fields = {"effects": {"more": gain(flows, 1)}, "discount": {"rate": rate}}
        assert switching_rate(result(**fields), SOCIETY) == pytest.approx(shift, abs=1e-12)


@pytest.mark.parametrize(("gained", "is_found"), [(119.9, True), (120.1, False)])
def test_it_ends_at_20_points_above(gained, is_found):
    fields = {"costs": {"work": cost(100)}, "effects": {"more": gain(1, gained, first_year=2026)}}
    found = switching_rate(result(**fields), SOCIETY)
    assert (found is not None) is is_found
    assert not is_found or found == pytest.approx(gained / 100 - 1, abs=1e-12)


@pytest.mark.parametrize(("gained", "is_found"), [(0.011, True), (0.009, False)])
def test_it_ends_at_the_lowest_rate(gained, is_found):
    fields = {"costs": {"work": cost(100)}, "effects": {"more": gain(1, gained, first_year=2026)}}
    found = switching_rate(result(**fields, discount={"rate": 0.5}), SOCIETY)
    assert (found is not None) is is_found
    assert not is_found or found == pytest.approx(gained / 100 - 1.5, abs=1e-12)


def test_where_no_rate_makes_a_difference_there_is_none():
    assert switching_rate(result(costs={"work": cost(100)}), SOCIETY) is None


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_late_years_may_overflow():
    late = gain(1, -1, years=300)
    found = result(effects={"more": late}, costs={"work": cost(1)}, horizon=300)
    assert switching_rate(found, SOCIETY) is None


def test_what_falls_after_the_horizon_does_not_count():
    fields = {**LATER, "horizon": 3, "discount": {"rate": 0.02}}
    shift = switching_rate(result(**fields), SOCIETY)
    assert 30 / (1.02 + shift) + 30 / (1.02 + shift) ** 2 == pytest.approx(100)


# -------------------------------------------------------------------------------- horizon


@pytest.mark.parametrize(
    ("horizon", "switches_at"), [(5, 4), (4, 5), (3, 5), (1, 5), (6, 4), (20, 4), (300, 4)]
)
def test_horizon_is_the_nearest_with_another_sign(horizon, switches_at):
    # -100, then 30 a year: above 0 from the 5th year on
    assert switching_horizon(result(**LATER, horizon=horizon), SOCIETY) == switches_at


def test_without_another_sign_there_is_none():
    assert switching_horizon(result(costs={"work": cost(100)}), SOCIETY) is None


def test_of_two_equally_near_it_is_the_shorter():
    found = result(effects={"more": gain({2025: -10, 2026: 20, 2027: -20}, 1)}, horizon=2)
    assert switching_horizon(found, SOCIETY) == 1


def test_a_result_of_nothing_has_a_sign_of_its_own():
    found = result(effects={"more": gain({2025: -10, 2026: 10, 2027: 5}, 1)}, horizon=2)
    assert switching_horizon(found, SOCIETY) == 1
    found = result(effects={"more": gain({2025: -10, 2026: 10, 2027: 5}, 1)}, horizon=3)
    assert switching_horizon(found, SOCIETY) == 2


def test_flows_beyond_the_longest_horizon_are_not_reached():
    effects = {"more": gain({2025: -10, 2325: 30}, 1)}
    assert switching_horizon(result(effects=effects), SOCIETY) is None
    effects = {"more": gain({2025: -10, 2324: 30}, 1)}
    assert switching_horizon(result(effects=effects), SOCIETY) == 300


law = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
LEFT_OUT = ("scenarios", "alternatives", "decisions")


def signs(found: Evaluation) -> list[int]:
    """Of the net present value of every party."""
    rounding = 1e-12 * size_of(found)
    return [0 if abs(n) <= rounding else int(math.copysign(1, n)) for n in nets(found)]


@law
@given(cases())
def test_on_random_cases_horizons_are_those_of_evaluations(tree):
    whole = Case.model_validate({k: v for k, v in tree.items() if k not in LEFT_OUT})
    found = evaluate(whole)
    years = found.appraised.compiled.program.years
    nearby = range(max(1, whole.horizon - 12), min(years, whole.horizon + 12) + 1)
    scanned = {h: signs(evaluate(whole.model_copy(update={"horizon": h}))) for h in nearby}
    for party, own in enumerate(signs(found)):
        other = switching_horizon(found, party)
        apart = [h for h in nearby if scanned[h][party] != own]
        if apart:
            assert other == min(apart, key=lambda h: (abs(h - whole.horizon), h))
        else:
            assert other is None or other not in nearby


@law
@given(cases(), st.integers(0, 10), st.floats(0, 0.06))
def test_on_random_cases_the_result_is_nothing_at_the_switching_rate(tree, party, rate):
    tree = {k: v for k, v in tree.items() if k not in LEFT_OUT}
    whole = Case.model_validate({**tree, "correlations": [], "discount": {"rate": rate}})
    found = evaluate(whole)
    party %= len(found.appraised.compiled.parties)
    shift = switching_rate(found, party)
    stop = [shift] if shift is not None else [-0.5, 0.2]
    for end in stop:
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            changed = {"rate": rate + share * end}
            again = evaluate(Case.model_validate({**tree, "correlations": [], "discount": changed}))
            net, size = nets(again)[party], size_of(again)
            if share == 1.0 and shift is not None:
                assert abs(net) <= 1e-9 * size
            elif abs(net) > 1e-4 * size:
                assert np.sign(net) == np.sign(nets(found)[party])


def test_the_case_itself_is_not_touched():
    found = evaluate(case(**LATER, discount={"rate": 0.03}))
    before = found.totals["net_present_value"], found.appraised.ledger.value.copy()
    switching_rate(found, SOCIETY)
    switching_horizon(found, SOCIETY)
    assert found.totals["net_present_value"] == before[0]
    assert (found.appraised.ledger.value == before[1]).all()
