"""What a workbook can suggest: every suggestion once, and which of them fit whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from impactmonitor import messages
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.intake.workbook.suggested import SUGGESTED
from impactmonitor.intake.workbook.words import labels_of, word
from impactmonitor.messages import Language
from impactmonitor.model.cards import CardSource, EffectCard
from impactmonitor.model.entries import Edition
from impactmonitor.model.record import in_language
from impactmonitor.report.card_texts import figure_of, unit_name
from impactmonitor.report.card_texts import text as card_text
from impactmonitor.report.formatting import number
from impactmonitor.report.suggestions import Suggesting, suggested_document, topics_document
from impactmonitor.report.workbook.listing import point_of

COUNTS_PEOPLE = "social"
"""The domain of what only an effect card counts: people, and how they fare."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion, in the words of a workbook.

    Attributes
    ----------
    title, unit, why : str
        What it is called, what it counts, and why it is suggested.
    domain : str
        In the word that the list of domains has for it.
    known : str
        The price of the catalogue, the effect card and the framework behind it, with sources.
    evidence : str
        How sure the effect card is.
    indicator : str
        Id in the catalogue; empty where there is none.
    counted : str
        The unit that a row needs beside the indicator; empty where the indicator has it.
    is_effect : bool
        Whether it is counted, or only answered beside money.
    """

    title: str
    unit: str
    why: str
    domain: str
    known: str
    evidence: str
    indicator: str
    counted: str
    is_effect: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A topic and one of its target groups, with the places of what is suggested for them."""

    topic: str
    group: str
    effects: tuple[int, ...]
    indicators: tuple[int, ...]


@dataclass(frozen=True)
class Offers:
    """Everything that can be suggested.

    Attributes
    ----------
    topics : sequence of str
        As they are shown.
    pairs : Mapping
        By the ids of topic and target group, in the order of the topics.
    offers : sequence of Offer
        Each once for its topic; the places of a pair count them from 0.
    """

    topics: Sequence[str]
    pairs: Mapping[tuple[str, str], Pair]
    offers: Sequence[Offer]

    @property
    def effects(self) -> int:
        """The most effects that one pair has."""
        return max((len(pair.effects) for pair in self.pairs.values()), default=0)

    @property
    def indicators(self) -> int:
        """The most indicators beside money that one pair has."""
        return max((len(pair.indicators) for pair in self.pairs.values()), default=0)


def offers_of(catalogue: Catalogue, language: Language) -> Offers:
    """What can be suggested with a catalogue and the folders that add to it.

    Parameters
    ----------
    catalogue : Catalogue
        Gives titles, units and prices.
    language : {"nl", "en"}
        Of all words.

    Returns
    -------
    Offers
        At most as many for a topic and a target group as a workbook shows at once, the most
        telling first.

    Examples
    --------
    >>> from impactmonitor import load_catalogue
    >>> found = offers_of(load_catalogue(), "en")
    >>> pair = found.pairs["fall-prevention", "older-people"]
    >>> found.offers[pair.effects[0]].title
    'Treated falls avoided'
    """
    return _Gathering(catalogue, language).offers


class _Gathering:
    """Gathers what can be suggested; the result stands in ``offers``."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self.catalogue, self.language = catalogue, language
        suggestions = catalogue.suggestions
        self.found = Suggesting(suggestions, catalogue, catalogue.frameworks)
        self.cards = catalogue.effect_cards.cards
        self.places: dict[tuple[str, str, str], int] = {}
        self.all: list[Offer] = []
        pairs: dict[tuple[str, str], Pair] = {}
        topics = topics_document(suggestions, language)
        titles = _labels(topics)
        for topic, title in zip(topics, titles, strict=True):
            groups = topic["groups"]
            for group, name in zip(groups, _labels(groups), strict=True):
                kinds = self._kinds(topic["id"], group["id"])
                pairs[topic["id"], group["id"]] = Pair(title, name, *kinds)
        self.offers = Offers(titles, pairs, self.all)

    def _kinds(self, topic: str, group: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Places of the effects, and of the indicators beside money."""
        document = suggested_document(self.found, topic, group, self.language)
        said = document["suggestions"][:SUGGESTED]
        kinds: dict[str, list[int]] = {"effect": [], "indicator": []}
        for each, title in zip(said, _labels(said), strict=True):
            place = self.places.setdefault((topic, each["id"], title), len(self.all))
            if place == len(self.all):
                card = self.cards.get(each["card"] or "")
                self.all.append(_offer(self.found, each, title, card, self.language))
            kinds[each["kind"]].append(place)
        return tuple(kinds["effect"]), tuple(kinds["indicator"])


