"""A card on an effect, as a policy officer writes it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from impactmonitor.model.card_choice import CardChoice, choice_of
from impactmonitor.model.case import Case
from impactmonitor.model.changes import plain
from impactmonitor.model.validation import problems_of

BASE = {
    "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR", "price_year": 2025,
    "base_year": 2025, "horizon": 1, "actors": {"city": {"kind": "municipality"}},
}  # fmt: skip


def case(effect: dict[str, Any]) -> Case:
    """A case with one effect."""
    return Case.model_validate({**BASE, "effects": {"x": effect}})


def mistakes(effect: dict[str, Any]) -> set[tuple[str, str]]:
    """What is wrong with the form of an effect."""
    with pytest.raises(ValidationError) as caught:
        case(effect)
    return {(p.code, p.path) for p in problems_of(caught.value, Case)}


@pytest.mark.parametrize("card", ["EC-IPS", {"id": "EC-IPS", "reach": 20}])
def test_a_card_is_an_id_or_a_mapping_and_is_written_as_it_was(card: Any) -> None:
    found = case({"card": card})
    assert plain(found)["effects"] == {"x": {"card": card}}
    assert found.effects["x"].card is not None
    assert choice_of(found.effects["x"].card).id == "EC-IPS"


def test_only_an_effect_with_a_card_may_leave_its_quantity_out() -> None:
    assert mistakes({"domain": "social"}) == {("missing-field", "effects.x.quantity")}
    assert mistakes({"quantity": None}) == {("missing-field", "effects.x.quantity")}


def test_a_card_with_mistakes_is_one_mistake_each() -> None:
    assert mistakes({"card": 3}) == {("not-a-mapping", "effects.x.card")}
    found = mistakes({"card": {"id": "no good", "local": {"events": 1, "people": 0}}})
    place = "effects.x.card"
    assert found == {
        ("invalid-name", f"{place}.id"),
        ("too-low", f"{place}.local.people"),
        ("missing-field", f"{place}.local.control_events"),
        ("missing-field", f"{place}.local.control_people"),
    }


def test_a_choice_stays_the_same() -> None:
    choice = CardChoice(id="EC-IPS")
    assert choice_of(choice) is choice
