"""A case with effect cards: one with a local result, one with the source's own baseline, one that
is never in euros; and variants that change what stands beside a card, or in place of it."""

from __future__ import annotations

from typing import Any

from tests.small import cost, result

from impactmonitor.evaluation import Evaluation

OFF = {"applied": False, "reason": "As in the trials"}
LOCAL = {
    "events": 12, "people": 200, "control_events": 24, "control_people": 200, "source": "register",
}  # fmt: skip
FALLS: dict[str, Any] = {
    "card": {"id": "EC-FALL-EX-MEDCARE", "reach": 100, "baseline": 0.03,
             "uptake": {"uniform": [0.5, 0.7]}},
    "unit": "treated fall", "unit_value": 9370, "falls_to": "insurer", "domain": "societal",
}  # fmt: skip
DROPOUT: dict[str, Any] = {
    "card": {"id": "EC-DROPOUT", "reach": 50, "scale": OFF}, "domain": "social",
    "monetised": False,
}  # fmt: skip
LONELY: dict[str, Any] = {"card": "EC-LONELY-GROUP", "domain": "social", "monetised": False}
SOURCES = {"register": {"title": "Local register", "year": 2024}}
FACTORS = "effects.falls.factors"
CHANGES: dict[str, dict[str, Any]] = {
    "uptake": {"effects.falls.card.uptake": 0.3},
    "size": {FACTORS: {"effect": 0.1}},
    "alone": {"effects.falls.card.local": LOCAL, "effects.falls.card.shrinkage": OFF},
    "full": {"effects.falls.card.scale": OFF},
    "other": {"effects.dropout.card": {"id": "EC-DROPOUT", "reach": 50, "baseline": 0.1}},
    "later": {"effects.falls.lasts": 2},
}


def falls(**card: Any) -> dict[str, Any]:
    """The effect with a priced card, with more beside the card."""
    return {**FALLS, "card": {**FALLS["card"], **card}}


def carded(**fields: Any) -> Evaluation:
    """The result of the case; other effects take the place of these."""
    effects = {"falls": FALLS, "dropout": DROPOUT, "lonely": LONELY}
    scenarios = {name: {"changes": changes} for name, changes in CHANGES.items()}
    given = {"effects": effects, "scenarios": scenarios, **fields}
    return result(costs={"work": cost()}, sources=SOURCES, **given)
