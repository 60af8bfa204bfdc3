"""Results that are kept, worked out again, and held against each other."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from impactmonitor_api.contract.shared import Answer, ByKey, Id, Moment, next_page

_ENGINE = "Version of the engine."
_CATALOGUE = "Edition of the catalogue."


class EvaluationSummary(Answer):
    """A kept result as it stands in a list: what it rests on."""

    id: Id
    case_version: int = Field(description="Version of the case.", examples=[3])
    additions_version: int = Field(
        description="Version of your own additions to the catalogue; 0 for none.", examples=[0]
    )
    scenario: str | None = Field(description="Scenario under which it was evaluated.",
                                 examples=["bad"])  # fmt: skip
    engine: str = Field(description=_ENGINE, examples=["0.1.0"])
    catalogue: str = Field(description=_CATALOGUE, examples=["2026.11"])
    input_hash: str = Field(
        description="SHA-256 of what went in: of `case` and `options` as JSON with sorted keys, "
        "in UTF-8, without spaces.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    by: ByKey
    created_at: Moment


class EvaluationOut(EvaluationSummary):
    """A kept result."""

    result: dict[str, Any] = Field(
        description="The object that `impactmonitor evaluate --json` prints.",
        examples=[{"case": "example", "totals": {"benefits": 108002.0}}],
    )


class EvaluationPage(Answer):
    """A page of kept results, the newest first."""

    items: list[EvaluationSummary] = Field(description="The results.")
    next: str | None = next_page()


class InputOut(Answer):
    """What went into a kept result."""

    input_hash: str = Field(description="SHA-256 of it.", examples=["9f86d081"])
    case: dict[str, Any] = Field(description="The case as it was known.",
                                 examples=[{"id": "example", "title": "An example"}])  # fmt: skip
    options: dict[str, Any] = Field(description="How it was evaluated.",
                                    examples=[{"scenario": None}])  # fmt: skip


class MovedNumber(Answer):
    """A number that comes out otherwise now."""

    path: str = Field(description="Its place in the result.", examples=["totals.benefits"])
    then: float | None = Field(description="What it was; null where it did not exist.",
                               examples=[108002.0])  # fmt: skip
    now: float | None = Field(description="What it is; null where it does not exist.",
                              examples=[108010.5])  # fmt: skip


class Rests(Answer):
    """With what a result was worked out."""

    engine: str = Field(description=_ENGINE, examples=["0.1.0"])
    catalogue: str = Field(description=_CATALOGUE, examples=["2026.11"])


class Recomputation(Answer):
    """A kept result, worked out again from what went in then."""

    is_equal: bool = Field(description="Whether every number is equal to 1e-9.", examples=[True])
    compared: int = Field(description="How many numbers the kept result has.", examples=[232])
    moved: int = Field(description="How many of them came out otherwise.", examples=[0])
    numbers: list[MovedNumber] = Field(description="The first 200 of those.")
    then: Rests = Field(description="With what it was worked out then.")
    now: Rests = Field(description="With what it was worked out now.")
