"""A small case with a theory of change, of which everything can be seen at a glance."""

from __future__ import annotations

from typing import Any

from tests.small import case, cost, gain, result

from impactmonitor.catalogue.theory import TheoryGraph
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import Case

LINES: dict[str, Any] = {
    "costs": {"teachers": cost(100), "rooms": cost(50), "post": cost(7)},
    "effects": {
        "falls": gain(2, 40, title={"nl": "Vallen", "en": "Falls"}, falls_to="insurer",
                      indicator="treated-falls-avoided", domain=None),
        "fear": {"quantity": "unknown", "monetised": False, "domain": "social",
                 "falls_to": "people"},
    },
}  # fmt: skip
LINES["effects"]["falls"].pop("domain")

THEORY: dict[str, Any] = {
    "activities": {
        "classes": {"title": "Classes", "costs": ["teachers", "rooms"], "leads_to": ["pupils"]},
    },
    "outputs": {
        "pupils": {
            "quantity": 30,
            "unit": "person",
            "leads_to": [{"to": "falls", "assumption": {"nl": "Zij oefenen", "en": "They train"}}],
        },
    },
    "effects": {
        "falls": {"leads_to": ["fear", "transition-monitor.healthier-for-all"]},
        "fear": {"leads_to": ["prevention-core-set.say"]},
    },
}


def theorised(theory: dict[str, Any] | None = None, **fields: Any) -> Case:
    return case(**{**LINES, "theory": THEORY if theory is None else theory, **fields})


def evaluated(theory: dict[str, Any] | None = None, **fields: Any) -> Evaluation:
    return result(**{**LINES, "theory": THEORY if theory is None else theory, **fields})


def graph(theory: dict[str, Any] | None = None, **fields: Any) -> TheoryGraph:
    found = evaluated(theory, **fields).appraised.resolved.theory
    assert found is not None
    return found
