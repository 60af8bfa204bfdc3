"""How good forecasts were, without outcomes that are small numbers of people."""

from __future__ import annotations

import json

from tests.report.tracked import CATALOGUE, HELPED, measured
from tests.tracking.recorded import record

from impactmonitor.model.case import Case
from impactmonitor.report.calibration_shown import (
    ShownCalibration,
    calibration_document,
    shown_calibration,
)
from impactmonitor.tracking import calibration

RANGE = {"made": "2024-11-01", "mean": 100, "p05": 80, "p95": 120}


def forecast(of: str, year: int, **fields) -> dict:
    return {("line" if "." in of else "indicator"): of, "period": year, **RANGE, **fields}


def kept(*forecasts: dict, records=None, **fields) -> Case:
    monitoring = {"indicators": {HELPED: {"measure": "flow"}}, "forecasts": [*forecasts]}
    return measured(*(records or [record(HELPED, 2025, 90)]), monitoring=monitoring, **fields)


def found(*cases: Case) -> ShownCalibration:
    return shown_calibration(calibration(cases, CATALOGUE), cases, CATALOGUE)


def test_what_is_not_small_is_shown_as_it_was_judged():
    case = kept(forecast(HELPED, 2025, evidence="expert"), forecast(HELPED, 2026))
    one = found(case)
    assert one.overall == calibration([case], CATALOGUE).overall
    assert (one.overall.count, one.overall.inside, one.open, one.hidden) == (1, 1, 1, 0)
    document = calibration_document(one)
    assert document["overall"]["cases"] == 1
    assert document["by_evidence"]["expert"]["mean_bias"] == -0.1
    assert document["judged"][0]["measured"] == 90
    json.dumps(document, allow_nan=False)


def test_a_small_number_of_people_counts_in_no_average():
    """Of the indicator itself, and of the effect that is measured by it."""
    small = [record(HELPED, 2025, 3), record("costs.work", 2025, 110)]
    forecasts = [forecast(HELPED, 2025), forecast("effects.help", 2025, field="quantity"),
                 forecast("costs.work", 2025)]  # fmt: skip
    one = found(kept(*forecasts, records=small))
    assert [judged.of for judged in one.judged] == ["costs.work"]
    assert one.hidden == 2
    assert one.overall.mean_bias == 0.1
    assert calibration_document(one)["suppressed"] == 2
    other = [record(HELPED, 2025, 4), small[1]]
    assert calibration_document(found(kept(*forecasts, records=other))) == (
        calibration_document(one)
    )


def test_evidence_of_which_everything_is_hidden_is_left_out():
    one = found(kept(forecast(HELPED, 2025, evidence="expert"), records=[record(HELPED, 2025, 2)]))
    assert one.by_evidence == {}
    assert one.overall.share is None


def test_a_case_of_which_nothing_was_measured():
    draft = record(HELPED, 2025, 90, status="draft")
    one = found(kept(forecast(HELPED, 2025), records=[draft]))
    assert (one.judged, one.open) == ((), 1)