def _labels(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    return labels_of([each["title"] for each in entries], [each["id"] for each in entries])


def _offer(
    found: Suggesting,
    said: Mapping[str, Any],
    title: str,
    card: EffectCard | None,
    language: Language,
) -> Offer:
    is_effect = said["kind"] == "effect"
    unit = _unit(found, said, card, language)
    evidence = word("evidence", card.evidence, language) if card else _text("own", language)
    return Offer(
        title=title,
        unit=unit or _text("level", language),
        why=said["why"],
        domain=word("domains", said["domain"] or COUNTS_PEOPLE, language),
        known=" ".join(_known(found, said, card, language)),
        evidence=evidence,
        indicator=said["indicator"] or "",
        counted="" if said["indicator"] else unit,
        is_effect=is_effect,
    )


def _unit(
    found: Suggesting, said: Mapping[str, Any], card: EffectCard | None, language: Language
) -> str:
    """What is counted, by name; empty where a level is chosen instead."""
    if said["unit"] is None:
        has_unit = card is not None and card.unit is not None
        return unit_name(card, found.catalogue, language) if card and has_unit else ""
    unit = found.catalogue.unit(said["unit"])
    return said["unit"] if unit is None else in_language(unit.title, language)


def _known(
    found: Suggesting, said: Mapping[str, Any], card: EffectCard | None, language: Language
) -> list[str]:
    """Where more is known: sentences with their sources."""
    parts = []
    price = found.catalogue.value(said["unit_value"] or "")
    if said["kind"] == "effect" and price is not None:
        value, edition = price
        source = found.catalogue.sources.get(edition.source)
        title = in_language(value.title, language)
        of = _short(in_language(source.title, language)) if source else edition.source
        facts = {"title": title, "source": of, "amount": _amount(edition, language)}
        parts.append(_text("price", language, **facts))
    if card is not None:
        facts = {"id": card.id, "figure": _figure(card, language), "source": _cited(card.source)}
        parts.append(_text(f"card.{card.use}", language, **facts))
    framework = found.frameworks.indicator(said["framework_indicator"] or "")
    if framework is not None:
        title, path = in_language(framework[0].title, language), said["framework_indicator"]
        parts.append(_text("framework", language, title=title, path=path))
    return parts or [_text("nothing_known", language)]


def _amount(edition: Edition, language: Language) -> str:
    """A price with its currency and the year of its prices."""
    value = point_of(edition.value)
    amount = f"{edition.currency} {number(value, language, 0 if value.is_integer() else 2)}"
    return f"{amount}, {edition.price_year}" if edition.price_year else amount


def _figure(card: EffectCard, language: Language) -> str:
    """What was found, with the measure in words."""
    found = figure_of(card, language).removeprefix(f"{card.measure} ")
    return f"{found}, {card_text(f'measure.{card.measure}', language)}"


def _short(title: str) -> str:
    """A title without its subtitle and without what stands between brackets."""
    return re.split(r": | \(", title)[0]


def _cited(source: CardSource) -> str:
    """A source as short as it can be found by: its first author, year and title."""
    first, _, others = (source.authors or "").partition(",")
    author = f"{first} et al." if others else first
    return ", ".join(str(part) for part in (author, source.year, source.title) if part)


def _text(key: str, language: Language, **params: object) -> str:
    return messages.text(f"workbook.suggesting.{key}", language, **params)
