"""Numbers as they are written: every form, what each refuses, and the ranges of places."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from impactmonitor.model.numbers import (
    ABOVE_MINUS_ONE,
    ANY,
    NOT_NEGATIVE,
    SHARE,
    UNCERTAIN,
    Amount,
    Beta,
    Counts,
    Discrete,
    Distribution,
    Interval,
    Lognormal,
    Normal,
    Number,
    OwnNumber,
    ParameterReference,
    Pert,
    Quantity,
    Range,
    Triangular,
    Uniform,
    UnitValue,
)
from impactmonitor.model.record import Record

FORMS = {
    Pert: {"pert": [1, 2, 4]},
    Triangular: {"triangular": [1, 2, 4]},
    Uniform: {"uniform": [1, 4]},
    Normal: {"normal": {"mean": 1, "sd": 2}},
    Lognormal: {"lognormal": {"p05": 1, "p95": 2}},
    Beta: {"beta": {"mean": 0.4, "sd": 0.1}},
    Discrete: {"discrete": {"values": [1, 2], "probabilities": [0.25, 0.75]}},
    Interval: {"interval": {"low": 1, "high": 2, "coverage": 0.8}},
    Counts: {"counts": {"events": 1, "n": 3}},
}


def read(value, kind=Number):
    """A number as a field of a record takes it."""
    return TypeAdapter(kind, config=Record.model_config).validate_python(value)


def refused(value, kind=Number) -> list[str]:
    """The types of what pydantic finds wrong."""
    with pytest.raises(ValidationError) as caught:
        read(value, kind)
    return [error["type"] for error in caught.value.errors()]


# --- forms --------------------------------------------------------------------------------------


def test_every_form_is_tried():
    assert set(FORMS) == set(UNCERTAIN)


@pytest.mark.parametrize(("kind", "written"), FORMS.items(), ids=lambda x: getattr(x, "tag", ""))
def test_a_form_is_read_and_written_back(kind, written):
    found = read(written)
    assert type(found) is kind
    assert found.kind == kind.tag
    assert found.central is None
    assert found.model_dump(mode="json", exclude_unset=True) == written


@pytest.mark.parametrize("written", FORMS.values(), ids=lambda x: next(iter(x)))
def test_every_form_takes_a_central_value(written):
    assert read({**written, "central": 7}).central == 7.0
    assert read({"central": 7, **written}).central == 7.0


@pytest.mark.parametrize("value", [3, 3.0, -0.5, 0, 1e300])
def test_a_plain_number_is_a_float(value):
    assert read(value) == value
    assert type(read(value)) is float


@pytest.mark.parametrize(
    "value", ["3", None, True, [3], math.nan, math.inf, -math.inf, "1e5", {"pert": "1, 2, 3"}]
)
@pytest.mark.parametrize("kind", [Number, OwnNumber, Amount, Quantity])
def test_what_is_no_number(value, kind):
    assert refused(value, kind)


@pytest.mark.parametrize("value", [{}, {"gamma": 1}, {"central": 3}, {"Pert": [1, 2, 3]}])
def test_a_mapping_of_no_known_form(value):
    assert refused(value) == ["union_tag_not_found"]


def test_two_forms_in_one_number():
    assert refused({**FORMS[Pert], **FORMS[Uniform]}) == ["extra_forbidden"]


def test_a_parameter_is_named():
    assert read({"parameter": "uptake"}) == ParameterReference(parameter="uptake")
    assert refused({"parameter": "Uptake"}) == ["string_pattern_mismatch"]
    # a parameter and a value of the catalogue have a number of their own
    assert refused({"parameter": "uptake"}, OwnNumber) == ["union_tag_invalid"]


def test_what_was_read_is_read_again():
    for written in FORMS.values():
        found = read(written)
        assert read(found) == found


# --- what each form refuses ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"pert": [2, 1, 3]}, "not-ascending"),
        ({"pert": [1, 3, 2]}, "not-ascending"),
        ({"triangular": [3, 2, 1]}, "not-ascending"),
        ({"uniform": [2, 1]}, "not-ascending"),
        ({"pert": [1, 2]}, "missing"),
        ({"uniform": [1, 2, 3]}, "too_long"),
        ({"normal": {"mean": 1, "sd": -1}}, "greater_than_equal"),
        ({"normal": {"mean": 1}}, "missing"),
        ({"lognormal": {"p05": 1, "median": 2, "p95": 3}}, "lognormal-quantiles"),
        ({"lognormal": {"p95": 3}}, "lognormal-quantiles"),
        ({"lognormal": {"p05": 3, "p95": 2}}, "not-ascending"),
        ({"lognormal": {"median": 3, "p95": 2}}, "not-ascending"),
        ({"lognormal": {"p05": 0, "p95": 2}}, "greater_than"),
        ({"lognormal": {"median": -1, "p95": 2}}, "greater_than"),
        ({"beta": {"mean": 1.1, "sd": 0.1}}, "beta-impossible"),
        ({"beta": {"mean": 0.5, "sd": 0.5}}, "beta-impossible"),  # 0.25 is the largest variance
        ({"beta": {"mean": 0, "sd": 0.1}}, "beta-impossible"),
        ({"discrete": {"values": [1], "probabilities": [0.5, 0.5]}}, "discrete-lengths"),
        ({"discrete": {"values": [1, 2], "probabilities": [0.5, 0.6]}}, "discrete-probabilities"),
        ({"discrete": {"values": [1, 2], "probabilities": [-0.5, 1.5]}}, "discrete-probabilities"),
        ({"discrete": {"values": [], "probabilities": []}}, "too-few"),
        ({"interval": {"low": 2, "high": 1}}, "not-ascending"),
        ({"interval": {"low": 1, "high": 2, "coverage": 0}}, "greater_than"),
        ({"interval": {"low": 1, "high": 2, "coverage": 1}}, "less_than"),
        ({"counts": {"events": 4, "n": 3}}, "counts-order"),
        ({"counts": {"events": -1, "n": 3}}, "greater_than_equal"),
        ({"counts": {"events": 0, "n": 0}}, "greater_than"),
        ({"pert": [1, 2, math.inf]}, "finite_number"),
        ({"pert": [1, 2, 3], "central": math.nan}, "finite_number"),
        ({"pert": [1, 2, 3], "centre": 2}, "extra_forbidden"),
    ],
)
def test_what_a_form_refuses(written, code):
    assert code in refused(written)


@pytest.mark.parametrize(
    "written",
    [
        {"pert": [1, 1, 1]},
        {"uniform": [2, 2]},
        {"normal": {"mean": 1, "sd": 0}},
        {"beta": {"mean": 0, "sd": 0}},
        {"beta": {"mean": 0.5, "sd": 0.4999}},
        {"lognormal": {"p05": 1, "p95": 1}},
        {"interval": {"low": -2, "high": -2}},
        {"counts": {"events": 3, "n": 3}},
        {"discrete": {"values": [1, 2], "probabilities": [0.3333333333, 0.6666666667]}},
    ],
)
def test_extremes_that_are_allowed(written):
    assert isinstance(read(written), Distribution)


def test_coverage_is_by_default_90_percent():
    assert read({"interval": {"low": 1, "high": 2}}).interval.coverage == 0.9


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_beta_is_refused_exactly_where_no_beta_has_that_spread(mean, sd):
    written = {"beta": {"mean": mean, "sd": sd}}
    if sd == 0 or sd**2 < mean * (1 - mean):
        assert read(written).beta.mean == mean
    else:
        assert refused(written) == ["beta-impossible"]


# --- one number per year, an id, or nothing known -----------------------------------------------


@pytest.mark.parametrize("kind", [Amount, Quantity, UnitValue])
def test_a_number_per_year(kind):
    found = read({"2025": 1, 2026: {"pert": [1, 2, 3]}, "2027": {"parameter": "x"}}, kind)
    assert list(found) == [2025, 2026, 2027]
    assert [type(found[year]) for year in found] == [float, Pert, ParameterReference]


@pytest.mark.parametrize("kind", [Amount, Quantity, UnitValue])
@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({}, "too_short"),
        ({"25": 1}, "not-a-year"),
        ({"20250": 1}, "not-a-year"),
        ({"2025.5": 1}, "not-a-year"),
        ({"-2025": 1}, "not-a-year"),
        ({"2025": "unknown"}, "float_type"),
        ({"2025": {"2026": 1}}, "union_tag_not_found"),
    ],
)
def test_what_is_no_number_per_year(kind, value, code):
    assert code in refused(value, kind)


def test_years_cannot_be_changed_afterwards():
    found = read({"2025": 1}, Amount)
    with pytest.raises(TypeError):
        found[2026] = 2


def test_only_a_quantity_may_be_unknown():
    assert read("unknown", Quantity) == "unknown"
    assert refused("Unknown", Quantity) == ["literal_error"]
    assert refused("unknown", Amount) == ["float_type"]


def test_a_unit_value_may_be_an_id():
    assert read("gp-consult", UnitValue) == "gp-consult"
    assert refused("GP consult", UnitValue) == ["string_pattern_mismatch"]


def test_all_forms_are_frozen_and_strict():
    for kind in (*UNCERTAIN, ParameterReference):
        assert issubclass(kind, BaseModel)
        assert kind.model_config["frozen"]
        assert kind.model_config["extra"] == "forbid"


# --- ranges -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("allowed", "inside", "outside", "text"),
    [
        (ANY, [-1e300, 0, 1e300], [], "any number"),
        (NOT_NEGATIVE, [0, 1e9], [-1e-300], ">= 0"),
        (SHARE, [0, 0.5, 1], [-1e-9, 1 + 1e-9], "0 .. 1"),
        (ABOVE_MINUS_ONE, [-0.999999, 0, 50], [-1, -2], "> -1"),
        (Range(high=2), [-5, 2], [2.1], "-inf .. 2"),
    ],
)
def test_ranges(allowed, inside, outside, text):
    assert all(allowed.contains(x) for x in inside)
    assert not any(allowed.contains(x) for x in outside)
    assert str(allowed) == text


def test_what_satisfies_two_ranges():
    assert SHARE.intersect(NOT_NEGATIVE) == SHARE
    assert NOT_NEGATIVE.intersect(ABOVE_MINUS_ONE) == NOT_NEGATIVE
    assert ANY.intersect(ABOVE_MINUS_ONE) == ABOVE_MINUS_ONE
    open_at_0, closed_at_0 = Range(0, 5, is_open=True), Range(0, 3)
    assert open_at_0.intersect(closed_at_0) == Range(0, 3, is_open=True)
    assert Range(1, 5).intersect(open_at_0) == Range(1, 5)


edges = st.sampled_from([-math.inf, -1.0, 0.0, 0.5, 1.0, math.inf])


@given(
    *[st.builds(Range, edges, edges, st.booleans())] * 2,
    st.sampled_from([-2, -1, -0.5, 0, 0.25, 0.5, 1, 2]),
)
def test_an_intersection_holds_exactly_what_both_hold(one, other, value):
    both = one.intersect(other)
    assert both.contains(value) == (one.contains(value) and other.contains(value))
    assert both == other.intersect(one)
