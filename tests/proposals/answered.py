"""Small proposals with answers to a shipped framework, for rankings by hand."""

from __future__ import annotations

from typing import Any

from tests.small import case, cost

from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.model.case import Case
from impactmonitor.proposals.ranked import Ranking
from impactmonitor.proposals.ranking import rank_cases
from impactmonitor.scoring.robust_ranking import Draws

FRAMEWORK = "prevention-core-set"
FEW = Draws(500, seed=3)
NOT_HERE = {"status": "not-applicable", "reason": "x"}

SHORT = {
    "gp-consults-avoided": 1.6,
    "hospital-days-avoided": 0.7,
    "household-help-hours-avoided": 13,
    "people-taking-part": 0.4,
    "say": 4,
    "informal-care-hours-avoided": 30,
    "professional-hours": 12,
    "low-income-share": 0.4,
    "access": 4,
}
MEDIUM = {"qalys-gained": 0.05, "health-shown": 3, "people-no-longer-lonely": 0.15}
LONG = {"behaviour-kept": 0.06, "permanence": 1}
QUICK = {**SHORT, **MEDIUM, **LONG}
"""Strong at once; little lasts."""
LASTING = {
    **QUICK,
    "gp-consults-avoided": 0.6,
    "hospital-days-avoided": 0.3,
    "household-help-hours-avoided": 0,
    "people-taking-part": 0.2,
    "informal-care-hours-avoided": 10,
    "low-income-share": 0.1,
    "behaviour-kept": 0.54,
    "permanence": 4,
}
"""Less at once; most lasts."""
HIDING = {**SHORT, **MEDIUM, "hospital-days-avoided": 0.9}
"""As `QUICK`, a little better, and silent about what lasts."""


def proposal(name: str, answers: dict[str, Any], framework: str = FRAMEWORK, **more: Any) -> Case:
    """A case with a title of its own, evaluated."""
    fields = {"id": name, "title": name.capitalize(), "costs": {"work": cost()}, **more}
    return case(**fields, scores={framework: answers})


def evaluated(**answers: dict[str, Any]) -> list[Evaluation]:
    """Cases by id, each with its answers to the core set for prevention."""
    return [evaluate(proposal(name, given)) for name, given in answers.items()]


def ranked(draws: Draws = FEW, **answers: dict[str, Any]) -> Ranking:
    """Those cases ranked."""
    return rank_cases(evaluated(**answers), FRAMEWORK, draws)
