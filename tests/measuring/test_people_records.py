"""Which records are exported: nobody works out a small number from them and the tables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reported import reported_on

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.aggregating import Aggregation, reported_in
from impactmonitor.measuring.people_records import hidden_records
from impactmonitor.measuring.people_tables import category_name, hidden_cells, tables
from impactmonitor.measuring.selecting import selected
from impactmonitor.model.case import Case
from impactmonitor.model.monitoring import Measure


def record(
    value: float, reporter: str = "A", period: str = "2025", **fields: Any
) -> dict[str, Any]:
    return {"indicator": "helped", "period": period, "reporter": reporter, "value": value,
            "status": "approved", **fields}  # fmt: skip


def hidden(case: Case, measure: Measure = "flow", *, people: bool = True) -> list[int]:
    return sorted(hidden_records(case, {"helped": MonitoredIndicator(
        "helped", measure, counts_people=people)}))  # fmt: skip


WOMEN, MEN = {"disaggregation": {"sex": "women"}}, {"disaggregation": {"sex": "men"}}


def test_that_somebody_reported_on_women_only_gives_away_another_ones_small_number():
    """All totals are large: A 43, B 20, women 23, men 40; and 23 - 20 is three women of A."""
    case = reported_on(record(3, **WOMEN), record(40, **MEN), record(20, "B", **WOMEN))
    assert hidden(case) == [0, 1, 2]


def test_large_numbers_and_nought_are_exported():
    case = reported_on(record(30, **WOMEN), record(40, **MEN), record(0, "B", **WOMEN))
    assert hidden(case) == []


def test_what_does_not_count_people_is_exported():
    assert hidden(reported_on(record(3)), people=False) == []
    assert hidden(reported_on(record(3, indicator="other"))) == []


def test_a_draft_or_a_figure_that_was_restated_is_small_too():
    assert hidden(reported_on(record(3, status="draft"), record(60, "B"))) == [0, 1]
    case = reported_on(record(3, id="a"), record(60, restates="a"), record(70, period="2026"))
    assert hidden(case)[:2] == [0, 1]


def test_a_quarter_closes_the_year_it_is_in():
    case = reported_on(record(3, period="2025Q1"), record(60, "B"), record(80, "B", "2026"))
    assert hidden(case)[:2] == [0, 1]


@pytest.mark.parametrize(
    "parts", [{"numerator": 3, "denominator": 40}, {"numerator": 37, "denominator": 40}]
)
def test_of_a_ratio_both_who_is_in_it_and_who_is_not(parts):
    case = reported_on({**record(0), "value": None, **parts}, {**record(0, period="2026"),
                       "value": None, "numerator": 20, "denominator": 40})  # fmt: skip
    assert 0 in hidden(case, "ratio")


def test_a_small_figure_of_a_running_count_closes_all_its_periods():
    case = reported_on(record(30), record(50, "B", "2026"), record(3, "C", "2027"))
    assert hidden(case, "cumulative") == [0, 1, 2]
    assert hidden(reported_on(record(30), record(50, "B", "2026")), "cumulative") == []


ROWS = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from(["2025", "2026"]),
              st.sampled_from(["women", "men"]), st.sampled_from([0, 2, 3, 20, 30])),
    min_size=1, max_size=7, unique_by=lambda row: row[:3],
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(ROWS, st.sampled_from(["flow", "cumulative"]))
def test_nobody_subtracts_what_is_listed_from_a_shown_total_and_finds_a_small_number(rows, measure):
    """The attack itself: every shown cell of the tables less every listed record in it."""
    case = reported_on(*(record(value, who, period, disaggregation={"sex": sex})
                         for who, period, sex, value in rows))  # fmt: skip
    unlisted = hidden(case, measure)
    listed = [r for i, r in enumerate(case.measurements) if i not in unlisted]
    chosen, rule = selected(case.measurements), Aggregation(measure)
    periods = reported_in(chosen, rule)
    found = tables(chosen, rule, periods)
    kept = hidden_cells(found, periods, [r.cell for r in chosen])
    assert not [r.value for r in listed if 0 < (r.value or 0) < 5]
    closed = {r.period for i, r in enumerate(case.measurements) if i in unlisted}
    for place, figure in found.items():
        if place in kept or place.period in closed:
            continue
        inside = [r for r in listed if place.by == "all"
                  or (place.by == "reporter" and r.reporter == place.name)
                  or (place.by == "category" and category_name(r.cell) == place.name)]  # fmt: skip
        if measure == "flow":
            known = [r for r in inside if place.period in ("", r.period)]
        else:
            latest = {(r.reporter, r.cell): r for r in sorted(inside, key=lambda r: r.period)
                      if r.period <= (place.period or "9999")}  # fmt: skip
            known = list(latest.values())
        rest = (figure.value or 0.0) - sum(r.value or 0.0 for r in known)
        assert not 0 < rest < 5
