"""Answers of assessors, who score a case without being able to change the rest of it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor.intake.writing import to_json
from impactmonitor_api.contract.assessments import NewAssessment
from impactmonitor_api.contract.cases import CaseOut
from impactmonitor_api.http.bodies import Body, said
from impactmonitor_api.http.once import changing, json_answer
from impactmonitor_api.http.preconditions import check_version, etag_of
from impactmonitor_api.http.refusals import refused
from impactmonitor_api.routes.cases import whole
from impactmonitor_api.routes.declared import (
    LANGUAGE,
    ONCE,
    SEEN_VERSION,
    Assessor,
    body_of,
    refusals,
)
from impactmonitor_api.routes.found import CaseId, found_case
from impactmonitor_api.routes.knowing import open_case, written_case
from impactmonitor_api.storage import cases
from impactmonitor_api.storage.tables import Organisation
from impactmonitor_api.work.assessing import assessed

router = APIRouter(tags=["cases"])


@router.post(
    "/v1/cases/{case_id}/assessments",
    operation_id="assessCase",
    summary="Answer a question about a case",
    status_code=201,
    response_model=CaseOut,
    dependencies=[ONCE, SEEN_VERSION, LANGUAGE],
    responses=refusals(404, 409, 412, 415, 428),
    openapi_extra=body_of(NewAssessment),
)
def assess(request: Request, caller: Assessor, body: Body, case_id: CaseId) -> Response:
    """Answer one question of a framework about a case, which makes a next version of it.

    The answers of other assessors stay beside it; an earlier one of the same assessor is
    replaced. Nothing else of the case changes.
    """
    with request.app.state.database.reading() as session:
        found_case(session, caller, case_id)
    asked = said(request, body, NewAssessment)
    if not (asked.answer.assessor or "").strip():
        raise refused(422, "missing-field", "answer.assessor", {"field": "assessor"})

    def change(session: Session, organisation: Organisation) -> Response:
        stored = open_case(session, caller, case_id)
        check_version(request, stored.version)
        catalogue = request.app.state.catalogues.at(
            session, organisation.id, organisation.additions_version
        )
        written = written_case(session, stored)
        case = assessed(written, asked.framework, asked.indicator, asked.answer, catalogue)
        version = cases.change_case(
            session, organisation, stored, caller.key_id, case.id, to_json(case), asked.note
        )
        return json_answer(whole(stored, version), 201, {"ETag": etag_of(stored.version)})

    return changing(request, caller, body, change)
