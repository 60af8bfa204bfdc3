"""Sizes of effects to people and events: what sources state, laws, and a slow second way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.effect_sizes import (
    NEEDS_BASELINE,
    change_among,
    change_of_rate,
    change_per_person,
    number_needed,
    risk_after_hazard_ratio,
    risk_after_odds_ratio,
    risk_after_risk_ratio,
)
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.model.cards import EffectCard, EffectMeasure
from impactmonitor.problems import InvalidInput

RISKS = st.floats(0.001, 0.999)
RATIOS = st.floats(0.05, 20.0)
CARDS = load_cards().cards


def points(card: EffectCard) -> list[float]:
    """Point, low and high of a card."""
    assert card.point is not None
    assert card.interval is not None
    return [card.point, card.interval.low, card.interval.high]


# Answers that the sources state themselves ------------------------------------------------------


def test_cochrane_2019_falls_avoided_by_exercise() -> None:
    """850 falls in 1,000 people over a year become 195 fewer (144 to 246)."""
    fewer = [-change_of_rate(850, x) for x in points(CARDS["EC-FALL-EX-RATE"])]
    assert fewer == pytest.approx([195.5, 246.5, 144.5])


def test_cochrane_2023_home_hazards_at_high_risk() -> None:
    """1,847 falls per 1,000 people become 702 fewer."""
    card = CARDS["EC-HOMEHAZ-HIGH"]
    assert card.baseline is not None
    assert -1000 * change_per_person("RaR", points(card)[0], card.baseline.value) == pytest.approx(
        702, abs=0.5
    )


def test_cochrane_2016_smoking_cessation() -> None:
    """86 quitters per 1,000 become 157 (144 to 170)."""
    found = [1000 * risk_after_risk_ratio(0.086, x) for x in points(CARDS["EC-SMOKE-COMBI"])]
    assert found == pytest.approx([157, 144, 170], abs=0.6)


def test_cochrane_2024_hospital_at_home() -> None:
    """124 people in residential care per 1,000 become 66 (51 to 85)."""
    found = [1000 * risk_after_risk_ratio(0.124, x) for x in points(CARDS["EC-HAH-RESCARE"])]
    assert found == pytest.approx([66, 51, 85], abs=0.6)


def test_campbell_2011_dropout_is_the_odds_ratio_of_completing() -> None:
    """21.1% who drop out become 13% (13.5 with the rounded odds ratio)."""
    card = CARDS["EC-DROPOUT"]
    assert card.baseline is not None
    assert card.baseline.is_of_the_opposite
    assert card.point is not None
    completing = risk_after_odds_ratio(1 - card.baseline.value, card.point)
    assert 1 - completing == pytest.approx(0.135, abs=0.0005)


def test_cochrane_2021_cardiac_rehabilitation_number_needed() -> None:
    """75 people per heart attack prevented."""
    per_person = change_per_person("RR", 0.72, 0.048)
    assert isinstance(per_person, float)
    assert number_needed(per_person) == pytest.approx(74.4, abs=0.05)


def test_fluoride_varnish_number_needed() -> None:
    """17 children per child without new caries, at an incidence of 50%."""
    per_person = change_per_person("RR", 0.88, 0.5)
    assert isinstance(per_person, float)
    assert number_needed(per_person) == pytest.approx(16.7, abs=0.05)


def test_fall_prevention_chain_is_84_euros_and_not_1832() -> None:
    """0.03 treated falls, 30% fewer, 9,370 euros each: 84 (22 to 129) per participant-year."""
    card = CARDS["EC-FALL-EX-MEDCARE"]
    right = [-change_per_person("RaR", x, 0.03) * 9370 for x in points(card)]
    assert right == pytest.approx([84, 129, 22], abs=0.6)
    wrong = -change_per_person("RaR", 0.77, 0.85) * 9370
    assert wrong == pytest.approx(1832, abs=0.5)
    assert wrong / right[0] == pytest.approx(22, abs=0.3)
    assert CARDS["EC-FALL-EX-RATE"].unit != card.unit


# Laws -------------------------------------------------------------------------------------------


@given(RISKS, RATIOS)
def test_a_risk_stays_a_risk_and_moves_with_its_ratio(risk: float, ratio: float) -> None:
    for after in (risk_after_risk_ratio, risk_after_odds_ratio, risk_after_hazard_ratio):
        found = after(risk, ratio)
        assert 0 <= found <= 1
        assert (found - risk) * (ratio - 1) >= -1e-12
        assert after(risk, 1.0) == pytest.approx(risk)


@given(st.floats(1e-6, 1e-4), st.floats(0.2, 5.0))
def test_for_what_is_rare_the_three_ratios_agree(risk: float, ratio: float) -> None:
    expected = risk * ratio
    for after in (risk_after_risk_ratio, risk_after_odds_ratio, risk_after_hazard_ratio):
        assert after(risk, ratio) == pytest.approx(expected, rel=5e-3)


@given(RISKS, RATIOS)
def test_odds_of_the_opposite_are_the_inverse(risk: float, ratio: float) -> None:
    there = risk_after_odds_ratio(risk, ratio)
    assert 1 - risk_after_odds_ratio(1 - risk, 1 / ratio) == pytest.approx(there)


def test_the_odds_by_counting_people() -> None:
    """A second way: odds of 10,000 people, counted one by one."""
    people, ratio = 10_000, 1.72
    with_ = 7_890
    odds = with_ / (people - with_) * ratio
    assert risk_after_odds_ratio(with_ / people, ratio) == pytest.approx(odds / (1 + odds))


def test_the_hazard_by_living_through_many_short_moments() -> None:
    """A second way: the same hazard times the ratio in each of many moments."""
    risk, ratio, moments = 0.559, 0.67, 100_000
    hazard = 1 - (1 - risk) ** (1 / moments)
    alive = 1.0
    for _ in range(moments):
        alive *= 1 - hazard * ratio
    assert risk_after_hazard_ratio(risk, ratio) == pytest.approx(1 - alive, abs=1e-5)


def test_arrays_give_what_numbers_give() -> None:
    ratios = [0.2 + 0.14 * k for k in range(20)]
    measures: list[EffectMeasure] = ["RaR", "IRR", "RR", "OR", "HR", "PCT", "RATIO", "MD", "PP"]
    for measure in measures:
        baseline = 0.4 if measure in NEEDS_BASELINE else None
        together = change_per_person(measure, np.array(ratios), baseline)
        alone = [change_per_person(measure, ratio, baseline) for ratio in ratios]
        assert np.asarray(together) == pytest.approx(alone)


def test_a_risk_is_capped_at_1_for_housing_first() -> None:
    """A ratio of 2.46 needs a baseline under 0.41."""
    assert risk_after_risk_ratio(0.41, 2.46) == 1.0
    assert risk_after_risk_ratio(0.40, 2.46) == pytest.approx(0.984)


def test_people_reached_times_share_that_takes_part_times_years() -> None:
    assert change_among(200, -0.009, uptake=0.5, adherence=0.8, years=2) == pytest.approx(-1.44)


def test_nothing_changes_means_nobody_is_enough() -> None:
    assert number_needed(0.0) == float("inf")


# What gives no number ---------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["SMD", "PERCENTILE", "NONE"])
def test_a_standardised_difference_is_refused_with_an_explanation(measure: EffectMeasure) -> None:
    with pytest.raises(InvalidInput) as caught:
        change_per_person(measure, -0.27, 0.5)
    [problem] = caught.value.problems
    assert problem.code == "effect-without-units"
    assert measure in problem.message("en")


@pytest.mark.parametrize("measure", sorted(NEEDS_BASELINE))
def test_a_ratio_needs_what_happens_otherwise(measure: EffectMeasure) -> None:
    with pytest.raises(InvalidInput) as caught:
        change_per_person(measure, 0.8)
    assert caught.value.problems[0].code == "effect-needs-baseline"


@pytest.mark.parametrize("risk", [-0.1, 1.3, np.array([0.2, 1.2])])
def test_a_risk_above_1_is_refused(risk: float) -> None:
    with pytest.raises(InvalidInput) as caught:
        change_per_person("OR", 0.8, risk)
    assert caught.value.problems[0].code == "risk-outside-0-1"
