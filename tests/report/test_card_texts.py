"""Cards in words: in both languages, with what kind of interval it is."""

from __future__ import annotations

import pytest

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.model.cards import EffectCard
from impactmonitor.report.card_texts import facts_of, figure_of, interval_of, unit_name

CARDS = load_cards().cards


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_has_its_facts_in_words(card: EffectCard, language: Language) -> None:
    facts = list(facts_of(card, load_catalogue(), language))
    keys = [key for key, _ in facts]
    assert {"use", "found", "interval", "certainty", "net", "warning", "source"} <= set(keys)
    assert all(content.strip() and "{" not in content for _, content in facts)


def test_an_interval_says_its_own_coverage_and_whether_it_may_be_sampled() -> None:
    assert "99.55%" in interval_of(CARDS["EC-FLU-NUDGE"], "en")
    assert "van 95%" in interval_of(CARDS["EC-FALL-EX-RATE"], "nl")
    assert "not to be sampled" in interval_of(CARDS["EC-KIVA-NL"], "en")
    assert "our arithmetic" in interval_of(CARDS["EC-VOORZORG-NL"], "en")
    assert "none seen" in interval_of(CARDS["EC-MENTOR"], "en")


def test_units_are_in_the_readers_language() -> None:
    catalogue = load_catalogue()
    assert unit_name(CARDS["EC-FALL-EX-MEDCARE"], catalogue, "nl") == "behandelde val"
    assert unit_name(CARDS["EC-T2D-LIFESTYLE"], catalogue, "nl") == "nieuw geval van diabetes"
    assert unit_name(CARDS["EC-MENTOR"], catalogue, "en") == "–"


def test_a_card_without_number_has_a_dash() -> None:
    assert figure_of(CARDS["EC-WELLNESS-WORK"], "en") == "–"
    assert figure_of(CARDS["EC-FALL-EX-RATE"], "nl") == "RaR 0,77 (0,71 – 0,83)"
