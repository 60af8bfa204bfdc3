"""Questions about single effects, each in a case where nothing else could be the reason."""

from __future__ import annotations

import pytest
from tests import small
from tests.proposals.judging import asked, judged

from impactmonitor.proposals.thresholds import Thresholds

STATED = {"null_alternative": "The same as now."}
FUND = {**small.ACTORS, "fund": {"kind": "foundation"}}


def effect(**fields):
    return {"effects": {"walks": small.gain(10, **fields)}, "costs": {"work": small.cost()}}


# --- Deadweight -----------------------------------------------------------------------------------


def test_a_gross_effect_from_which_nothing_is_taken_off():
    (flag,) = asked("no-deadweight", **effect())
    assert (flag.path, flag.line_id) == ("effects.walks.deadweight", "walks")
    assert flag.given.value == 0.0


@pytest.mark.parametrize(
    "fields",
    [
        {"deadweight": 0.2},
        {"basis": "net"},
        {"counterfactual": "Nobody would walk."},
        {"quantity": -1},
        {"monetised": False, "unit_value": None},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_an_effect_that_says_what_happens_otherwise_is_not_asked_about(fields):
    fields = {**effect()["effects"]["walks"], **fields}
    given = {key: value for key, value in fields.items() if value is not None}
    assert not asked("no-deadweight", effects={"walks": given}, costs={"work": small.cost()})


def test_a_null_alternative_stands_for_small_effects_only():
    effects = {"large": small.gain(90), "small": small.gain(10)}
    found = asked("no-deadweight", effects=effects, about=STATED)
    assert [flag.line_id for flag in found] == ["large"]


def test_beside_an_effect_with_deadweight_one_without_stands_out():
    effects = {"large": small.gain(90, deadweight=0.25), "small": small.gain(10)}
    (flag,) = asked("no-deadweight", effects=effects, about=STATED)
    assert flag.line_id == "small"
    assert [amount.value for amount in flag.compared] == [0.25]


@pytest.mark.parametrize(("share", "count"), [(0.02, 1), (0.021, 0)])
def test_hardly_any_deadweight_counts_as_none(share, count):
    assert len(asked("no-deadweight", **effect(deadweight=share))) == count


def test_the_threshold_is_the_callers():
    limits = Thresholds(least_deadweight=0.3)
    assert len(asked("no-deadweight", limits, **effect(deadweight=0.2))) == 1


# --- How long it lasts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"lasts": 6}, 1),
        ({"lasts": 5}, 0),
        ({"lasts": 6, "drop_off": 0.1}, 0),
        ({"lasts": 6, "unit": "m2"}, 0),
        ({"lasts": 6, "unit": "person"}, 1),
        ({"lasts": 6, "unit": "m3 natural gas"}, 0),
    ],
)
def test_what_people_do_wears_off_and_what_stands_there_stays(fields, count):
    assert len(asked("no-drop-off", **effect(**fields))) == count


# --- Others ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "given_by", "count"), [(0.0, "fund", 1), (0.1, "fund", 0), (0.0, "city", 0)]
)
def test_who_pays_along_leaves_the_effects_to_nobody(left, given_by, count):
    grant = {"kind": "grant", "from": given_by, "to": "people", "amount": 10}
    fields = effect(attribution_to_others=left)
    found = asked("no-attribution", **fields, actors=FUND, instruments={"g": grant}, inflation=0)
    assert len(found) == count
    assert all(flag.names == {"actors": "fund"} for flag in found)


@pytest.mark.parametrize(
    ("unit", "displacement", "count"),
    [("benefit year", 0.0, 1), ("benefit year", 0.2, 0), ("hour", 0.0, 0)],
)
def test_work_for_one_may_be_work_less_for_another(unit, displacement, count):
    fields = effect(unit=unit, displacement=displacement)
    assert len(asked("no-displacement", **fields)) == count


@pytest.mark.parametrize(
    ("falls_to", "cashable", "count"),
    [
        ("insurer", 1, 1),
        ("insurer", 0.9, 1),
        ("insurer", 0.5, 0),
        ("people", 1, 0),
        ({"insurer": 0.5, "people": 0.5}, {"insurer": 0.2, "people": 1}, 0),
        ({"insurer": 0.5, "people": 0.5}, {"insurer": 1}, 1),
    ],
)
def test_an_empty_bed_is_no_money_yet(falls_to, cashable, count):
    assert len(asked("mostly-cash", **effect(falls_to=falls_to, cashable=cashable))) == count


def test_the_largest_effect_rests_on_something():
    sourced = {"evidence": "literature-single", "source": "zin-kostenhandleiding-2024"}
    bare = {"large": small.gain(90), "small": small.gain(10)}
    (flag,) = asked("large-effect-unsupported", effects=bare)
    assert (flag.path, flag.given.value) == ("effects.large", 0.9)
    supported = {"large": small.gain(90, **sourced), "small": small.gain(10)}
    assert not asked("large-effect-unsupported", effects=supported)
    half = {"one": small.gain(50), "other": small.gain(50)}
    assert len(asked("large-effect-unsupported", effects=half)) == 2


def test_the_largest_effect_is_the_one_that_is_worth_most():
    found = judged(effects={"harm": small.gain(-90), "gain": small.gain(10)})
    assert found.largest == "gain"
    assert found.share("harm") == 0.9
    assert judged(costs={"work": small.cost()}).largest is None
    assert judged(costs={"work": small.cost()}).share("work") == 0.0
