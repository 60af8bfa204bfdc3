"""Scores as plain values."""

import json

from tests.small import cost, result

from impactmonitor.report.document import document


def test_names_and_plain_values() -> None:
    found = result(costs={"work": cost()}, scores={"readiness": {"trl": 7, "srl": [3, 4]}})
    scores = document(found)["scores"]
    assert json.loads(json.dumps(scores, allow_nan=False)) == scores
    ready = scores["readiness"]
    assert {"score", "score_unweighted", "score_without_monetised", "coverage", "low", "high",
            "groups", "indicators", "agreement", "readiness"} == set(ready)  # fmt: skip
    assert {"value", "status", "score", "weight", "multiplier", "contribution"} <= set(
        ready["indicators"]["trl"]
    )
    assert ready["indicators"]["crl"]["status"] == "missing"
    assert ready["readiness"] == {
        "overall": None, "at_most": 3, "gap": None, "held_back_by": [], "unknown": ["crl"],
    }  # fmt: skip
    assert document(result(costs={"work": cost()}))["scores"] == {}
