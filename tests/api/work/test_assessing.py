"""One answer of an assessor among those of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small import case, cost

from impactmonitor import load_catalogue
from impactmonitor.model.changes import plain
from impactmonitor.model.scores import Assessment
from impactmonitor.problems import InvalidInput
from impactmonitor_api.work.assessing import assessed

CATALOGUE = load_catalogue()
FRAMEWORK = "readiness"
QUESTION = next(iter(CATALOGUE.frameworks.frameworks[FRAMEWORK].indicators))


def small(**scores):
    return case(costs={"work": cost(600)}, scores={FRAMEWORK: scores})


def answers(found):
    answer = found.scores[FRAMEWORK][QUESTION]
    return answer if isinstance(answer, tuple) else (answer,)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 5)), min_size=1, max_size=6))
def test_each_assessor_has_one_answer_which_is_the_last(steps):
    found, last = small(), {}
    for who, level in steps:
        found = assessed(found, FRAMEWORK, QUESTION, Assessment(level=level, assessor=who),
                         CATALOGUE)  # fmt: skip
        last[who] = level
    assert {one.assessor: one.level for one in answers(found)} == last
    assert len(answers(found)) == len(last)
    rest = {key: value for key, value in plain(found).items() if key != "scores"}
    assert rest == {key: value for key, value in plain(small()).items() if key != "scores"}


@pytest.mark.parametrize("before", [3, "unknown", {"level": 2}])
def test_an_answer_without_a_name_stays(before):
    found = assessed(small(**{QUESTION: before}), FRAMEWORK, QUESTION,
                     Assessment(level=4, assessor="A"), CATALOGUE)  # fmt: skip
    first, second = answers(found)
    assert first == (Assessment(level=2) if isinstance(before, dict) else before)
    assert second.assessor == "A"


def test_what_is_wrong_elsewhere_in_the_case_is_said_to_be_there():
    odd = case(costs={"work": cost(600, paid_by="nobody")})
    with pytest.raises(InvalidInput) as caught:
        assessed(odd, FRAMEWORK, QUESTION, Assessment(level=4, assessor="A"), CATALOGUE)
    assert [problem.path for problem in caught.value.problems] == ["case.costs.work.paid_by"]
