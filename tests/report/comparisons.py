"""Comparisons to show: two small ones, and the examples under the example policy."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.proposals.levelling_cases import CATALOGUE, consultations, evaluated, policy, proposal
from tests.small import gain

from impactmonitor import load_case
from impactmonitor.evaluation import evaluate
from impactmonitor.intake.policy_reading import load_policy
from impactmonitor.proposals.compared import Compared
from impactmonitor.proposals.comparing import compare_cases
from impactmonitor.resources import folder

TERMS: dict[str, Any] = {
    "horizon": 4,
    "values": {"gp-consult": {"value": 45, "price_year": 2025, "source": "=us"}},
    "evidence": {"expert": 0.3, "not-stated": 0.5},
    "deadweight": {"default": 0.1, "social": 0.2, "gp-consults-avoided": 0.1},
}
READY = {"readiness": {"trl": 8, "srl": 6, "crl": 6}}


@cache
def small(draws: int = 64, is_levelled: bool = True) -> Compared:
    """A bold case and a meek one that both answer a framework, with something without a price."""
    line = consultations(
        quantity=20, unit_value={"uniform": [40, 60]}, evidence="expert", title="Consultations"
    )
    calm = {"quantity": {"2025": 3, "2027": 5}, "monetised": False, "domain": "social",
            "unit": "person", "title": "Calm", "note": "=1+1"}  # fmt: skip
    bold = proposal(
        "bold", title="=Bold", effects={"c": line, "calm": calm}, horizon=6, scores=READY
    )
    loud = gain(1, {"2025": 150, "2027": 160}, lasts=3)
    meek = proposal("meek", effects={"gains": loud}, scores=READY, base_year=2026)
    return compare_cases(
        evaluated(bold, meek), policy(**TERMS) if is_levelled else None, CATALOGUE, draws
    )


@cache
def examples() -> Compared:
    """The examples in euros."""
    files = sorted(folder("examples").glob("*/case.yaml"))
    cases = [load_case(file) for file in files]
    terms = load_policy(folder("examples") / "policies" / "fund-policy.yaml", CATALOGUE)
    given = [evaluate(case, CATALOGUE) for case in cases if case.currency == "EUR"]
    return compare_cases(given, terms, CATALOGUE, 64)
