"""What is usual and who is far from it: by median and median absolute deviation on logarithms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import small
from tests.proposals.judging import judged

from impactmonitor.proposals.checked import Flag, Unjudged
from impactmonitor.proposals.spreads import (
    COST,
    RATIO,
    Compared,
    Kind,
    compared_figures,
    far_from_the_batch,
    is_far,
    spread_of,
    spreads_of,
)
from impactmonitor.proposals.thresholds import Thresholds

KIND = Kind(COST, "person", "reached", "EUR")
LIMITS = Thresholds()
AMOUNTS = st.lists(st.floats(1, 1e6), min_size=5, max_size=40)


def figures(values, kind=KIND):
    return [Compared((kind,), value, "costs", None) for value in values]


def judged_values(values, limits=LIMITS, kind=KIND):
    """Which of the values are asked about."""
    all_of_them = figures(values, kind)
    return [
        one.value
        for one in all_of_them
        if any(isinstance(found, Flag) for found in far_from_the_batch([one], all_of_them, limits))
    ]


@given(AMOUNTS)
def test_the_modified_z_score_of_iglewicz_and_hoaglin(values):
    """A second way to compute: 0.6745 (x - median) / MAD beyond 3.5, on logarithms with numpy."""
    found = spread_of(KIND, values, LIMITS)
    logs = np.log(values)
    deviation = np.median(np.abs(logs - np.median(logs)))
    for value in (*values, min(values) / 50, max(values) * 50):
        distance = abs(math.log(value) - np.median(logs))
        if deviation > 0 and 3.5 * deviation / 0.6745 > math.log(3):
            score = 0.6745 * distance / deviation
            margin, is_beyond = abs(score - 3.5), score > 3.5
        else:
            margin, is_beyond = abs(distance - math.log(3)), distance > math.log(3)
        if margin > 1e-6:
            assert is_far(Compared((KIND,), value, "", None), found) == is_beyond


@given(AMOUNTS, st.floats(0.01, 100))
def test_another_currency_changes_nothing(values, by):
    one, other = spread_of(KIND, values, LIMITS), spread_of(KIND, [v * by for v in values], LIMITS)
    assert one.high is not None
    assert other.high == pytest.approx(one.high * by, rel=1e-6)


@settings(max_examples=30)
@given(AMOUNTS, st.randoms())
def test_the_order_of_the_files_changes_nothing(values, drawn):
    shuffled = sorted(values, key=lambda _: drawn.random())
    assert sorted(judged_values(values)) == sorted(judged_values(shuffled))


def test_one_that_is_far_does_not_make_itself_usual():
    assert judged_values([90, 95, 100, 105, 110, 9]) == [9]
    assert judged_values([90, 95, 100, 105, 110, 1100]) == [1100]


def test_cases_that_are_all_alike_have_no_small_outlier():
    assert judged_values([100, 100, 100, 100, 250]) == []
    assert judged_values([100, 100, 100, 100, 301]) == [301]


def test_too_few_cases_say_nothing():
    found = figures([1, 100, 100, 100])
    (nothing, _) = far_from_the_batch(found[:1], found, LIMITS)
    assert nothing == Unjudged(COST, "too-few", 4, 5)
    assert spread_of(KIND, [1, 100, 100, 100], LIMITS).high is None
    assert judged_values([1, 100, 100, 100], Thresholds(fewest_cases=4)) == [1]


def test_a_low_ratio_is_no_exaggeration():
    ratio = Kind(RATIO)
    assert judged_values([1, 1, 1, 1, 0.001], kind=ratio) == []
    assert judged_values([1, 1, 1, 1, 50], kind=ratio) == [50]


def test_those_most_alike_are_looked_at_before_all_others():
    narrow = KIND._replace(indicator="treated-falls-avoided")
    others = figures([10, 20, 40, 80, 160, 320])
    alike = [Compared((narrow, KIND), value, "costs", None) for value in (30, 31, 32, 33, 120)]
    (flag, _) = far_from_the_batch(alike[-1:], [*others, *alike], LIMITS)
    assert isinstance(flag, Flag)
    assert flag.names["indicator"] == "treated-falls-avoided"
    assert flag.compared[0].value == pytest.approx(31.5)
    assert len(spreads_of([*others, *alike], LIMITS)) == 2


def test_costs_over_everybody_who_starts():
    parameters = {"met": {"value": 50, "unit": "person"}, "few": {"value": 5, "unit": "person"}}
    lines = {"a": small.gain({"parameter": "met"}, years=2), "b": small.gain({"parameter": "few"})}
    found = judged(parameters=parameters, effects=lines, costs={"work": small.cost(3000)})
    cost, ratio = compared_figures(found)
    assert (cost.value, cost.kinds[0]) == (30.0, KIND)
    assert ratio.value == found.evaluation.totals["benefit_cost_ratio"]
    assert ratio.path == "effects.a"


def test_a_case_without_people_or_without_costs_is_not_compared():
    no_people = list(compared_figures(judged(effects={"a": small.gain()}, costs=None)))
    assert no_people == []
    reasons = [one.reason for one in far_from_the_batch([], [], LIMITS)]  # type: ignore[union-attr]
    assert reasons == ["no-reach", "no-ratio"]
