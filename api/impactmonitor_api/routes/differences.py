"""What moved between versions of a case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from impactmonitor_api.contract.differences import Difference
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import json_answer
from impactmonitor_api.routes.declared import LANGUAGE, Reader, refusals
from impactmonitor_api.routes.found import MOST_VERSIONS, CaseId, found_case
from impactmonitor_api.routes.knowing import version_asked
from impactmonitor_api.storage.additions import newest_version
from impactmonitor_api.work.comparing import Side, difference_of

router = APIRouter(tags=["cases"])

EveryLine = Annotated[bool, Query(description="Also lines in which nothing moved.")]
_Old = Annotated[
    int | None,
    Query(description="Version to start from; by default the one before `new`.", ge=1,
          le=MOST_VERSIONS, examples=[1]),
]  # fmt: skip
_New = Annotated[
    int | None,
    Query(description="Version to compare with it; by default the newest.", ge=1,
          le=MOST_VERSIONS, examples=[2]),
]  # fmt: skip
_Scheme = Annotated[
    str | None,
    Query(description="Discount scheme instead of the one of that version.", max_length=60,
          examples=["nl-2026"]),
]  # fmt: skip


@router.get(
    "/v1/cases/{case_id}/difference",
    operation_id="compareVersions",
    summary="Hold two versions of a case against each other",
    response_model=Difference,
    dependencies=[LANGUAGE],
    responses=refusals(404),
)
def difference(
    request: Request,
    caller: Reader,
    case_id: CaseId,
    old: _Old = None,
    new: _New = None,
    old_scheme: _Scheme = None,
    new_scheme: _Scheme = None,
    every_line: EveryLine = False,
) -> Response:
    """Show what moved from one version of a case to another, line by line and why.

    The answer is the object that `impactmonitor diff --json` prints. Measurements that are kept
    beside the case are no part of its versions.
    """
    language = language_of(request.headers.get("accept-language", ""))
    with request.app.state.database.reading() as session:
        case = found_case(session, caller, case_id)
        version = newest_version(session, caller.organisation_id)
        catalogue = request.app.state.catalogues.at(session, caller.organisation_id, version)
        newer = case.version if new is None else new
        older = max(1, newer - 1) if old is None else old
        before = Side("old", version_asked(session, case, older, "old"), catalogue, old_scheme)
        after = Side("new", version_asked(session, case, newer, "new"), catalogue, new_scheme)
    found = difference_of(before, after, language, every_line)
    return json_answer(found, headers={"Content-Language": language})
