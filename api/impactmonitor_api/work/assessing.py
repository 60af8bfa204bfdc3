"""One answer of an assessor, put in its place in a case."""

from __future__ import annotations

from dataclasses import replace

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import evaluate
from impactmonitor.model.case import Case
from impactmonitor.model.record import FrozenDict
from impactmonitor.model.scores import Answer, Assessment
from impactmonitor.problems import InvalidInput, Problem, is_inside


def assessed(
    case: Case, framework: str, indicator: str, answer: Assessment, catalogue: Catalogue
) -> Case:
    """A case with one answer more, or another answer of the same assessor.

    Parameters
    ----------
    case : Case
        In which nothing else changes.
    framework, indicator : str
        Which question it is.
    answer : Assessment
        With its assessor; the earlier answer of the same one is replaced, those of others stay.
    catalogue : Catalogue
        In which the question is looked up.

    Raises
    ------
    InvalidInput
        With everything that is wrong with the case then; what is wrong with the answer stands
        under ``answer``, what is wrong with the question under ``framework`` or ``indicator``.
    """
    answers = dict(case.scores.get(framework, {}))
    whole, place = _among(answers.get(indicator), answer)
    answers[indicator] = whole
    scores = FrozenDict({**case.scores, framework: FrozenDict(answers)})
    path = f"scores.{framework}.{indicator}"
    own = path if place is None else f"{path}.{place}"
    changed = case.model_copy(update={"scores": scores})
    try:
        evaluate(changed, catalogue)
    except InvalidInput as invalid:
        found = [_in_body(problem, framework, path, own) for problem in invalid.problems]
        raise type(invalid)(found) from None
    return changed


def _among(before: Answer | None, answer: Assessment) -> tuple[Answer, int | None]:
    """All answers to the question, and the place of the new one if there are several."""
    if before is None:
        return answer, None
    several = list(before) if isinstance(before, tuple) else [before]
    for i, one in enumerate(several):
        if isinstance(one, Assessment) and one.assessor == answer.assessor:
            several[i] = answer
            return (tuple(several), i) if len(several) > 1 else (answer, None)
    return (*several, answer), len(several)


def _in_body(problem: Problem, framework: str, path: str, own: str) -> Problem:
    """A problem at its place in what was sent; under ``case`` where it is about something else."""
    if is_inside(problem.path, own) and problem.code != "unknown-question":
        place = f"answer{problem.path[len(own) :]}"
    elif is_inside(problem.path, path):
        place = "indicator"
    elif is_inside(problem.path, f"scores.{framework}"):
        place = "framework"
    else:
        return problem.moved_to("case")
    return replace(problem, path=place)
