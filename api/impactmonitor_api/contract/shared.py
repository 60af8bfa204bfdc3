"""Parts that many answers have."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from impactmonitor.model.record import Record

Id = Annotated[
    str,
    Field(description="Name that the service gave.",
          examples=["3f0c1a52-1f5e-4c4b-9d0e-6f3f0e5f2a11"], max_length=36),
]  # fmt: skip
Moment = Annotated[str, Field(description="When, in UTC.", examples=["2026-11-22T09:30:00+00:00"])]
ByKey = Annotated[
    str | None,
    Field(description="The key with which it was done; null for a command on the machine itself.",
          examples=["0f1e2d3c-1111-4222-8333-444455556666"]),
]  # fmt: skip
Note = Annotated[
    str | None,
    Field(description="Why it was changed.", examples=["Reach corrected after the pilot."],
          max_length=500),
]  # fmt: skip


class Request(Record):
    """A body that is sent; what it does not know is refused."""


class Answer(BaseModel):
    """A body that is given."""

    model_config = ConfigDict(extra="forbid")


class PlacedProblem(Answer):
    """One thing that is wrong or doubtful, and where."""

    code: str = Field(description="Stable name of the kind of problem.", examples=["unknown-key"])
    path: str = Field(description="Keys joined by dots; empty for all of it.",
                      examples=["effects.fewer-falls.quantity"])  # fmt: skip
    pointer: str = Field(description="The same place as a JSON pointer.",
                         examples=["/effects/fewer-falls/quantity"])  # fmt: skip
    message: str = Field(description="What it is, in the language of the answer.",
                         examples=['The field "horizn" is not known here.'])  # fmt: skip
    hint: str = Field(description="What can be done about it.",
                      examples=['Did you mean "horizon"?'])  # fmt: skip
    sheet: str | None = Field(description="Sheet of a workbook.", examples=["2 Effecten"])
    cell: str | None = Field(description="Cell of that sheet.", examples=["D12"])
    line: int | None = Field(description="Line of a text, counted from 1.", examples=[7])


class ProblemDetails(Answer):
    """Why a request was not done (RFC 9457)."""

    type: str = Field(description="Kind of problem.",
                      examples=["urn:impactmonitor:problem:unknown-key"])  # fmt: skip
    title: str = Field(description="What the status means.",
                       examples=["The request cannot be done as it was sent"])  # fmt: skip
    status: int = Field(description="Status of HTTP.", examples=[422])
    detail: str = Field(description="What is wrong, in a sentence.",
                        examples=['The field "horizn" is not known here.'])  # fmt: skip
    instance: str = Field(description="This request, as it stands in the logs.",
                          examples=["urn:uuid:3f0c1a52-1f5e-4c4b-9d0e-6f3f0e5f2a11"])  # fmt: skip
    code: str = Field(description="The code of the one error, or `several`.",
                      examples=["unknown-key"])  # fmt: skip
    errors: list[PlacedProblem] = Field(description="Everything that prevents an answer.")
    warnings: list[PlacedProblem] = Field(description="What to look at besides.")


def next_page() -> Any:
    """The field that says where the next page begins."""
    return Field(description="`cursor` of the next page; null on the last.",
                 examples=["YmVmb3JlOjM3"])  # fmt: skip
