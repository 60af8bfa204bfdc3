"""Variants of a case: what a change replaces, and what it may not touch."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.small import ACTORS, case, cost, gain, tree
from tests.strategies import cases

from impactmonitor.evaluation import evaluate
from impactmonitor.model.case import Case, Variant
from impactmonitor.model.changes import Changed, apply_changes, plain
from impactmonitor.model.numbers import ParameterReference, Pert
from impactmonitor.problems import InvalidInput, Problem

FIELDS = {
    "discount": {"rate": 0.03},
    "parameters": {"reached": {"value": 10, "unit": "person", "source": "us"}},
    "sources": {"us": {"title": "Us"}},
    "costs": {
        "work": cost({"2025": 100, "2026": 50}),
        "shared": cost(7, paid_by={"city": 0.5, "people": 0.5}),
    },
    "effects": {"gain": gain({"parameter": "reached"}, factors={"uptake": 0.5})},
    "transfers": {"grant": {"from": "city", "to": "people", "amount": 9}},
    "perspectives": {"both": ["city", "people"]},
    "scenarios": {"other": {"changes": {}}},
    "alternatives": {"choice": {"changes": {}}},
}


@pytest.fixture(scope="module")
def base() -> Case:
    return case(**FIELDS)


def changed(base: Case, **changes: Any) -> Changed:
    """Keyword arguments cannot hold dots; double underscores stand for them."""
    found = {path.replace("__", "."): value for path, value in changes.items()}
    return apply_changes(base, Variant(changes=found))


def problems(base: Case, changes: dict[str, Any]) -> list[Problem]:
    found = apply_changes(base, Variant(changes=changes))
    with pytest.raises(InvalidInput) as caught:
        found.sound()
    assert caught.value.problems == found.problems
    return list(found.problems)


# --- what a change does -------------------------------------------------------------------------


def test_no_changes_are_the_same_case_without_its_variants(base):
    found = changed(base)
    assert found.case == case(**{**FIELDS, "scenarios": {}, "alternatives": {}})
    assert found.values == {}


def test_a_number_is_replaced(base):
    found = changed(base, costs__shared__amount=8, horizon=7).case
    assert (found.costs["shared"].amount, found.horizon) == (8, 7)
    assert base.costs["shared"].amount == 7  # the case itself stays as it is


def test_one_year_of_several_is_replaced(base):
    found = changed(base, costs__work__amount__2026=60).case
    assert found.costs["work"].amount == {2025: 100, 2026: 60}


def test_a_whole_node_is_replaced_and_not_merged(base):
    found = changed(base, costs__work__amount={"2027": 1}, costs__shared__paid_by="people").case
    assert found.costs["work"].amount == {2027: 1}
    assert found.costs["shared"].paid_by == "people"
    line = changed(base, costs__work=cost(5)).case.costs["work"]
    assert line.amount == 5
    assert line.model_fields_set == {"amount", "paid_by"}


def test_an_uncertain_number_takes_the_place_of_a_certain_one(base):
    found = changed(base, effects__gain__factors__uptake={"pert": [0, 0.5, 1]}).case
    assert found.effects["gain"].factors["uptake"] == Pert(pert=(0, 0.5, 1))


def test_null_removes_a_node(base):
    found = changed(base, transfers__grant=None, costs__shared=None, discount=None).case
    assert (found.transfers, list(found.costs), found.discount) == ({}, ["work"], None)


def test_null_of_what_is_absent_anyway_changes_nothing(base):
    for path in ("about.status", "costs.work.growth", "excess_burden", "discount.classes"):
        assert apply_changes(base, Variant(changes={path: None})) == changed(base), path


@pytest.mark.parametrize(
    "path", ["costs.wrok.amount", "costs.wrok", "about.statsu", "abuot.status", "x.y.z"]
)
def test_null_of_an_unknown_path_is_a_mistake_too(base, path):
    assert [(p.code, p.path) for p in problems(base, {path: None})] == [("unknown-path", path)]


def test_null_puts_back_a_default(base):
    assert changed(base, effects__gain__factors=None).case.effects["gain"].factors == {}
    assert changed(base, effects__gain__lasts=None).case.effects["gain"].lasts == 1


def test_a_field_with_a_default_may_be_named_though_absent(base):
    found = changed(
        base,
        effects__gain__deadweight=0.2,
        discount__timing="mid_year",
        about__status="draft",
        inflation=0.02,
        actors__city__may_pay=True,
    ).case
    assert found.effects["gain"].deadweight == 0.2
    assert (found.discount.rate, found.discount.timing) == (0.03, "mid_year")
    assert (found.about.status, found.inflation) == ("draft", 0.02)
    assert found.actors["city"].may_pay is True


def test_what_an_actor_keeps_is_changed_by_its_fields(base):
    retention = {"share": 0.4, "rest_to": "people"}
    given = changed(base, actors__city__retention=retention).case.actors["city"].retention
    assert (given.share, given.yearly_leaving, given.rest_to) == (0.4, 0.0, "people")
    keeping = case(
        **{**FIELDS, "actors": {**ACTORS, "city": {**ACTORS["city"], "retention": retention}}}
    )
    found = changed(keeping, actors__city__retention__share=0.5).case.actors["city"].retention
    assert (found.share, found.rest_to) == (0.5, "people")
    leaving = changed(keeping, actors__city__retention__yearly_leaving=0.1).case
    assert leaving.actors["city"].retention.yearly_leaving == 0.1
    assert changed(keeping, actors__city__retention=None).case.actors["city"].retention is None
    back = changed(keeping, actors__city__retention__share=None).case.actors["city"].retention
    assert back.share == 1.0


def test_what_an_actor_keeps_needs_somebody_who_has_the_rest(base):
    (problem,) = problems(base, {"actors.city.retention.share": 0.5})
    assert (problem.code, problem.path) == ("missing-field", "actors.city.retention.rest_to")
    both = changed(
        base, actors__city__retention__share=0.5, actors__city__retention__rest_to="people"
    )
    assert both.case.actors["city"].retention.rest_to == "people"


def test_a_transfer_is_changed_under_the_names_of_the_file(base):
    assert (
        changed(base, transfers__grant__from="insurer").case.transfers["grant"].from_ == "insurer"
    )
    assert problems(base, {"transfers.grant.from_": "insurer"})[0].code == "unknown-path"


@pytest.mark.parametrize(
    "value", [12, {"pert": [1, 2, 3]}, {"uniform": [1, 2], "central": 1}, {"value": 12}]
)
def test_a_number_for_a_parameter_is_its_value(base, value):
    found = changed(base, parameters__reached=value).case
    parameter = found.parameters["reached"]
    if value == {"value": 12}:  # that is a whole parameter: unit and source are gone
        assert (parameter.value, parameter.unit) == (12, None)
    else:
        assert parameter.model_dump(exclude_unset=True)["value"] is not None
        assert (parameter.unit, parameter.source) == ("person", "us")
    assert changed(base, parameters__reached__value=12).case.parameters["reached"].value == 12


def test_a_catalogue_value_counts_as_something_else(base):
    changes = {"values.gp-consult": 40, "values.road-death-2018": {"uniform": [1, 3]}}
    found = apply_changes(base, Variant(changes=changes))
    assert found.values["gp-consult"] == 40
    assert found.values["road-death-2018"].uniform == (1, 3)
    assert found.case == changed(base).case


def test_a_change_to_a_whole_node_comes_before_one_inside_it(base):
    inside_first = {"costs.work.amount.2027": 3, "costs.work": cost({"2027": 1, "2028": 2})}
    found = apply_changes(base, Variant(changes=inside_first)).case
    assert found.costs["work"].amount == {2027: 3, 2028: 2}


def test_a_changed_node_does_not_change_the_variant(base):
    variant = Variant(
        changes={"costs.work": cost({"2027": 1}), "costs.work.amount.2027": 3}
    )  # fmt: skip
    apply_changes(base, variant)
    assert variant.changes["costs.work"]["amount"] == {"2027": 1}


def test_a_reference_may_be_changed_to_a_number_and_back(base):
    found = changed(base, effects__gain__quantity=4, costs__shared__amount={"parameter": "reached"})
    assert found.case.effects["gain"].quantity == 4
    assert found.case.costs["shared"].amount == ParameterReference(parameter="reached")


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("costs.wrok.amount", "costs.work.amount"),
        ("costs.work.amuont", "costs.work.amount"),
        ("costs.work.amount.2027", "costs.work.amount.2026"),
        ("effects.gain.factors.uptaek", "effects.gain.factors.uptake"),
        ("horizn", "horizon"),
        ("discount.rates", "discount.rate"),
        ("discont.rate", "discount.rate"),
        ("effects.gain.deadwieght", "effects.gain.deadweight"),
        ("costs.work.paid_by.city", ""),
        ("perspectives.both.0", ""),
        ("effects.work.amuont", "costs.work.amount"),
        ("work.amount", "costs.work.amount"),
        ("scenarois", ""),  # what a variant cannot change is not proposed
        ("x", ""),
        ("", ""),
    ],
)
def test_an_unknown_path_names_the_nearest(base, path, nearest):
    (problem,) = problems(base, {path: 1})
    assert (problem.code, problem.path) == ("unknown-path", path)
    assert problem.params == {"path": path, "nearest": nearest}


@pytest.mark.parametrize(
    "path",
    [
        "id",
        "impactmonitor",
        "scenarios",
        "scenarios.other",
        "alternatives.choice.changes",
        "decisions",
    ],
)
def test_what_makes_the_case_this_case_stays(base, path):
    (problem,) = problems(base, {path: 1})
    assert (problem.code, problem.path) == ("path-not-changeable", path)


def test_what_was_removed_has_no_inside_any_more(base):
    found = problems(base, {"costs.work": None, "costs.work.amount": 3})
    assert [(p.code, p.path) for p in found] == [("unknown-path", "costs.work.amount")]


def test_every_unknown_path_is_named_at_once(base):
    found = problems(base, {"b": 1, "a.b": 2, "id": "x", "values.x": "y"})
    assert sorted((p.code, p.path) for p in found) == [
        ("not-a-number", "values.x"),
        ("path-not-changeable", "id"),
        ("unknown-path", "a.b"),
        ("unknown-path", "b"),
    ]


@pytest.mark.parametrize(
    ("value", "code", "path"),
    [
        ("a lot", "not-a-number", "values.x"),
        (None, "not-a-number", "values.x"),
        ({"pert": [3, 2, 1]}, "not-ascending", "values.x"),
        ({"pert": [1, "2", 3]}, "not-a-number", "values.x.pert.1"),
        ({"gamma": [1, 2]}, "unknown-number-form", "values.x"),
    ],
)
def test_a_catalogue_value_has_to_be_a_number(base, value, code, path):
    (problem,) = problems(base, {"values.x": value})
    assert (problem.code, problem.path) == (code, path)


def test_a_catalogue_value_is_no_reference(base):
    assert [p.path for p in problems(base, {"values.x": {"parameter": "reached"}})] == ["values.x"]


@pytest.mark.parametrize("path", ["values", "values.a.b"])
def test_values_are_named_by_one_id(base, path):
    assert [p.code for p in problems(base, {path: 1})] == ["unknown-path"]


def test_the_changed_case_has_the_form_of_a_case(base):
    found = problems(base, {"horizon": "long", "costs.work.amount": None, "currency": None})
    assert sorted((p.code, p.path) for p in found) == [
        ("missing-field", "costs.work.amount"),
        ("missing-field", "currency"),
        ("not-a-whole-number", "horizon"),
    ]


def test_of_changes_with_mistakes_the_others_still_count(base):
    found = apply_changes(base, Variant(changes={"horizn": 9, "costs.shared.amount": 8}))
    assert [p.path for p in found.problems] == ["horizn"]
    assert found.case.costs["shared"].amount == 8


def test_what_has_not_the_form_of_a_case_is_no_case(base):
    assert apply_changes(base, Variant(changes={"currency": None})).case is None


def test_the_rules_of_a_case_are_not_asked_here(base):
    found = apply_changes(base, Variant(changes={"parameters.reached": None}))
    assert found.problems == ()
    assert found.sound().parameters == {}


@pytest.mark.parametrize("path", ["measurements", "monitoring.cumulate_by"])
def test_a_variant_was_never_carried_out_so_nothing_of_it_was_measured(base, path):
    (problem,) = problems(base, {path: None})
    assert (problem.code, problem.path) == ("path-not-changeable", path)
    tree = plain(base) | {"measurements": [{"line": "effects.gain", "period": 2025, "value": 8}]}
    measured = Case.model_validate(tree)
    found = apply_changes(measured, Variant(changes={"effects.gain": None}))
    assert found.sound().measurements == ()


# --- plain values and paths ---------------------------------------------------------------------


def test_plain_values_hold_what_was_given_and_no_defaults(base):
    found = plain(base)
    assert found == {
        **tree(**FIELDS),
        "costs": {
            **FIELDS["costs"],
            "work": {"amount": {"2025": 100, "2026": 50}, "paid_by": "city"},
        },
    }
    found["costs"]["work"]["amount"] = 0  # a copy
    assert base.costs["work"].amount == {2025: 100, 2026: 50}


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(cases())
def test_plain_values_are_the_same_case_again(fields):
    found = Case.model_validate(fields)
    assert Case.model_validate(plain(found)) == found


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(cases())
def test_setting_what_is_there_changes_nothing(fields):
    found = Case.model_validate(fields)
    bare = apply_changes(found, Variant(changes={})).case
    kept = plain(bare)
    same = {path: kept[path] for path in kept if path not in ("impactmonitor", "id")}
    assert apply_changes(found, Variant(changes=same)).case == bare


def test_a_variant_was_never_carried_out_nor_measured(base):
    measured = case(
        costs={"work": cost(50)},
        effects={"less": gain(quantity=3, measured_by="helped")},
        monitoring={"indicators": {"helped": {"measure": "flow", "unit": "person"}}},
        measurements=[{"indicator": "helped", "period": "2025", "value": 2, "status": "approved"}],
    )
    found = apply_changes(measured, Variant(changes={"costs.work.amount": 60})).sound()
    assert (found.monitoring, found.measurements) == (None, ())
    assert found.effects["less"].measured_by is None
    assert evaluate(found).amount("costs") == pytest.approx(60)


# --- what a change leaves alone -----------------------------------------------------------------


def test_what_a_change_does_not_reach_is_the_very_same_record(base):
    found = changed(base, costs__work__amount=7, discount__rate=0.01).sound()
    assert found.costs["work"].amount == 7
    assert found.costs["shared"] is base.costs["shared"]
    assert found.effects["gain"] is base.effects["gain"]
    assert found.actors["city"] is base.actors["city"]
    assert base.costs["work"].amount == {2025: 100.0, 2026: 50.0}


def test_a_mistake_is_sought_for_in_the_whole_case_though_only_a_part_of_it_was_opened(base):
    [problem] = problems(base, {"costs.work.amount": 5, "costs.gain.quantity": 5})
    assert problem.params["nearest"] == "effects.gain.quantity"


def test_an_effect_forgets_what_it_is_measured_by_though_no_change_names_it():
    measured = gain(3, measured_by="visits")
    own = case(costs={"work": cost()}, effects={"gain": measured, "other": gain()})
    found = changed(own, costs__work__amount=7).sound()
    assert "measured_by" not in found.effects["gain"].model_fields_set
    assert found.effects["other"] is own.effects["other"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_a_changed_case_is_the_one_that_is_read_from_the_changed_document(written):
    found = Case.model_validate(written)
    document = plain(found) | {"horizon": 7}
    for name in ("scenarios", "alternatives", "decisions", "monitoring", "measurements"):
        document.pop(name, None)
    made = apply_changes(found, Variant(changes={"horizon": 7})).case
    read = Case.model_validate(document)
    assert made == read
    assert made is not None
    assert plain(made) == plain(read)
