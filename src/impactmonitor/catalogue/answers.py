"""Whether the answers of a case are answers to the questions of the frameworks."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor.catalogue.frameworks import Frameworks
from impactmonitor.model.case import Case
from impactmonitor.model.frameworks import Framework, FrameworkIndicator
from impactmonitor.model.scores import Answer, Assessment, assessments
from impactmonitor.problems import Problem, nearest

Findings = Iterator[Problem]


def answer_problems(case: Case, frameworks: Frameworks) -> Findings:
    """Every answer to a question that is not asked, or that does not fit the question.

    Parameters
    ----------
    case : Case
        With scores.
    frameworks : Frameworks
        In which the questions are looked up.

    Yields
    ------
    Problem
        Errors at ``scores.FRAMEWORK`` or ``scores.FRAMEWORK.INDICATOR``.
    """
    for name, answers in case.scores.items():
        path = f"scores.{name}"
        framework = frameworks.frameworks.get(name)
        if framework is None:
            near = nearest(name, frameworks.frameworks)
            yield Problem("unknown-framework", path, {"id": name, "nearest": near})
        elif framework.purpose == "tags":
            yield Problem("framework-asks-nothing", path, {"id": name})
        else:
            for question, answer in answers.items():
                yield from _answer(f"{path}.{question}", question, answer, framework, frameworks)


def _answer(
    path: str, name: str, answer: Answer, framework: Framework, frameworks: Frameworks
) -> Findings:
    indicator = framework.indicators.get(name)
    if indicator is None:
        params = {"id": name, "nearest": nearest(name, framework.indicators)}
        yield Problem("unknown-question", path, params)
        return
    levels = len(frameworks.levels_of(indicator))
    several = assessments(answer, is_level=bool(levels))
    for i, one in enumerate(several):
        place = f"{path}.{i}" if isinstance(answer, tuple) else path
        yield from _assessment(place, one, indicator, levels)


def _assessment(path: str, one: Assessment, indicator: FrameworkIndicator, levels: int) -> Findings:
    if not levels and one.level is not None:
        yield Problem("number-expected", f"{path}.level", {"unit": indicator.unit or ""})
    elif levels and (one.value is not None or one.numerator is not None):
        yield Problem("level-expected", path, {"levels": levels})
    elif levels and one.level is not None and one.level > levels:
        yield Problem("level-too-high", path, {"level": one.level, "levels": levels})
