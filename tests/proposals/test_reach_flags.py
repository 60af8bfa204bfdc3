"""Questions about numbers of people, each beside the same case with numbers that fit."""

from __future__ import annotations

import pytest
from tests import small
from tests.proposals.judging import asked

ABOVE = "reach-above-population"


def reaching(people, population=1000, **fields):
    parameter = {"value": people, "unit": "people"}
    line = {**small.gain({"parameter": "met"}), **fields}
    return {
        "about": {"population": population},
        "parameters": {"met": parameter},
        "effects": {"walks": line},
    }


def test_more_people_than_there_are():
    (flag,) = asked(ABOVE, **reaching(1001))
    assert flag.path == "effects.walks.quantity"
    assert (flag.given.value, flag.given.unit) == (1001, "person")
    assert [amount.value for amount in flag.compared] == [1000]
    assert not asked(ABOVE, **reaching(1000))


def test_nothing_is_asked_without_a_population():
    assert not asked(ABOVE, **{**reaching(10_000), "about": {"author": "us"}})
    assert not asked(ABOVE, **{**reaching(10_000), "about": None})


def test_the_same_people_every_year_are_not_added_up():
    assert not asked(ABOVE, **reaching(900, years=4))


def test_who_still_has_the_effect_is_somebody_else_than_who_begins():
    assert not asked(ABOVE, **reaching(500, years=2, lasts=2))
    (flag,) = asked(ABOVE, **reaching(501, years=2, lasts=2))
    assert flag.given.value == 1002


def test_effects_on_the_same_people_are_asked_about_once():
    fields = reaching(2000)
    fields["effects"]["talks"] = {**fields["effects"]["walks"], "lasts": 2}
    (flag,) = asked(ABOVE, **fields)
    assert flag.line_id == "talks"


def test_an_effect_counted_in_people_is_reach_too():
    line = small.gain(3000, unit="person", factors={"part": 0.5})
    (flag,) = asked(ABOVE, about={"population": 1000}, effects={"active": line})
    assert flag.given.value == 1500


def test_nobody_has_two_benefits_in_one_year():
    line = small.gain(1200, unit="benefit year")
    assert len(asked(ABOVE, about={"population": 1000}, effects={"benefits": line})) == 1


@pytest.mark.parametrize(
    ("unit", "factors", "count"),
    [("consult", {"each": 0.1}, 1), ("consult", {}, 0), ("kg", {"each": 0.1}, 0)],
)
def test_a_quantity_without_a_unit_that_is_multiplied_is_most_likely_people(unit, factors, count):
    line = small.gain(1200, unit=unit, factors=factors)
    found = asked(ABOVE, about={"population": 1000}, effects={"help": line})
    assert len(found) == count
    assert all((flag.given.value, flag.given.unit) == (1200, "") for flag in found)


@pytest.mark.parametrize(("uptake", "count"), [(1.2, 1), (1.0, 0), (0.3, 0)])
def test_not_more_than_the_whole_of_a_group_that_is_a_factor(uptake, count):
    factors = {"population": 800, "uptake": uptake, "hours": 3}
    found = asked(ABOVE, effects={"help": small.gain(1, unit="hour", factors=factors)})
    assert len(found) == count
    assert all(flag.path == "effects.help.factors.population" for flag in found)


def test_a_group_is_known_by_the_unit_of_its_parameter():
    parameters = {"people": {"value": 800, "unit": "persons"}}
    factors = {"all-over-65": {"parameter": "people"}}
    line = small.gain(1.5, unit="hour", factors=factors)
    assert len(asked(ABOVE, parameters=parameters, effects={"help": line})) == 1


@pytest.mark.parametrize(("part", "count"), [(1.7, 1), (1.0, 0), (0.7, 0)])
def test_not_more_people_are_helped_than_reached(part, count):
    fields = reaching(100, unit="person", factors={"part": part})
    found = asked("more-helped-than-reached", **fields)
    assert len(found) == count
    assert all(flag.path == "effects.walks.factors" for flag in found)
    assert all(flag.given.value == pytest.approx(170) for flag in found)


def test_hours_of_help_may_be_more_than_people():
    fields = reaching(100, unit="hour", factors={"hours": 3})
    assert not asked("more-helped-than-reached", **fields)


@pytest.mark.parametrize(("value", "count"), [(30, 1), (0.3, 0), ({"uniform": [20, 40]}, 1)])
def test_a_percentage_is_no_share(value, count):
    fields = {
        "parameters": {"part": {"value": value, "unit": "share"}},
        "effects": {"walks": small.gain(factors={"part": {"parameter": "part"}})},
    }
    assert len(asked("share-above-one", **fields)) == count
