"""Whether there is money enough in every year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small import cost, result

from impactmonitor.appraisal.coverage import coverage

ACTORS = {
    "city": {"kind": "municipality"}, "insurer": {"kind": "health-insurer"},
    "people": {"kind": "citizen"},
}  # fmt: skip
LOAN = {"kind": "loan", "from": "insurer", "to": "city", "amount": 100, "rate": 0, "years": 4,
        "repayment": "bullet"}  # fmt: skip


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12))
def test_year_by_year(cash: list[float]) -> None:
    found = coverage(2025, cash)
    running, first, deepest, year_of = 0.0, None, 0.0, None
    scale = 0.0
    sums = []
    for amount in cash:
        running += amount
        sums.append(running)
        scale = max(scale, abs(running), abs(amount))
    for year, total in enumerate(sums, start=2025):
        if total < -1e-9 * scale and first is None:
            first = year
        if total < deepest:
            deepest, year_of = total, year
    assert found.cumulative == pytest.approx(sums)
    assert found.first_shortfall == first
    if first is not None:
        assert found.deepest_year == year_of
        assert found.deepest == pytest.approx(-deepest)


def test_what_only_rounding_makes_short_is_covered() -> None:
    assert coverage(2025, [0.1, 0.2, -0.3]).first_shortfall is None
    assert coverage(2025, []).years == ()


def test_a_shortfall_is_named_with_its_years() -> None:
    found = result(actors=ACTORS, inflation=0, horizon=3, instruments={"loan": LOAN},
                   costs={"work": cost(60, years=3)})  # fmt: skip
    shortfall = next(w for w in found.warnings if w.code == "financing-shortfall")
    assert shortfall.path == "actors.city"
    assert shortfall.params["first"] == 2026
    assert shortfall.params["deepest"] == 2027
    assert shortfall.params["amount"] == "80"
    assert "2026" in shortfall.message("nl")


def test_a_mix_that_covers_every_year_is_not_named() -> None:
    found = result(actors=ACTORS, inflation=0, instruments={"loan": {**LOAN, "years": 6}},
                   costs={"work": cost(20, years=5)})  # fmt: skip
    codes = [w.code for w in found.warnings]
    assert "financing-shortfall" not in codes
    assert codes.count("instrument-beyond-horizon") == 1


def test_who_only_lends_is_not_asked_for_coverage() -> None:
    found = result(actors=ACTORS, inflation=0, instruments={"loan": LOAN}, costs={"work": cost(0)})
    named = [w.path for w in found.warnings if w.code == "financing-shortfall"]
    assert named == []
