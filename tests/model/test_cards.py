"""Effect cards as records: what they refuse, and what follows from what they say."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from impactmonitor.model.cards import CardInterval, EffectCard


def card(**fields: Any) -> EffectCard:
    """A small card with other fields."""
    text = {"nl": "iets", "en": "something"}
    given: dict[str, Any] = {
        "id": "EC-SMALL-ONE", "title": text, "themes": ["care"], "use": "A", "measure": "RR",
        "intervention": text, "population": text, "comparator": text, "outcome": text,
        "point": 0.5, "certainty": {"text": text, "basis": "ours"}, "is_net": True,
        "design": "rct", "evidence": "literature-single", "warning": text,
        "source": {"title": "A study"}, "provenance": "P",
        "interval": {"low": 0.4, "high": 0.7, "coverage_percent": 95, "kind": "CI"},
        "ours": {"distribution": "lognormal", "mu": -0.69, "sigma": 0.14},
    }  # fmt: skip
    return EffectCard.model_validate({**given, **fields})


def test_the_group_is_the_beginning_of_the_id_unless_the_card_names_one() -> None:
    assert card().overlap_group == "EC-SMALL"
    assert card(group="EC-OTHER").overlap_group == "EC-OTHER"


@pytest.mark.parametrize("kind", ["range", "two-metrics"])
def test_only_a_confidence_interval_may_be_sampled_from(kind: str) -> None:
    assert card().may_be_sampled
    assert not card(interval={"low": 0.4, "high": 0.7, "kind": kind}).may_be_sampled
    assert not card(interval=None).may_be_sampled
    assert not card(ours=None).may_be_sampled


@pytest.mark.parametrize(
    "fields", [{"use": "D"}, {"measure": "rr"}, {"surprise": 1}, {"themes": []}, {"is_net": None}]
)
def test_a_card_refuses_what_it_does_not_know(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        card(**fields)


def test_a_coverage_is_a_percentage_below_100() -> None:
    with pytest.raises(ValidationError):
        CardInterval(low=0.0, high=1.0, kind="CI", coverage_percent=100)
