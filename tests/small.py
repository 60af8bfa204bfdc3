"""Small cases made in code, of which every number can be worked out by hand.

By default nothing is discounted, everything is in euros of 2025, and the horizon is 2025 to 2029.
"""

from __future__ import annotations

from typing import Any

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.model.case import Case

ACTORS = {
    "city": {"title": "City", "kind": "municipality"},
    "insurer": {"title": "Insurer", "kind": "health-insurer"},
    "people": {"title": "People", "kind": "citizen"},
}


def tree(**fields: Any) -> dict[str, Any]:
    """A case as plain values; ``fields`` are added or replaced, and ``None`` takes one away."""
    whole = {
        "impactmonitor": 1,
        "id": "small",
        "title": "Small",
        "currency": "EUR",
        "price_year": 2025,
        "base_year": 2025,
        "horizon": 5,
        "discount": {"rate": 0},
        "actors": ACTORS,
        **fields,
    }
    return {key: value for key, value in whole.items() if value is not None}


def case(**fields: Any) -> Case:
    return Case.model_validate(tree(**fields))


def cost(amount: Any = 100, **fields: Any) -> dict[str, Any]:
    """A cost of the city, once in the base year."""
    return {"amount": amount, "paid_by": "city", **fields}


def gain(quantity: Any = 1, unit_value: Any = 100, **fields: Any) -> dict[str, Any]:
    """An effect that falls to the people, once in the base year."""
    line = {"quantity": quantity, "unit_value": unit_value, "falls_to": "people"}
    return {**line, "domain": "social", **fields}


def result(catalogue: Catalogue | None = None, **fields: Any) -> Evaluation:
    return evaluate(case(**fields), catalogue)


def appraised(catalogue: Catalogue | None = None, **fields: Any) -> Appraised:
    return result(catalogue, **fields).appraised
