"""Questions about a case as a whole."""

from __future__ import annotations

import dataclasses

import pytest
from tests import small
from tests.proposals.judging import FIND, asked, judged

TWICE = "double-count"


def hours(quantity=10, unit_value=50, **fields):
    return small.gain(quantity, unit_value, **{"unit": "hour", **fields})


def test_two_effects_on_one_indicator_as_the_evaluation_warns():
    line = {"indicator": "gp-consults-avoided", "quantity": 10, "falls_to": "insurer"}
    lines = {"one": line, "other": {**line, "quantity": 8}}
    (flag,) = asked(TWICE, effects=lines, price_year=2024)
    assert (flag.path, flag.line_id, flag.other_id) == ("effects.other", "other", "one")


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (hours(unit_value=70), 1),
        (hours(11), 0),
        (hours(falls_to="insurer"), 0),
        (hours(unit="consult"), 0),
        (hours(taken_from="city"), 0),
    ],
    ids=("other price", "other quantity", "other bearer", "other unit", "transfer"),
)
def test_the_same_quantity_for_the_same_bearer_at_another_price(other, count):
    assert len(asked(TWICE, effects={"one": hours(), "other": other})) == count


def test_an_overlap_group_says_how_they_are_related():
    overlaps = {"help": {"lines": ["one", "other"], "alpha": 0.5}}
    lines = {"one": hours(), "other": hours(unit_value=70)}
    assert not asked(TWICE, effects=lines, overlaps=overlaps)


def test_things_without_a_unit_are_not_the_same():
    assert not asked(TWICE, effects={"one": small.gain(10), "other": small.gain(10, 70)})


@pytest.mark.parametrize(("years", "count"), [(2, 0), (3, 0), (4, 1)])
def test_who_still_begins_when_nobody_pays(years, count):
    found = asked(
        "effect-after-costs",
        costs={"work": small.cost(years=2)},
        effects={"walks": small.gain(years=years)},
    )
    assert len(found) == count
    assert all(flag.names == {"year": "2026"} for flag in found)


def test_costs_and_effects_in_named_years():
    fields = {"costs": {"work": small.cost({2025: 1, 2028: 1})},
              "effects": {"walks": small.gain({2025: 1, 2029: 1})}}  # fmt: skip
    assert not asked("effect-after-costs", **fields)
    fields["costs"] = {"work": small.cost({2025: 1, 2027: 1})}
    assert len(asked("effect-after-costs", **fields)) == 1


def test_without_costs_nothing_goes_on_after_them():
    assert not asked("effect-after-costs", effects={"walks": small.gain(years=5)})


@pytest.mark.parametrize(
    ("rate", "currency", "count"),
    [(0.0, "EUR", 1), (0.022, "EUR", 1), (0.024, "EUR", 0), (0.04, "EUR", 0), (0.0, "USD", 0)],
)
def test_a_rate_under_the_usual_one(rate, currency, count):
    fields = {"discount": {"rate": rate}, "currency": currency}
    assert len(asked("own-discount-rate", **fields, costs={"work": small.cost()})) == count


def test_a_scheme_is_no_own_rate():
    fields = {"discount": {"scheme": "nl-2021"}, "costs": {"work": small.cost()}}
    assert not asked("own-discount-rate", **fields)


def test_what_was_left_out_of_a_net_effect_is_asked_about():
    found = dataclasses.replace(judged(effects={"a": small.gain()}), twice=(("a", 0.2),))
    find = FIND["net-with-deadweight"]
    assert find is not None
    (flag,) = find(found)
    assert (flag.path, flag.given.value) == ("effects.a.deadweight", 0.2)
