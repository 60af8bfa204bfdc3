"""What a form may show beside a question: targets, and last time without small numbers."""

from __future__ import annotations

from typing import Any

from tests.reported import CATALOGUE, RECORDS, reported_on

from impactmonitor.catalogue.monitored import monitored
from impactmonitor.measuring.due import Question, due
from impactmonitor.measuring.preceding import History
from impactmonitor.model.case import Case
from impactmonitor.model.periods import period_of


def history(case: Case, of: str, reporter: str | None = None) -> tuple[History, list[Question]]:
    indicators, _ = monitored(case, CATALOGUE)
    period = period_of("2027")
    assert period is not None
    questions = [q for q in due(case, indicators, period) if q.of == of]
    return History(case, questions[0], indicators.get(of), reporter), questions


def record(**fields: Any) -> dict[str, Any]:
    return {"indicator": "helped", "period": 2026, "status": "approved", "value": 20, **fields}


def test_a_small_number_and_what_would_give_it_away_are_not_shown():
    found, (everybody, women, men) = history(reported_on(), "helped")
    shown = [found.preceding(q) for q in (everybody, women, men)]
    figures = [None if one is None or one.figure is None else one.figure.value for one in shown]
    assert figures == [43.0, None, None]


def test_last_time_is_the_last_period_of_the_same_kind_of_which_something_is_known():
    case = reported_on(*RECORDS, record(period=2025, value=7), record(period="2026Q4", value=30))
    found, questions = history(case, "helped")
    last = found.preceding(questions[0])
    assert last is not None
    assert last.period.name == "2026"
    assert found.preceding(history(case, "costs.work")[1][0]) is not None


def test_a_reporter_sees_its_own_figure_and_of_a_category_only_what_is_its_own():
    case = reported_on(
        record(reporter="Anna"), record(reporter="Bert", value=50),
        record(reporter="Anna", disaggregation={"sex": "women"}),
        record(reporter="Anna", disaggregation={"sex": "men"}, value=0),
        record(reporter="Bert", disaggregation={"sex": "women"}, value=50),
    )  # fmt: skip
    found, (everybody, women, men) = history(case, "helped", "Anna")
    own = [found.preceding(q) for q in (everybody, women, men)]
    values = [one.figure.value if one is not None and one.figure else None for one in own]
    assert values == [20.0, None, 0.0]
    assert own[1] is None


def test_nobody_reported_anything_yet():
    found, questions = history(reported_on(record(value=None, target=9, period=2027)), "helped")
    assert found.preceding(questions[0]) is None
    assert found.target(questions[0]) == 9.0


def test_the_target_of_a_reporter_goes_before_that_of_everybody_and_the_end_target():
    targets = [record(reporter="Anna", period=2027, target=100, value=None),
               record(reporter="Bert", period=2027, target=150, value=None)]  # fmt: skip
    for reporter, wanted in (("Anna", 100.0), (None, 250.0), ("Carl", 250.0)):
        found, questions = history(reported_on(*targets), "helped", reporter)
        assert found.target(questions[0]) == wanted
    found, questions = history(reported_on(), "helped")
    assert found.target(questions[0]) == 400.0


def test_the_end_target_of_a_flow_is_no_target_of_its_last_year():
    monitoring = {"indicators": {"visits": {"measure": "flow", "target": 500,
                                            "target_period": "2027"}}}  # fmt: skip
    found, questions = history(reported_on(monitoring=monitoring, measurements=[]), "visits")
    assert found.target(questions[0]) is None
