"""What an organisation adds to the catalogue, with everything that it ever added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor.problems import InvalidInput, Problem
from impactmonitor_api.contract.additions import (
    MOST_FILES,
    AdditionsOut,
    AdditionsPage,
    NewAdditions,
)
from impactmonitor_api.http.bodies import Body, said
from impactmonitor_api.http.once import changing, json_answer
from impactmonitor_api.http.paging import Page, cut, page_of
from impactmonitor_api.http.preconditions import check_version, etag_of, is_unchanged
from impactmonitor_api.routes.declared import (
    KNOWN_VERSION,
    LANGUAGE,
    ONCE,
    SEEN_VERSION,
    Administrator,
    Reader,
    body_of,
    refusals,
)
from impactmonitor_api.routes.found import VersionNumber, not_found
from impactmonitor_api.storage import additions
from impactmonitor_api.storage.tables import Additions, Organisation
from impactmonitor_api.work.catalogues import catalogue_with, files_from

router = APIRouter(tags=["catalogue"])

MOST_BYTES = 1_000_000
NONE = {"version": 0, "note": None, "by": None, "created_at": None}


def summary(one: Additions) -> dict[str, Any]:
    """A version as it stands in a list."""
    return {
        "version": one.version,
        "note": one.note,
        "by": one.key_id,
        "created_at": one.created_at.isoformat(),
    }


def whole(one: Additions) -> dict[str, Any]:
    """A version with its files."""
    return {**summary(one), "files": files_from(one.files)}


@router.get(
    "/v1/catalogue/additions",
    operation_id="readAdditions",
    summary="Read your additions to the catalogue",
    response_model=AdditionsOut,
    dependencies=[KNOWN_VERSION],
    responses={304: {"description": "It is the version that you have."}, **refusals()},
)
def read(request: Request, caller: Reader) -> Response:
    """Read the files that your organisation adds now; `ETag` is needed to change them."""
    with request.app.state.database.reading() as session:
        version = additions.newest_version(session, caller.organisation_id)
        found = additions.additions_at(session, caller.organisation_id, version)
    headers = {"ETag": etag_of(version)}
    if is_unchanged(request, version):
        return Response(status_code=304, headers=headers)
    return json_answer(whole(found) if found else {**NONE, "files": {}}, headers=headers)


@router.put(
    "/v1/catalogue/additions",
    operation_id="replaceAdditions",
    summary="Replace your additions to the catalogue",
    response_model=AdditionsOut,
    dependencies=[ONCE, SEEN_VERSION, LANGUAGE],
    responses=refusals(412, 415, 428),
    openapi_extra=body_of(NewAdditions),
)
def replace(request: Request, caller: Administrator, body: Body) -> Response:
    """Replace all files that your organisation adds; earlier versions stay.

    Everything is read together with the shipped catalogue, and every mistake is said with its
    file, path and line. Results that were kept rest on the version of then.
    """
    asked = said(request, body, NewAdditions)
    _check_size(asked.files)
    catalogue_with(asked.files)

    def change(session: Session, organisation: Organisation) -> Response:
        check_version(request, organisation.additions_version)
        made = additions.replace_additions(
            session, organisation, caller.key_id, asked.files, asked.note
        )
        return json_answer(whole(made), headers={"ETag": etag_of(made.version)})

    answer = changing(request, caller, body, change)
    request.app.state.access.forget(caller.organisation_id)
    return answer


def _check_size(files: Mapping[str, str]) -> None:
    if len(files) > MOST_FILES:
        params: dict[str, object] = {"count": len(files), "most": MOST_FILES}
        raise InvalidInput([Problem("additions-too-many", "files", params)])
    size = sum(len(text.encode()) for text in files.values())
    if size > MOST_BYTES:
        params = {"megabytes": MOST_BYTES // 10**6}
        raise InvalidInput([Problem("additions-too-large", "files", params)])


@router.get(
    "/v1/catalogue/additions/versions",
    operation_id="listAdditions",
    summary="List the versions of your additions",
    response_model=AdditionsPage,
    responses=refusals(),
)
def versions(request: Request, caller: Reader, page: Annotated[Page, Depends(page_of)]) -> Response:
    """List when your additions changed, by whom and why, the newest first."""
    with request.app.state.database.reading() as session:
        found = additions.additions_of(session, caller.organisation_id, page.before, page.limit + 1)
    rows, following = cut(found, page)
    return json_answer({"items": [summary(row) for row in rows], "next": following})


@router.get(
    "/v1/catalogue/additions/versions/{version}",
    operation_id="readAdditionsVersion",
    summary="Read a version of your additions",
    response_model=AdditionsOut,
    responses=refusals(404),
)
def version(request: Request, caller: Reader, version: VersionNumber) -> Response:
    """Read the files that your organisation added in one of the versions."""
    with request.app.state.database.reading() as session:
        found = additions.additions_at(session, caller.organisation_id, version)
    if found is None:
        raise not_found()
    return json_answer(whole(found))
