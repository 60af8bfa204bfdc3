"""What stands beside a question in a form."""

from __future__ import annotations

from tests.reported import CATALOGUE, reported_on
from tests.small import gain

from impactmonitor import evaluate
from impactmonitor.catalogue.monitored import monitored
from impactmonitor.measuring.due import due
from impactmonitor.model.case import Case
from impactmonitor.model.periods import period_of
from impactmonitor.report.form_facts import Facts, Known


def known(case: Case, period: str, reporter: str | None = None) -> dict[tuple[str, str], Known]:
    asked = period_of(period, case.monitoring.periods if case.monitoring else None)
    assert asked is not None
    indicators, _ = monitored(case, CATALOGUE)
    facts = Facts(evaluate(case, CATALOGUE), indicators, "en", reporter)
    return {(q.of, q.field or ""): facts.known(q) for q in due(case, indicators, asked)}


def test_the_plan_of_a_line_stands_beside_its_year():
    records = [
        {"line": "effects.visits", "field": name, "period": "2026", "value": 0.5}
        for name in ("quantity", "unit_value", "deadweight")
    ]
    visits = gain(100, 10, years=3, unit="visit", deadweight=0.2)
    found = known(reported_on(*records, effects={"visits": visits}), "2027")
    assert found["effects.visits", "quantity"].target == 100.0
    assert found["effects.visits", "quantity"].unit == "visit"
    assert found["effects.visits", "unit_value"].target == 10.0
    assert found["effects.visits", "unit_value"].unit == "EUR"
    assert found["effects.visits", "deadweight"].target == 0.2
    assert found["effects.visits", "deadweight"].title == "visits: happened anyway"
    assert (
        known(reported_on(*records, effects={"visits": visits}), "2035")[
            "effects.visits", "quantity"
        ].target
        == 0.0
    )


def test_the_plan_of_a_year_is_said_with_its_year_beside_a_quarter():
    record = {"line": "costs.work", "period": "2026Q4", "value": 9}
    assert known(reported_on(record), "2027Q1")["costs.work", "amount"].target == (
        "600 in all of 2027"
    )


def test_the_project_of_a_reporter_with_one_project():
    records = [{"line": "costs.work", "period": "2026", "value": 9, "reporter": r, "project": p}
               for r, p in (("Anna", "North"), ("Bert", "South"))]  # fmt: skip
    case = reported_on(*records)
    assert known(case, "2027", "Anna")["costs.work", "amount"].project == "North"
    assert known(case, "2027")["costs.work", "amount"].project is None


def test_the_title_of_an_own_period():
    case = reported_on()
    indicators, _ = monitored(case, CATALOGUE)
    facts = Facts(evaluate(case, CATALOGUE), indicators, "en", None)
    school, year = period_of("school", case.monitoring.periods), period_of("2027")  # type: ignore[union-attr]
    assert school is not None
    assert year is not None
    assert (facts.name_of(school), facts.name_of(year)) == ("School year (school)", "2027")
