"""Evaluate a case that is sent along; nothing is kept."""

from __future__ import annotations

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from impactmonitor_api.contract.schemas import CASE_BODY, EVALUATION
from impactmonitor_api.http.bodies import JSON, ending_of
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import as_json
from impactmonitor_api.http.remembered import Remembered, question
from impactmonitor_api.routes.declared import LANGUAGE_HEADER, Reader, refusals
from impactmonitor_api.work.results import evaluated

router = APIRouter(tags=["work out"])

AT_ONCE = 16_384
"""Smaller bodies are worked out where they come in; larger ones let other requests go first."""

ScenarioName = Annotated[
    str | None,
    Query(description="Evaluate under this scenario of the case.", examples=["bad"], max_length=80),
]


@router.post(
    "/v1/evaluations",
    operation_id="evaluate",
    summary="Evaluate a case",
    responses={200: EVALUATION, **refusals(404, 415)},
    # said rather than declared: each declared header and body costs as much as an answer does
    openapi_extra={**CASE_BODY, "parameters": [LANGUAGE_HEADER]},
)
async def evaluate(request: Request, caller: Reader, scenario: ScenarioName = None) -> Response:
    """Work out what a case yields, for whom and how sure that is; nothing is kept.

    Send the case as JSON, YAML or a case workbook. The answer is the object that
    `impactmonitor evaluate --json` prints.
    """
    body = await request.body()
    ending = ending_of(request)
    language = language_of(request.headers.get("accept-language", ""))
    organisation, version = caller.organisation_id, caller.additions_version
    remembered: Remembered = request.app.state.remembered
    asked = question(body, organisation, version, ending, scenario, language)
    answer = remembered.get(asked)
    if answer is None:
        catalogue = await request.app.state.catalogues.of(organisation, version)

        def work_out() -> bytes:
            return as_json(evaluated(body, ending, catalogue, scenario, language))

        is_small = len(body) <= AT_ONCE and ending != ".xlsx"
        answer = work_out() if is_small else await run_sync(work_out)
        remembered.put(asked, answer)
    return Response(answer, 200, {"Content-Language": language}, JSON)
