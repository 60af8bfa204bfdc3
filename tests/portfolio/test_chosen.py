"""What one more step of budget is worth, from the points of the curve."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.portfolio.offered import candidate, fund
from tests.portfolio.test_choosing import FEW, chosen


@pytest.fixture
def selection(tmp_path):
    offers = {"a": candidate(0.1, 8), "b": candidate(0.2, 6)}
    return chosen(fund(tmp_path, offers), budget=0.1, step=0.2, drawing=FEW)


def test_the_step_is_from_the_budget_to_the_next_point(selection):
    """0.1 + 0.2 is 0.3, also where floats say otherwise."""
    assert selection.value_of_step == 3
    assert [point.budget for point in selection.budgets][:2] == [Fraction("0.1"), Fraction("0.3")]


def test_where_the_floor_is_out_of_reach_a_step_has_no_value(selection):
    without = replace(selection.budgets[0], best=None)
    found = replace(selection, budgets=(without, *selection.budgets[1:]))
    assert found.value_of_step is None
