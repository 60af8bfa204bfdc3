"""What was done in an organisation."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from impactmonitor_api.contract.shared import Answer, ByKey, Moment

_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class AuditRecordOut(Answer):
    """One thing that was done, as it stands in the chain."""

    organisation: str = Field(description="Id of your organisation.",
                              examples=["3f0c1a52-1f5e-4c4b-9d0e-6f3f0e5f2a11"])  # fmt: skip
    count: int = Field(description="Which record it is, counted from 1.", examples=[1])
    at: Moment
    key: ByKey
    action: str = Field(description="What was done.", examples=["case.changed"])
    subject: str = Field(description="To what.", examples=["3f0c1a52-1f5e-4c4b-9d0e-6f3f0e5f2a11"])
    details: str = Field(description="What is worth knowing beside it, as JSON.",
                         examples=['{"version":2}'])  # fmt: skip
    previous: str = Field(description="Hash of the record before it; empty for the first.",
                          examples=[""])  # fmt: skip
    hash: str = Field(
        description="SHA-256 of `previous`, a line break, and the other fields as JSON with "
        "sorted keys, in ASCII, without spaces.",
        examples=[_HASH],
    )


class AuditPage(Answer):
    """A page of what was done, the oldest first."""

    items: list[AuditRecordOut] = Field(description="The records.")
    next: int | None = Field(description="`after` of the next page; null on the last.",
                             examples=[50])  # fmt: skip


class BrokenOut(Answer):
    """The first record that does not fit."""

    count: int = Field(description="Which record, counted from 1.", examples=[17])
    reason: Literal["hash", "previous", "count", "head"] = Field(
        description="It was changed; it does not follow on the one before; one is missing; or "
        "the chain ends elsewhere than your organisation says.",
        examples=["hash"],
    )


class Verification(Answer):
    """Whether the chain of what was done still holds."""

    is_whole: bool = Field(description="Whether every record fits.", examples=[True])
    count: int = Field(description="How many records there are.", examples=[42])
    head: str = Field(description="Hash of the last one. Keep it elsewhere to be sure later on.",
                      examples=[_HASH])  # fmt: skip
    broken: BrokenOut | None = Field(description="The first that does not fit; null if all do.",
                                     examples=[None])  # fmt: skip


NDJSON: dict[str, Any] = {
    "description": "Every record as a line of JSON, the oldest first.",
    "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
}
