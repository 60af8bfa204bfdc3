"""The order of the steps: variants, overriding values, and every error of them at once."""

from __future__ import annotations

import pytest
from tests.small import case, cost, gain, result

from impactmonitor.catalogue import load_catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.evaluation.steps import find_problems
from impactmonitor.problems import InvalidInput, NotFound

PERT = {"pert": [0, 10, 50]}  # expected value 15, mode 10
FIELDS = {
    "parameters": {"reached": {"value": PERT}},
    "costs": {"work": cost(100)},
    "effects": {"gain": gain({"parameter": "reached"}, 20)},
}


def npv(found: Evaluation) -> float:
    return found.totals["net_present_value"]


def errors(**fields) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        result(**{**FIELDS, **fields})
    assert all(p.severity == "error" for p in caught.value.problems)
    return [(p.code, p.path) for p in caught.value.problems]


def warned(found: Evaluation) -> list[tuple[str, str]]:
    return [(p.code, p.path) for p in found.warnings]


# --- the case itself ----------------------------------------------------------------------------


def test_a_case_by_hand():
    found = result(**FIELDS)
    assert npv(found) == 15 * 20 - 100
    assert found.by_actor["city"].net == -100
    assert found.by_perspective["society"].net == 200
    assert (found.scenario, found.scenarios, found.alternatives) == (None, {}, {})
    assert all(check.passed for check in found.checks)


def test_the_catalogue_that_comes_with_the_package_is_the_default():
    found = evaluate(case(**FIELDS))
    assert found.catalogue_edition == load_catalogue().edition


def test_the_same_case_gives_the_same_result():
    one, other = (result(**FIELDS) for _ in range(2))
    assert one.totals == other.totals
    assert one.by_actor == other.by_actor


def test_errors_of_rules_and_of_looking_up_come_together():
    found = errors(
        costs={"work": cost(paid_by="nobody"), "other": cost(discount_class="unheard")},
        effects={"gain": gain(unit_value="unheard-of")},
    )
    assert sorted(found) == [
        ("unknown-actor", "costs.work.paid_by"),
        ("unknown-discount-class", "costs.other.discount_class"),
        ("unknown-value", "effects.gain.unit_value"),
    ]


def test_metrics_without_a_value_say_why():
    found = result(effects={"gain": gain()})
    reasons = {path: code for code, path in warned(found)}
    assert reasons == {
        "totals.benefit_cost_ratio": "no-costs",
        "totals.sroi": "no-costs",
        "totals.sroi_net": "no-costs",
        "totals.internal_rate_of_return": "no-time-spread",
        "totals.modified_internal_rate_of_return": "no-modified-rate",
        "actors.city.benefit_cost_ratio": "no-costs",
        "actors.insurer.benefit_cost_ratio": "no-costs",
        "actors.people.benefit_cost_ratio": "no-costs",
        "perspectives.society.benefit_cost_ratio": "no-costs",
    }


def test_every_metric_that_is_null_has_one_reason_and_the_others_have_none():
    found = result(
        costs={"work": cost({"2025": 100, "2028": 720})},
        effects={"gain": gain({"2026": 1, "2027": -1, "2029": 1}, 300)},
    )
    null = [
        f"totals.{name}"
        for name, value in found.totals.items()
        if value is None or getattr(value, "reason", None)
    ]
    assert null
    assert [path for _, path in warned(found) if path.startswith("totals.")] == null


def test_several_rates_of_return_are_named_in_the_warning():
    # worth nothing at 10 % and at 20 %: (1 - 1.1 v)(1 - 1.2 v)
    found = result(
        costs={"work": cost({"2025": 100, "2027": 132})},
        effects={"gain": gain(1, 230, first_year=2026)},
    )
    (problem,) = [p for p in found.warnings if p.code == "several-roots"]
    assert problem.path == "totals.internal_rate_of_return"
    assert problem.params == {"roots": "10 %, 20 %"}


# --- values -------------------------------------------------------------------------------------


def test_values_take_the_place_of_expected_ones():
    found = evaluate(case(**FIELDS), values={"parameters.reached": 7})
    assert npv(found) == 7 * 20 - 100
    # the most likely result keeps the modes
    assert found.totals["most_likely_net_present_value"] == 10 * 20 - 100


def test_values_hold_for_variants_too():
    scenarios = {"dear": {"changes": {"costs.work.amount": 130}}}
    found = evaluate(case(**FIELDS, scenarios=scenarios), values={"parameters.reached": 7})
    assert npv(found.scenarios["dear"]) == 7 * 20 - 130


