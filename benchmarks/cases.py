"""Cases to measure with: 20 effects and 4 costs over 30 years, 6 actors, no two cases alike."""

from __future__ import annotations

from random import Random
from typing import Any

from impactmonitor.model.case import Case

ACTORS = {
    "municipality": "municipality",
    "insurer": "health-insurer",
    "care-group": "care-provider",
    "state": "central-government",
    "employers": "employer",
    "residents": "citizen",
}
DOMAINS = ("economic", "ecological", "societal", "social")
EFFECTS = 20
HORIZON = 30
RHYTHMS = ((1, 30), (30, 1), (10, 5), (25, 8), (5, 10))
"""For how many years something starts, and how many years each of these goes on."""


def case_trees(count: int) -> list[dict[str, Any]]:
    """Cases as they stand in a file: the same for the same count, each with its own numbers."""
    return [case_tree(number) for number in range(count)]


def cases(count: int, is_uncertain: bool = True) -> list[Case]:
    """Loaded cases, with 84 uncertain numbers each or with none."""
    trees = case_trees(count)
    return [Case.model_validate(tree if is_uncertain else certain(tree)) for tree in trees]


def certain(node: Any) -> Any:
    """The same figures without their uncertainty: one value in the place of each."""
    if not isinstance(node, dict):
        return node
    for form in ("triangular", "pert", "uniform"):
        if form in node:
            return node[form][1]
    if "lognormal" in node:
        return node["lognormal"]["median"]
    return {key: certain(value) for key, value in node.items()}


def case_tree(number: int) -> dict[str, Any]:
    """One case; its number decides about all its figures."""
    random = Random(number)  # noqa: S311  no secret
    return {
        "impactmonitor": 1,
        "id": f"case-{number}",
        "title": {"nl": f"Project {number}", "en": f"Project {number}"},
        "currency": "EUR",
        "price_year": 2026,
        "base_year": 2026,
        "horizon": HORIZON,
        "discount": {"rate": round(random.uniform(0.02, 0.04), 4), "timing": "mid_year"},
        "price_indices": {"cpi": {"years": {"2022": 121.43, "2026": 137.6}}},
        "actors": {name: {"kind": kind} for name, kind in ACTORS.items()},
        "perspectives": {"public-purse": ["municipality", "state"]},
        "costs": _costs(random),
        "effects": {f"effect-{i}": _effect(random, i) for i in range(EFFECTS)},
    }


def _costs(random: Random) -> dict[str, Any]:
    amount = random.uniform(30_000, 90_000)
    return {
        "start-up": {
            "amount": _triangle(random, 4 * amount),
            "paid_by": "municipality",
        },
        "staff": {
            "amount": _triangle(random, amount),
            "years": HORIZON,
            "growth": 0.005,
            "paid_by": {"municipality": 0.6, "care-group": 0.4},
        },
        "rooms": {
            "amount": _triangle(random, amount / 4),
            "years": HORIZON,
            "price_year": 2022,
            "paid_by": "care-group",
        },
        "volunteers": {
            "amount": _triangle(random, amount / 3),
            "years": HORIZON,
            "in_kind": True,
            "paid_by": "residents",
        },
    }


def _effect(random: Random, index: int) -> dict[str, Any]:
    years, lasts = RHYTHMS[index % len(RHYTHMS)]
    price = round(random.uniform(100, 900))
    effect = {
        "domain": DOMAINS[index % len(DOMAINS)],
        "quantity": _triangle(random, random.uniform(20, 200) / min(years, 10)),
        "factors": {"uptake": round(random.uniform(0.3, 0.9), 3)},
        "years": years,
        "lasts": lasts,
        "drop_off": {"uniform": [0.05, round(random.uniform(0.1, 0.4), 3)]},
        "unit": "event",
        "unit_value": {"lognormal": {"median": price, "p95": 2.5 * price}},
        "deadweight": {"pert": [0.0, round(random.uniform(0.05, 0.3), 3), 0.5]},
        "attribution_to_others": 0.1,
        "falls_to": _shares(random, 1 + index % 3),
        "cashable": round(random.uniform(0, 1), 2),
        "evidence": "expert",
    }
    if index % 4 == 0:
        effect["price_year"] = 2022
    if index % 5 == 0:
        effect["real_price_change"] = 0.01
    return effect


def _triangle(random: Random, middle: float) -> dict[str, Any]:
    low, high = middle * random.uniform(0.6, 0.9), middle * random.uniform(1.1, 1.6)
    return {"triangular": [round(v, 2) for v in (low, middle, high)]}


def _shares(random: Random, bearers: int) -> dict[str, float]:
    names = random.sample(list(ACTORS), bearers)
    return dict(zip(names, ((1.0,), (0.7, 0.3), (0.5, 0.3, 0.2))[bearers - 1], strict=True))
