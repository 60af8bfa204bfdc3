"""Scores, unfolded: on which answers and on which weights they rest."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor.model.frameworks import Framework
from impactmonitor.report.explained_inputs import Row, choice_row
from impactmonitor.report.origin import Origins


def answer_rows(origins: Origins, name: str, part: str) -> Iterator[Row]:
    """The answers behind a number, with the weight and multiplier of each question.

    Parameters
    ----------
    origins : Origins
        Of the result.
    name : str
        Of the framework.
    part : str
        The group or indicator that the number is about; all of them where it is neither.
    """
    frameworks = origins.evaluation.appraised.resolved.frameworks
    assert frameworks is not None
    framework = frameworks.frameworks[name]
    found = origins.evaluation.scores[name]
    for key in _asked(framework, part):
        one = found.indicators[key]
        answer = one.value if one.status == "value" else one.status
        yield choice_row(origins, f"scores.{name}.{key}", answer)
        text = origins.words.text
        yield {
            "path": text("explain.weight", indicator=key),
            "value": one.weight * one.multiplier,
            "origin": text(f"explain.weights_of.{framework.origin}"),
        }


def _asked(framework: Framework, part: str) -> list[str]:
    """The indicators of a part of a framework."""
    names = list(framework.indicators)
    if part in framework.indicators:
        return [part]
    of_group = [key for key in names if framework.indicators[key].group == part]
    return of_group or names
