"""Small cases and policies for levelling and comparing, of which numbers can be worked out."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.small import case, cost, gain

from impactmonitor import load_catalogue
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.model.case import Case
from impactmonitor.model.policy import Policy

CATALOGUE: Catalogue = load_catalogue()
NEUTRAL = {
    "impactmonitor_policy": 1,
    "id": "fund",
    "title": "Fund",
    "edition": "1",
    "source": "us",
    "currency": "EUR",
    "price_year": 2025,
    "base_year": 2025,
    "scheme": "nl-2026",
}


def policy(**fields: Any) -> Policy:
    """A policy that changes nothing but what is named; cases of 2025 keep their prices."""
    return Policy.model_validate({**NEUTRAL, **fields})


def proposal(name: str = "small", **fields: Any) -> Case:
    """A case under the scheme of the policy: a cost of the city and a gain of people."""
    usual: dict[str, Any] = {
        "discount": {"scheme": "nl-2026"},
        "costs": {"work": cost(100)},
        "effects": {"gains": gain(1, 150, evidence="expert")},
    }
    return case(**{**usual, "id": name, "title": name.capitalize(), **fields})


def evaluated(*cases: Case) -> list[Evaluation]:
    return [evaluate(one, CATALOGUE) for one in cases]


def consultations(**fields: Any) -> dict[str, Any]:
    """A gain in GP consultations, which the catalogue has a price for."""
    line = {"quantity": 10, "indicator": "gp-consults-avoided", "falls_to": "insurer"}
    return {**line, **fields}


shares = st.floats(0, 1).map(lambda share: round(share, 3))
uncertain = st.one_of(
    st.floats(1, 1000),
    st.tuples(st.floats(1, 50), st.floats(1, 50), st.floats(1, 50)).map(
        lambda steps: {"pert": [steps[0], steps[0] + steps[1], sum(steps)]}
    ),
)
grades = st.sampled_from(["measured-controlled", "literature-single", "expert", "assumption", None])


@st.composite
def effects(draw: Any) -> dict[str, Any]:
    """A gain or a harm with any claim about itself."""
    basis = draw(st.sampled_from(["gross", "net"]))
    line = gain(
        draw(st.sampled_from([1, 2, -1])),
        draw(uncertain),
        basis=basis,
        domain=draw(st.sampled_from(["economic", "social"])),
        lasts=draw(st.integers(1, 8)),
        falls_to=draw(st.sampled_from(["people", {"insurer": 0.5, "city": 0.5}])),
    )
    if basis == "gross":
        line["deadweight"] = draw(st.one_of(shares, st.just({"pert": [0, 0.1, 0.2]})))
    grade = draw(grades)
    return line if grade is None else {**line, "evidence": grade}


@st.composite
def proposals(draw: Any, name: str = "small") -> Case:
    """A case with a few effects, one of which may have a price of the catalogue."""
    lines = {f"effect-{i}": draw(effects()) for i in range(draw(st.integers(1, 3)))}
    if draw(st.booleans()):
        lines["consults"] = consultations(unit_value=draw(st.floats(10, 60)))
    return proposal(
        name,
        costs={"work": cost(draw(st.floats(1, 5000)), years=draw(st.integers(1, 3)))},
        effects=lines,
        horizon=draw(st.integers(3, 8)),
        base_year=draw(st.sampled_from([2025, 2026, 2028])),
        discount={"scheme": draw(st.sampled_from(["nl-2026", "nl-2021"]))},
    )


@st.composite
def policies(draw: Any) -> Policy:
    return policy(
        horizon=draw(st.one_of(st.none(), st.integers(1, 10))),
        evidence={"expert": draw(shares), "assumption": draw(shares), "not-stated": draw(shares)},
        deadweight={"default": draw(shares), "social": draw(shares)},
        values={
            "gp-consult": {"value": draw(st.floats(1, 90)), "price_year": 2022, "source": "us"}
        },
    )
