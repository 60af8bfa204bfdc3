"""Which questions a workbook asks, in the order of their groups."""

from __future__ import annotations

from tests.report.workbook.scored import FILLED, INDICATORS, frameworks, scores

from impactmonitor import load_catalogue
from impactmonitor.report.workbook.assessment_rows import assessed_of
from impactmonitor.report.workbook.scores_asked import asked_of


def test_questions_have_the_levels_that_can_be_chosen() -> None:
    asked = asked_of(scores(FILLED), frameworks(), load_catalogue(), "en")
    (found,) = assessed_of(asked)
    assert (found.framework, found.assessors) == ("test", 2)
    levels = {question.id: question.levels for question in found.questions}
    assert levels == {name: {"say": 4, "again": 4, "own": 3}.get(name, 0) for name in INDICATORS}


def test_groups_stay_together() -> None:
    asked = asked_of(scores(FILLED), frameworks(), load_catalogue(), "nl")
    groups = [INDICATORS[q.id]["group"] for q in assessed_of(asked)[0].questions]
    assert groups == sorted(groups, key=["now", "none", "later"].index)
