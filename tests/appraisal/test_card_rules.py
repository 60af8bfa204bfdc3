"""The usual traps, rule by rule; in whole cases they are tested with the filling in."""

from __future__ import annotations

import pytest

from impactmonitor.appraisal.card_rules import refusals, remarks, stated_otherwise
from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.model.card_choice import CardChoice
from impactmonitor.model.lines import Effect

CARDS = load_cards().cards


def refused(card: str, **fields: object) -> list[str]:
    """The reasons why a card is refused on an effect."""
    effect = Effect.model_validate({"card": card, "quantity": 5, **fields})
    choice = CardChoice(id=card)
    return [p.code for p in refusals("effects.x", effect, choice, CARDS[card], load_catalogue())]


@pytest.mark.parametrize("name", [name for name, card in CARDS.items() if card.use == "N"])
def test_what_was_found_not_to_work_is_refused(name: str) -> None:
    assert refused(name) == ["card-found-no-effect"]


@pytest.mark.parametrize(
    "name",
    [n for n, c in CARDS.items() if c.use != "N" and (c.use == "C" or c.is_surrogate)],
)
def test_what_counts_nothing_is_never_in_euros(name: str) -> None:
    assert refused(name, unit_value=5) == ["card-not-in-euros"]
    assert refused(name, monetised=False) == []


def test_a_unit_in_the_readers_language_is_the_same_unit() -> None:
    assert refused("EC-CARDIAC-MI", unit="iemand met een hartinfarct", unit_value=5) == []
    assert refused("EC-FALL-EX-MEDCARE", unit="behandelde vallen", unit_value=5) == []
    assert refused("EC-HF-ED", unit_value="emergency-visit") == []
    assert refused("EC-HF-ED", unit_value="hospital-day") == ["card-unit-mismatch"]
    assert refused("EC-FALL-EX-RATE", indicator="treated-falls-avoided") == ["card-unit-mismatch"]


def test_class_b_is_said_and_class_a_is_not() -> None:
    effect = Effect.model_validate({"card": "EC-IPS", "quantity": 5})

    def said(name: str) -> list[str]:
        choice = CardChoice(id=name)
        return [p.code for p in remarks("effects.x", effect, choice, CARDS[name], is_sampled=True)]

    assert said("EC-IPS") == []
    assert said("EC-ZONE30") == ["card-scenario-only"]


def test_only_what_differs_from_the_card_is_said() -> None:
    effect = Effect.model_validate({"card": "EC-IPS", "quantity": 5, "lasts": 2, "drop_off": 0.0})
    [problem] = stated_otherwise("effects.x", effect, {"lasts": 1, "drop_off": 0.0, "unit": "x"})
    assert problem.params["fields"] == "lasts"
