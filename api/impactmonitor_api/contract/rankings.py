"""Cases ranked by their score in a framework."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from impactmonitor.model.record import Id as Name
from impactmonitor.model.record import Whole
from impactmonitor.proposals.ranking import MOST_MULTIPLIER
from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.remarks import Remark
from impactmonitor_api.contract.shared import Answer, Request

MOST_CASES = 50
MOST_DRAWS = 100_000
MOST_SEED = 2**53 - 1
"""Beyond this JSON in a browser no longer tells whole numbers apart."""

CaseTree = Annotated[dict[str, Any], Field(json_schema_extra={"x-schema": "Case"})]


class NewRanking(Request):
    """Cases to be ranked."""

    cases: Annotated[tuple[CaseTree, ...], Field(strict=False, min_length=2, max_length=MOST_CASES)
                     ] = told("Two cases or more, each with an id of its own.",
                              [{"id": "one"}, {"id": "other"}])  # fmt: skip
    framework: Name = told("By their score in which framework.", "readiness")
    draws: Whole = Field(
        default=10_000,
        ge=1,
        le=MOST_DRAWS,
        description="How many other weights to try for how sure it is.",
        examples=[10_000],
    )
    seed: Whole = Field(
        default=1,
        ge=0,
        le=MOST_SEED,
        description="The same number gives the same answer again.",
        examples=[1],
    )
    max_multiplier: float = Field(
        default=5.0,
        ge=1,
        le=MOST_MULTIPLIER,
        description="The long term counts 1 to so many times.",
        examples=[5.0],
    )


class RankedCaseOut(Answer):
    """A case in a ranking. Scores are from 0 to 100, coverages and shares from 0 to 1."""

    title: str = told("Title of the case.", "Fall prevention for people over 65")
    score: float | None = told("Score of the case alone; null without data.", 61.5)
    low: float | None = told("Score if all that is missing were 0.", 48.0)
    high: float | None = told("Score if all that is missing were full.", 82.0)
    coverage: float | None = told("Share of the weights for which there is an answer.", 0.8)
    common_score: float | None = told("Score on what all cases have answers for.", 64.0)
    compared_coverage: float | None = told("Share of the weights that the comparison covers.", 0.8)
    is_below_coverage: bool = told("Whether too little is known for a rank.", False)
    rank: int | None = told("From 1; equal scores share one; null without a rank.", 1)
    rank_acceptability: list[float] | None = told(
        "Share of the drawn weights with which it comes first, second, …", [0.9, 0.1]
    )
    switching_multipliers: dict[str, list[float]] = told(
        "By another case: multipliers of the long term at which the two change places.",
        {"other": [2.4]},
    )
    missing: list[str] = told("Indicators without an answer, the heaviest first.", ["srl"])


class Ranking(Answer):
    """A ranking of cases, as `impactmonitor rank --json` prints it."""

    framework: str = told("Id of the framework.", "readiness")
    title: str = told("What people call it.", "Readiness")
    engine: str = told("Version of the engine.", "0.1.0")
    draws: int = told("How many other weights were tried.", 10_000)
    seed: int = told("From where they were drawn.", 1)
    max_multiplier: float = told("How much the long term counts at most.", 5.0)
    common: list[str] = told("Indicators that all cases have an answer for.", ["trl", "srl"])
    common_coverage: float | None = told("Share of the weights that these have.", 0.9)
    left_out: dict[str, list[str]] = told("Indicators left out, and the cases for which they do "
                                          "not apply.", {"crl": ["other"]})  # fmt: skip
    reason: str | None = told("Why there is no ranking.", "all_below_coverage")
    cases: dict[str, RankedCaseOut] = told("By id, the best first.", {"one": {"rank": 1}})
    warnings: list[Remark] = told("What to look at.")
