"""The JSON object of a choice says what the choice holds, and is plain."""

from __future__ import annotations

import json

import pytest
from tests.portfolio.offered import candidate, fund
from tests.portfolio.test_choosing import OFFERS, chosen

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.choosing_document import choosing_document

ABSENT = {"gone": (None, {"amount": 5, "total_funding": 10})}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_plain_and_its_numbers_are_the_same_in_both_languages(tmp_path, language):
    found = chosen(fund(tmp_path, {**OFFERS, **ABSENT}))
    document = choosing_document(found, language)
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["chosen"] == ["bikes", "trees"]
    assert document["totals"] == {
        "spent": 100, "value": 95, "score": 5000, "financial_return": None
    }  # fmt: skip
    assert document["left_out"]["gone"]["reason"] == "not-evaluated"
    assert document["left_out"]["gone"]["problems"][0]["code"] == "case-file-not-found"


def test_every_candidate_says_whether_and_why_not(tmp_path):
    document = choosing_document(chosen(fund(tmp_path, OFFERS)))
    roof = document["candidates"]["roof"]
    assert (roof["is_chosen"], roof["value"], roof["score"]) == (False, 90, 50)
    assert roof["not_chosen"] == {
        "blocks": [{"kind": "budget", "names": [], "short": 60}], "lost": 5
    }  # fmt: skip
    assert document["candidates"]["trees"]["not_chosen"] is None


def test_points_are_named_after_what_is_maximised(tmp_path):
    by_value = choosing_document(chosen(fund(tmp_path, OFFERS), budget=60, step=40))
    assert [(one["budget"], one["npv"]) for one in by_value["budgets"]][:2] == [(20, 0), (60, 90)]
    assert by_value["value_of_step"] == 5
    assert [one["score"] for one in by_value["frontier"]["points"]] == [3000, 3750]
    by_score = choosing_document(chosen(fund(tmp_path, OFFERS), budget=60, maximise="score"))
    assert by_score["budgets"][-1]["score"] == 8000
    assert by_score["robustness"]["best"] is None


def test_what_is_out_of_reach_is_null_with_a_reason(tmp_path):
    document = choosing_document(chosen(fund(tmp_path, OFFERS), budget=60, floor=5000))
    assert document["chosen"] is document["totals"] is document["robustness"] is None
    assert document["unreachable"]["short"] == 1250
    assert document["budgets"][0]["npv"] is None
    assert {one["is_chosen"] for one in document["candidates"].values()} == {None}


def test_without_a_framework_there_is_no_score_anywhere(tmp_path):
    offers = {"a": candidate(10, 5)}
    document = choosing_document(chosen(fund(tmp_path, offers), framework=None))
    assert document["framework"] is document["frontier"] is document["totals"]["score"] is None
    assert document["not_on_frontier"] == []