def test_values_of_a_number_that_a_variant_makes_certain():
    scenarios = {"known": {"changes": {"parameters.reached": 12}}}
    found = evaluate(case(**FIELDS, scenarios=scenarios), values={"parameters.reached": 7})
    assert npv(found) == 7 * 20 - 100
    assert npv(found.scenarios["known"]) == 12 * 20 - 100


@pytest.mark.parametrize("path", ["parameters.raeched", "costs.work.amount", "x"])
def test_values_of_what_is_no_uncertain_input_are_refused(path):
    with pytest.raises(InvalidInput) as caught:
        evaluate(case(**FIELDS), values={path: 7})
    (problem,) = caught.value.problems
    assert problem.path == path


def test_values_outside_the_range_of_their_place_are_refused():
    fields = {**FIELDS, "costs": {"work": cost({"uniform": [1, 3]})}}
    with pytest.raises(InvalidInput) as caught:
        evaluate(case(**fields), values={"costs.work.amount": -1})
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == ("out-of-range", "costs.work.amount")


# --- scenarios and alternatives -----------------------------------------------------------------

VARIANTS = {
    "scenarios": {
        "dear": {"changes": {"costs.work.amount": 130}},
        "few": {"changes": {"parameters.reached": 4}},
    },
    "alternatives": {
        "twice": {"changes": {"effects.gain.unit_value": 40, "costs.work.amount": 210}},
        "idle": {"changes": {"costs.work": None, "effects.gain": None, "costs.idle.amount": 0}},
    },
    "costs": {"work": cost(100), "idle": cost(1)},
}


def test_variants_are_the_case_with_their_changes():
    found = result(**{**FIELDS, **VARIANTS})
    assert npv(found) == 15 * 20 - 100 - 1
    assert {name: npv(e) for name, e in found.scenarios.items()} == {
        "dear": 15 * 20 - 130 - 1,
        "few": 4 * 20 - 100 - 1,
    }
    assert {name: npv(e) for name, e in found.alternatives.items()} == {
        "twice": 15 * 40 - 210 - 1,
        "idle": 0,
    }


def test_a_variant_is_what_the_changed_case_gives_by_itself():
    found = result(**{**FIELDS, **VARIANTS}).scenarios["dear"]
    alone = result(**{**FIELDS, "costs": {"work": cost(130), "idle": cost(1)}})
    assert found.totals == alone.totals
    assert found.by_actor == alone.by_actor


def test_variants_have_no_variants_of_their_own():
    found = result(**{**FIELDS, **VARIANTS})
    assert all(not e.scenarios and not e.alternatives for e in found.scenarios.values())


def test_a_scenario_stands_for_the_case_with_its_alternatives_under_it():
    found = evaluate(case(**{**FIELDS, **VARIANTS}), scenario="few")
    assert found.scenario == "few"
    assert npv(found) == 4 * 20 - 100 - 1
    assert found.scenarios == {}
    assert npv(found.alternatives["twice"]) == 4 * 40 - 210 - 1


def test_where_both_change_a_place_the_choice_stands():
    found = evaluate(case(**{**FIELDS, **VARIANTS}), scenario="dear")
    assert npv(found) == 15 * 20 - 130 - 1
    assert npv(found.alternatives["twice"]) == 15 * 40 - 210 - 1


def test_a_catalogue_value_may_be_another_in_a_scenario():
    fields = {
        "effects": {"gain": gain(10, "gp-consult")},
        "price_year": 2022,
        "scenarios": {"cheap": {"changes": {"values.gp-consult": 20}}},
        "alternatives": {"more": {"changes": {"effects.gain.quantity": 30}}},
    }
    price = load_catalogue().value("gp-consult")[1].value
    found = result(**fields)
    assert npv(found) == pytest.approx(10 * price)
    assert npv(found.scenarios["cheap"]) == pytest.approx(10 * 20)
    under = evaluate(case(**fields), scenario="cheap")
    assert npv(under) == pytest.approx(10 * 20)
    assert npv(under.alternatives["more"]) == pytest.approx(30 * 20)


def test_an_unknown_scenario_names_the_nearest():
    with pytest.raises(NotFound) as caught:
        evaluate(case(**{**FIELDS, **VARIANTS}), scenario="daer")
    problem = caught.value.problem
    assert (problem.code, problem.path) == ("unknown-scenario", "scenarios.daer")
    assert problem.params == {"id": "daer", "nearest": "dear"}
    with pytest.raises(NotFound) as caught:
        evaluate(case(**FIELDS), scenario="dear")
    assert caught.value.problem.params["nearest"] == ""


# --- errors of variants -------------------------------------------------------------------------


def variants(changes: dict, kind: str = "scenarios") -> dict:
    return {kind: {"bad": {"changes": changes}}}


