"""Quantity and factors of a card, each with what it follows from."""

from __future__ import annotations

from typing import Any

from tests.carded import DROPOUT, FALLS, LOCAL, OFF, SOURCES, falls
from tests.small import case

from impactmonitor.appraisal.card_amounts import Given, amounts_of
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.model.card_choice import choice_of
from impactmonitor.problems import Problem


def amounts(effect: dict[str, Any]) -> tuple[Given | None, list[Problem]]:
    whole = case(effects={"x": effect}, sources=SOURCES)
    line = whole.effects["x"]
    assert line.card is not None
    choice, said = choice_of(line.card), list[Problem]()
    card = load_cards().cards[choice.id]
    return amounts_of("effects.x", line, choice, card, whole, said), said


def test_every_number_has_a_record_and_every_record_a_number() -> None:
    found, said = amounts(FALLS)
    assert found is not None
    assert set(found.fields) == {"factors", "quantity"}
    names = {f"factors.{name}" for name in found.fields["factors"]} | {"quantity"}
    assert set(found.filled) == names
    assert said == []


def test_where_each_number_was_written() -> None:
    found, _ = amounts(falls(adherence=0.8, baseline={"uniform": [0.02, 0.04]}))
    assert found is not None
    written = {name: one.follows[0] for name, one in found.filled.items() if one.by == "case"}
    assert written == {
        "quantity": "reach", "factors.uptake": "uptake", "factors.adherence": "adherence",
        "factors.baseline": "baseline",
    }  # fmt: skip


def test_the_size_follows_from_the_baseline_only_where_it_is_converted_with_it() -> None:
    """Of a ratio of rates the share is the same at any level, of odds it is not."""
    for effect, is_followed in ((FALLS, False), (DROPOUT, True)):
        found, _ = amounts(effect)
        assert found is not None
        assert ("baseline" in found.filled["factors.effect"].follows) is is_followed


def test_a_baseline_of_the_source_is_the_card_s_and_is_said() -> None:
    found, said = amounts(DROPOUT)
    assert found is not None
    assert found.filled["factors.baseline"].by == "card"
    assert [p.code for p in said] == ["card-baseline-of-source"]


def test_a_factor_that_is_off_is_not_there() -> None:
    found, _ = amounts(falls(scale=OFF))
    assert found is not None
    assert "scale" not in found.fields["factors"]
    assert "factors.scale" not in found.filled


def test_a_factor_of_the_case_goes_before_that_of_the_card() -> None:
    found, _ = amounts({**FALLS, "factors": {"effect": 0.1, "more": 2.0}})
    assert found is not None
    assert found.fields["factors"]["effect"] == 0.1
    assert found.filled["factors.effect"].by == "stated"
    assert found.fields["factors"]["more"] == 2.0
    assert "factors.more" not in found.filled


def test_the_same_number_as_the_card_s_is_the_case_s_own() -> None:
    first, _ = amounts(FALLS)
    assert first is not None
    own = {"scale": first.fields["factors"]["scale"]}
    again, _ = amounts({**FALLS, "factors": own})
    assert again is not None
    assert again.fields == first.fields
    assert "factors.scale" not in again.filled


def test_a_number_that_is_missing_or_impossible_gives_nothing_but_a_reason() -> None:
    missing, said = amounts({**DROPOUT, "card": {"id": "EC-IPS", "reach": 5}})
    assert missing is None
    assert [p.code for p in said] == ["card-baseline-missing"]
    outside, said = amounts({**DROPOUT, "card": {"id": "EC-IPS", "reach": 5, "baseline": 1.5}})
    assert outside is None
    assert [(p.code, p.path) for p in said] == [
        ("risk-outside-0-1", "effects.x.card.baseline"),
    ]  # fmt: skip


def test_a_local_result_alone_or_weighed() -> None:
    sizes = []
    for more in ({}, {"local": LOCAL}, {"local": LOCAL, "shrinkage": OFF}):
        found, _ = amounts(falls(**more))
        assert found is not None
        sizes.append(
            (found.filled["factors.effect"].by, found.fields["factors"]["effect"]["central"])
        )
    assert [by for by, _ in sizes] == ["card", "combined", "local"]
    # the local ratio is 0.5 where the card's is 0.7: the weighed size lies between the two
    assert sizes[0][1] < sizes[1][1] < sizes[2][1]
