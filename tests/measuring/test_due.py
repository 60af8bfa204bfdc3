"""What is due in a period: what ends in it, by category where that was reported before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reported import CATALOGUE, RECORDS, reported_on

from impactmonitor.catalogue.monitored import monitored
from impactmonitor.measuring.due import due, lines_measured, periods_due
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Monitoring
from impactmonitor.model.periods import Period, period_of

OWN = Monitoring.model_validate(
    {"periods": {"school": {"first": "2026-08-01", "last": "2027-07-31"}}}
)


def named(text: str) -> Period:
    found = period_of(text, OWN.periods)
    assert found is not None
    return found


def asked(period: str, *records: dict[str, object]) -> list[tuple[str, str | None, str, str]]:
    case = reported_on(*records)
    questions = due(case, monitored(case, CATALOGUE)[0], named(period))
    return [(q.of, q.field, q.period.name, ",".join(c for _, c in q.cell)) for q in questions]


def test_a_year_asks_for_itself_and_its_parts_and_for_categories_that_were_reported():
    assert asked("2027") == [
        ("helped", None, "2027", ""),
        ("helped", None, "2027", "women"),
        ("helped", None, "2027", "men"),
        *(("satisfied", None, f"2027Q{i}", "") for i in range(1, 5)),
        ("costs.work", "amount", "2027", ""),
        ("effects.visits", "deadweight", "2027", ""),
    ]


def test_a_quarter_asks_for_itself_and_only_the_last_one_for_the_year():
    assert asked("2027Q2") == [("satisfied", None, "2027Q2", "")]
    assert ("helped", None, "2027", "") in asked("2027Q4")


def test_what_was_reported_by_school_year_is_asked_by_school_year():
    record = {"indicator": "helped", "period": "school", "value": 9}
    assert ("helped", None, "school", "") in asked("2027", record)
    assert ("helped", None, "2027", "") not in asked("2027", record)


def test_what_was_never_reported_is_asked_about_the_own_period_that_is_reported():
    assert periods_due([], "quarter", named("school"), OWN) == [named("school")]
    both = [Measurement(indicator="a", period=p, value=1) for p in ("2025", "school")]
    assert [p.name for p in periods_due(both, "year", named("school"), OWN)] == ["2026", "school"]


def test_a_line_is_asked_as_often_as_it_was_reported_last():
    quarter = {"line": "costs.work", "period": "2026Q4", "value": 9}
    assert ("costs.work", "amount", "2027Q1", "") in asked("2027Q1", RECORDS[4], quarter)


def test_a_line_that_was_never_measured_is_not_asked_for():
    assert lines_measured(reported_on(RECORDS[0])) == []


def test_a_share_of_a_part_of_a_year_is_asked_as_so_many_of_so_many():
    case = reported_on({"line": "effects.visits", "field": "deadweight", "period": "2026Q4",
                        "numerator": 1, "denominator": 4})  # fmt: skip
    found = due(case, {}, named("2027Q4"))
    assert [(q.of, q.form) for q in found] == [("effects.visits", "ratio")]


@pytest.mark.parametrize("every", ["year", "quarter", "month"])
@given(year=st.integers(1900, 2100))
def test_the_quarters_together_ask_what_the_year_asks(every, year):
    whole = periods_due([], every, named(str(year)), OWN)
    parts = [p for i in range(1, 5) for p in periods_due([], every, named(f"{year}Q{i}"), OWN)]
    assert parts == whole
    assert len(whole) == {"year": 1, "quarter": 4, "month": 12}[every]
