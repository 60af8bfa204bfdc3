"""Records as CSV, and back."""

from __future__ import annotations

import csv
import io

from tests.errors.everything import full
from tests.reported import RECORDS, reported_on

from impactmonitor.intake.measurements_csv import measurements_in
from impactmonitor.model.case import Case
from impactmonitor.report.measurements_csv import measurements_csv, shown_records


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_every_field_comes_back() -> None:
    case = Case.model_validate(full())
    found = measurements_in(measurements_csv(case).encode("utf-8-sig"))
    assert found.problems == ()
    assert found.measurements == case.measurements


def test_texts_that_look_like_formulas_come_back_and_are_none() -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", '=HYPERLINK("x")', "a,b;c", "two\nlines"]
    case = reported_on(*({**RECORDS[0], "reporter": t, "evidence": {"nl": t}} for t in texts))
    written = measurements_csv(case)
    assert measurements_in(written.encode()).measurements == case.measurements
    assert not [c for row in rows(written) for c in row if c.startswith(("=", "+", "-", "@"))]


def test_negative_numbers_stay_numbers() -> None:
    case = reported_on({"indicator": "helped", "period": 2026, "value": -1.5})
    assert rows(measurements_csv(case))[1] == ["helped", "2026", "-1.5"]


def test_what_is_hidden_is_not_there_at_all() -> None:
    case = reported_on()
    written = rows(measurements_csv(case, {0, 1, 2}))
    assert [row[0] for row in written] == ["indicator", "satisfied", "", ""]
    assert "disaggregation.sex" not in written[0]
    assert len(shown_records(case, {0, 1, 2})) == 3


def test_nothing_to_list() -> None:
    case = reported_on(measurements=[])
    assert measurements_in(measurements_csv(case).encode()).measurements == ()
