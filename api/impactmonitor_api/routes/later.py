"""Work that somebody fetches later: queue it, and show how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor.messages import Language
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import changing, json_answer
from impactmonitor_api.http.preferences import LATER, prefers_later
from impactmonitor_api.http.refusals import placed
from impactmonitor_api.storage import jobs
from impactmonitor_api.storage.keys import Caller
from impactmonitor_api.storage.tables import Job, Organisation

SOON = {"Retry-After": "1"}


def _preference(
    _: Annotated[
        str | None,
        Header(
            alias="Prefer",
            description="`respond-async` to get a job, and fetch the answer later.",
            examples=[LATER],
        ),
    ] = None,
) -> None:
    """Put the header in the contract; ``prefers_later`` reads it."""


PREFERENCE = Depends(_preference)


def shown(job: Job, language: Language) -> dict[str, Any]:
    """A job, and how far it is."""
    return {
        "id": job.id,
        "kind": job.kind,
        "status": job.status,
        "progress": job.progress,
        "attempts": job.attempts,
        "by": job.key_id,
        "created_at": job.created_at.isoformat(),
        "started_at": job.started_at.isoformat() if job.started_at else None,
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
        "result": f"/v1/jobs/{job.id}/result" if job.status == "done" else None,
        "errors": placed(jobs.problems_of(job), language),
    }


def answer_of(
    request: Request, job: Job, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A job as an answer, which says when to look again if it is not over."""
    language = language_of(request.headers.get("accept-language", ""))
    said = {"Content-Language": language, **(headers or {})}
    if job.status in jobs.UNDER_WAY:
        said |= SOON
    return json_answer(shown(job, language), status, said)


def queued(
    request: Request, caller: Caller, body: bytes, kind: str, options: Mapping[str, Any]
) -> Response:
    """Queue work and answer with its job.

    Parameters
    ----------
    request : Request
        That asks for it.
    caller : Caller
        Whose job it is.
    body : bytes
        What it is done with.
    kind : str
        One of the kinds of work that workers know.
    options : Mapping
        As that kind of work needs them.
    """

    def change(session: Session, organisation: Organisation) -> Response:
        job = jobs.add_job(session, organisation, caller.key_id, kind, options, body)
        return answer_of(request, job, 202, {"Location": f"/v1/jobs/{job.id}"})

    answer = changing(request, caller, body, change)
    if prefers_later(request):
        answer.headers["Preference-Applied"] = LATER
    wake(request)
    return answer


def wake(request: Request) -> None:
    """Have the worker of this process look at once, if it has one."""
    worker = request.app.state.worker
    if worker is not None:
        worker.wake()
