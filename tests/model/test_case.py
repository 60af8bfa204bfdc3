"""The case as a record: required fields, defaults, lines, and what stays frozen."""

from __future__ import annotations

import copy

import pytest
from pydantic import ValidationError
from tests.small import case, cost, gain, tree

from impactmonitor.model.case import EXCESS_BURDEN, SOCIETY, Actor, Case, Variant
from impactmonitor.model.lines import Effect
from impactmonitor.model.record import FrozenDict


def codes(fields) -> dict[str, str]:
    """Path → type of what is wrong."""
    with pytest.raises(ValidationError) as caught:
        Case.model_validate(fields)
    return {".".join(map(str, e["loc"])): e["type"] for e in caught.value.errors()}


def test_required_fields_and_no_others():
    required = {"impactmonitor", "id", "title", "currency", "price_year", "base_year", "horizon"}
    assert codes({}) == dict.fromkeys(required | {"actors"}, "missing")
    assert Case.model_validate(tree(discount=None)).discount is None


def test_defaults():
    found = case(costs={"work": cost()})
    assert found.discount.timing == "start_of_year"
    for name in ("perspectives", "parameters", "effects", "transfers", "overlaps", "sources"):
        assert getattr(found, name) == {}, name
    assert (found.correlations, found.excess_burden, found.inflation) == ((), None, None)


@pytest.mark.parametrize(
    ("fields", "path", "code"),
    [
        ({"impactmonitor": 2}, "impactmonitor", "literal_error"),
        ({"impactmonitor": "1"}, "impactmonitor", "literal_error"),
        ({"id": "My case"}, "id", "string_pattern_mismatch"),
        ({"horizon": 0}, "horizon", "greater_than_equal"),
        ({"horizon": 301}, "horizon", "less_than_equal"),
        ({"horizon": 2.5}, "horizon", "int_type"),
        ({"actors": {}}, "actors", "too_short"),
        ({"currency": "euro"}, "currency", "string_pattern_mismatch"),
        ({"perspectives": {"a": []}}, "perspectives.a", "too-few"),
        ({"discount": {"rate": 0, "timing": "middle"}}, "discount.timing", "literal_error"),
        ({"discount": {"rate": 0, "classes": {"a": -1}}}, "discount.classes.a", "greater_than"),
        ({"price_indices": {"x": {"years": {}}}}, "price_indices.x.years", "too_short"),
        ({"exchange_rates": {"GBP": {"2025": 0}}}, "exchange_rates.GBP.2025", "greater_than"),
        ({"correlations": [["a", "b", 1.1]]}, "correlations.0.2", "less_than_equal"),
        ({"correlations": [["a", "b"]]}, "correlations.0.2", "missing"),
        ({"about": {"status": "done"}}, "about.status", "literal_error"),
        ({"about": {"date": "21-11-2026"}}, "about.date", "not-a-date"),
        ({"sources": {"x": {}}}, "sources.x.title", "missing"),
        ({"extra": 1}, "extra", "extra_forbidden"),
    ],
)
def test_what_a_case_refuses(fields, path, code):
    assert codes(tree(**fields)) == {path: code}


def test_lists_may_be_written_as_lists():
    found = case(
        perspectives={"both": ["city", "people"]},
        correlations=[["a", "b", 0.5]],
        overlaps={"x": {"lines": ["gain"], "alpha": 0.5}},
        effects={"gain": gain()},
    )
    assert found.perspectives["both"] == ("city", "people")
    assert found.correlations == (("a", "b", 0.5),)
    assert found.overlaps["x"].lines == ("gain",)


def test_all_lines_by_id_in_the_order_of_costs_effects_transfers():
    found = case(
        transfers={"a": {"from": "city", "to": "people", "amount": 1}},
        costs={"z": cost(), "b": cost()},
        effects={"y": gain()},
    )
    assert list(found.lines()) == ["z", "b", "y", "a"]
    assert isinstance(found.lines()["y"], Effect)


def test_names_that_are_taken():
    assert (SOCIETY, EXCESS_BURDEN) == ("society", "excess-burden")


def test_a_case_cannot_be_changed_anywhere():
    found = case(
        costs={"work": cost(paid_by={"city": 1})},
        scenarios={"bad": {"changes": {"costs.work": {"amount": [1, {"a": 2}]}}}},
    )
    for mapping in (
        found.actors,
        found.costs,
        found.costs["work"].paid_by,
        found.scenarios,
        found.scenarios["bad"].changes,
        found.scenarios["bad"].changes["costs.work"],
        found.scenarios["bad"].changes["costs.work"]["amount"][1],
    ):
        assert isinstance(mapping, FrozenDict)
        with pytest.raises(TypeError):
            mapping["x"] = 1
    with pytest.raises(ValidationError):
        found.horizon = 9


def test_a_case_does_not_hold_on_to_what_it_was_made_from():
    fields = tree(costs={"work": cost()}, scenarios={"bad": {"changes": {"costs.work": [1]}}})
    fields = copy.deepcopy(fields)
    found = Case.model_validate(fields)
    fields["costs"]["work"]["amount"] = 7
    fields["scenarios"]["bad"]["changes"]["costs.work"].append(2)
    assert found.costs["work"].amount == 100
    assert found.scenarios["bad"].changes["costs.work"] == (1,)


def test_changes_keep_any_plain_value():
    values = {"a": None, "b": 1.5, "c": "text", "d": [1, "x"], "e": {"2025": 3}, "f": True}
    changes = Variant.model_validate({"changes": values}).changes
    assert changes == {**values, "d": (1, "x")}


def test_the_same_content_is_the_same_case():
    one, other = (case(costs={"work": cost()}) for _ in range(2))
    assert one == other
    assert one != case(costs={"work": cost(101)})


def test_an_actor_has_the_fields_of_later_issues_already():
    actor = Actor.model_validate(
        {
            "kind": "citizen",
            "reservation": -5,
            "cash_floor": 3,
            "may_pay": True,
            "income": 2,
            "stand_alone": 0,
        }
    )
    assert (actor.reservation, actor.may_pay, actor.stand_alone) == (-5, True, 0)
    assert Actor.model_validate({"kind": "citizen"}).may_pay is None
