"""Give a case that is sent along in another form: at once, or as a job."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from impactmonitor_api.contract.jobs import ACCEPTED, CONVERTED
from impactmonitor_api.contract.schemas import CASE_BODY
from impactmonitor_api.http.bodies import ENDINGS, Body, ending_of
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.preferences import kind_for, prefers_later
from impactmonitor_api.routes.declared import LANGUAGE, ONCE, Reader, refusals
from impactmonitor_api.routes.later import PREFERENCE, queued
from impactmonitor_api.storage import additions
from impactmonitor_api.work.conversions import converted

router = APIRouter(tags=["work out"])

AT_ONCE = 1_000_000
"""Larger bodies, in bytes, become a job."""

VARIES = {"Vary": "Accept, Accept-Language"}


@router.post(
    "/v1/conversions",
    operation_id="convert",
    summary="Give a case in another form",
    dependencies=[ONCE, LANGUAGE, PREFERENCE],
    responses={200: CONVERTED, 202: ACCEPTED, **refusals(406, 415)},
    response_class=Response,
    openapi_extra=CASE_BODY,
)
def convert(request: Request, caller: Reader, body: Body) -> Response:
    """Give a case as JSON, YAML or a case workbook, by `Accept`, without losing anything.

    Nothing is kept. Large bodies, or `Prefer: respond-async`, give a job; its result then has
    the form that was asked for here.
    """
    ending, kind = ending_of(request), kind_for(request, tuple(ENDINGS))
    language = language_of(request.headers.get("accept-language", ""))
    with request.app.state.database.reading() as session:
        version = additions.newest_version(session, caller.organisation_id)
        catalogue = request.app.state.catalogues.at(session, caller.organisation_id, version)
    if len(body) <= AT_ONCE and not prefers_later(request):
        found = converted(body, ending, ENDINGS[kind], catalogue, language)
        return Response(found, 200, {"Content-Language": language, **VARIES}, kind)
    options: dict[str, Any] = {
        "target": ENDINGS[kind],
        "ending": ending,
        "language": language,
        "additions_version": version,
        "media_type": kind,
    }
    return queued(request, caller, body, "conversion", options)
