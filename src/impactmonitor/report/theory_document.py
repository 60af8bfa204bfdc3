"""The one maker of the JSON object about a theory of change."""

from __future__ import annotations

from typing import Any

from impactmonitor.appraisal.theory_doubts import THEORY_CODES
from impactmonitor.catalogue.theory import KINDS, TheoryLink, TheoryStep
from impactmonitor.evaluation import Evaluation
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.document import problem_list
from impactmonitor.report.theory_words import TheoryWords, graph_of


def theory_document(evaluation: Evaluation, language: Language = "en") -> dict[str, Any]:
    """A theory of change as nodes and links.

    Parameters
    ----------
    evaluation : Evaluation
        The result of a case with a theory of change.
    language : {"nl", "en"}
        Of the titles; numbers and names are the same in both.

    Returns
    -------
    dict
        ``nodes`` in the order activities, outputs, effects, indicators, end-states; a link names
        them by ``key``, and is ``written`` if it stands in the case and does not follow from an
        effect's indicator or an indicator's end-state. Present values are those of society, in the
        case's money; None where something is not in money.

    Raises
    ------
    NotFound
        ``no-theory`` if the case has none.
    """
    graph, words = graph_of(evaluation), TheoryWords(evaluation, language)
    return {
        "case": evaluation.case.id,
        "title": in_language(evaluation.case.title, language),
        "currency": evaluation.case.currency,
        "nodes": [_node(step, words) for kind in KINDS for step in graph.of_kind(kind)],
        "links": [_link(link, language) for link in graph.links],
        "warnings": problem_list(
            [p for p in evaluation.warnings if p.code in THEORY_CODES], language
        ),
    }


def _node(step: TheoryStep, words: TheoryWords) -> dict[str, Any]:
    known = {"key": step.key, "kind": step.kind, "id": step.id, "title": words.title(step)}
    return {**known, **_facts(step, words)}


def _facts(step: TheoryStep, words: TheoryWords) -> dict[str, Any]:
    """What is known of a step, by its kind."""
    theory = words.evaluation.case.theory
    if step.kind == "activity" and theory is not None:
        costs = list(theory.activities[step.id].costs)
        return {"costs": costs, "present_value": words.costs(step)}
    if step.kind == "output" and theory is not None:
        output = theory.outputs[step.id]
        return {"quantity": output.quantity, "unit": output.unit}
    if step.kind == "effect":
        value = words.present_values[step.id]
        return {"present_value": value, "falls_to": words.bearers(step)}
    if step.kind == "indicator":
        answer = words.score(step)
        return {
            "indicator": step.indicator,
            "is_measured": words.is_measured(step),
            "status": None if answer is None else answer.status,
            "score": None if answer is None else answer.score,
        }
    return {}


def _link(link: TheoryLink, language: Language) -> dict[str, Any]:
    return {
        "from": link.start,
        "to": link.end,
        "assumption": in_language(link.assumption, language) or None,
        "written": link.path is not None,
    }
