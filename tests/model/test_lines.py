"""Lines: what each must have, what stands where nothing was given, and who shares in them."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from impactmonitor.catalogue import load_catalogue
from impactmonitor.model.lines import (
    Cashable,
    Confirmation,
    Cost,
    Domain,
    Effect,
    Evidence,
    Shares,
    Transfer,
    shares_of,
)
from impactmonitor.model.numbers import ParameterReference, Pert, Uniform
from impactmonitor.model.record import Record

COST = {"amount": 100, "paid_by": "city"}
EFFECT = {"quantity": 3}
TRANSFER = {"from": "city", "to": "people", "amount": 5}


def codes(model, fields) -> dict[str, str]:
    """Field → type of what is wrong with it."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(fields)
    return {str(error["loc"][0]): error["type"] for error in caught.value.errors()}


def read(kind, value):
    return TypeAdapter(kind, config=Record.model_config).validate_python(value)


@pytest.mark.parametrize(
    ("model", "fields", "required"),
    [
        (Cost, COST, {"amount", "paid_by"}),
        (Effect, EFFECT, {"quantity"}),
        (Transfer, TRANSFER, {"from", "to", "amount"}),
    ],
)
def test_required_fields_and_no_others(model, fields, required):
    assert set(codes(model, {})) == required
    assert model.model_validate(fields).model_fields_set == {
        "from_" if name == "from" else name for name in required
    }


def test_defaults_of_a_cost_are_those_of_the_format():
    cost = Cost.model_validate(COST)
    assert (cost.domain, cost.years, cost.growth, cost.in_kind) == ("economic", 1, 0, False)
    assert (cost.optimism_bias, cost.prices) == (0, "real")
    for name in ("first_year", "price_year", "currency", "timing", "discount_class", "title"):
        assert getattr(cost, name) is None, name


def test_defaults_of_an_effect_are_those_of_the_format():
    effect = Effect.model_validate(EFFECT)
    assert (effect.basis, effect.lasts, effect.lag, effect.years) == ("gross", 1, 0, 1)
    zero = ("drop_off", "real_price_change", "deadweight", "displacement", "growth")
    for name in (*zero, "attribution_to_others", "optimism_bias", "cashable"):
        assert getattr(effect, name) == 0, name
    for name in ("domain", "indicator", "unit_value", "falls_to", "taken_from", "discount_class"):
        assert getattr(effect, name) is None, name
    assert (effect.monetised, effect.factors, effect.confirmation) == (True, {}, {})


def test_a_transfer_is_written_with_from():
    transfer = Transfer.model_validate(TRANSFER)
    assert (transfer.from_, transfer.to) == ("city", "people")
    assert transfer.model_dump(by_alias=True, exclude_unset=True) == {**TRANSFER, "amount": 5.0}
    assert codes(Transfer, {**TRANSFER, "from_": "city"}) == {"from_": "extra_forbidden"}


@pytest.mark.parametrize(
    ("model", "fields", "field", "code"),
    [
        (Cost, COST, {"domain": "medical"}, "literal_error"),
        (Cost, COST, {"prices": "Real"}, "literal_error"),
        (Cost, COST, {"timing": "end"}, "literal_error"),
        (Cost, COST, {"evidence": "strong"}, "literal_error"),
        (Cost, COST, {"years": 0}, "greater_than_equal"),
        (Cost, COST, {"years": 1.5}, "int_type"),
        (Cost, COST, {"in_kind": "yes"}, "bool_type"),
        (Cost, COST, {"falls_to": "city"}, "extra_forbidden"),
        (Cost, COST, {"amount": "unknown"}, "float_type"),
        (Effect, EFFECT, {"lag": -1}, "greater_than_equal"),
        (Effect, EFFECT, {"lasts": 0}, "greater_than_equal"),
        (Effect, EFFECT, {"lasts": 1001}, "less_than_equal"),
        (Effect, EFFECT, {"basis": "netto"}, "literal_error"),
        (Effect, EFFECT, {"paid_by": "city"}, "extra_forbidden"),
        (Effect, EFFECT, {"in_kind": True}, "extra_forbidden"),
        (Effect, EFFECT, {"prices": "nominal"}, "extra_forbidden"),
        (Effect, EFFECT, {"confirmation": {"city": "yes"}}, "literal_error"),
        (Effect, EFFECT, {"factors": {"a.b": 1}}, "string_pattern_mismatch"),
        (Effect, EFFECT, {"factors": {"": 1}}, "string_too_short"),
        (Transfer, TRANSFER, {"domain": "social"}, "extra_forbidden"),
        (Transfer, TRANSFER, {"discount_class": "standard"}, "extra_forbidden"),
        (Transfer, TRANSFER, {"optimism_bias": 0.1}, "extra_forbidden"),
    ],
)
def test_what_a_line_refuses(model, fields, field, code):
    (name,) = field
    assert codes(model, {**fields, **field}) == {name: code}


# --- shares -------------------------------------------------------------------------------------


def test_one_actor_or_shares_over_actors():
    assert read(Shares, "city") == "city"
    assert read(Shares, {"city": 0.25, "people": 0.75}) == {"city": 0.25, "people": 0.75}
    for wrong in ({"city": -0.1}, {"City": 1}, {"city": {"uniform": [0, 1]}}, ["city"], "City", 5):
        with pytest.raises(ValidationError):
            read(Shares, wrong)


def test_shares_of_nobody_one_and_several():
    assert shares_of(None) == {}
    assert shares_of("city") == {"city": 1.0}
    assert list(shares_of({"b": 0.25, "a": 0.75}).items()) == [("b", 0.25), ("a", 0.75)]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (0.4, 0.4),
        ({"uniform": [0, 1]}, Uniform(uniform=(0, 1))),
        ({"parameter": "cash"}, ParameterReference(parameter="cash")),
        ({"city": 0.4}, {"city": 0.4}),
        ({"city": {"pert": [0, 0.1, 1]}}, {"city": Pert(pert=(0, 0.1, 1))}),
        # actors may have the name of a distribution
        ({"normal": 0.4, "uniform": 0.1}, {"normal": 0.4, "uniform": 0.1}),
        ({"uniform": {"uniform": [0, 1]}}, {"uniform": Uniform(uniform=(0, 1))}),
        ({"parameter": 0.4}, {"parameter": 0.4}),
        ({"normal": {"parameter": "x"}}, {"normal": ParameterReference(parameter="x")}),
    ],
)
def test_a_cashable_share_for_all_or_per_actor(written, found):
    assert read(Cashable, written) == found


@pytest.mark.parametrize("written", ["0.4", {"City": 0.4}, {"uniform": [1, 0]}, {"city": "0.4"}])
def test_what_is_no_cashable_share(written):
    with pytest.raises(ValidationError):
        read(Cashable, written)


# --- lists of the format and of the catalogue ---------------------------------------------------


def test_domains_and_evidence_are_those_of_the_catalogue():
    catalogue = load_catalogue()
    assert get_args(Domain) == tuple(catalogue.domains)
    assert get_args(Evidence) == tuple(catalogue.evidence)
    assert get_args(Confirmation) == ("confirmed", "contested", "open")
