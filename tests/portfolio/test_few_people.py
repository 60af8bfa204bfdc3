"""Amounts that would give a count of few people away, whichever year it was made in."""

import pytest
from tests import small
from tests.portfolio.small_funds import case, catalogue

from impactmonitor.portfolio.few_people import tells_of_few

PEOPLE = {"measure": "flow", "unit": "person", "title": "Helped"}


def tells(*records, plan=PEOPLE, year=2026, view="restated", is_measured=True):
    gain = small.gain(5, measured_by="helped") if is_measured else small.gain(5)
    made = case(
        effects={"gain": gain},
        monitoring={"indicators": {"helped": plan}},
        measurements=[{"indicator": "helped", "status": "approved", **one} for one in records],
    )
    return tells_of_few(small.Case.model_validate(made), catalogue(), year, view)


@pytest.mark.parametrize(
    ("count", "is_few"), [(0, False), (1, True), (4, True), (5, False), (40, False)]
)
def test_one_to_four_people(count, is_few):
    assert tells({"period": 2025, "value": count}) is is_few


def test_what_started_earlier_may_go_on():
    records = {"period": 2025, "value": 3}, {"period": 2026, "value": 30}
    assert [tells(*records, year=year) for year in (2024, 2025, 2026)] == [False, True, True]


def test_of_a_running_count_what_came_in_a_year():
    plan = {**PEOPLE, "measure": "cumulative"}
    assert tells({"period": 2025, "value": 30}, {"period": 2026, "value": 32}, plan=plan)
    assert not tells({"period": 2025, "value": 30}, {"period": 2026, "value": 37}, plan=plan)


@pytest.mark.parametrize(("part", "is_few"), [(3, True), (6, False), (18, True), (20, False)])
def test_of_a_ratio_those_in_it_and_those_who_are_not(part, is_few):
    plan = {**PEOPLE, "measure": "ratio"}
    assert tells({"period": 2025, "numerator": part, "denominator": 20}, plan=plan) is is_few


def test_what_counts_no_people_or_measures_no_effect_tells_nothing():
    assert not tells({"period": 2025, "value": 2}, plan={**PEOPLE, "counts_people": False})
    assert not tells({"period": 2025, "value": 2}, is_measured=False)


def test_only_what_was_approved_counts():
    assert not tells({"period": 2025, "value": 2, "status": "draft"})
