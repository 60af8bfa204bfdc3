"""Jobs: work that takes too long to wait for."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from impactmonitor_api.contract.shared import (
    Answer,
    ByKey,
    Id,
    Moment,
    PlacedProblem,
    next_page,
)
from impactmonitor_api.http.bodies import JSON, XLSX, YAML
from impactmonitor_api.storage.jobs import Status

_RESULT = "/v1/jobs/3f0c1a52-1f5e-4c4b-9d0e-6f3f0e5f2a11/result"


class JobOut(Answer):
    """A job, and how far it is."""

    id: Id
    kind: str = Field(description="Which work it is: `simulation` or `conversion`.",
                      examples=["simulation"])  # fmt: skip
    status: Status = Field(description="`queued` and `running` jobs are not over yet.",
                           examples=["running"])  # fmt: skip
    progress: float = Field(description="How much of it is done.", ge=0, le=1, examples=[0.4])
    attempts: int = Field(
        description="How often a worker began with it; after three that never ended it has failed.",
        ge=0,
        examples=[1],
    )
    by: ByKey
    created_at: Moment
    started_at: Moment | None = Field(description="When a worker last began with it.",
                                      examples=["2026-11-22T09:30:01+00:00"])  # fmt: skip
    finished_at: Moment | None = Field(description="When it ended.", examples=[None])
    result: str | None = Field(description="Where its result is; null if it has none.",
                               examples=[_RESULT])  # fmt: skip
    errors: list[PlacedProblem] = Field(description="Why it failed; empty if it did not.")


class JobPage(Answer):
    """A page of jobs, the newest first."""

    items: list[JobOut] = Field(description="The jobs.")
    next: str | None = next_page()


_LATER_HEADERS: dict[str, Any] = {
    "Location": {"description": "The job.", "schema": {"type": "string"}},
    "Retry-After": {
        "description": "Seconds after which to look how far it is.",
        "schema": {"type": "integer"},
    },
}
ACCEPTED: dict[str, Any] = {
    "description": "It became a job.",
    "model": JobOut,
    "headers": {
        **_LATER_HEADERS,
        "Preference-Applied": {
            "description": "`respond-async` if that was preferred.",
            "schema": {"type": "string"},
        },
    },
}
_OBJECT = {"schema": {"type": "object", "additionalProperties": True}}
_FILE = {"schema": {"type": "string", "format": "binary"}}

SIMULATED: dict[str, Any] = {
    "description": "The result, and how sure it is.",
    "content": {JSON: {"schema": {"$ref": "#/components/schemas/Simulation"}}},
}

CONVERTED: dict[str, Any] = {
    "description": "The case in the form that was asked for.",
    "content": {
        JSON: {"schema": {"$ref": "#/components/schemas/Case"}},
        YAML: {"schema": {"type": "string"}},
        XLSX: _FILE,
    },
}
RESULT: dict[str, Any] = {
    "description": "What came of it, as the route gives it where the work was asked.",
    "content": {JSON: _OBJECT, YAML: {"schema": {"type": "string"}}, XLSX: _FILE},
}
