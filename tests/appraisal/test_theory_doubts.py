"""What an appraiser asks about a theory of change: each question where it belongs, and no other."""

from __future__ import annotations

from typing import Any

import pytest
from tests.theorised import THEORY, evaluated

from impactmonitor.appraisal.theory_doubts import THEORY_CODES, theory_doubts
from impactmonitor.evaluation import evaluate

ANSWERED = {"prevention-core-set": {"say": 3}}


def asked(theory: dict[str, Any] | None, **fields: Any) -> list[tuple[str, str]]:
    found = list(theory_doubts(evaluated(theory, **fields).appraised))
    assert {p.severity for p in found} <= {"warning"}
    assert {p.code for p in found} <= THEORY_CODES
    return [(p.code, p.path) for p in found]


def test_of_a_whole_theory_nothing_is_asked() -> None:
    assert asked(THEORY, scores=ANSWERED) == []


@pytest.mark.parametrize(
    ("section", "name", "change", "expected"),
    [
        (
            "outputs",
            "pupils",
            {"quantity": None},
            [("output-not-counted", "theory.outputs.pupils")],
        ),
        (
            "outputs",
            "pupils",
            {"leads_to": []},
            [
                ("effect-without-activity", "effects.falls"),
                ("effect-without-activity", "effects.fear"),
                ("leads-to-no-effect", "theory.activities.classes"),
                ("leads-to-no-effect", "theory.outputs.pupils"),
            ],
        ),
        ("effects", "falls", {"leads_to": []}, [("effect-without-activity", "effects.fear")]),
        (
            "effects",
            "fear",
            {"leads_to": ["prevention-core-set.say", "prevention-core-set.access"]},
            [("indicator-not-measured", "theory.effects.fear.leads_to.1")],
        ),
    ],
)
def test_what_is_left_open_is_asked_for(section, name, change, expected) -> None:
    step = {**THEORY[section][name], **change}
    step = {key: part for key, part in step.items() if part is not None}
    theory = {**THEORY, section: {**THEORY[section], name: step}}
    assert asked(theory, scores=ANSWERED) == expected


def test_a_theory_of_nothing_asks_for_every_effect() -> None:
    assert [code for code, _ in asked({})] == ["effect-without-activity"] * 2


def test_an_unanswered_question_is_measured_by_nobody() -> None:
    place = ("indicator-not-measured", "theory.effects.fear.leads_to.0")
    assert asked(THEORY) == [place]
    assert asked(THEORY, scores={"prevention-core-set": {"say": "unknown"}}) == [place]


def test_the_questions_are_among_the_warnings_of_a_result() -> None:
    codes = [p.code for p in evaluated().warnings]
    assert codes.count("indicator-not-measured") == 1


def test_a_case_without_a_theory_is_asked_nothing() -> None:
    without = evaluated({}).appraised.resolved.case.model_copy(update={"theory": None})
    assert list(theory_doubts(evaluate(without).appraised)) == []
