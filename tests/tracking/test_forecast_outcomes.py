"""What was measured afterwards of a forecast: of lines, of indicators, and of parts of a year."""

from __future__ import annotations

import pytest
from tests.tracking.outcomes import CATALOGUE
from tests.tracking.recorded import VISITS, followed, record

from impactmonitor import InvalidInput
from impactmonitor.tracking.forecast_outcomes import outcomes_of

BOUNDS = {"made": "2024-12-01", "mean": 1, "p05": 0, "p95": 2}
MEASURES = {name: {"measure": name} for name in ("flow", "stock", "cumulative", "ratio")}


def outcome(forecast, *records, **fields):
    monitoring = {"forecasts": [forecast | BOUNDS], "indicators": MEASURES}
    case = followed(*records, monitoring=monitoring, **fields)
    return [measured for _, _, measured in outcomes_of(case, CATALOGUE)]


def test_a_line_in_a_year_is_what_tracking_takes():
    quarters = [record("costs.work", f"2025Q{i}", 10 * i) for i in (1, 2, 3, 4)]
    assert outcome({"line": "costs.work", "period": 2025}, *quarters) == [100]
    assert outcome({"line": "costs.work", "period": 2025}, *quarters[1:]) == [None]
    assert outcome({"line": "costs.work", "period": "2025Q3"}, *quarters) == [30]


def test_another_number_of_a_line():
    price = record(VISITS, 2025, 12, field="unit_value")
    assert outcome({"line": VISITS, "field": "unit_value", "period": 2025}, price) == [12]
    assert outcome({"line": VISITS, "period": 2025}, price) == [None]


def test_a_line_that_is_measured_by_an_indicator():
    effect = {"quantity": 100, "unit_value": 10, "falls_to": "people", "domain": "social"}
    measured_by = {"indicator": "flow", "share": 0.5}
    effects = {"visits": effect | {"measured_by": measured_by}}
    found = outcome({"line": VISITS, "period": 2025}, record("flow", 2025, 30), effects=effects)
    assert found == [15]


def test_an_indicator_by_its_measure():
    for name, expected in (("flow", 7), ("stock", 4), ("cumulative", 4)):
        records = [record(name, "2025Q1", 1), record(name, "2025Q2", 2), record(name, "2025Q4", 4)]
        assert outcome({"indicator": name, "period": "2025Q2"}, *records) == [2]
        year = outcome({"indicator": name, "period": 2025}, *records)
        assert year == [None if name == "flow" else expected]
    parts = [record("ratio", f"2025Q{i}", numerator=i, denominator=10) for i in (1, 2, 3, 4)]
    assert outcome({"indicator": "ratio", "period": 2025}, *parts) == [0.25]


def test_a_level_is_that_at_the_end_of_its_period_or_it_is_not_known():
    early = record("stock", "2025Q1", 1)
    assert outcome({"indicator": "stock", "period": 2025}, early) == [None]
    assert outcome(
        {"indicator": "stock", "period": 2025}, early, record("stock", "2025-12", 3)
    ) == [3]


def test_drafts_are_no_outcome():
    draft = record("flow", 2025, 30, status="draft")
    assert outcome({"indicator": "flow", "period": 2025}, draft) == [None]


def test_a_period_or_an_indicator_that_nobody_knows_is_an_error():
    for forecast in ({"indicator": "nothing", "period": 2025}, {"line": VISITS, "period": "term"}):
        with pytest.raises(InvalidInput):
            outcome(forecast)


def test_a_case_without_forecasts_has_no_outcomes():
    assert list(outcomes_of(followed(), CATALOGUE)) == []
