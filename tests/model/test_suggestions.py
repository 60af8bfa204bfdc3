"""A suggestion names something to look at, and whom it is for."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from impactmonitor.model.suggestions import Suggestion


def suggestion(**fields: Any) -> Suggestion:
    return Suggestion.model_validate({"why": "Because.", **fields})


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"indicator": "falls-avoided"}, "effect"),
        ({"indicator": "falls-avoided", "framework_indicator": "a.b"}, "effect"),
        ({"card": "EC-X", "title": "X"}, "effect"),
        ({"framework_indicator": "a.b"}, "indicator"),
    ],
)
def test_what_can_be_counted_is_an_effect(fields: dict[str, str], kind: str) -> None:
    assert suggestion(**fields).kind == kind


def test_without_groups_it_is_for_all() -> None:
    assert suggestion(indicator="x").is_for("anybody")
    some = suggestion(indicator="x", groups=["residents"])
    assert (some.is_for("residents"), some.is_for("tenants")) == (True, False)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "suggestion-of-nothing"),
        ({"title": "X"}, "suggestion-of-nothing"),
        ({"card": "EC-X"}, "suggestion-without-title"),
        ({"framework_indicator": "a.b.c"}, "string_pattern_mismatch"),
        ({"indicator": "x", "groups": []}, "too-few"),
    ],
)
def test_what_is_refused(fields: dict[str, Any], kind: str) -> None:
    with pytest.raises(ValidationError) as caught:
        suggestion(**fields)
    assert [error["type"] for error in caught.value.errors()] == [kind]
