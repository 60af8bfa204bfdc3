"""Looking up frameworks and effect cards by words, also by those that stand inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from impactmonitor.catalogue.search import matching
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.cards import EffectCard
from impactmonitor.model.frameworks import Framework
from impactmonitor.model.record import Text
from impactmonitor.report.card_texts import text


def find_frameworks(frameworks: Iterable[Framework], words: str) -> list[Framework]:
    """Frameworks in which all the words occur, also in the names of what is in them.

    Parameters
    ----------
    frameworks : iterable of Framework
        In any order.
    words : str
        As for `matching`.

    Examples
    --------
    >>> from impactmonitor.catalogue import load_catalogue
    >>> found = find_frameworks(load_catalogue().frameworks.frameworks.values(), "readiness")
    >>> found[0].id
    'readiness'
    """
    return matching(frameworks, words, _inside_framework)


def find_cards(cards: Iterable[EffectCard], words: str) -> list[EffectCard]:
    """Effect cards in which all the words occur: also what was done, for whom, what changed.

    Parameters
    ----------
    cards : iterable of EffectCard
        In any order.
    words : str
        As for `matching`.

    Examples
    --------
    >>> from impactmonitor.catalogue import load_catalogue
    >>> found = find_cards(load_catalogue().effect_cards.cards.values(), "ec-fall-ex-medcare")
    >>> found[0].id
    'EC-FALL-EX-MEDCARE'
    """
    return matching(cards, words, _inside_card)


def _inside_framework(framework: Framework) -> Iterator[Text]:
    for parts in (framework.end_states, framework.groups, framework.indicators, framework.tags):
        yield from (part.title for part in parts.values())


def _inside_card(card: EffectCard) -> Iterator[Text]:
    yield from (card.intervention, card.population, card.outcome)
    for theme in card.themes:
        yield theme
        yield from (text(f"theme.{theme}", language) for language in LANGUAGES)
