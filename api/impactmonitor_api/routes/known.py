"""A case with what was approved and confirmed since it was written, and how it goes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from impactmonitor.measuring.selecting import View
from impactmonitor.model.changes import plain
from impactmonitor.report.track_case import track_and_show
from impactmonitor.report.track_document import document_of
from impactmonitor_api.contract.confirmations import KnownOut
from impactmonitor_api.contract.schemas import TRACK
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import json_answer
from impactmonitor_api.routes.declared import LANGUAGE, Reader, refusals
from impactmonitor_api.routes.found import CaseId, found_case
from impactmonitor_api.routes.knowing import known_now, records_of, said_about, written_case
from impactmonitor_api.storage.additions import newest_version
from impactmonitor_api.work.known import known_case

router = APIRouter(tags=["measurements"])


@router.get(
    "/v1/cases/{case_id}/known",
    operation_id="readKnownCase",
    summary="Read a case as it is known",
    response_model=KnownOut,
    responses=refusals(404),
)
def known(request: Request, caller: Reader, case_id: CaseId) -> Response:
    """Read a case with the measurements that were approved and the last word of its bearers.

    This is what is evaluated and tracked.
    """
    with request.app.state.database.reading() as session:
        case = found_case(session, caller, case_id)
        records, said = records_of(session, case), said_about(session, case)
        written = written_case(session, case)
    return json_answer(
        {
            "id": case.id,
            "version": case.version,
            "measurements": sum(one.status == "approved" for one in records),
            "confirmations": len(said),
            "document": plain(known_case(written, records, said)),
        }
    )


@router.get(
    "/v1/cases/{case_id}/tracks",
    operation_id="trackCase",
    summary="Hold plan against result",
    dependencies=[LANGUAGE],
    responses={200: TRACK, **refusals(404)},
)
def tracks(
    request: Request,
    caller: Reader,
    case_id: CaseId,
    as_of: Annotated[
        str | None,
        Query(
            description="Up to which period; by default the last year that was measured "
            "completely.",
            max_length=60,
            examples=["2025"],
        ),
    ] = None,
    reforecast: Annotated[bool, Query(description="Forecast the rest again.")] = False,
    first_reported: Annotated[bool, Query(description="Leave later corrections out.")] = False,
) -> Response:
    """Hold what was measured against what was planned, for the case as it is known.

    The answer is the object that `impactmonitor track --json` prints. Small numbers of people,
    and everything that would tell them, are left out of it.
    """
    language = language_of(request.headers.get("accept-language", ""))
    with request.app.state.database.reading() as session:
        case = known_now(session, found_case(session, caller, case_id))
        version = newest_version(session, caller.organisation_id)
        catalogue = request.app.state.catalogues.at(session, caller.organisation_id, version)
    view: View = "first_reported" if first_reported else "restated"
    found = track_and_show(case, catalogue, as_of, reforecast, view)
    return json_answer(document_of(found, language), headers={"Content-Language": language})
