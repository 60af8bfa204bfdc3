"""Years, quarters, months and periods of one's own."""

from __future__ import annotations

import calendar
import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.model.monitoring import OwnPeriod
from impactmonitor.model.periods import (
    Period,
    is_covered,
    missing_parts,
    period_of,
    quarters_of,
)

OWN = {
    "school-year-25": OwnPeriod.model_validate({"first": "2025-08-01", "last": "2026-07-31"}),
    "spring": OwnPeriod.model_validate({"first": "2025-01-01", "last": "2025-06-30"}),
    "autumn": OwnPeriod.model_validate({"first": "2025-07-01", "last": "2025-12-31"}),
}
YEARS = st.integers(1000, 9999)


def period(name: str) -> Period:
    found = period_of(name, OWN)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "first", "last", "kind"),
    [
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("2024Q1", "2024-01-01", "2024-03-31", "quarter"),
        ("2025Q4", "2025-10-01", "2025-12-31", "quarter"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("school-year-25", "2025-08-01", "2026-07-31", "own"),
        ("9999", "9999-01-01", "9999-12-31", "year"),
    ],
)
def test_first_and_last_day(name: str, first: str, last: str, kind: str) -> None:
    found = period(name)
    assert (found.first.isoformat(), found.last.isoformat(), found.kind) == (first, last, kind)
    assert found.name == name


@pytest.mark.parametrize(
    "name",
    ["25", "2025Q0", "2025Q5", "2025-00", "2025-13", "2025-1", "2025q1", "0999", "", "winter"],
)
def test_what_is_no_period(name: str) -> None:
    assert period_of(name, OWN) is None
    assert period_of(name) is None


def test_the_year_in_which_a_period_lies() -> None:
    assert period("2025Q3").year == 2025
    assert period("school-year-25").year is None
    assert list(period("school-year-25").years) == [2025, 2026]
    assert period("2025").is_whole_year
    assert not period("2025Q4").is_whole_year
    assert not period("school-year-25").is_whole_year


def test_of_periods_that_end_together_the_shortest_is_last() -> None:
    names = ["2025-12", "2024Q4", "2025", "2025Q4", "2026-01", "2025-11"]
    ordered = sorted(map(period, names))
    assert [p.name for p in ordered] == [
        "2024Q4", "2025-11", "2025", "2025Q4", "2025-12", "2026-01",
    ]  # fmt: skip


@given(YEARS)
def test_quarters_and_months_fill_a_year_without_a_gap(year: int) -> None:
    parts = [quarters_of(year), [f"{year}-{month:02}" for month in range(1, 13)]]
    for names in parts:
        found = [period(name) for name in names]
        days = sum((p.last - p.first).days + 1 for p in found)
        assert days == 365 + calendar.isleap(year)
        assert not any(p.overlaps(q) for p, q in itertools.pairwise(found))
        assert is_covered(year, found)
        assert not is_covered(year, found[1:])
        assert not is_covered(year, found[:-1])


def test_a_year_is_covered_by_any_mix() -> None:
    mixes = [["2025"], ["spring", "autumn"], ["spring", "2025Q3", "2025-10", "2025-11", "2025-12"]]
    for names in mixes:
        assert is_covered(2025, map(period, names))
    assert not is_covered(2025, [period("school-year-25"), period("spring")])
    assert not is_covered(2026, [period("2025")])
    assert not is_covered(2025, [])


@given(st.sets(st.integers(1, 12)), st.sets(st.integers(1, 4)))
def test_what_is_missing_is_what_no_day_is_reported_of(
    months: set[int], quarters: set[int]
) -> None:
    names = [*(f"2025-{m:02}" for m in months), *(f"2025Q{q}" for q in quarters)]
    found = [period(name) for name in names]
    days = {d for p in found for d in range(p.first.toordinal(), p.last.toordinal() + 1)}
    step = 1 if months else 3
    missing = []
    for start in range(1, 13, step):
        name = f"2025-{start:02}" if months else f"2025Q{(start + 2) // 3}"
        part = period(name)
        if not set(range(part.first.toordinal(), part.last.toordinal() + 1)) <= days:
            missing.append(name)
    assert missing_parts(2025, found) == tuple(missing)
    assert is_covered(2025, found) == (not missing)


def test_the_last_year_there_is() -> None:
    assert is_covered(9999, [period("9999")])
    assert missing_parts(9999, [period("9999Q4")]) == ("9999Q1", "9999Q2", "9999Q3")
    assert period("9999-12").last == datetime.date.max
