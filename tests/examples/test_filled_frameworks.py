"""Every framework that ships is answered in an example, with every kind of answer somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from tests.report.test_screen import printed

from impactmonitor import Evaluation, evaluate, load_case
from impactmonitor.appraisal.theory_doubts import THEORY_CODES
from impactmonitor.catalogue.frameworks import Frameworks, load_frameworks
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.model.changes import plain
from impactmonitor.model.frameworks import Framework
from impactmonitor.model.record import in_language
from impactmonitor.model.scores import Assessment, assessments
from impactmonitor.report.scores_screen import scores_screen
from impactmonitor.report.theory_picture import theory_picture
from impactmonitor.report.theory_screen import theory_screen
from impactmonitor.resources import folder

FILES = {file.parent.name: file for file in sorted(folder("examples").glob("*/case.yaml"))}
ASKED = sorted(name for name, one in load_frameworks().frameworks.items() if one.indicators)
LABELS = sorted(set(load_frameworks().frameworks) - set(ASKED))
LEAST = {"transition-monitor": 0.2}
"""A project answers one of the four transitions; of other frameworks it answers most questions."""
TEXTS = ("evidence", "reason", "note")

every_framework = pytest.mark.parametrize("name", ASKED)


@cache
def results() -> dict[str, Evaluation]:
    return {name: evaluate(load_case(file)) for name, file in FILES.items()}


def answering(framework: str) -> list[Evaluation]:
    return [one for one in results().values() if framework in one.scores]


def known() -> Frameworks:
    return load_frameworks()


def given() -> Iterator[tuple[Framework, str, tuple[Assessment, ...]]]:
    """Every question that an example answers, with its answers."""
    for result in results().values():
        for name, answers in result.case.scores.items():
            framework = known().frameworks[name]
            for question, answer in answers.items():
                levels = known().levels_of(framework.indicators[question])
                yield framework, question, assessments(answer, bool(levels))


# ---------------------------------------------------------------------------------- frameworks


def test_all_that_ships_is_asked_about_or_a_list_of_labels() -> None:
    assert len(ASKED) == 15
    assert LABELS == ["missions-2019", "missions-2023", "sdg"]


@every_framework
def test_a_framework_is_answered_in_an_example(name: str) -> None:
    """Most of its questions, so that its score says something."""
    found = answering(name)
    assert found
    coverages = [one.scores[name].total.coverage for one in found]
    assert max(coverage or 0.0 for coverage in coverages) >= LEAST.get(name, 0.6)


@every_framework
def test_every_group_of_a_framework_is_answered_in_some_example(name: str) -> None:
    lacking = {"transition-monitor": {"energy", "health"}}.get(name, set())
    answered = {
        group
        for one in answering(name)
        for group, score in one.scores[name].groups.items()
        if score.score is not None
    }
    assert answered == set(known().frameworks[name].groups) - lacking


@every_framework
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_results_can_be_shown_in_both_languages(name: str, language: Language) -> None:
    framework = known().frameworks[name]
    for result in answering(name):
        text = " ".join(printed(scores_screen(result, language)).split())
        assert in_language(framework.title, language) in text
        for group in framework.groups.values() if framework.purpose == "score" else ():
            assert in_language(group.title, language).split()[0] in text


@pytest.mark.parametrize("name", LABELS)
def test_a_list_of_labels_stands_at_the_end_of_a_theory(name: str) -> None:
    ends = {
        step.id
        for result in results().values()
        if (graph := result.appraised.resolved.theory) is not None
        for step in graph.of_kind("end-state")
    }
    assert any(end.startswith(f"{name}.") for end in ends)


# ------------------------------------------------------------------------------- kinds of answers


def test_every_kind_of_answer_stands_in_an_example() -> None:
    answers = [one for _, _, several in given() for one in several]
    assert {one.stands_for for one in answers} == {"value", "none", "not-applicable", "unknown"}
    for field in ("value", "level", "numerator", "reason", "date", "assessor", "evidence", "note"):
        assert any(getattr(one, field) is not None for one in answers), field


def test_everything_somebody_reads_in_an_answer_is_in_both_languages() -> None:
    texts = [
        text
        for result in results().values()
        for answers in plain(result.case).get("scores", {}).values()
        for answer in answers.values()
        for text in texts_in(answer)
    ]
    assert len(texts) > 10
    assert all(isinstance(text, dict) and set(text) == {"nl", "en"} for text in texts)


def texts_in(answer: Any) -> Iterator[Any]:
    for one in answer if isinstance(answer, list | tuple) else (answer,):
        if isinstance(one, dict):
            yield from (one[key] for key in TEXTS if key in one)


def test_assessors_differ_somewhere_and_their_agreement_is_shown() -> None:
    counts = Counter(len(several) for _, _, several in given())
    assert counts[2]
    assert counts[3]
    for name in ("six-conditions", "readiness", "rivm-prevention"):
        shown = [agreed for one in answering(name) if (agreed := one.scores[name].agreement)]
        assert len(shown) == 1
        assert shown[0].alpha is not None
        assert 0 < shown[0].alpha < 1


# ------------------------------------------------------------------------------------- theories

THEORIES = ("fall-prevention-65plus", "walls-used-again", "warm-homes")


def test_these_examples_have_a_theory_of_change() -> None:
    assert [n for n, one in results().items() if one.case.theory is not None] == list(THEORIES)


@pytest.mark.parametrize("name", THEORIES)
def test_a_theory_names_every_cost_and_leaves_no_question(name: str) -> None:
    result = results()[name]
    assert not THEORY_CODES & {problem.code for problem in result.warnings}
    theory = result.case.theory
    assert theory is not None
    paid = Counter(cost for activity in theory.activities.values() for cost in activity.costs)
    assert paid == Counter(list(result.case.costs))
    assert any(link.assumption is not None for _, link in theory.links())


@pytest.mark.parametrize("name", THEORIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_theory_is_drawn_and_told(name: str, language: Language) -> None:
    result = results()[name]
    graph = result.appraised.resolved.theory
    assert graph is not None
    drawing = "".join(fromstring(theory_picture(result, language)).itertext())
    told = " ".join(printed(theory_screen(result, language)).split())
    for step in graph.steps.values():
        title = in_language(step.title, language, step.id)
        assert title in told
        assert title in drawing or title.split()[0] in drawing  # long titles are broken into lines
