"""Jobs: how far they are, what came of them, and stopping or repeating them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor_api.contract.jobs import RESULT, JobOut, JobPage
from impactmonitor_api.http.access import MAY
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import changing, json_answer
from impactmonitor_api.http.paging import Page, cut, page_of
from impactmonitor_api.http.refusals import refused
from impactmonitor_api.routes.declared import LANGUAGE, ONCE, Reader, refusals
from impactmonitor_api.routes.found import JobId, not_found
from impactmonitor_api.routes.later import SOON, answer_of, shown, wake
from impactmonitor_api.storage import jobs
from impactmonitor_api.storage.keys import Caller
from impactmonitor_api.storage.tables import Job, Organisation

router = APIRouter(tags=["jobs"])


@router.get(
    "/v1/jobs",
    operation_id="listJobs",
    summary="List jobs",
    response_model=JobPage,
    dependencies=[LANGUAGE],
    responses=refusals(),
)
def listed(request: Request, caller: Reader, page: Annotated[Page, Depends(page_of)]) -> Response:
    """List the jobs of your organisation, the newest first."""
    with request.app.state.database.reading() as session:
        found = jobs.jobs_of(session, caller.organisation_id, page.before, page.limit + 1)
    rows, following = cut(found, page)
    language = language_of(request.headers.get("accept-language", ""))
    items = [shown(row, language) for row in rows]
    return json_answer({"items": items, "next": following}, headers={"Content-Language": language})


@router.get(
    "/v1/jobs/{job_id}",
    operation_id="readJob",
    summary="Read a job",
    response_model=JobOut,
    dependencies=[LANGUAGE],
    responses=refusals(404),
)
def read(request: Request, caller: Reader, job_id: JobId) -> Response:
    """Read how far a job is. `Retry-After` says when to look again."""
    with request.app.state.database.reading() as session:
        job = _found(session, caller, job_id)
    return answer_of(request, job)


@router.get(
    "/v1/jobs/{job_id}/result",
    operation_id="readJobResult",
    summary="Read the result of a job",
    responses={200: RESULT, **refusals(404, 409)},
    response_class=Response,
)
def result(request: Request, caller: Reader, job_id: JobId) -> Response:
    """Read what came of a job, in the form that was asked for with it.

    Results are kept for some days; after that the job is not found.
    """
    with request.app.state.database.reading() as session:
        job = _found(session, caller, job_id, has_result=True)
    if job.status in jobs.UNDER_WAY:
        raise refused(409, "job-not-done", headers=SOON)
    if job.result is None:
        raise refused(409, "job-without-result")
    return Response(job.result, media_type=job.result_type)


@router.post(
    "/v1/jobs/{job_id}/cancellation",
    operation_id="cancelJob",
    summary="Stop a job",
    response_model=JobOut,
    dependencies=[ONCE, LANGUAGE],
    responses=refusals(404, 409),
)
def cancel(request: Request, caller: Reader, job_id: JobId) -> Response:
    """Stop a job that is not over. Stopping it again changes nothing.

    Whoever may edit can do this, and whoever asked for the job.
    """

    def change(session: Session, organisation: Organisation) -> Response:
        job = _own(session, caller, job_id)
        if not jobs.cancel(session, organisation, job, caller.key_id):
            raise refused(409, "job-over")
        return answer_of(request, job)

    return changing(request, caller, b"", change)


@router.post(
    "/v1/jobs/{job_id}/retries",
    operation_id="retryJob",
    summary="Have a job done again",
    status_code=202,
    response_model=JobOut,
    dependencies=[ONCE, LANGUAGE],
    responses=refusals(404, 409),
)
def retry(request: Request, caller: Reader, job_id: JobId) -> Response:
    """Queue a job again that failed or was cancelled.

    Whoever may edit can do this, and whoever asked for the job.
    """

    def change(session: Session, organisation: Organisation) -> Response:
        job = _own(session, caller, job_id)
        if not jobs.retry(session, organisation, job, caller.key_id):
            raise refused(409, "job-not-to-repeat")
        return answer_of(request, job, 202, {"Location": f"/v1/jobs/{job.id}"})

    answer = changing(request, caller, b"", change)
    wake(request)
    return answer


def _found(
    session: Session,
    caller: Caller,
    job_id: str,
    is_changing: bool = False,
    has_result: bool = False,
) -> Job:
    """A job of the caller's organisation.

    Raises
    ------
    Refused
        404 if there is none.
    """
    found = jobs.find_job(session, caller.organisation_id, job_id, is_changing, has_result)
    if found is None:
        raise not_found()
    return found


def _own(session: Session, caller: Caller, job_id: str) -> Job:
    """A job that the caller may stop or repeat.

    Raises
    ------
    Refused
        404 if there is none; 403 if it is another key's and the caller may not edit.
    """
    job = _found(session, caller, job_id, is_changing=True)
    if job.key_id != caller.key_id and "edit" not in MAY[caller.role]:
        raise refused(403, "job-of-another-key")
    return job
