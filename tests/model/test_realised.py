"""Realised lines are lines: whatever takes a line takes them too, and writes the plan."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from tests.small import case, cost, gain

from impactmonitor.model.changes import plain
from impactmonitor.model.lines import Cost, Effect
from impactmonitor.model.realised import RealisedCost, RealisedEffect, Rebased
from impactmonitor.tracking import as_measured


def test_a_measured_case_is_written_as_its_plan():
    plan = case(costs={"work": cost(100, years=2)}, effects={"visits": gain(10, 5)})
    figures = {("costs.work", "amount"): {2025: 7.0}, ("effects.visits", "quantity"): {2025: 3.0}}
    measured = as_measured(plan, figures)
    assert isinstance(measured.costs["work"], RealisedCost)
    assert isinstance(measured.effects["visits"], RealisedEffect)
    assert plain(measured) == plain(plan)


def test_they_have_every_field_of_their_line():
    assert RealisedCost.model_fields.keys() > Cost.model_fields.keys()
    assert RealisedEffect.model_fields.keys() > Effect.model_fields.keys()


def test_a_forecast_is_not_scaled_below_nothing_nor_widened():
    with pytest.raises(ValidationError):
        Rebased(after=2025, scale=-0.1)
    with pytest.raises(ValidationError):
        Rebased(after=2025, kept_spread=1.1)
