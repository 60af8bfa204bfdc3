"""Cards that contradict themselves or name what is not there."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from impactmonitor.catalogue.card_checks import check_cards
from impactmonitor.catalogue.cards import LAYOUT
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.catalogue.reading import read_file

CARD = {
    "title": "A", "themes": ["care"], "use": "A", "intervention": "a", "population": "b",
    "comparator": "c", "outcome": "d", "measure": "RR", "point": 0.5, "is_net": True,
    "interval": {"low": 0.4, "high": 0.7, "coverage_percent": 95, "kind": "CI"},
    "certainty": {"text": "e", "basis": "ours"}, "design": "rct", "warning": "f",
    "evidence": "literature-single", "source": {"title": "g"}, "provenance": "P",
}  # fmt: skip
OURS = {"distribution": "lognormal", "mu": -0.7, "sigma": 0.1}
UNREAL = {"low": 0.4, "high": 0.7, "kind": "CI"}


def codes(**changes: Any) -> set[tuple[str, str]]:
    """What is said of a card with some changes, with the place inside it."""
    content = {"kind": "effect-cards", "cards": {"OWN-ONE": {**CARD, **changes}}}
    contents = read_file(yaml.safe_dump(content).encode(), "own.yaml", LAYOUT)
    assert contents.problems == []
    place = "own.yaml.cards.OWN-ONE."
    found = check_cards(contents, load_catalogue())
    assert all(p.line is not None for p in found)
    return {(p.code, p.path.removeprefix(place)) for p in found}


def test_a_sound_card_gives_nothing() -> None:
    assert codes() == set()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"indicator": "unheard"}, "catalogue-unknown-indicator", "indicator"),
        ({"prices": ["unheard"]}, "catalogue-unknown-value", "prices.0"),
        ({"unit": "day", "indicator": "falls-avoided"}, "card-price-unit", "indicator"),
        ({"bearers": {"pays": ["unheard"]}}, "catalogue-unknown-actor-kind", "bearers.pays.0"),
        ({"point": None}, "missing-field", "point"),
        ({"point": 0.9}, "catalogue-range-order", "point"),
        ({"point": -0.5, "interval": None}, "card-ratio-not-positive", "point"),
        ({"interval": UNREAL}, "missing-field", "interval.coverage_percent"),
        ({"interval": None, "ours": OURS}, "card-without-an-interval", "ours"),
    ],
)
def test_each_mistake_is_named_with_its_place(
    changes: dict[str, Any], code: str, field: str
) -> None:
    assert codes(**changes) == {(code, field)}


def test_a_text_without_number_needs_no_point() -> None:
    assert codes(measure="NONE", point=None, interval=None) == set()
