"""What a card filled in is looked up by its place, and nothing is guessed from names."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from tests.carded import DROPOUT, FALLS, LOCAL, OFF, carded, falls

from impactmonitor.evaluation import Evaluation
from impactmonitor.model.figures import figures
from impactmonitor.model.prefilled import PrefilledEffect, prefilled_at


@cache
def found() -> Evaluation:
    return carded()


def by(evaluation: Evaluation, path: str) -> str | None:
    place = prefilled_at(evaluation.case, path)
    return None if place is None else place[1].by


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("effects.falls.quantity", "case"),
        ("effects.falls.factors.uptake", "case"),
        ("effects.falls.factors.baseline", "case"),
        ("effects.falls.factors.effect", "card"),
        ("effects.falls.factors.scale", "ours"),
        ("effects.falls.lasts", "ours"),
        ("effects.falls.basis", "card"),
        ("effects.falls.unit_value", None),
        ("effects.falls.unit", None),
        ("effects.dropout.factors.baseline", "card"),
        ("effects.dropout.factors.scale", None),
        ("effects.lonely.quantity", "card"),
        ("effects.lonely", None),
        ("costs.work.amount", None),
        ("discount.rate", None),
    ],
)
def test_who_gave_what_stands_in_a_place(path: str, who: str | None) -> None:
    assert by(found(), path) == who


def test_a_factor_of_the_same_name_on_an_effect_without_a_card_is_not_of_a_card() -> None:
    own = {**FALLS, "quantity": 5, "factors": {"effect": 0.3, "scale": 0.6, "baseline": 0.03}}
    del own["card"]
    evaluation = carded(effects={"own": own}, scenarios={})
    assert {by(evaluation, place.path) for place in figures(evaluation.case)} == {None}


def test_the_size_with_a_local_result() -> None:
    weighed, alone = (
        carded(effects={"falls": falls(local=LOCAL, **more)}, scenarios={})
        for more in ({}, {"shrinkage": OFF})
    )  # fmt: skip
    assert by(weighed, "effects.falls.factors.effect") == "combined"
    assert by(alone, "effects.falls.factors.effect") == "local"


def test_years_of_what_was_reached_are_the_case_s() -> None:
    evaluation = carded(effects={"falls": falls(reach={2025: 10, 2026: 20})}, scenarios={})
    assert by(evaluation, "effects.falls.quantity.2026") == "case"


@pytest.mark.parametrize(
    ("fields", "place", "who"),
    [
        ({"factors": {"effect": 0.1}}, "factors.effect", "stated"),
        ({"lasts": 7}, "lasts", "stated"),
        ({"evidence": "expert"}, "evidence", "stated"),
        ({"evidence": "literature-synthesis"}, "evidence", None),
    ],
)
def test_what_the_case_states_in_place_of_the_card(
    fields: dict[str, Any], place: str, who: str | None
) -> None:
    evaluation = carded(effects={"falls": {**FALLS, **fields}}, scenarios={})
    assert by(evaluation, f"effects.falls.{place}") == who


def test_evidence_of_the_card_is_only_for_what_the_card_found() -> None:
    effect = found().case.effects["falls"]
    assert isinstance(effect, PrefilledEffect)
    assert effect.evidence_of("factors.effect") == "literature-synthesis"
    assert effect.evidence_of("factors.scale") == "assumption"
    assert effect.evidence_of("factors.uptake") is None
    assert effect.evidence_of("unit_value") is None
    stated = carded(effects={"x": {**DROPOUT, "evidence": "expert"}}, scenarios={})
    other = stated.case.effects["x"]
    assert isinstance(other, PrefilledEffect)
    assert {other.evidence_of(f"factors.{name}") for name in ("effect", "baseline")} == {"expert"}
