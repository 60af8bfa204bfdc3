"""Indicators period by period: progress, lights, and small numbers of people left out."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.tracked import CATALOGUE, HELPED, MONITORING, measured
from tests.tracking.recorded import record

from impactmonitor.catalogue.monitored import monitored
from impactmonitor.model.periods import period_of
from impactmonitor.report.followed import Followed, followed


def found(*records: dict[str, Any], as_of: str = "2026", **fields: Any) -> Followed:
    case = measured(*records, **fields)
    return followed(case, monitored(case, CATALOGUE)[0], period_of(as_of))[HELPED]


def of(measure: str, **fields: Any) -> dict[str, Any]:
    """The monitoring of one indicator."""
    return {"indicators": {HELPED: {"measure": measure, **fields}}}


def test_progress_and_lights_by_period_and_at_the_end():
    one = found()
    rows = [(p.period, p.figure.value, p.target, p.progress.light) for p in one.periods]
    assert rows == [("2025", 60, 100, "behind"), ("2026", 95, 100, "on_track")]
    assert [p.progress.share for p in one.periods] == [0.6, 0.95]
    assert (one.end.figure.value, one.end.target, one.end.progress.share) == (155, 400, 155 / 400)
    assert (one.end.period, one.is_due, one.end.progress.lack) == ("2029", False, "not-due")


def test_the_second_category_is_hidden_and_the_total_is_not():
    one = found()
    assert {name: [p.is_suppressed for p in few] for name, few in one.categories.items()} == {
        "sex=men": [True],
        "sex=women": [True],
    }
    assert all(p.figure is None for few in one.categories.values() for p in few)
    assert not any(p.is_suppressed for p in one.periods)


def test_what_does_not_count_people_is_shown():
    one = found(record(HELPED, 2025, 3), monitoring=of("flow", counts_people=False))
    assert one.periods[0].figure.value == 3
    assert not one.is_suppressed


def test_only_what_is_reported_up_to_the_period():
    one = found(as_of="2025")
    assert [p.period for p in one.periods] == ["2025"]
    assert one.end.figure.value == 60


def test_a_year_of_which_a_part_was_not_reported_has_no_light():
    one = found(record(HELPED, "2025Q1", 30), record(HELPED, 2025, target=100))
    (year,) = [p for p in one.periods if p.period == "2025"]
    assert (year.figure.value, year.is_complete, year.progress.light) == (30, False, "none")


def test_a_level_that_stands_is_hidden_in_every_period_that_shows_it():
    """The second quarter has no report of its own, and the year shows the same level."""
    records = [
        record(HELPED, "2025Q1", 3, reporter="a"),
        record(HELPED, "2025Q2", target=50),
        record(HELPED, "2025Q4", 40, reporter="a"),
    ]
    one = found(*records, monitoring=of("stock", every="quarter"))
    assert {p.period: p.is_suppressed for p in one.periods} == {
        "2025Q1": True,
        "2025Q2": True,
        "2025Q4": False,
        "2025": False,
    }


@pytest.mark.parametrize("measure", ["flow", "cumulative"])
def test_a_small_baseline_is_hidden_with_what_tells_it(measure):
    one = found(record(HELPED, 2025, 50, target=100), monitoring=of(measure, baseline=3))
    (year,) = one.periods
    assert (year.baseline, year.progress.share, year.figure.value) == (None, None, 50)
    assert year.is_suppressed


def test_a_small_increase_is_hidden_with_the_level_that_tells_it():
    """20, then 23, then 60: three people more in 2026, and the year after tells them as well."""
    levels = {2025: 20, 2026: 23, 2027: 60}
    records = [record(HELPED, year, level) for year, level in levels.items()]
    one = found(*records, as_of="2027", monitoring=of("cumulative"))
    assert [p.is_suppressed for p in one.periods] == [False, True, False]
    assert one.hidden_years == {2026, 2027}
    ends = found(*records[:2], monitoring=of("cumulative"))
    assert ends.end.is_suppressed
    records[0] = record(HELPED, 2025, 2)
    assert {2025, 2026} <= found(*records, as_of="2027", monitoring=of("cumulative")).hidden_years


def test_a_small_increase_is_not_told_by_categories():
    records = []
    for year, men, women in ((2025, 10, 10), (2026, 12, 11)):
        records.append(record(HELPED, year, men + women))
        records += [record(HELPED, year, n, disaggregation={"sex": s})
                    for s, n in (("men", men), ("women", women))]  # fmt: skip
    one = found(*records, monitoring=of("cumulative") | {"dimensions": MONITORING["dimensions"]})
    assert [p.is_suppressed for p in one.categories["sex=men"]] == [False, True]
    assert [p.is_suppressed for p in one.categories["sex=women"]] == [False, True]


def test_why_a_total_is_not_the_sum_of_its_parts():
    total = record(HELPED, 2025, 70, differs_because="Some did not say.")
    parts = [record(HELPED, 2025, n, disaggregation={"sex": s})
             for s, n in (("men", 30), ("women", 30))]  # fmt: skip
    assert found(total, *parts).reasons == (("2025", "Some did not say."),)


COUNTS = st.integers(0, 12)


@settings(max_examples=25)
@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=2))
def test_nothing_hidden_can_be_worked_out_by_trying(counts):
    """Every way to fill in the hidden cells that fits what is shown: a small one stays open."""
    records = []
    for year, (men, women) in enumerate(counts, 2025):
        records.append(record(HELPED, year, men + women))
        records += [record(HELPED, year, n, disaggregation={"sex": s})
                    for s, n in (("men", men), ("women", women))]  # fmt: skip
    one = found(*records)
    true = [n for pair in counts for n in pair]
    seen = _seen(one, len(counts))
    options = [
        [n] if x is not None else range(1, 25) for n, x in zip(true, seen["parts"], strict=True)
    ]
    fitting = [every for every in itertools.product(*options) if _fits(every, seen)]
    assert tuple(true) in fitting
    for i, count in enumerate(true):
        if 0 < count < 5:
            assert seen["parts"][i] is None
            assert len({every[i] for every in fitting}) > 1


def _value(shown: Any) -> float | None:
    return None if shown.figure is None else shown.figure.value


def _seen(one: Followed, years: int) -> dict[str, Any]:
    """What a reader sees: parts and totals of every year, and the total of all."""
    parts = [_value(one.categories[f"sex={s}"][y]) for y in range(years) for s in ("men", "women")]
    return {"parts": parts, "years": [_value(p) for p in one.periods], "all": _value(one.end)}


def _fits(every: tuple[int, ...], seen: dict[str, Any]) -> bool:
    sums = [every[i] + every[i + 1] for i in range(0, len(every), 2)]
    shown = [*zip(sums, seen["years"], strict=True), (sum(sums), seen["all"])]
    return all(x is None or x == total for total, x in shown)
