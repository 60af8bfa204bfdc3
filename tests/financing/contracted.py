"""A small case with a contract, whose numbers can be worked out by hand."""

from __future__ import annotations

from typing import Any

from tests.small import ACTORS, case, gain

from impactmonitor.model.case import Case

INVESTORS = {
    "bank": {"title": "Bank", "kind": "investor"},
    "fund": {"title": "Fund", "kind": "investor"},
}
WORK = {
    "actors": {**ACTORS, **INVESTORS, "firm": {"title": "Firm", "kind": "company"}},
    "horizon": 3,
    "discount": {"rate": 0.1},
}
HELP = {"years": 3, "falls_to": "insurer", "cashable": 0.5, "deadweight": 0.2, "unit": "fall"}
SIB = {
    "payer": "insurer",
    "provider": "firm",
    "prices": {"help": 30},
    "baseline": {"help": 2},
    "cap": 600,
    "evaluation_cost": 10,
    "tiers": [{"actor": "bank", "amount": 300, "rate": 0.05}, {"actor": "fund", "amount": 200}],
}


def contracted(quantity: Any = 10, effect: dict | None = None, **contract: Any) -> Case:
    """Ten falls avoided in each of three years, of which eight are paid for."""
    terms = {key: part for key, part in {**SIB, **contract}.items() if part is not None}
    lines = {"help": gain(quantity, 100, **{**HELP, **(effect or {})})}
    return case(**WORK, effects=lines, contracts={"sib": terms})


UNSURE = {"uniform": [0, 20]}
EFFECT = {"cashable": {"triangular": [0.2, 0.5, 0.6]}}
