"""From the plain values of cases to how they rank."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.of_reading import evaluate_reading
from impactmonitor.intake.reading import read_case
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, NotFound, Problem
from impactmonitor.proposals.ranking import rank_cases
from impactmonitor.report.ranking_document import ranking_document
from impactmonitor.scoring.robust_ranking import Draws

CASES, FRAMEWORK = "cases", "framework"


def ranked(
    cases: Sequence[Mapping[str, Any]],
    framework: str,
    draws: Draws,
    catalogue: Catalogue,
    language: Language,
) -> dict[str, Any]:
    """A ranking, as ``impactmonitor rank CASE... --framework ID --json`` prints it.

    Parameters
    ----------
    cases : sequence of Mapping
        Two or more, as they stand in a file.
    framework : str
        Id of the framework by which they are ranked.
    draws : Draws
        Of other weights.
    catalogue : Catalogue
        For all of them.
    language : {"nl", "en"}
        Of titles and messages.

    Raises
    ------
    InvalidInput
        With everything that is to be mended, under ``framework`` and ``cases.0``, ``cases.1``, …
    """
    problems = list(_unusable(framework, catalogue))
    found: list[Evaluation] = []
    for place, case in enumerate(cases):
        try:
            reading = read_case(json.dumps(case).encode(), ".json")
            found.append(evaluate_reading(reading, catalogue))
        except InvalidInput as invalid:
            problems += [problem.moved_to(f"{CASES}.{place}") for problem in invalid.problems]
    if problems:
        raise InvalidInput(problems)
    names = [f"{CASES}.{place}" for place in range(len(cases))]
    ranking = rank_cases(found, framework, draws, names)
    return ranking_document(ranking, language, catalogue.frameworks.overrides)


def _unusable(framework: str, catalogue: Catalogue) -> list[Problem]:
    """Why cases cannot be ranked by a framework."""
    try:
        found = catalogue.frameworks.named(framework)
    except NotFound as absent:
        return [replace(absent.problem, path=FRAMEWORK)]
    if found.purpose == "tags":
        return [Problem("framework-asks-nothing", FRAMEWORK, {"id": framework})]
    return []
