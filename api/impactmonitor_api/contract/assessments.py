"""Answers of assessors to the questions of frameworks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, WithJsonSchema

from impactmonitor.model.record import Id as Name
from impactmonitor.model.scores import Assessment
from impactmonitor_api.contract.shared import Request
from impactmonitor_api.contract.texts import ShortText

_ANSWER = {
    "allOf": [{"$ref": "#/components/schemas/CaseAssessment"}],
    "required": ["assessor"],
    "description": "A `value`, a `level`, a `numerator` with its `denominator`, or a `status` "
    "that says why there is none; with `assessor`, `evidence` and `date`. An earlier answer of "
    "the same assessor is replaced.",
    "examples": [{"level": 5, "assessor": "Anna", "date": "2026-11-01"}],
}


class NewAssessment(Request):
    """An answer to one question about a case."""

    framework: Name = Field(description="Id of the framework.", examples=["readiness"])
    indicator: Name = Field(description="Id of the question in it.", examples=["technology"])
    answer: Annotated[Assessment, WithJsonSchema(_ANSWER)]
    note: ShortText | None = Field(
        default=None, description="Stands in the history of the case.", examples=["After a visit."]
    )
