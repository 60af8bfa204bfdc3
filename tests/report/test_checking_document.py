"""The JSON object of a checked batch."""

from __future__ import annotations

import json

from tests.report.checked import batch

from impactmonitor.proposals.plausibility import CHECKS
from impactmonitor.report.checking_document import checking_document


def test_everything_is_plain_and_in_the_order_of_the_files(tmp_path):
    found = checking_document(batch(tmp_path / "proposals"))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert [one["file"] for one in found["intakes"]] == ["a.json", "b.json", "c.yaml"]
    assert found["counts"]["files"] == 3
    assert found["counts"]["readable"] == 1
    assert found["folder"] == "proposals"
    assert found["skipped"] == [{"file": "~$a.xlsx", "reason": "lock-file"}]
    assert [one["id"] for one in found["checks"]] == [check.id for check in CHECKS]
    assert found["thresholds"]["far"] == 3.5


def test_a_flag_has_its_figures_and_its_words(tmp_path):
    intake = checking_document(batch(tmp_path))["intakes"][0]
    flag = next(one for one in intake["flags"] if one["check"] == "reach-above-population")
    assert flag["path"] == "effects.walks.quantity"
    assert flag["given"] == {"value": 2000, "kind": "number", "unit": "person"}
    assert flag["compared"] == [{"value": 900, "kind": "number", "unit": "person"}]
    assert flag["question"].endswith(".")
    assert intake["organisation"] == "Walk On"
    assert intake["missing"]["effects"][0]["id"] == "walks"
    assert intake["totals"]["costs"] == 100


def test_a_file_without_a_result_has_nulls_and_errors(tmp_path):
    _, broken, nothing = checking_document(batch(tmp_path))["intakes"]
    assert (broken["id"], broken["totals"], broken["missing"]) == ("broken", None, None)
    assert broken["errors"][0]["path"] == "horizon"
    assert broken["unjudged"][0]["reason"] == "no-result"
    assert (nothing["id"], nothing["title"]) == (None, None)
    assert nothing["errors"]


def test_numbers_are_the_same_in_both_languages(tmp_path):
    found = batch(tmp_path)
    english, dutch = (checking_document(found, language) for language in ("en", "nl"))
    assert english["usual"] == dutch["usual"]
    assert english["counts"] == dutch["counts"]
    assert english["checks"][0]["title"] != dutch["checks"][0]["title"]
