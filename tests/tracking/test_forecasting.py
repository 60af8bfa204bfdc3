"""Forecasts to keep: the ranges of what a plan expects, and that they are judged afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from tests.small import case, cost, gain
from tests.tracking.recorded import VISITS, record

from impactmonitor import calibration
from impactmonitor.tracking.forecasting import forecasts_of

PLAN = {
    "costs": {"work": cost({"uniform": [100, 200]}, optimism_bias=0.2, years=2, evidence="expert")},
    "effects": {"visits": gain(50, 10, first_year=2026, years=9)},
    "transfers": {"fee": {"from": "city", "to": "people", "amount": 7}},
}


def test_forecasts_are_what_the_plan_expects_to_be_measured():
    found = forecasts_of(case(**PLAN), made=date(2024, 12, 1), draws=4096)
    assert [(f.line, f.period) for f in found] == [
        ("costs.work", "2025"),
        ("costs.work", "2026"),
        *((VISITS, str(year)) for year in range(2026, 2030)),
    ]
    first, visits = found[0], found[2]
    assert first.mean == pytest.approx(180, rel=1e-3)
    assert (first.p05, first.p95) == pytest.approx((126, 234), rel=1e-2)
    assert (first.evidence, first.made) == ("expert", date(2024, 12, 1))
    assert (visits.mean, visits.p05, visits.p95) == (50, 50, 50)


def test_forecasts_that_are_kept_are_judged_by_what_comes_of_them():
    plan = case(**PLAN)
    kept = forecasts_of(plan, made=date(2024, 12, 1), draws=64)
    dumped = [f.model_dump(mode="json", exclude_none=True) for f in kept]
    records = [record("costs.work", 2025, 230), record(VISITS, 2026, 40)]
    found = calibration([case(**PLAN, monitoring={"forecasts": dumped}, measurements=records)])
    assert [(one.of, one.is_inside) for one in found.judged] == [
        ("costs.work", True),
        (VISITS, False),
    ]
    assert found.judged[1].bias == pytest.approx(-0.2)
    assert found.open == 4


def test_a_forecast_made_without_a_day_is_of_today():
    assert forecasts_of(case(**PLAN), draws=8)[0].made == date.today()
