"""Small cases with instruments, of which every number can be worked out by hand."""

from __future__ import annotations

from typing import Any

from tests import small

from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import Case

ACTORS = {
    "city": {"title": "City", "kind": "municipality"},
    "fund": {"title": "Fund", "kind": "investor"},
    "state": {"title": "State", "kind": "central-government"},
}
LOAN = {"kind": "loan", "from": "fund", "to": "city", "amount": 1000, "rate": 0.05, "years": 4}
GRANT = {"kind": "grant", "from": "state", "to": "city", "amount": 90, "years": 3}
STAKE = {"kind": "equity", "from": "fund", "to": "city", "amount": 100, "dividend": 0.04,
         "exit_year": 2027, "exit_multiple": 1.5}  # fmt: skip
LOSING = {**LOAN, "repayment": "bullet", "loss_year": 2026, "loss_share": 0.5}
GUARANTEE = {"kind": "guarantee", "from": "state", "of": "plan", "cover": "first-loss",
             "limit": 300, "fee": 0.01}  # fmt: skip
REVOLVING = {"kind": "revolving-fund", "from": "fund", "to": "city", "amount": 100, "years": 1,
             "rounds": 3, "loss_share": 0.1}  # fmt: skip
ALL = {"plan": LOSING, "gift": GRANT, "stake": STAKE, "cover": GUARANTEE, "pot": REVOLVING}


def fields(instruments: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A case with a cost and a gain in which the city is given these instruments."""
    usual = {
        "actors": ACTORS,
        "inflation": 0.02,
        "costs": {"work": small.cost(800)},
        "effects": {"gain": small.gain(1, 400, falls_to="city", years=5, cashable=1)},
    }
    return {**usual, "instruments": instruments, **more}


def case(instruments: dict[str, Any], **more: Any) -> Case:
    return small.case(**fields(instruments, **more))


def result(instruments: dict[str, Any], **more: Any) -> Evaluation:
    return small.result(**fields(instruments, **more))
