"""Factors of cards: means and intervals against the card, and a slow second way."""

from __future__ import annotations

import math

import numpy as np
import pytest

from impactmonitor.appraisal.card_factors import VALUES, change_factor, spread_of
from impactmonitor.appraisal.effect_sizes import change_per_person
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.model.card_choice import CardChoice, CardSwitch, LocalResult

CARDS = load_cards().cards


def table(name: str, baseline: float | None) -> tuple[np.ndarray, float]:
    """The values of a factor and its central one."""
    found = change_factor(CARDS[name], CardChoice(id=name), baseline)
    assert isinstance(found, dict)
    return np.array(found["discrete"]["values"]), found["central"]


@pytest.mark.parametrize(
    ("name", "baseline"),
    [("EC-FALL-EX-RATE", 0.85), ("EC-SMOKE-COMBI", 0.086), ("EC-DEBT-COLOC", 0.4),
     ("EC-T2D-DPP21", 0.5), ("EC-HF-HOUSED", 0.3)],
)  # fmt: skip
def test_a_ratio_becomes_what_drawing_it_gives(name: str, baseline: float) -> None:
    """A second way: many draws of the ratio, each converted on its own."""
    card = CARDS[name]
    assert card.ours is not None
    draws = np.exp(np.random.default_rng(7).normal(card.ours.mu, card.ours.sigma, 400_000))
    change = np.asarray(change_per_person(card.measure, draws, baseline)) / baseline
    change = -change if card.good == "lower" else change
    values, central = table(name, baseline)
    assert len(values) == VALUES
    assert central == pytest.approx(float(change.mean()), rel=4e-3)
    assert values.std() == pytest.approx(float(change.std()), rel=0.05)
    assert np.quantile(values, [0.1, 0.5, 0.9]) == pytest.approx(
        np.quantile(change, [0.1, 0.5, 0.9]), rel=0.04
    )


def test_what_is_good_is_above_0() -> None:
    for name, card in CARDS.items():
        if card.use in ("A", "B") and card.point is not None:
            found = change_factor(card, CardChoice(id=name), 0.3)
            middle = found if isinstance(found, float) else (
                found["central"] if "central" in found else found["normal"]["mean"]
            )  # fmt: skip
            assert middle > 0, name


def test_a_difference_is_normal_and_points_are_shares_of_people() -> None:
    found = change_factor(CARDS["EC-FLU-NUDGE"], CardChoice(id="x"), None)
    assert isinstance(found, dict)
    assert found["normal"]["mean"] == pytest.approx(0.0089)
    assert found["normal"]["sd"] == pytest.approx(0.002094)
    days = change_factor(CARDS["EC-RTW-DEPR"], CardChoice(id="x"), None)
    assert isinstance(days, dict)
    assert days["normal"] == {"mean": 25.0, "sd": 6.5562}


def test_a_range_of_analyses_gives_a_certain_number() -> None:
    assert change_factor(CARDS["EC-BIKE-POPUP"], CardChoice(id="x"), 1000.0) == pytest.approx(0.295)


def test_the_risk_of_the_opposite_is_turned_round() -> None:
    """21.1% who drop out become 13.5%: 36% fewer."""
    found = change_factor(CARDS["EC-DROPOUT"], CardChoice(id="x"), 0.211)
    assert found == pytest.approx(1 - 0.135 / 0.211, abs=0.0025)


def test_a_local_result_is_weighed_unless_the_case_says_why_not() -> None:
    local = LocalResult(events=12, people=200, control_events=24, control_people=200)
    card = CARDS["EC-FALL-EX-RATE"]
    weighed = spread_of(card, CardChoice(id=card.id, local=local))
    off = CardSwitch(applied=False, reason="large")
    alone = spread_of(card, CardChoice(id=card.id, local=local, shrinkage=off))
    assert weighed is not None
    assert alone is not None
    assert math.exp(alone.mean) == pytest.approx(0.5)
    assert math.exp(weighed.mean) == pytest.approx(0.69, abs=0.005)


def test_without_events_nothing_changes() -> None:
    found = change_factor(CARDS["EC-FALL-EX-RATE"], CardChoice(id="x"), 0.0)
    assert isinstance(found, dict)
    assert found["central"] == 0.0
