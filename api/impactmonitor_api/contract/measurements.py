"""Measurements of a case, and what is decided about them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from impactmonitor.intake.measurements_csv import ENDING as CSV
from impactmonitor.intake.reading import WORKBOOK
from impactmonitor_api.contract.shared import Answer, ByKey, Id, Moment, Request, next_page
from impactmonitor_api.contract.texts import ShortText
from impactmonitor_api.http.bodies import JSON, XLSX
from impactmonitor_api.work.known import Standing
from impactmonitor_api.work.reporting import MOST

REPORT_KINDS = {JSON: ".json", "text/csv": CSV, XLSX: WORKBOOK}
"""How measurements may be sent, and how files of that kind end."""

_RECORD = {"$ref": "#/components/schemas/CaseMeasurement"}
_RECORDS = {"oneOf": [_RECORD, {"type": "array", "items": _RECORD, "minItems": 1,
                                "maxItems": MOST}]}  # fmt: skip

REPORT_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A measurement, several, a CSV file with them, or a form that was filled "
        "in. One that does not say that it is a draft is submitted.",
        "content": {
            JSON: {"schema": _RECORDS},
            "text/csv": {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}

_STATUS = Field(description="Only what is approved counts; what is rejected counts nowhere.",
                examples=["submitted"])  # fmt: skip
_REASON = "Why; needed to reject something."


class NewDecision(Request):
    """What somebody decides about a measurement."""

    decision: Literal["submitted", "approved", "rejected"] = Field(
        description="An assessor approves or rejects what another key reported; who reported a "
        "draft submits it.",
        examples=["approved"],
    )
    reason: ShortText | None = Field(
        default=None, description=_REASON, examples=["Agrees with the attendance lists."]
    )


class DecisionOut(Answer):
    """What was decided about a measurement."""

    decision: Standing = _STATUS
    reason: str | None = Field(description=_REASON, examples=["Counted twice."])
    by: ByKey
    created_at: Moment


class MeasurementOut(Answer):
    """A figure that was reported about a case."""

    id: Id
    name: str = Field(description="Its id among the measurements of the case, which `restates` "
                      "names.", examples=["participants-2025"])  # fmt: skip
    status: Standing = _STATUS
    record: dict[str, Any] = Field(
        description="What was reported: a measurement as in `GET /v1/schemas/case`.",
        examples=[{"id": "participants-2025", "indicator": "participants", "period": "2025",
                   "value": 412}],
    )  # fmt: skip
    decisions: list[DecisionOut] = Field(description="What was decided, the oldest first.")
    by: ByKey
    created_at: Moment


class Reported(Answer):
    """What was added to the measurements of a case."""

    items: list[MeasurementOut] = Field(description="The measurements, in the order of the body.")
    left_out: int = Field(description="Records that said what was known already.", examples=[0])
    restated: list[str] = Field(description="Names of the records that are restated.",
                                examples=[["participants-2024"]])  # fmt: skip
    case_version: int = Field(
        description="Version of the case; a next one if a form told what was learned.",
        examples=[3],
    )


class MeasurementPage(Answer):
    """A page of measurements, the newest first."""

    items: list[MeasurementOut] = Field(description="The measurements.")
    next: str | None = next_page()
