"""Records of frameworks: scores of levels, horizons, and what cannot be scored."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from impactmonitor.model.frameworks import Framework, FrameworkIndicator, Level, scores_of

NUMBER = {"title": "Hours", "group": "people", "kind": "quantitative", "horizon": "short"}
LEVEL = {"title": "Presence", "group": "people", "kind": "qualitative", "horizon": "short"}


def levels(*scores: float | None) -> list[Level]:
    return [Level(title="A level", text="…", score=score) for score in scores]


def framework(horizon: Any, **fields: Any) -> Framework:
    indicator = {**NUMBER, "horizon": horizon, "zero": 0, "full": 1}
    given = {"id": "x", "title": "X", "source": "us", "origin": "impactmonitor", "note": "Ours."}
    return Framework.model_validate({**given, "indicators": {"hours": indicator}, **fields})


@given(st.integers(min_value=2, max_value=12))
def test_levels_are_spaced_evenly_from_0_to_1(count: int) -> None:
    found = scores_of(levels(*[None] * count))
    assert (found[0], found[-1]) == (0, 1)
    assert found == pytest.approx([place / (count - 1) for place in range(count)])


def test_a_score_of_its_own_goes_first() -> None:
    assert scores_of(levels(None, 0.9, None)) == (0, 0.9, 1)
    assert scores_of(levels(None)) == (0,)
    assert scores_of([]) == ()


@pytest.mark.parametrize(
    ("horizon", "words", "multiplier"),
    [
        ("short", "short", 1), ("medium", "medium", 2), ("long", "long", 3),
        (0, "short", 1), (2.99, "short", 1), (3, "medium", 2), (10, "medium", 2),
        (10.01, "long", 3),
    ],
)  # fmt: skip
def test_a_horizon_in_years_is_short_medium_or_long(
    horizon: Any, words: str, multiplier: float
) -> None:
    found = framework(horizon)
    assert (found.horizon_of("hours"), found.multiplier_of("hours")) == (words, multiplier)


def test_bounds_and_multipliers_are_those_of_the_framework() -> None:
    found = framework(4, horizon_bounds=[1, 4], multipliers={"medium": 5})
    assert (found.horizon_of("hours"), found.multiplier_of("hours")) == ("medium", 5)
    assert found.multipliers.long == 3


@pytest.mark.parametrize(
    "fields",
    [
        {**LEVEL, "scale": "three"},
        {**LEVEL, "levels": levels(None, None)},
        {**NUMBER, "zero": 0, "full": 8},
        {**NUMBER, "zero": 8, "full": 0},
        {**NUMBER, "points": [[0, 0], [3, 1]]},
    ],
)
def test_one_way_from_answer_to_score(fields: dict[str, Any]) -> None:
    assert FrameworkIndicator.model_validate(fields).title == fields["title"]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        (LEVEL, "indicator-without-scale"),
        ({**LEVEL, "zero": 0, "full": 1}, "indicator-without-scale"),
        ({**LEVEL, "scale": "x", "levels": levels(None)}, "indicator-without-scale"),
        ({**NUMBER, "scale": "x"}, "indicator-without-scale"),
        ({**NUMBER, "zero": 0}, "indicator-without-scale"),
        ({**NUMBER, "zero": 0, "full": 1, "points": [[0, 0]]}, "indicator-without-scale"),
        ({**NUMBER, "zero": 2, "full": 2}, "zero-equals-full"),
        ({**NUMBER, "points": [[3, 0], [1, 1]]}, "points-not-ascending"),
        ({**NUMBER, "points": [[1, 0], [1, 1]]}, "points-not-ascending"),
        ({**NUMBER, "points": [[1, 1.5]]}, "less_than_equal"),
    ],
)
def test_what_cannot_be_scored_is_refused(fields: dict[str, Any], kind: str) -> None:
    with pytest.raises(ValidationError) as caught:
        FrameworkIndicator.model_validate(fields)
    assert [error["type"] for error in caught.value.errors()] == [kind]
