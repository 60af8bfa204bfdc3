"""Suggestions on screen and for programs: what, why, where, and that they are not local."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.catalogue.framework_files import own_folder, written
from tests.catalogue.test_suggestions import OWN
from tests.report.test_framework_screen import printed

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.catalogue.suggestions import load_suggestions
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.problems import NotFound
from impactmonitor.report.suggestions import (
    Suggesting,
    suggested_document,
    suggested_screen,
    topics_document,
    topics_screen,
)


def loaded(*folders: Path) -> Suggesting:
    return Suggesting(
        load_suggestions(*folders), load_catalogue(*folders), load_frameworks(*folders)
    )


@pytest.fixture(scope="module")
def shipped() -> Suggesting:
    return loaded()


PAIRS = [
    (topic.id, group) for topic in load_suggestions().topics.values() for group in topic.groups
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("topic", "group"), PAIRS)
def test_the_screen_says_what_the_document_says(
    shipped: Suggesting, topic: str, group: str, language: Language
) -> None:
    found = suggested_document(shipped, topic, group, language)
    text = " ".join(printed(*suggested_screen(shipped, topic, group, language), width=400).split())
    assert 5 <= len(found["suggestions"]) <= 8
    for each in found["suggestions"]:
        assert each["title"]
        assert each["why"]
        assert (each["is_local"], each["origin"]) == (False, "impactmonitor")
        for key in ("title", "why", "indicator", "framework_indicator", "card"):
            assert each[key] is None or each[key] in text, key
    marks = {"nl": "niet lokaal", "en": "not local"}
    assert text.count(marks[language]) == len(found["suggestions"]) + 1  # the note says it as well
    assert "{" not in text


def test_a_suggestion_is_filled_in_from_what_it_names(tmp_path: Path) -> None:
    own = written(own_folder(tmp_path), {"suggestions/ours": OWN})
    found = suggested_document(loaded(own), "swimming", "divers", "en")
    days, hours, card = found["suggestions"]
    facts = ("title", "kind", "unit", "direction", "domain", "horizon", "unit_value")
    effect = load_catalogue().indicators["hospital-days-avoided"]
    assert [days[key] for key in facts] == [
        "Hospital days avoided", "effect", effect.unit, effect.direction, effect.domain,
        effect.horizon, effect.unit_value,
    ]  # fmt: skip
    assert [hours[key] for key in facts] == [
        "Hours", "indicator", "hour", "increase", None, "short", None
    ]  # fmt: skip
    assert [card[key] for key in facts] == ["Floating", "effect", None, None, None, None, None]
    assert card["card"] == "EC-FLOAT"
    assert (found["topic"]["id"], found["group"]["title"]) == ("swimming", "Divers")


def test_an_effect_without_a_value_says_so(tmp_path: Path) -> None:
    own = written(own_folder(tmp_path), {"suggestions/ours": OWN})
    text = printed(*suggested_screen(loaded(own), "swimming", "swimmers", "en"))
    assert text.count("the catalogue has no value for it") == 1  # the card
    assert "value: hospital-day" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_with_their_groups(shipped: Suggesting, language: Language) -> None:
    text = printed(*topics_screen(shipped.suggestions, language))
    found = topics_document(shipped.suggestions, language)
    assert [topic["id"] for topic in found] == list(shipped.suggestions.topics)
    for topic in found:
        assert topic["id"] in text
        assert topic["title"] in text
        assert all(group["id"] in text for group in topic["groups"])
    assert "--topic fall-prevention --group older-people" in text


def test_a_topic_that_is_not_there(shipped: Suggesting) -> None:
    with pytest.raises(NotFound):
        suggested_document(shipped, "flying", "adults", "en")
    with pytest.raises(NotFound):
        list(suggested_screen(shipped, "smoking", "birds", "en"))
