"""Answers of a case to frameworks, into the sheets of the assessors and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactmonitor.intake.workbook.assessing import Assessed, Question, form_sheet
from impactmonitor.intake.workbook.assessments import (
    answers_tree,
    assessors_of,
    put_answers,
    standing_of,
    with_assessors,
)
from impactmonitor.intake.workbook.filled import UNKNOWN, Content, Filled

ASKED = Assessed("test", (Question("say", 4), Question("trees", 0)))
OTHER = Assessed("other", (Question("say", 3),))


def put(_kind: str, _path: str, value: Any) -> Content:
    content: Content = value
    return content


def filled_with(scores: dict[str, Any]) -> tuple[Filled, tuple[Assessed, ...]]:
    assessed = with_assessors([ASKED, OTHER], scores)
    filled = Filled()
    put_answers(filled, assessed, scores, put)
    return filled, assessed


def back(scores: dict[str, Any]) -> dict[str, Any]:
    filled, assessed = filled_with(scores)
    found: dict[str, Any] = {}
    for framework, name, given_ in answers_tree(filled, assessed, lambda _, content: content):
        answers = [one for *_, one in given_]
        found.setdefault(framework, {})[name] = answers[0] if len(answers) == 1 else answers
    return found


@pytest.mark.parametrize("answer", [
    3.0, "none", "unknown", {"status": "not-applicable", "reason": "No trees"},
    {"level": 2, "assessor": "Jan", "evidence": "A report", "date": "2026-03-01"},
    {"status": "none", "assessor": "Jan", "note": "Asked twice"},
    [{"level": 1, "assessor": "Jan"}, {"level": 4, "assessor": "Els", "reason": "Seen"}],
    [3.0, 1.0, "none", 4.0], [{"level": 1, "assessor": "Jan"}, {"level": 2, "assessor": "Jan"}],
])  # fmt: skip
def test_an_answer_comes_back_as_it_was(answer: Any) -> None:
    assert back({"test": {"say": answer}}) == {"test": {"say": answer}}


def test_a_ratio_comes_back_as_it_was() -> None:
    scores = {"test": {"trees": {"numerator": 3.0, "denominator": 8.0, "evidence": "Counted"}}}
    assert back(scores) == scores


def test_each_assessor_has_a_sheet_and_one_more_is_blank() -> None:
    filled, assessed = filled_with({"test": {"say": {"level": 2, "assessor": "Jan"}}})
    assert [one.assessors for one in assessed] == [2, 2]
    assert filled.forms == {(form_sheet(0, 0), "assessor"): "Jan"}
    assert filled.answers == {form_sheet(0, 0): [{"answer": 2}, {}]}


def test_a_sheet_for_every_assessor() -> None:
    several = [{"level": 1, "assessor": name} for name in "abcd"]
    _, assessed = filled_with({"other": {"say": several}})
    assert [one.assessors for one in assessed] == [2, 4]


@pytest.mark.parametrize(("text", "found"), [
    ("3 - Tried out", 3.0), ("3", 3.0), ("12 - Far", 12.0), (2.5, 2.5), (UNKNOWN, UNKNOWN),
    ("geen bijdrage", "none"), ("No contribution", "none"), ("does not apply", "not-applicable"),
    ("niet van toepassing ", "not-applicable"), ("much", "much"), ("2,5", "2,5"), ("2.5", "2.5"),
    ("-3", "-3"), (None, None),
])  # fmt: skip
def test_what_stands_in_a_cell(text: Content, found: Content) -> None:
    assert standing_of(text) == found


WHO = st.sampled_from([None, "Jan", "Els", "Bo"])
ONE = st.builds(
    lambda answer, who, why: (
        answer if who is None and why is None and answer != "not-applicable"
        else {**({"status": answer} if isinstance(answer, str) else {"level": answer}),
              **({} if why is None else {"reason": why}),
              **({} if who is None else {"assessor": who})}
    ),
    st.integers(1, 4) | st.sampled_from(["none", "unknown", "not-applicable"]),
    WHO, st.none() | st.sampled_from(["Because", "Seen"]),
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(ONE, min_size=1, max_size=5))
def test_any_answers_of_any_assessors_come_back(given_: list[Any]) -> None:
    answer = given_[0] if len(given_) == 1 else given_
    scores = json.loads(json.dumps({"other": {"say": answer}}))
    assert back(scores) == scores


@given(st.lists(ONE, max_size=5))
def test_nobody_answers_twice_on_one_sheet(given_: list[Any]) -> None:
    found = assessors_of({"say": given_})
    assert len(found) == len(set(found)) == len(given_)
