"""Words are also looked for inside frameworks and effect cards."""

import pytest

from impactmonitor import load_catalogue
from impactmonitor.model.record import in_language
from impactmonitor.report.searching import find_cards, find_frameworks

FRAMEWORKS = load_catalogue().frameworks.frameworks
CARDS = load_catalogue().effect_cards.cards


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_framework_is_found_by_the_name_of_what_it_asks(language):
    for framework in FRAMEWORKS.values():
        for indicator in framework.indicators.values():
            found = find_frameworks(FRAMEWORKS.values(), in_language(indicator.title, language))
            assert framework in found


def test_a_card_is_found_by_what_was_done_for_whom_and_by_its_theme():
    for card in CARDS.values():
        for words in (card.intervention, card.population, card.outcome, card.themes[0]):
            assert card in find_cards(CARDS.values(), in_language(words, "nl"))
    assert find_cards(CARDS.values(), "qqqzzz") == []


def test_without_words_everything_is_found_in_its_order():
    assert find_frameworks(FRAMEWORKS.values(), "") == list(FRAMEWORKS.values())
    assert find_cards(CARDS.values(), "") == list(CARDS.values())
