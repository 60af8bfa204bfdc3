"""One number, one slot, one draw; and what is said about numbers that are cut off."""

from __future__ import annotations

import pytest
from tests.small import appraised, case, cost, gain, result

from impactmonitor.appraisal.inputs import InputRegister
from impactmonitor.model.numbers import ANY, NOT_NEGATIVE, SHARE, Pert, Uniform
from impactmonitor.problems import InvalidInput

PERT = {"pert": [10, 20, 60]}


def paths(a) -> list[str]:
    return [entry.path for entry in a.compiled.inputs]


# --- the register -------------------------------------------------------------------------------


def test_each_number_has_a_slot_and_a_certain_one_stands_once():
    register = InputRegister(case(costs={"work": cost()}))
    five = register.constant(5.0)
    first = register.slot("a", Uniform(uniform=(0, 2)), ANY)
    six = register.constant(6.0)
    second = register.slot("b", Uniform(uniform=(0, 4)), ANY)
    assert register.constant(5.0) == five
    assert register.slot("c", 6.0, ANY) == six
    assert sorted([five, first, six, second]) == [0, 1, 2, 3]
    assert register.input_slots().tolist() == [first, second]
    assert register.constant_slots().tolist() == [five, six]
    assert register.constants().tolist() == [5, 6]
    assert [register.value(s) for s in (first, second, five, six)] == [1, 2, 5, 6]


def test_one_path_is_one_input():
    register = InputRegister(case(costs={"work": cost()}))
    pert = Pert(pert=(0, 1, 2))
    assert register.slot("a", pert, ANY) == register.slot("a", pert, ANY) == 0
    assert register.slot("b", pert, ANY) == 1
    assert [entry.path for entry in register.inputs] == ["a", "b"]


def test_without_uncertain_numbers_there_are_no_inputs():
    register = InputRegister(case(costs={"work": cost()}))
    register.constant(1.0)
    assert (register.inputs, register.input_slots().tolist()) == ([], [])


# --- in a case ----------------------------------------------------------------------------------


def test_a_case_of_certain_numbers_has_no_inputs():
    assert paths(appraised(costs={"work": cost()}, effects={"gain": gain()})) == []


def test_every_uncertain_number_once_by_its_path():
    a = appraised(
        costs={"work": cost({"2025": PERT, "2026": PERT}, optimism_bias={"uniform": [0, 1]})},
        effects={
            "gain": gain(
                PERT,
                {"2025": PERT, "2027": 3},
                factors={"uptake": PERT, "size": 2},
                cashable={"people": {"uniform": [0, 1]}},
            )
        },
        discount={"rate": {"uniform": [0.01, 0.03]}},
    )
    assert sorted(paths(a)) == [
        "costs.work.amount.2025",
        "costs.work.amount.2026",
        "costs.work.optimism_bias",
        "discount.rate",
        "effects.gain.cashable.people",
        "effects.gain.factors.uptake",
        "effects.gain.quantity",
        "effects.gain.unit_value.2025",
    ]


def test_a_parameter_is_one_input_wherever_it_is_used():
    reached = {"parameter": "reached"}
    a = appraised(
        parameters={"reached": {"value": PERT}, "idle": {"value": PERT}},
        costs={"work": cost(reached)},
        effects={"gain": gain(reached), "other": gain(2, 3, factors={"n": reached})},
    )
    # a parameter that nothing uses is no input of the result
    assert paths(a) == ["parameters.reached"]


def test_a_single_amount_is_one_draw_for_all_its_years():
    a = appraised(costs={"work": cost(PERT, years=5)})
    assert paths(a) == ["costs.work.amount"]


def test_the_range_of_a_parameter_is_that_of_all_its_places():
    share = {"parameter": "share"}
    a = appraised(
        parameters={"share": {"value": {"uniform": [-1, 1]}}},
        effects={"gain": gain(share, 100), "other": gain(1, 100, deadweight=share)},
    )
    (entry,) = a.compiled.inputs
    assert entry.allowed == SHARE
    # half of it lies below 0; the rest is uniform from 0 to 1
    assert (entry.expected, entry.mode, entry.lost) == (0.5, 0.5, 0.5)


def test_what_is_cut_off_is_said_with_its_share():
    found = result(costs={"work": cost({"uniform": [-25, 75]})})
    (problem,) = [p for p in found.warnings if p.code == "truncated"]
    assert problem.path == "costs.work.amount"
    assert problem.params == {"percent": "25", "range": str(NOT_NEGATIVE)}
    assert found.totals["costs"] == 37.5


def test_a_negligible_loss_is_not_worth_a_word():
    # mean 10, standard deviation 1.5: more than six of them above 0, 1e-11 lies below
    found = result(costs={"work": cost({"normal": {"mean": 10, "sd": 1.5}})})
    assert 0 < found.appraised.compiled.inputs[0].lost < 1e-9
    assert "truncated" not in [p.code for p in found.warnings]


def test_nothing_left_in_the_range_is_an_error():
    with pytest.raises(InvalidInput) as caught:
        result(
            costs={"work": cost({"uniform": [-3, -1]})},
            effects={"gain": gain(drop_off={"triangular": [2, 3, 4]})},
        )
    assert [(p.code, p.path) for p in caught.value.problems] == [
        ("no-mass-in-range", "costs.work.amount"),
        ("no-mass-in-range", "effects.gain.drop_off"),
    ]


# --- correlations -------------------------------------------------------------------------------

CORRELATED = {
    "parameters": {"reached": {"value": PERT}, "fixed": {"value": 3}},
    "costs": {"work": cost(PERT)},
    "effects": {"gain": gain({"parameter": "reached"}, "gp-consult", unit="consult")},
    "actors": {
        "city": {"kind": "municipality"},
        "people": {"kind": "citizen"},
    },
}


def test_correlations_of_uncertain_inputs_are_silent():
    found = result(**CORRELATED, correlations=[["parameters.reached", "costs.work.amount", 0.5]])
    assert not [p for p in found.warnings if p.path.startswith("correlations")]


def test_a_correlation_of_a_place_that_is_not_there_names_the_nearest():
    pairs = [["parameters.reached", "costs.work.amuont", 0.5], ["x", "parameters.reached", 0]]
    with pytest.raises(InvalidInput) as caught:
        result(**CORRELATED, correlations=pairs)
    one, other = caught.value.problems
    assert (one.code, one.path) == ("unknown-path", "correlations.0.1")
    assert one.params["nearest"] == "costs.work.amount"
    assert (other.code, other.path, other.params["nearest"]) == (
        "unknown-path",
        "correlations.1.0",
        "",
    )


@pytest.mark.parametrize("path", ["parameters.fixed", "values.gp-consult", "costs.work.growth"])
def test_a_correlation_with_a_certain_number_does_nothing(path):
    found = result(**CORRELATED, correlations=[[path, "costs.work.amount", 0.5]])
    (problem,) = [p for p in found.warnings if p.path.startswith("correlations")]
    assert (problem.code, problem.path) == ("correlation-without-effect", "correlations.0.0")
    assert problem.params == {"id": path}
