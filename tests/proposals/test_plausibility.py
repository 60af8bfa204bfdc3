"""The registry: every check has its words, uses the thresholds it names, and all are used."""

from __future__ import annotations

from dataclasses import fields

import pytest
from tests import small
from tests.proposals.judging import judged

from impactmonitor import messages
from impactmonitor.messages import LANGUAGES
from impactmonitor.proposals.plausibility import CHECKS, REACH_CHECKS, flags_of, unjudged_of
from impactmonitor.proposals.thresholds import THRESHOLDS, Thresholds

NAMES = [field.name for field in fields(Thresholds)]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["title", "definition", "finding", "question"])
def test_every_check_has_its_words(check, language, part):
    assert messages.text(f"checking.checks.{check.id}.{part}", language)


def test_every_threshold_is_used_and_shown():
    assert {name for check in CHECKS for name in check.thresholds} == set(NAMES)
    for name in NAMES:
        assert messages.has(f"checking.thresholds.{name}")


def test_no_words_are_left_of_checks_that_are_gone():
    assert set(messages.section("checking")["checks"]) == {check.id for check in CHECKS}
    assert set(messages.section("checking")["thresholds"]) == set(NAMES)


def test_ids_are_different_and_reach_is_among_them():
    ids = [check.id for check in CHECKS]
    assert len(ids) == len(set(ids))
    assert set(ids) >= REACH_CHECKS


def test_thresholds_cannot_be_changed_by_accident():
    with pytest.raises(AttributeError):
        THRESHOLDS.far = 1.0  # type: ignore[misc]


def test_what_cannot_be_judged_of_a_case_by_itself():
    bare = judged(effects={"a": small.gain()})
    reasons = {one.check: one.reason for one in unjudged_of(bare)}
    assert reasons == {"reach-above-population": "no-population", "effect-outside-card": "no-card"}
    known = judged(effects={"a": small.gain()}, about={"population": 10})
    assert unjudged_of(known)[0].reason == "no-reach"
    people = judged(effects={"a": small.gain(unit="person")}, about={"population": 10})
    assert [one.reason for one in unjudged_of(people)] == ["no-card"]


def test_flags_come_in_the_order_of_the_checks():
    lines = {"a": small.gain(20, unit="person", lasts=9)}
    found = [flag.check for flag in flags_of(judged(effects=lines, about={"population": 10}))]
    order = [check.id for check in CHECKS]
    assert found == sorted(found, key=order.index)
    assert {"reach-above-population", "no-deadweight", "no-drop-off"} <= set(found)
