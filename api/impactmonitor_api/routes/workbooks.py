"""Workbooks to fill in, and the form of a case."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from impactmonitor.model.schema import json_schema
from impactmonitor_api.http.bodies import XLSX
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.routes.declared import LANGUAGE, Reader, refusals
from impactmonitor_api.work.blank_workbooks import Wanted, blank_workbook

router = APIRouter(tags=["forms"])

MOST_YEARS, MOST_EFFECTS, MOST_FRAMEWORKS = 200, 200, 10
SCHEMA = "application/schema+json"
_FILE = {"type": "string", "format": "binary"}
_NAME = {"nl": "casus.xlsx", "en": "case.xlsx"}

Years = Annotated[
    int | None,
    Query(ge=1, le=MOST_YEARS, description="Years that have a column, at least.", examples=[30]),
]
Effects = Annotated[
    int | None,
    Query(ge=1, le=MOST_EFFECTS, description="Rows for effects, at least.", examples=[20]),
]
Topic = Annotated[
    str | None,
    Query(max_length=60, description="Suggest effects: what it is about. Needs `group` too.",
          examples=["fall-prevention"]),
]  # fmt: skip
Group = Annotated[
    str | None,
    Query(max_length=60, description="Suggest effects: for whom it is. Needs `topic` too.",
          examples=["older-people"]),
]  # fmt: skip
Frameworks = Annotated[
    list[str] | None,
    Query(max_length=MOST_FRAMEWORKS, description="Ask the questions of these frameworks too; "
          "may be repeated.", examples=[["readiness"]]),
]  # fmt: skip


@router.get(
    "/v1/workbooks/blank",
    operation_id="blankWorkbook",
    summary="Get a workbook to fill in",
    dependencies=[LANGUAGE],
    response_class=Response,
    responses={
        200: {"description": "A case workbook.", "content": {XLSX: {"schema": _FILE}}},
        **refusals(),
    },
)
def blank(
    request: Request,
    caller: Reader,
    years: Years = None,
    effects: Effects = None,
    topic: Topic = None,
    group: Group = None,
    frameworks: Frameworks = None,
) -> Response:
    """Get a workbook in which a case can be filled in, and which shows the answer meanwhile."""
    language = language_of(request.headers.get("accept-language", ""))
    catalogue = request.app.state.catalogues.now_of(caller.organisation_id)
    wanted = Wanted(years, effects, topic, group, tuple(frameworks or ()))
    headers = {
        "Content-Disposition": f'attachment; filename="{_NAME[language]}"',
        "Content-Language": language,
    }
    return Response(blank_workbook(catalogue, language, wanted), 200, headers, XLSX)


@router.get(
    "/v1/schemas/case",
    operation_id="caseSchema",
    summary="Get the JSON Schema of a case",
    dependencies=[LANGUAGE],
    response_class=Response,
    responses={
        200: {
            "description": "JSON Schema, draft 2020-12.",
            "content": {SCHEMA: {"schema": {"type": "object"}}},
        },
        **refusals(),
    },
)
def case_schema(request: Request, caller: Reader) -> Response:
    """Get the JSON Schema of a case, its descriptions in Dutch or English."""
    language = language_of(request.headers.get("accept-language", ""))
    text = json.dumps(json_schema(language), ensure_ascii=False)
    return Response(text, 200, {"Content-Language": language}, SCHEMA)
