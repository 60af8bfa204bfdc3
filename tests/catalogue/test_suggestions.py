"""Suggestions: what a user adds, what does not fit, and what is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.catalogue.framework_files import own_folder, refused, texts, written

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.catalogue.suggestions import (
    Suggestions,
    check_suggestions,
    load_suggestions,
    shipped_contents,
)
from impactmonitor.model.record import Translated
from impactmonitor.problems import NotFound

OWN = """kind: suggestions
target_groups:
  swimmers: {title: Swimmers}
  divers: {title: Divers}
topics:
  swimming:
    title: Swimming
    groups: [swimmers, divers]
    suggestions:
      days: {why: Water is good, indicator: hospital-days-avoided}
      hours: {why: It takes time, framework_indicator: ours.hours, groups: [divers]}
      card: {title: Floating, why: Seen before, card: EC-FLOAT}
"""
TOPICS = [
    "fall-prevention", "loneliness", "debts", "energy-poverty", "work", "healthy-weight",
    "greening", "smoking", "youth",
]  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Suggestions:
    return load_suggestions()


def own(folder: Path, text: str = OWN) -> Path:
    return written(own_folder(folder), {"suggestions/ours": text})


# --- A user's own -------------------------------------------------------------------------------


def test_a_topic_of_ones_own_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    found = load_suggestions(own(tmp_path))
    assert list(found.topics) == [*load_suggestions().topics, "swimming"]
    assert list(found.suggested("swimming", "swimmers")) == ["days", "card"]
    assert list(found.suggested("swimming", "divers")) == ["days", "hours", "card"]
    assert found.overrides == ()


def test_a_shipped_topic_is_replaced_and_that_is_said(tmp_path: Path) -> None:
    found = load_suggestions(own(tmp_path, OWN.replace("swimming:", "smoking:")))
    assert list(found.topics["smoking"].suggestions) == ["days", "hours", "card"]
    (warning,) = found.overrides
    assert (warning.code, warning.path) == ("catalogue-override", "topics.smoking")


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("[swimmers, d", "[swimers, swimmers, d", "suggestion-unknown-group", "groups.0"),
        ("groups: [divers]", "groups: [residents]", "suggestion-group-of-no-topic",
         "suggestions.hours.groups.0"),
        ("hospital-days-avoided", "hospital-days", "catalogue-unknown-indicator",
         "suggestions.days.indicator"),
        ("ours.hours", "ours.hour", "suggestion-unknown-indicator",
         "suggestions.hours.framework_indicator"),
        ("ours.hours", "hours", "invalid-name", "suggestions.hours.framework_indicator"),
        (", indicator: hospital-days-avoided", "", "suggestion-of-nothing", "suggestions.days"),
        ("title: Floating, ", "", "suggestion-without-title", "suggestions.card"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_problem_in_its_place(
    tmp_path: Path, old: str, new: str, code: str, path: str
) -> None:
    assert OWN.count(old) == 1
    (problem,) = refused(load_suggestions, own(tmp_path, OWN.replace(old, new)))
    assert (problem.code, problem.line is None) == (code, False)
    assert problem.path == f"suggestions/ours.yaml.topics.swimming.{path}"


def test_a_reference_to_a_broken_group_is_no_second_mistake(tmp_path: Path) -> None:
    (problem,) = refused(load_suggestions, own(tmp_path, OWN.replace("{title: Divers}", "3")))
    assert problem.path == "suggestions/ours.yaml.target_groups.divers"


def test_mistakes_in_frameworks_are_said_as_well(tmp_path: Path) -> None:
    folder = own(tmp_path, OWN.replace("why: Water is good, ", ""))
    written(folder, {"frameworks/scale": "kind: frameworks\nscales: 3"})
    found = {(p.path, p.code) for p in refused(load_suggestions, folder)}
    assert ("suggestions/ours.yaml.topics.swimming.suggestions.days.why", "missing-field") in found
    assert ("frameworks/scale.yaml.scales", "not-a-mapping") in found


def test_what_is_not_there_is_named_with_what_is(shipped: Suggestions) -> None:
    with pytest.raises(NotFound) as caught:
        shipped.suggested("smokin", "adults")
    problem = caught.value.problem
    assert (problem.code, problem.params["nearest"]) == ("unknown-topic", "smoking")
    assert all(topic in str(problem.params["known"]) for topic in TOPICS)
    with pytest.raises(NotFound) as caught:
        shipped.suggested("smoking", "homeowners")  # a group, but not of this topic
    problem = caught.value.problem
    assert problem.code == "unknown-target-group"
    assert problem.params["known"] == ", ".join(shipped.topics["smoking"].groups)


# --- What is shipped ----------------------------------------------------------------------------


def test_everything_fits_together() -> None:
    contents = shipped_contents()
    assert contents.problems == []
    assert check_suggestions(contents, load_catalogue(), load_frameworks()) == []


def test_the_shipped_suggestions_are_read_once(shipped: Suggestions) -> None:
    assert load_suggestions() is shipped


def test_the_topics_of_the_issue_are_there(shipped: Suggestions) -> None:
    assert set(TOPICS) - set(shipped.topics) == set()


def test_five_to_eight_for_every_topic_and_group(shipped: Suggestions) -> None:
    counts = {
        f"{topic.id} for {group}": len(shipped.suggested(topic.id, group))
        for topic in shipped.topics.values()
        for group in topic.groups
    }
    assert {name: count for name, count in counts.items() if not 5 <= count <= 8} == {}


def test_effects_and_indicators_for_every_topic_and_group(shipped: Suggestions) -> None:
    one_sided = [
        f"{topic.id} for {group}"
        for topic in shipped.topics.values()
        for group in topic.groups
        if {each.kind for each in shipped.suggested(topic.id, group).values()}
        != {"effect", "indicator"}
    ]
    assert one_sided == []


def test_every_group_and_suggestion_is_used(shipped: Suggestions) -> None:
    used = {group for topic in shipped.topics.values() for group in topic.groups}
    assert set(shipped.target_groups) == used


def test_every_text_is_there_in_both_languages(shipped: Suggestions) -> None:
    records = {"topics": shipped.topics, "target_groups": shipped.target_groups}
    found = [pair for name, section in records.items() for pair in texts(name, section)]
    assert len(found) > 100
    missing = [
        path
        for path, text in found
        if not isinstance(text, Translated) or not text.nl or not text.en
    ]
    assert missing == []


def test_every_card_is_there_and_an_effect_of_it_can_be_looked_up(shipped: Suggestions) -> None:
    named = {
        f"{topic.id}.{name}": each.card
        for topic in shipped.topics.values()
        for name, each in topic.suggestions.items()
        if each.card is not None
    }
    assert len(named) >= 20
    assert {place: card for place, card in named.items() if card not in load_cards().cards} == {}
