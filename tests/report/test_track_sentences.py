"""The honest sentence: below, far below, as planned, above; with what a reader has to know."""

from __future__ import annotations

import pytest
from tests.report.tracked import HELPED, measured, shown
from tests.small import case, cost, gain
from tests.tracking.recorded import record

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.track_sentences import track_headline, track_sentences
from impactmonitor.report.track_words import TrackWords


def told(one, as_of: int | str = 2025, language: str = "en", **how) -> TrackWords:
    return TrackWords(shown(one, as_of, **how), language)


def visits(count: float, price: float = 10.0, **fields):
    records = [record("effects.visits", 2025, count)]
    return case(effects={"visits": gain(100, price)}, measurements=records, **fields)


@pytest.mark.parametrize(
    ("count", "start", "end"),
    [
        (60, "Far below plan: ", "That is 60% of the plan, €400 less."),
        (80, "Below plan: ", "That is 80% of the plan, €200 less."),
        (130, "Above plan: ", "That is 130% of the plan, €300 more."),
        (100.4, "About as planned: ", "where €1,000 was planned."),
        (0, "Far below plan: ", "That is 0% of the plan, €1,000 less."),
    ],
)
def test_how_it_went_is_said_plainly(count, start, end):
    said = track_headline(told(visits(count)))
    assert said.startswith(start)
    assert said.endswith(end)
    assert "up to and with 2025" in said


def test_a_share_of_a_planned_loss_says_nothing():
    """In the first year of an investment a loss was planned, and it became larger."""
    one = visits(80, costs={"work": cost(3000)})
    said = track_headline(told(one))
    assert said.startswith("Below plan")
    assert said.endswith("is -€2,200, where -€2,000 was planned. That is €200 less.")
    assert "%" not in said


def test_a_loss_where_a_gain_was_planned_is_far_below_plan():
    one = visits(80, costs={"work": cost(900)})
    said = track_headline(told(one))
    assert said.startswith("Far below plan: ")
    assert "%" not in said


def test_the_benefits_and_the_costs_each_against_plan():
    sentences = " ".join(track_sentences(told(visits(80, costs={"work": cost(500)}))))
    assert "Benefits are €800, where €1,000 was planned (80%)." in sentences
    assert "Costs are €500, where €500 was planned (100%)." in sentences
    assert "Most of the difference comes from the numbers that were reached: -€200." in sentences
    assert "one yearly figure was not measured" in sentences


def test_before_a_year_has_passed_there_is_nothing_to_compare():
    one = measured(record(HELPED, "2025Q1", 20))
    assert "no full year" in track_headline(told(one, "2025Q1"))
    assert not any("Benefits are" in said for said in track_sentences(told(one, "2025Q1")))


def test_a_hidden_result_is_not_told_in_words_either():
    one = told(measured(record(HELPED, 2025, 3)))
    said = " ".join([track_headline(one), *track_sentences(one)])
    assert "below 5" in said
    assert "Benefits are hidden, where €1,000 was planned. Costs" in said
    assert "€30" not in said
    assert "-€570" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_figures_rest_on(language):
    one = measured()
    again = track_sentences(told(one, 2026, language, reforecast=True))
    plain = track_sentences(told(one, 2026, language))
    assert len(again) == len(plain)
    assert again != plain
    first = track_sentences(told(one, 2026, language, view="first_reported"))
    assert len(first) == len(plain) + 1
