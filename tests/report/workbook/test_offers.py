"""Everything that a workbook can suggest: each once, in words, for whom it fits."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.catalogue.framework_files import own_folder
from tests.catalogue.framework_files import written as with_files

from impactmonitor import load_catalogue
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.catalogue.suggestions import load_suggestions
from impactmonitor.intake.workbook.suggested import SUGGESTED
from impactmonitor.intake.workbook.words import WORDS, word
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.suggestions import Suggesting, suggested_document
from impactmonitor.report.workbook.offers import Offers, offers_of

LANGUAGES: tuple[Language, ...] = ("nl", "en")


@cache
def offers(language: Language) -> Offers:
    return offers_of(load_catalogue(), language)


@cache
def suggesting() -> Suggesting:
    return Suggesting(load_suggestions(), load_catalogue(), load_frameworks())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pair_offers_what_the_command_suggests(language: Language) -> None:
    """The same effects and indicators as on the screen, effects first."""
    found, topics = offers(language), load_suggestions().topics
    assert list(found.pairs) == [(t.id, group) for t in topics.values() for group in t.groups]
    for (topic, group), pair in found.pairs.items():
        said = suggested_document(suggesting(), topic, group, language)["suggestions"]
        for kind, places in (("effect", pair.effects), ("indicator", pair.indicators)):
            mine = [found.offers[place] for place in places]
            theirs = [each for each in said if each["kind"] == kind]
            keys = ("title", "why")
            assert [tuple(getattr(o, k) for k in keys) for o in mine] == [
                tuple(each[k] for k in keys) for each in theirs
            ]
            assert [o.indicator for o in mine] == [each["indicator"] or "" for each in theirs]
            assert {o.is_effect for o in mine} <= {kind == "effect"}
        assert 5 <= len(pair.effects) + len(pair.indicators) <= SUGGESTED


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_offered_once_and_in_words(language: Language) -> None:
    found = offers(language)
    count = sum(len(topic.suggestions) for topic in load_suggestions().topics.values())
    assert len(found.offers) == len(set(found.offers)) == count
    domains = {word("domains", name, language) for name in WORDS["domains"]}
    for offer in found.offers:
        assert offer.domain in domains
        assert all((offer.title, offer.unit, offer.why, offer.known, offer.evidence))
        assert not (offer.indicator and offer.counted), "an indicator brings its own unit"
    assert found.effects == max(len(pair.effects) for pair in found.pairs.values()) == 5
    assert found.indicators == max(len(pair.indicators) for pair in found.pairs.values()) == 5


def test_titles_of_a_pair_differ() -> None:
    """Rows of a case are named after their titles."""
    for language in LANGUAGES:
        for pair in offers(language).pairs.values():
            titles = [
                offers(language).offers[i].title.lower() for i in (*pair.effects, *pair.indicators)
            ]
            assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_elsewhere_has_its_source(language: Language) -> None:
    cards, found = load_cards().cards, offers(language)
    suggestions = {
        (topic.id, name): each
        for topic in load_suggestions().topics.values()
        for name, each in topic.suggestions.items()
    }
    by_title = {
        (topic, offer.title): offer
        for (topic, _), pair in found.pairs.items()
        for offer in (found.offers[i] for i in (*pair.effects, *pair.indicators))
    }
    named = 0
    for (topic, _), each in suggestions.items():
        if each.card is None or each.title is None:
            continue
        offer, card = by_title[topic, in_language(each.title, language)], cards[each.card]
        assert card.id in offer.known
        assert card.source.title in offer.known
        assert offer.evidence == word("evidence", card.evidence, language)
        named += 1
    assert named >= 5


def test_a_card_that_found_nothing_warns() -> None:
    found = offers("en")
    pair = found.pairs["loneliness", "older-people"]
    (visits,) = [found.offers[i] for i in pair.effects if "GP" in found.offers[i].title]
    assert load_cards().cards["EC-SP-USE-GUARD"].use == "N"
    assert "EC-SP-USE-GUARD this did not work, or was not shown" in visits.known


def test_a_price_has_its_amount_and_its_year() -> None:
    found = offers("en")
    pair = found.pairs["fall-prevention", "older-people"]
    help_at_home = found.offers[pair.effects[3]]
    value = load_catalogue().value("household-help-hour")
    assert value is not None
    assert f"EUR {value[1].value}, {value[1].price_year}" in help_at_home.known


OWN = """
kind: suggestions
topics:
  water:
    title: {nl: Water, en: Water}
    groups: [residents]
    suggestions:
      %s
"""


def _own(folder: Path, count: int) -> Any:
    one = "s{i}: {{indicator: trees-planted, why: {{nl: Dus, en: So}}}}"
    lines = "\n      ".join(one.format(i=i) for i in range(count))
    lines = lines.replace("trees-planted", next(iter(load_catalogue().indicators)))
    with_files(own_folder(folder), {"suggestions/ours": OWN % lines})
    return offers_of(load_catalogue(folder), "en")


def test_suggestions_of_ones_own_are_offered_too_and_titles_are_kept_apart(tmp_path: Path) -> None:
    found = _own(tmp_path, 2)
    pair = found.pairs["water", "residents"]
    assert len(found.pairs) == len(offers("en").pairs) + 1
    titles = [found.offers[i].title for i in pair.effects]
    assert [title.rpartition(" · ")[2] for title in titles] == ["s0", "s1"]


def test_no_more_are_offered_than_a_workbook_shows(tmp_path: Path) -> None:
    found = _own(tmp_path, SUGGESTED + 3)
    pair = found.pairs["water", "residents"]
    assert (len(pair.effects), pair.indicators) == (SUGGESTED, ())
    assert found.effects == SUGGESTED
