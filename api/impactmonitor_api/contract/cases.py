"""Cases and their versions."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from impactmonitor_api.contract.shared import Answer, ByKey, Id, Moment, Note, next_page

_NAME = Field(description="The id that the case gives itself.", examples=["fall-prevention-65plus"])
_VERSION = Field(description="Counted from 1; also the ETag.", examples=[3])
_DOCUMENT = Field(description="The case itself, as `GET /v1/schemas/case` describes it.",
                  examples=[{"id": "example", "title": "An example"}])  # fmt: skip


class CaseSummary(Answer):
    """A case as it stands in a list."""

    id: Id
    name: str = _NAME
    version: int = _VERSION
    created_at: Moment
    changed_at: Moment
    archived_at: Moment | None = Field(description="When it was put away; null if it was not.",
                                       examples=[None])  # fmt: skip


class CaseOut(CaseSummary):
    """A case with what it says."""

    document: dict[str, Any] = _DOCUMENT


class CasePage(Answer):
    """A page of cases, the newest first."""

    items: list[CaseSummary] = Field(description="The cases.")
    next: str | None = next_page()


class VersionSummary(Answer):
    """A version as it stands in a list."""

    version: int = _VERSION
    hash: str = Field(description="SHA-256 of the document as it is kept.", examples=["9f86d081"])
    note: Note
    by: ByKey
    created_at: Moment


class VersionOut(VersionSummary):
    """A version with what the case said in it."""

    document: dict[str, Any] = _DOCUMENT


class VersionPage(Answer):
    """A page of versions, the newest first."""

    items: list[VersionSummary] = Field(description="The versions.")
    next: str | None = next_page()
