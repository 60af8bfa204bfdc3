"""Point estimates are those of the calculation itself."""

from __future__ import annotations

import pytest
from tests import small
from tests.proposals.judging import catalogue

from impactmonitor.model.numbers import SHARE, Normal, ParameterReference, Uniform
from impactmonitor.proposals.point_values import PointValues

WIDE = {"normal": {"mean": 0.9, "sd": 0.5}}


def test_every_form_of_a_number():
    result = small.result(catalogue(), parameters={"p": {"value": 4}}, costs={"a": small.cost()})
    points = PointValues(result)
    assert points.of("x", 3.0) == 3.0
    assert points.of("x", ParameterReference(parameter="p")) == 4.0
    assert points.of("x", Uniform(uniform=(2, 6))) == 4.0
    assert points.product("x", {"a": 2.0, "b": Uniform(uniform=(2, 6))}) == 8.0
    assert points.product("x", {}) == 1.0


def test_what_is_cut_off_at_its_range_has_the_expectation_of_the_rest():
    result = small.result(catalogue(), effects={"a": small.gain(deadweight=WIDE)})
    effect = result.case.effects["a"]
    assert isinstance(effect.deadweight, Normal)
    found = PointValues(result).of("effects.a.deadweight", effect.deadweight)
    assert found == result.appraised.compiled.inputs[0].expected
    assert found < 0.9
    unused = PointValues(result).of("elsewhere", effect.deadweight, SHARE)
    assert unused == pytest.approx(found)
