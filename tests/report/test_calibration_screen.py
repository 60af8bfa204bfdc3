"""Forecasts, and how good they were, on screen."""

from __future__ import annotations

from datetime import date

import pytest
from tests.report.test_calibration_shown import forecast, found, kept
from tests.report.test_screen import printed
from tests.report.tracked import HELPED
from tests.tracking.recorded import record

from impactmonitor import evaluate
from impactmonitor.messages import LANGUAGES
from impactmonitor.report.calibration_screen import (
    calibration_headline,
    calibration_screen,
    forecast_screen,
)
from impactmonitor.report.words import Words
from impactmonitor.tracking import forecasts_of
from impactmonitor.tracking.calibrating import Score, binomial_interval


def score(inside: int, count: int, bias: float = 0.0) -> Score:
    return Score(count, inside, inside / count, *binomial_interval(inside, count), bias, bias)


@pytest.mark.parametrize(
    ("inside", "count", "said"),
    [(2, 3, "too few to tell"), (20, 40, "too narrow"), (36, 40, "fits ranges"),
     (200, 200, "wider than needed")],
)  # fmt: skip
def test_what_the_share_says(inside, count, said):
    assert said in calibration_headline(score(inside, count), "en")


@pytest.mark.parametrize(("bias", "said"), [(-0.1, "10% lower"), (0.2, "20% higher"), (0, "")])
def test_on_which_side_forecasts_were(bias, said):
    headline = calibration_headline(score(36, 40, bias), "en")
    assert said in headline
    assert ("On average" in headline) == bool(bias)


@pytest.mark.parametrize("language", LANGUAGES)
def test_calibration_within_the_width(language):
    records = [record(HELPED, 2025, 90), record("costs.work", 2025, 700)]
    late = forecast(HELPED, 2025, made="2027-01-01")
    forecasts = [forecast(HELPED, 2025, evidence="measured-controlled"), late,
                 forecast(HELPED, 2026), forecast("costs.work", 2025)]  # fmt: skip
    said = printed(calibration_screen(found(kept(*forecasts, records=records)), language), 80)
    assert max(len(line) for line in said.splitlines()) <= 80
    assert "…" not in said
    for part in ("costs.work", "✔", "✘", "2026-", "!"):
        assert (part in said) == (part != "2026-")


def test_without_any_outcome_there_is_no_table():
    said = printed(calibration_screen(found(), "en"), 80)
    assert said == "Of no forecast is it known yet what came of it.\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_forecasts_with_their_ranges(language):
    case = kept()
    forecasts = forecasts_of(case, made=date(2024, 11, 1), draws=64)
    words = Words(evaluate(case), language)
    said = printed(forecast_screen(forecasts, 2, words), 80)
    assert "2024-11-01" in said
    assert "600" in said
    assert "2028" in said
    assert "…" not in said
    assert printed(forecast_screen((), 0, words), 80).count("\n") == 1
