"""The rules for answers to the questions of frameworks, without the frameworks themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from impactmonitor.model.case import Case
from impactmonitor.model.scores import Assessment
from impactmonitor.problems import Problem

Findings = Iterator[Problem]


def _written(case: Case) -> Iterator[tuple[str, Assessment]]:
    """Every assessment that is written out, with its path."""
    for framework, answers in case.scores.items():
        for name, answer in answers.items():
            path = f"scores.{framework}.{name}"
            several = answer if isinstance(answer, tuple) else (answer,)
            for i, one in enumerate(several):
                if isinstance(one, Assessment):
                    yield (f"{path}.{i}" if isinstance(answer, tuple) else path), one


def _one_answer(case: Case) -> Findings:
    """A number or a level or a ratio, and none of them beside a status that says there is none."""
    for path, one in _written(case):
        given = [name for name in ("value", "level", "numerator") if getattr(one, name) is not None]
        if len(given) > 1:
            yield Problem("two-answers", path, {"fields": ", ".join(given)})
        elif given and one.status not in (None, "value"):
            params = {"field": given[0], "status": one.status}
            yield Problem("answer-beside-status", f"{path}.status", params)
        elif not given and one.status == "value":
            yield Problem("answer-missing", path)


def _whole_ratios(case: Case) -> Findings:
    for path, one in _written(case):
        if (one.numerator is None) != (one.denominator is None):
            yield Problem("half-a-ratio", path)
        elif one.denominator == 0:
            yield Problem("ratio-of-nothing", f"{path}.denominator")


def _reasons(case: Case) -> Findings:
    for path, one in _written(case):
        if one.status == "not-applicable" and one.reason is None:
            yield Problem("reason-missing", path)


def _assessors(case: Case) -> Findings:
    """Several answers to one question come from several people."""
    for framework, answers in case.scores.items():
        for name, answer in answers.items():
            seen: set[str] = set()
            for i, one in enumerate(answer if isinstance(answer, tuple) else ()):
                who = one.assessor if isinstance(one, Assessment) else None
                path = f"scores.{framework}.{name}.{i}"
                if who is not None and who in seen:
                    yield Problem("assessor-twice", path, {"assessor": who})
                seen.add(who or "")


SCORE_RULES: tuple[Callable[[Case], Findings], ...] = (
    _one_answer,
    _whole_ratios,
    _reasons,
    _assessors,
)
