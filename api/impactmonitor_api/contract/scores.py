"""Scores of a case in frameworks, beside its money."""

from __future__ import annotations

from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.shared import Answer


class ScoreOut(Answer):
    """A score from 0 to 100, and how much is known."""

    score: float | None = told("Over what has an answer; null where nothing counts.", 61.5)
    score_unweighted: float | None = told("With every multiplier 1.", 60.0)
    score_without_monetised: float | None = told("Without what is in money too.", 58.0)
    coverage: float | None = told("Share of the weights with an answer, 0 to 1.", 0.8)
    low: float | None = told("If all that has no answer scored nothing.", 48.0)
    high: float | None = told("If all that has no answer scored in full.", 82.0)


class IndicatorScoreOut(Answer):
    """What a case answers to one question."""

    value: float | None = told("The number or the level; of several the middle one.", 4.0)
    status: str = told("value, none, not-applicable or missing.", "value")
    score: float | None = told("From 0 to 1.", 0.75)
    weight: float = told("Of the framework.", 1.0)
    multiplier: float = told("By how much it counts more for its horizon.", 2.0)
    contribution: float | None = told("Points that it adds to the score.", 2.68)
    spread: float | None = told("Highest level minus lowest, of several assessors.", 1.0)
    is_monetised: bool = told("Whether an effect in money is about the same.", False)
    assessors: int = told("How many answers there are.", 2)


class AgreementOut(Answer):
    """How far assessors agree (Krippendorff's alpha)."""

    alpha: float | None = told("1: fully, 0: as chance would, null: see `reason`.", 0.83)
    reason: str | None = told("Why there is none.", "one_assessor")
    units: int = told("Indicators that two or more assessed.", 12)


class ReadinessOut(Answer):
    """How ready something is, over several levels."""

    overall: int | None = told("The lowest level; null while one is unknown.", 4)
    at_most: int | None = told("The lowest of the known levels.", 4)
    gap: int | None = told("From the lowest to the highest.", 3)
    held_back_by: list[str] = told("Indicators that are the lowest.", ["srl"])
    unknown: list[str] = told("Indicators without a level.", ["crl"])


class FrameworkScoreOut(ScoreOut):
    """What a framework says of a case."""

    groups: dict[str, ScoreOut] = told("By group.", {"here-and-now": {"score": 64.6}})
    indicators: dict[str, IndicatorScoreOut] = told("By indicator.", {"trl": {"score": 0.75}})
    agreement: AgreementOut | None = told("Of several assessors.")
    readiness: ReadinessOut | None = told("In a framework of levels.")
