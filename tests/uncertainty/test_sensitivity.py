"""Tornado, two-way grid and switching values, against closed forms and against evaluations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.small import case, cost, gain, result
from tests.strategies import cases

from impactmonitor import evaluate
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput
from impactmonitor.uncertainty.models import Model, model_of, places_of
from impactmonitor.uncertainty.one_at_a_time import net_of_parties, quantiles
from impactmonitor.uncertainty.sensitivity import switching_values, tornado, two_way

SOCIETY = [-1]
UNIFORM = {"uniform": [50, 150]}


def model_from(**fields) -> Model:
    return model_for(result(**fields))


def model_for(found: Evaluation) -> Model:
    compiled = found.appraised.compiled
    return model_of(found.case, compiled, places_of([compiled]))


def place(model: Model, path: str) -> int:
    return [one.path for one in model.compiled.inputs].index(path)


def switch(path: str, party: int = -1, **fields) -> float:
    """The switching value of one input."""
    model = model_from(**fields)
    return float(switching_values(model, [party])[0, place(model, path)])


# -------------------------------------------------------------------------------- tornado


def test_tornado_is_the_result_at_the_5th_and_95th_percentile():
    model = model_from(
        costs={"work": cost(UNIFORM)},
        effects={"more": gain({"uniform": [1, 3]}, {"triangular": [0, 40, 80]})},
    )
    found = tornado(model)
    assert found.low == pytest.approx([55, 1.1, 80 * math.sqrt(0.05 / 2)], rel=1e-12)
    assert found.high == pytest.approx([145, 2.9, 80 - 80 * math.sqrt(0.05 / 2)], rel=1e-12)
    assert found.net[0] == pytest.approx([2 * 40 - 55, 2 * 40 - 145], rel=1e-12)
    assert found.net[1] == pytest.approx([1.1 * 40 - 100, 2.9 * 40 - 100], rel=1e-12)
    assert found.net[2] == pytest.approx([2 * found.low[2] - 100, 2 * found.high[2] - 100])


def test_tornado_of_a_discrete_input_takes_values_that_occur():
    table = {"discrete": {"values": [10, 20, 70], "probabilities": [0.04, 0.5, 0.46]}}
    found = tornado(model_from(costs={"work": cost(table)}))
    assert (found.low[0], found.high[0]) == (20, 70)
    assert found.net.tolist() == [[-20, -70]]


def test_tornado_without_inputs_is_empty():
    found = tornado(model_from(costs={"work": cost(1)}))
    assert (found.low.shape, found.high.shape, found.net.shape) == ((0,), (0,), (0, 2))


# ------------------------------------------------------------------------------- two ways


def test_two_way_grid_has_the_result_of_every_combination():
    fields = {
        "costs": {"work": cost(UNIFORM), "other": cost({"uniform": [0, 2]})},
        "effects": {"more": gain({"uniform": [1, 3]}, 60)},
    }
    model = model_from(**fields)
    first, second = place(model, "effects.more.quantity"), place(model, "costs.work.amount")
    grid = two_way(model, first, second, points=4)
    assert grid.first == pytest.approx([1.1, 1.7, 2.3, 2.9])
    assert grid.second == pytest.approx([55, 85, 115, 145])
    assert grid.net == pytest.approx(grid.first[:, None] * 60 - grid.second - 1)
    assert two_way(model, second, first).net.shape == (9, 9)


def test_two_way_grid_of_one_input_is_refused():
    with pytest.raises(ValueError, match="both are the same one"):
        two_way(model_from(costs={"work": cost(UNIFORM)}), 0, 0)


# ------------------------------------------------------------- switching values: closed forms


def test_of_products_and_sums_it_is_the_quotient():
    fields = {
        "costs": {"work": cost(UNIFORM)},
        "effects": {"more": gain({"uniform": [1, 2]}, {"uniform": [50, 90]})},
    }
    found = switching_values(model_from(**fields), SOCIETY)
    assert found[0] == pytest.approx([1.5 * 70, 100 / 70, 100 / 1.5], rel=1e-12)


def test_outside_the_range_there_is_none():
    found = switch("costs.work.amount", costs={"work": cost(UNIFORM)}, effects={"m": gain(1, 160)})
    assert math.isnan(found)


@pytest.mark.parametrize(("value", "is_inside"), [(149.8, True), (149.95, False)])
def test_the_range_ends_at_the_999th_permille(value, is_inside):
    found = switch(
        "costs.work.amount", costs={"work": cost(UNIFORM)}, effects={"m": gain(1, value)}
    )
    assert math.isnan(found) is not is_inside
    assert not is_inside or found == pytest.approx(value, rel=1e-12)


def test_drop_off_is_the_root_of_its_powers():
    # 100 = 40 (1 + k + k^2 + k^3) with k the share that is left
    fields = {
        "costs": {"work": cost(100)},
        "effects": {"more": gain(1, 40, lasts=4, drop_off={"uniform": [0, 0.9]})},
    }
    k = max(r.real for r in np.roots([40, 40, 40, -60]) if abs(r.imag) < 1e-9)
    assert switch("effects.more.drop_off", **fields) == pytest.approx(1 - k, rel=1e-12)


def test_a_rate_is_the_internal_rate_of_return():
    fields = {
        "discount": {"rate": {"uniform": [0.0, 0.2]}},
        "costs": {"work": cost(100)},
        "effects": {"more": gain(1, 30, years=4, first_year=2026)},
    }
    rate = result(**fields).totals["internal_rate_of_return"].value
    assert switch("discount.rate", **fields) == pytest.approx(rate, rel=1e-12)


def test_a_parameter_in_several_places_moves_all_of_them():
    # 9 x - x^2 - 18 = (x - 3) (6 - x), and the point estimate is 5
    fields = {
        "parameters": {"x": {"value": {"uniform": [1, 9]}}},
        "costs": {"work": cost(18)},
        "effects": {
            "more": gain({"parameter": "x"}, 9),
            "less": gain({"parameter": "x"}, {"parameter": "x"}, factors={"turned": -1}),
        },
    }
    assert switch("parameters.x", **fields) == pytest.approx(6, rel=1e-12)
    fields["parameters"] = {"x": {"value": {"uniform": [1, 9], "central": 4.2}}}
    assert switch("parameters.x", **fields) == pytest.approx(3, rel=1e-12)


OVERLAPPING = {
    "costs": {"work": cost(100)},
    "effects": {"first": gain(1, 100), "second": gain({"uniform": [20, 280]}, 1)},
}


def test_overlap_has_its_kink():
    overlap = {"both": {"lines": ["first", "second"], "alpha": 0.5}}
    fields = {**OVERLAPPING, "costs": {"work": cost(120)}, "overlaps": overlap}
    # below 100: 100 + x / 2 - 120
    assert switch("effects.second.quantity", **fields) == pytest.approx(40, rel=1e-12)
    fields["costs"] = {"work": cost(190)}
    assert switch("effects.second.quantity", **fields) == pytest.approx(140, rel=1e-12)


def test_of_a_stretch_of_zero_it_is_the_nearest_end():
    overlap = {"both": {"lines": ["first", "second"], "alpha": 0}}
    found = switch("effects.second.quantity", **OVERLAPPING, overlaps=overlap)
    assert found == pytest.approx(100, rel=1e-12)


# ------------------------------------------------------------- switching values: odd inputs


def test_a_point_estimate_of_zero_gives_itself_for_every_input():
    fields = {
        "costs": {"work": cost({"uniform": [0.1, 0.5]})},
        "effects": {"more": gain({"uniform": [0.5, 1.5], "central": 3}, 0.1)},
    }
    found = switching_values(model_from(**fields), SOCIETY)
    assert found.tolist() == [[0.3, 3.0]]


@pytest.mark.parametrize(
    ("central", "root"), [(200, 140), (10, 60), (155, 140), (101, 140), (99, 60)]
)
def test_a_point_estimate_outside_the_range_looks_into_it(central, root):
    # (x - 60) (140 - x) = 200 x - x^2 - 8400
    fields = {
        "parameters": {"x": {"value": {**UNIFORM, "central": central}}},
        "costs": {"work": cost(8400)},
        "effects": {
            "more": gain({"parameter": "x"}, 200),
            "less": gain({"parameter": "x"}, {"parameter": "x"}, factors={"turned": -1}),
        },
    }
    assert switch("parameters.x", **fields) == pytest.approx(root, rel=1e-12)


def test_a_root_between_the_range_and_the_point_estimate_is_none():
    fields = {"costs": {"work": cost({**UNIFORM, "central": 300})}, "effects": {"m": gain(1, 200)}}
    assert math.isnan(switch("costs.work.amount", **fields))


def test_of_a_discrete_input_it_lies_between_values_that_occur():
    table = {"discrete": {"values": [70, 10, 20], "probabilities": [0.3, 0.3, 0.4]}}
    fields = {"costs": {"work": cost(table)}, "effects": {"more": gain(1, 50)}}
    assert switch("costs.work.amount", **fields) == pytest.approx(50, rel=1e-12)
    fields["effects"] = {"more": gain(1, 75)}
    assert math.isnan(switch("costs.work.amount", **fields))


def test_a_number_without_spread_has_none():
    fields = {"costs": {"work": cost({"uniform": [50, 50]})}}
    assert math.isnan(switch("costs.work.amount", **fields, effects={"more": gain(1, 60)}))
    assert switch("costs.work.amount", **fields, effects={"more": gain(1, 50)}) == 50


def test_an_input_that_does_nothing_has_none():
    fields = {
        "costs": {"work": cost(100)},
        "effects": {"more": gain(1, 150, cashable={"uniform": [0, 1]})},
    }
    assert math.isnan(switch("effects.more.cashable", **fields))


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_what_overflows_is_no_root():
    wide = {"normal": {"mean": 1, "sd": 1e308}}
    fields = {"costs": {"work": cost(100)}, "effects": {"more": gain(wide, 1e300)}}
    assert math.isnan(switch("effects.more.quantity", **fields))


def test_without_inputs_or_parties_there_is_nothing():
    assert switching_values(model_from(costs={"work": cost(1)}), [0, -1]).shape == (2, 0)
    assert switching_values(model_from(costs={"work": cost(UNIFORM)}), []).shape == (0, 1)


# ---------------------------------------------------------------------- switching values: payers


def test_every_payer_has_its_own():
    fields = {
        "costs": {"work": cost({"uniform": [50, 250]}, paid_by={"city": 0.5, "insurer": 0.5})},
        "effects": {
            "city": gain(1, 90, falls_to="city"),
            "insurer": gain({"uniform": [1, 3]}, 60, falls_to="insurer"),
        },
        "transfers": {"rent": {"amount": {"uniform": [0, 30]}, "from": "insurer", "to": "city"}},
    }
    found = switching_values(model_from(**fields), [0, 1, -1])
    expected = [
        [2 * (90 + 15), math.nan, math.nan],  # 90 - 75 + 15
        [2 * (120 - 15), (75 + 15) / 60, math.nan],  # 120 - 75 - 15
        [210, math.nan, math.nan],  # 90 + 120 - 150; a quantity of 1 is the very end of all
    ]
    assert found == pytest.approx(np.array(expected), rel=1e-12, nan_ok=True)


# --------------------------------------------------------- switching values: against evaluations


def test_nearest_sign_change_found_by_brute_force():
    fields = {
        "discount": {"rate": {"uniform": [0.01, 0.06]}},
        "parameters": {"fewer": {"value": {"triangular": [0.1, 0.3, 0.8]}}},
        "costs": {"work": cost({"normal": {"mean": 400, "sd": 80}}, years=2)},
        "effects": {
            "a": gain(4, 60, years=3, lasts=2, drop_off={"parameter": "fewer"}),
            "b": gain({"lognormal": {"p05": 0.5, "p95": 6}}, 120, growth={"uniform": [-0.2, 0.2]}),
        },
        "overlaps": {"both": {"lines": ["a", "b"], "alpha": {"uniform": [0, 1]}}},
    }
    whole, model = case(**fields), model_from(**fields)
    found = switching_values(model, SOCIETY)[0]
    ends = quantiles(model, [0.001, 0.999])
    assert np.isfinite(found).any()
    for one, root, (low, high) in zip(model.compiled.inputs, found, ends, strict=True):

        def net(value, path=one.path):
            return evaluate(whole, values={path: value}).totals["net_present_value"]

        near = np.sign(net(one.expected))
        scanned = np.unique([one.expected, *np.linspace(low, high, 40)])
        same = np.array([np.sign(net(float(v))) == near for v in scanned])
        distances = np.abs(scanned - one.expected)
        if math.isnan(root):
            assert same.all()
        else:
            assert abs(net(float(root))) < 1e-9 * 1000
            assert same[distances < abs(root - one.expected)].all()
            assert distances[~same].min(initial=math.inf) >= abs(root - one.expected)


law = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@law
@given(cases(), st.integers(0, 10), st.integers(0, 100))
def test_on_random_cases_it_is_where_the_sign_changes(tree, party, input_place):
    left_out = ("scenarios", "alternatives", "correlations", "decisions")
    whole = Case.model_validate({k: v for k, v in tree.items() if k not in left_out})
    found = evaluate(whole)
    compiled = found.appraised.compiled
    assume(compiled.inputs)
    model, one = model_for(found), input_place % len(compiled.inputs)
    party %= len(compiled.parties)
    point, root = compiled.inputs[one].expected, switching_values(model, [party])[0, one]
    low, high = quantiles(model, [0.001, 0.999])[one]
    start = min(max(point, low), high)
    stop = [root] if np.isfinite(root) else [low, high]
    scanned = np.concatenate([np.linspace(start, end, 150) for end in stop])
    net, size = net_of_parties(model.exactly(), [party], np.full(len(scanned), one), scanned)
    if root == point:
        assert abs(net[0, 0]) <= 1e-9 * size[0, 0]
        return
    clear = np.abs(net) > 1e-4 * size  # a dip through zero between two points may go unseen
    assert len(set(np.sign(net[clear]))) <= 1
    if np.isfinite(root):
        assert low <= root <= high
        assert abs(net[0, -1]) <= 1e-9 * size[0, -1]
        try:
            again = evaluate(whole, values={compiled.inputs[one].path: float(root)})
        except InvalidInput:
            return
        each = [p.net for p in (*again.by_actor.values(), *again.by_perspective.values())]
        assert abs(each[party]) <= 1e-9 * size[0, -1]