@pytest.mark.parametrize("kind", ["scenarios", "alternatives"])
@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"costs.wrok.amount": 1}, "unknown-path", "costs.wrok.amount"),
        ({"costs.work.amount": "much"}, "not-a-number", "costs.work.amount"),
        ({"costs.work.paid_by": {"city": 0.5}}, "shares-sum", "costs.work.paid_by"),
        ({"effects.gain.unit_value": "unheard-of"}, "unknown-value", "effects.gain.unit_value"),
        ({"values.unheard-of": 3}, "unknown-value", "values.unheard-of"),
        (
            {"costs.work.amount": {"uniform": [-3, -2]}},
            "no-mass-in-range",
            "costs.work.amount",
        ),
        ({"id": "other"}, "path-not-changeable", "id"),
    ],
)
def test_an_error_of_a_variant_has_its_place_in_the_variant(kind, changes, code, path):
    assert errors(**variants(changes, kind)) == [(code, f"{kind}.bad.changes.{path}")]


def test_the_error_of_a_scenario_has_the_same_place_when_it_is_asked_for():
    bad = case(**FIELDS, **variants({"costs.work.paid_by": "nobody"}))
    with pytest.raises(InvalidInput) as caught:
        evaluate(bad, scenario="bad")
    assert [(p.code, p.path) for p in caught.value.problems] == [
        ("unknown-actor", "scenarios.bad.changes.costs.work.paid_by")
    ]


def test_errors_of_all_variants_come_together():
    found = errors(
        scenarios={"a": {"changes": {"x": 1}}, "b": {"changes": {"horizon": 0}}},
        alternatives={"c": {"changes": {"costs.work": None, "effects.gain": None}}},
    )
    assert found == [
        ("unknown-path", "scenarios.a.changes.x"),
        ("too-low", "scenarios.b.changes.horizon"),
        ("no-lines", "alternatives.c.changes"),
    ]


def test_errors_of_the_case_are_not_said_again_for_its_variants():
    found = errors(
        costs={"work": cost(paid_by="nobody")},
        **variants({"effects.gain.falls_to": "someone", "horizon": 3}),
    )
    assert found == [
        ("unknown-actor", "costs.work.paid_by"),
        ("unknown-actor", "scenarios.bad.changes.effects.gain.falls_to"),
    ]


def test_what_is_wrong_is_known_before_anything_is_computed():
    catalogue = load_catalogue()
    assert find_problems(case(**FIELDS), catalogue) == []
    found = find_problems(
        case(
            **{
                **FIELDS,
                "costs": {"work": cost(paid_by="nobody")},
                **variants({"effects.gain.unit_value": "unheard-of"}),
            }
        ),
        catalogue,
    )
    assert [(p.code, p.path) for p in found] == [
        ("unknown-actor", "costs.work.paid_by"),
        ("unknown-value", "scenarios.bad.changes.effects.gain.unit_value"),
    ]


# --- warnings of variants -----------------------------------------------------------------------


def test_warnings_of_variants_are_said_only_when_they_are_new():
    harm = gain(-1, 10)
    same = result(
        costs={"work": cost()},
        effects={"harm": harm},
        **variants({"costs.work.amount": 90}),
    )
    assert [p for p in warned(same) if p[0] == "harms-in-ratio"] == [
        ("harms-in-ratio", "totals.benefit_cost_ratio")
    ]
    new = result(
        costs={"work": cost()},
        effects={"harm": gain(1, 10)},
        **variants({"effects.harm.quantity": -1}, "alternatives"),
    )
    assert [p for p in warned(new) if p[0] == "harms-in-ratio"] == [
        ("harms-in-ratio", "alternatives.bad.totals.benefit_cost_ratio")
    ]


def test_warnings_under_a_scenario_are_those_of_the_case_under_it():
    fields = {
        "costs": {"work": cost()},
        "effects": {"harm": gain(1, 10)},
        **variants({"effects.harm.quantity": -1}),
    }
    found = evaluate(case(**fields), scenario="bad")
    assert ("harms-in-ratio", "totals.benefit_cost_ratio") in warned(found)


def test_what_a_folder_of_the_user_replaces_comes_first(tmp_path):
    text = "kind: units\nunits: {person: {title: Our person}}\n"
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    for scenario in (None, "bad"):
        fields = {**FIELDS, **variants({"horizon": 3})}
        found = evaluate(case(**fields), catalogue, scenario=scenario)
        overridden = [p for p in found.warnings if p.code == "catalogue-override"]
        assert overridden == list(catalogue.overrides) == list(found.warnings[: len(overridden)])
