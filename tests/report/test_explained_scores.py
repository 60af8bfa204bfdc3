"""Scores, unfolded to the answers and weights on which they rest."""

import pytest
from tests.report.test_explanation import reach_origins
from tests.small import cost, result

from impactmonitor.problems import NotFound
from impactmonitor.report.document import document
from impactmonitor.report.explanation import explain
from impactmonitor.report.printed import printed_paths


def scored():
    return result(costs={"work": cost()}, scores={"readiness": {"trl": 7, "srl": [3, 4]}})


def test_every_number_reaches_its_answers():
    found = scored()
    paths = [path for path in printed_paths(document(found)) if path.startswith("scores.")]
    assert len(paths) > 20
    reach_origins(found, paths, "nl")


def test_a_group_rests_on_its_own_questions():
    rows = explain(scored(), "scores.readiness.groups.society.score").inputs
    assert [row["path"] for row in rows] == [
        "scores.readiness.srl", "weight × multiplier of srl",
    ]  # fmt: skip
    assert rows[0]["value"] == 3
    whole = explain(scored(), "scores.readiness.coverage").inputs
    assert [row["value"] for row in whole[::2]] == [7, 3, "missing"]


@pytest.mark.parametrize("path", ["scores.readiness", "scores.nothing.score", "scores.readiness.x"])
def test_what_is_no_number(path):
    with pytest.raises(NotFound):
        explain(scored(), path)
