"""Cases that are kept, with everything that they ever said."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor.intake.reading import checked, read_case
from impactmonitor.intake.writing import to_json
from impactmonitor.model.case import Case
from impactmonitor_api.contract.cases import (
    CaseOut,
    CasePage,
    CaseSummary,
    VersionOut,
    VersionPage,
)
from impactmonitor_api.contract.schemas import CASE_BODY
from impactmonitor_api.http.access import MAY
from impactmonitor_api.http.bodies import Body, ending_of
from impactmonitor_api.http.once import changing, json_answer
from impactmonitor_api.http.paging import Page, cut, page_of
from impactmonitor_api.http.preconditions import check_version, etag_of, is_unchanged
from impactmonitor_api.http.refusals import Refused, refused
from impactmonitor_api.routes.declared import (
    KNOWN_VERSION,
    LANGUAGE,
    ONCE,
    SEEN_VERSION,
    Editor,
    Reader,
    refusals,
)
from impactmonitor_api.routes.found import CaseId, VersionNumber, found_case, found_version
from impactmonitor_api.storage import cases
from impactmonitor_api.storage.keys import Caller
from impactmonitor_api.storage.tables import CaseVersion, Organisation, StoredCase
from impactmonitor_api.work.assessed import newly_assessed
from impactmonitor_api.work.results import checked_case

router = APIRouter(tags=["cases"])

NoteParameter = Annotated[
    str | None,
    Query(description="Why it was changed; stands in the history.", max_length=500,
          examples=["Reach corrected after the pilot."]),
]  # fmt: skip


def summary(case: StoredCase) -> dict[str, Any]:
    """A case as it stands in a list."""
    return {
        "id": case.id,
        "name": case.name,
        "version": case.version,
        "created_at": case.created_at.isoformat(),
        "changed_at": case.changed_at.isoformat(),
        "archived_at": case.archived_at.isoformat() if case.archived_at else None,
    }


def version_summary(version: CaseVersion) -> dict[str, Any]:
    """A version as it stands in a list."""
    return {
        "version": version.version,
        "hash": version.hash,
        "note": version.note,
        "by": version.key_id,
        "created_at": version.created_at.isoformat(),
    }


def whole(case: StoredCase, version: CaseVersion) -> dict[str, Any]:
    """A case with what it says."""
    return {**summary(case), "document": json.loads(version.document)}


@router.post(
    "/v1/cases",
    operation_id="createCase",
    summary="Keep a new case",
    status_code=201,
    response_model=CaseOut,
    dependencies=[ONCE, LANGUAGE],
    responses=refusals(409, 415),
    openapi_extra=CASE_BODY,
)
def create(request: Request, caller: Editor, body: Body, note: NoteParameter = None) -> Response:
    """Keep a case, sent as JSON, YAML or a case workbook.

    It has to be of the right form and to be right in itself; what is wrong is said as
    `POST /v1/evaluations` says it.
    """
    case = _checked(request, caller.organisation_id, body)
    _check_writer(caller, case, None)

    def change(session: Session, organisation: Organisation) -> Response:
        try:
            made, version = cases.add_case(
                session, organisation, caller.key_id, case.id, to_json(case), note
            )
        except cases.NameTaken:
            raise refused(409, "case-name-taken", "id", {"id": case.id}) from None
        headers = {"Location": f"/v1/cases/{made.id}", "ETag": etag_of(1)}
        return json_answer(whole(made, version), 201, headers)

    return changing(request, caller, body, change)


@router.get(
    "/v1/cases",
    operation_id="listCases",
    summary="List cases",
    response_model=CasePage,
    responses=refusals(),
)
def listed(
    request: Request,
    caller: Reader,
    page: Annotated[Page, Depends(page_of)],
    name: Annotated[
        str | None, Query(description="Only the case that gives itself this id.", max_length=80)
    ] = None,
    archived: Annotated[bool, Query(description="Also those that were put away.")] = False,
) -> Response:
    """List the cases of your organisation, the newest first."""
    with request.app.state.database.reading() as session:
        if name is not None:
            one = cases.case_named(session, caller.organisation_id, name)
            own = [one] if one and (archived or one.archived_at is None) else []
            return json_answer({"items": [summary(row) for row in own], "next": None})
        found = cases.cases_of(
            session, caller.organisation_id, page.before, page.limit + 1, archived
        )
    rows, following = cut(found, page)
    return json_answer({"items": [summary(row) for row in rows], "next": following})


@router.get(
    "/v1/cases/{case_id}",
    operation_id="readCase",
    summary="Read a case",
    response_model=CaseOut,
    dependencies=[KNOWN_VERSION],
    responses={304: {"description": "It is the version that you have."}, **refusals(404)},
)
def read(request: Request, caller: Reader, case_id: CaseId) -> Response:
    """Read a case as it is now; `ETag` is needed to change it."""
    with request.app.state.database.reading() as session:
        case = found_case(session, caller, case_id)
        version = found_version(session, case, case.version)
    headers = {"ETag": etag_of(case.version)}
    if is_unchanged(request, case.version):
        return Response(status_code=304, headers=headers)
    return json_answer(whole(case, version), headers=headers)


@router.put(
    "/v1/cases/{case_id}",
    operation_id="changeCase",
    summary="Change a case",
    response_model=CaseOut,
    dependencies=[ONCE, SEEN_VERSION, LANGUAGE],
    responses=refusals(404, 409, 412, 415, 428),
    openapi_extra=CASE_BODY,
)
def change(
    request: Request, caller: Editor, body: Body, case_id: CaseId, note: NoteParameter = None
) -> Response:
    """Keep a next version of a case. Earlier versions stay."""
    with request.app.state.database.reading() as session:
        found_case(session, caller, case_id)
    case = _checked(request, caller.organisation_id, body)

    def change(session: Session, organisation: Organisation) -> Response:
        stored = found_case(session, caller, case_id)
        check_version(request, stored.version)
        if stored.archived_at is not None:
            raise refused(409, "case-archived")
        _check_writer(caller, case, found_version(session, stored, stored.version))
        try:
            version = cases.change_case(
                session, organisation, stored, caller.key_id, case.id, to_json(case), note
            )
        except cases.NameTaken:
            raise refused(409, "case-name-taken", "id", {"id": case.id}) from None
        return json_answer(whole(stored, version), headers={"ETag": etag_of(stored.version)})

    return changing(request, caller, body, change)


@router.post(
    "/v1/cases/{case_id}/archival",
    operation_id="archiveCase",
    summary="Put a case away",
    response_model=CaseSummary,
    dependencies=[SEEN_VERSION],
    responses=refusals(404, 412, 428),
)
def archive(request: Request, caller: Editor, case_id: CaseId) -> Response:
    """Put a case away: it is no longer listed, and nothing of its history is lost."""

    def change(session: Session, organisation: Organisation) -> Response:
        stored = found_case(session, caller, case_id)
        check_version(request, stored.version)
        cases.archive(session, organisation, stored, caller.key_id)
        return json_answer(summary(stored))

    return changing(request, caller, b"", change)


@router.get(
    "/v1/cases/{case_id}/versions",
    operation_id="listVersions",
    summary="List the versions of a case",
    response_model=VersionPage,
    responses=refusals(404),
)
def versions(
    request: Request, caller: Reader, case_id: CaseId, page: Annotated[Page, Depends(page_of)]
) -> Response:
    """List what a case said over time: when, by whom and why, the newest first."""
    with request.app.state.database.reading() as session:
        case = found_case(session, caller, case_id)
        found = cases.versions_of(session, case, page.before, page.limit + 1)
    rows, following = cut(found, page)
    return json_answer({"items": [version_summary(row) for row in rows], "next": following})


@router.get(
    "/v1/cases/{case_id}/versions/{version}",
    operation_id="readVersion",
    summary="Read a version of a case",
    response_model=VersionOut,
    responses=refusals(404),
)
def version(request: Request, caller: Reader, case_id: CaseId, version: VersionNumber) -> Response:
    """Read what a case said in one of its versions."""
    with request.app.state.database.reading() as session:
        case = found_case(session, caller, case_id)
        found = found_version(session, case, version)
    return json_answer({**version_summary(found), "document": json.loads(found.document)})


def _check_writer(caller: Caller, case: Case, before: CaseVersion | None) -> None:
    """Refuse what a writer says on behalf of assessors and bearers.

    Raises
    ------
    Refused
        403 with every place, for a key that may not assess.
    """
    if "assess" in MAY[caller.role]:
        return
    known = None if before is None else checked(read_case(before.document.encode(), ".json"))
    problems = newly_assessed(case, known)
    if problems:
        raise Refused(403, problems)


def _checked(request: Request, organisation_id: str, body: bytes) -> Case:
    catalogue = request.app.state.catalogues.now_of(organisation_id)
    return checked_case(body, ending_of(request), catalogue)
