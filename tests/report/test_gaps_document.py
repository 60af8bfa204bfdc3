"""Data gaps for programs: plain values under stable names."""

from __future__ import annotations

import json

from tests.small import cost, gain, result

from impactmonitor.evaluation.gaps import gaps_of
from impactmonitor.report.gaps_document import gaps_document

RESULT = result(
    costs={"work": cost()},
    effects={"falls": gain(2, 30, title={"en": "Falls", "nl": "Vallen"}),
             "calm": {"quantity": "unknown", "monetised": False, "domain": "social"}},
    scores={"prevention-core-set": {"say": 3}},
)  # fmt: skip


def test_all_is_plain() -> None:
    found = gaps_document(RESULT, gaps_of(RESULT, {"falls": 7.5}), "nl")
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert (found["case"], found["currency"]) == ("small", "EUR")
    assert found["effects"][0] == {
        "id": "falls",
        "title": "Vallen",
        "present_value": 60.0,
        "missing": ["baseline", "source", "evidence", "confirmation"],
        "unconfirmed": ["people"],
        "worth_knowing": 7.5,
        "card": None,
    }
    assert found["effects"][1]["present_value"] is None
    (say,) = [gap for gap in found["answers"] if gap["indicator"] == "say"]
    assert say["missing"] == ["assessor", "evidence"]
    assert (say["framework"], say["weight"]) == ("prevention-core-set", 1.0)
    assert say["title"] != "say"


def test_without_a_simulation_nobody_knows_what_is_worth_knowing() -> None:
    found = gaps_document(RESULT, gaps_of(RESULT))
    assert {gap["worth_knowing"] for gap in found["effects"]} == {None}


def test_a_case_without_gaps_in_anything() -> None:
    bare = result(costs={"work": cost()})
    found = gaps_document(bare, gaps_of(bare))
    assert (found["effects"], found["answers"]) == ([], [])
