"""Records as one JSON object."""

from __future__ import annotations

import json

from tests.errors.everything import full
from tests.reported import reported_on

from impactmonitor.model.case import Case
from impactmonitor.report.measurements_document import measurements_document


def test_the_records_as_the_case_has_them():
    case = Case.model_validate(full())
    found = json.loads(json.dumps(measurements_document(case, (), "nl"), default=str))
    again = Case.model_validate({**full(), "measurements": found["measurements"]})
    assert again.measurements == case.measurements
    assert found["hidden"] == 0


def test_what_is_hidden_is_counted_only():
    found = measurements_document(reported_on(), {0, 1, 2})
    assert (found["case"], found["hidden"]) == ("small", 3)
    assert [r.get("indicator") for r in found["measurements"]] == ["satisfied", None, None]
