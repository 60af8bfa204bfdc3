"""What an organisation adds to the catalogue."""

from __future__ import annotations

from pydantic import Field

from impactmonitor_api.contract.shared import Answer, ByKey, Moment, Note, Request, next_page
from impactmonitor_api.contract.texts import ShortText

MOST_FILES = 100
_FILES = Field(
    description="Texts of YAML files by name, such as `values.yaml`, `frameworks/own.yaml` or "
    "`effects/own.yaml`: at most 100, and 1 MB together.",
    json_schema_extra={"maxProperties": MOST_FILES},
    examples=[{"values.yaml": "kind: values\nvalues: {}\n"}],
)
_VERSION = Field(description="Counted from 1, 0 for none; also the ETag.", examples=[2])


class NewAdditions(Request):
    """All files that an organisation adds from now on; none to add nothing any more."""

    files: dict[str, str] = _FILES
    note: ShortText | None = Field(
        default=None, description="Why.", examples=["Prices of our own region."]
    )


class AdditionsSummary(Answer):
    """A version of the additions as it stands in a list."""

    version: int = _VERSION
    note: Note
    by: ByKey
    created_at: Moment | None = Field(description="When, in UTC; null for version 0.",
                                      examples=["2026-11-22T09:30:00+00:00"])  # fmt: skip


class AdditionsOut(AdditionsSummary):
    """A version of the additions with its files."""

    files: dict[str, str] = _FILES


class AdditionsPage(Answer):
    """A page of versions, the newest first."""

    items: list[AdditionsSummary] = Field(description="The versions.")
    next: str | None = next_page()
