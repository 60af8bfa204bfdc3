"""What is said of a number that a card filled in: title, source, interval, class and evidence."""

from __future__ import annotations

import pytest
from tests.carded import DROPOUT, FALLS, LOCAL, OFF, carded, falls

from impactmonitor import messages
from impactmonitor.appraisal.card_factors import with_local
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.model.card_choice import choice_of
from impactmonitor.model.prefilled import PrefilledEffect
from impactmonitor.model.record import in_language
from impactmonitor.report.card_origin import CardOrigin, card_line
from impactmonitor.report.card_texts import cited, interval_of


def effect(**fields: object) -> PrefilledEffect:
    given = {**FALLS, **fields}
    found = carded(effects={"x": given}, scenarios={}).case.effects["x"]
    assert isinstance(found, PrefilledEffect)
    return found


def say(key: str, language: Language) -> str:
    return messages.text(f"cards.{key}", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["EC-FALL-EX-MEDCARE", "EC-DROPOUT"])
def test_a_size_says_everything_about_its_card(name: str, language: Language) -> None:
    fields = FALLS if name.startswith("EC-FALL") else DROPOUT
    card, found = load_cards().cards[name], effect(**{**fields, "unit": None, "unit_value": None,
                                                      "monetised": False})  # fmt: skip
    text = CardOrigin(found, language).of("factors.effect", "card")
    for part in (
        name,
        in_language(card.title, language),
        cited(card.source),
        interval_of(card, language),
        say(f"use.{card.use}", language),
        messages.text(f"screen.evidence.{card.evidence}", language),
        say("origin.not_local", language),
    ):
        assert part in text
    # a source that names no year says so
    assert (say("origin.no_year", language) in text) is (card.source.year is None)
    assert str(card.source.year or say("origin.no_year", language)) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_ours_does_not_borrow_the_evidence_of_the_source(language: Language) -> None:
    origin = CardOrigin(effect(), language)
    for field in ("factors.scale", "lasts"):
        text = origin.of(field, "ours")
        assert messages.text("screen.evidence.assumption", language) in text
        assert messages.text("screen.evidence.literature-synthesis", language) not in text
        assert say("origin.not_local", language) in text


def test_a_baseline_of_the_source_names_its_value_and_unit() -> None:
    found = carded().case.effects["dropout"]
    assert isinstance(found, PrefilledEffect)
    text = CardOrigin(found, "nl").of("factors.baseline", "card")
    assert "0,211, kans op uitval" in text


def test_a_local_result_is_named_with_its_weight_and_source() -> None:
    """As the case study of shrinkage: 12 of 200 against 24 of 200."""
    weighed = effect(**falls(local=LOCAL))
    assert weighed.used is not None
    assert weighed.card is not None
    text = CardOrigin(weighed, "en", str.upper).of("factors.effect", "combined")
    weight = getattr(with_local(weighed.used, choice_of(weighed.card)), "weight", None)
    assert weight == pytest.approx(0.32, abs=0.005)
    assert "12 of 200 against 24 of 200; REGISTER" in text
    assert "which counts for 32%" in text
    assert "only partly local" in text


def test_a_local_result_alone_is_not_called_far_away() -> None:
    alone = effect(**falls(local=LOCAL, shrinkage=OFF))
    text = CardOrigin(alone, "en").of("factors.effect", "local")
    assert "local result alone" in text
    assert "As in the trials" in text
    assert "not local" not in text
    assert "no source named" in CardOrigin(
        effect(**falls(local={**LOCAL, "source": None}, shrinkage=OFF)), "en"
    ).of("factors.effect", "local")


def test_what_is_switched_off_says_why() -> None:
    assert list(CardOrigin(effect(), "en").switched_off()) == []
    off = dict(CardOrigin(effect(**falls(scale=OFF)), "en").switched_off())
    assert list(off) == ["scale"]
    assert "As in the trials" in off["scale"]
    # an effect that was measured in practice needs no reason
    letters = carded(
        effects={"x": {"card": {"id": "EC-FLU-NUDGE2", "reach": 10}, "domain": "social",
                       "monetised": False}}, scenarios={},
    ).case.effects["x"]  # fmt: skip
    assert isinstance(letters, PrefilledEffect)
    assert "measured in practice" in dict(CardOrigin(letters, "en").switched_off())["scale"]


def test_a_line_for_the_account_says_what_is_on_and_what_is_off() -> None:
    assert "0.3 to 1" in card_line(effect(), "en")
    off = card_line(effect(**falls(scale=OFF)), "en")
    assert "0.3 to 1" not in off
    assert "As in the trials" in off
    stated = card_line(effect(factors={"effect": 0.1}), "en")
    assert stated.startswith("the case states another size")
    alone = card_line(effect(**falls(local=LOCAL, shrinkage=OFF)), "en")
    assert alone.count("As in the trials") == 1
    assert "which counts for" in card_line(effect(**falls(local=LOCAL)), "en")
