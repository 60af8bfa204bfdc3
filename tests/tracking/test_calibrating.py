"""How good forecasts were: shares, their exact interval, and the bias."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tracking.recorded import VISITS, followed, record

from impactmonitor import calibration
from impactmonitor.model.case import Case
from impactmonitor.tracking.calibrating import binomial_interval, scored


def forecast(of: str, period: object, mean: float = 100, made: str = "2024-12-01", **fields):
    key = "line" if "." in of else "indicator"
    bounds = {"mean": mean, "p05": mean - 10, "p95": mean + 10}
    return {key: of, "period": period, "made": made, **bounds, **fields}


def judged(*forecasts, records=(), **fields) -> Case:
    monitoring = {"forecasts": [*forecasts], **fields.pop("monitoring", {})}
    return followed(*records, monitoring=monitoring, **fields)


def test_inside_the_range_with_its_bounds_and_how_far_off():
    records = [record(VISITS, 2025, 110), record(VISITS, 2026, 80), record(VISITS, 2027, 101)]
    case = judged(*(forecast(VISITS, y) for y in (2025, 2026, 2027)), records=records)
    found = calibration([case]).overall
    assert (found.count, found.inside, found.share) == (3, 2, 2 / 3)
    assert found.mean_bias == pytest.approx((0.1 - 0.2 + 0.01) / 3)
    assert found.median_bias == pytest.approx(0.01)
    assert (found.low, found.high) == binomial_interval(2, 3)


def test_by_kind_of_evidence_from_strong_to_weak():
    records = [record(VISITS, 2025, 100), record("costs.work", 2025, 300)]
    case = judged(
        forecast("costs.work", 2025, 600),
        forecast(VISITS, 2025, evidence="measured-controlled"),
        records=records,
    )
    found = calibration([case])
    assert list(found.by_evidence) == ["measured-controlled", "not-stated"]
    assert found.by_evidence["measured-controlled"].inside == 1
    assert found.by_evidence["not-stated"].mean_bias == -0.5


def test_the_last_forecast_before_the_period_counts():
    made = ["2024-01-01", "2024-06-01", "2025-02-01"]
    forecasts = [forecast(VISITS, 2025, 100 + i, made=m) for i, m in enumerate(made)]
    records = [record(VISITS, 2025, 100)]
    (one,) = calibration([judged(*forecasts, records=records)]).judged
    assert one.forecast.mean == 101
    (other,) = calibration([judged(*forecasts[2:], records=records)]).judged
    assert other.forecast.mean == 102


def test_what_was_said_afterwards_is_no_forecast():
    late = forecast(VISITS, 2025, made="2026-01-01")
    found = calibration([judged(late, records=[record(VISITS, 2025, 100)])])
    assert (found.overall.count, found.overall.share, found.overall.low) == (0, None, None)
    assert [(p.code, p.path) for p in found.warnings] == [
        ("forecast-after-its-period", "monitoring.forecasts.0.made")
    ]


def test_what_is_not_known_yet_is_counted_apart():
    records = [record(VISITS, 2025, 100), record(VISITS, "2026Q1", 100)]
    found = calibration([judged(*(forecast(VISITS, y) for y in (2025, 2026)), records=records)])
    assert (found.overall.count, found.open) == (1, 1)


def test_a_mean_of_nothing_has_no_relative_bias():
    case = judged(forecast(VISITS, 2025, 0), records=[record(VISITS, 2025, 5)])
    found = calibration([case]).overall
    assert (found.inside, found.mean_bias, found.median_bias) == (1, None, None)


def test_the_order_of_cases_forecasts_and_records_never_matters():
    records = [record(VISITS, y, 100 + y % 7) for y in (2025, 2026, 2027)]
    forecasts = [forecast(VISITS, y) for y in (2025, 2026, 2027)]
    one = judged(*forecasts, records=records)
    other = judged(*forecasts[:2], records=records, id="other")
    turned = [forecasts[i] for i in (2, 0, 1)]
    mixed = [judged(*turned, records=records[::-1]), other]
    assert calibration([one, other]) == calibration(mixed[::-1])


def test_an_example_of_clopper_and_pearson_1934():
    # their chart for n = 10 and 95 %: with 0 of 10 the upper limit is 0.31
    assert binomial_interval(0, 10) == (0.0, pytest.approx(0.3085, abs=1e-4))


@given(st.integers(1, 40), st.data())
def test_the_interval_holds_the_shares_that_such_counts_do_not_contradict(count, data):
    events = data.draw(st.integers(0, count))
    low, high = binomial_interval(events, count)
    assert 0 <= low <= events / count <= high <= 1

    def at_least(share: float, k: int) -> float:
        return sum(comb(count, i) * share**i * (1 - share) ** (count - i)
                   for i in range(k, count + 1))  # fmt: skip

    if events > 0:
        assert at_least(low, events) == pytest.approx(0.025, rel=1e-6)
    if events < count:
        assert 1 - at_least(high, events + 1) == pytest.approx(0.025, rel=1e-6)


def test_nothing_judged_is_no_score():
    assert scored([]).share is None
