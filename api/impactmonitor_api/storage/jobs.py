"""Jobs: long work that somebody asked for, how far it is, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, undefer

from impactmonitor.problems import Problem
from impactmonitor_api.storage import audit
from impactmonitor_api.storage.database import new_id, now
from impactmonitor_api.storage.tables import Job, Organisation

Status = Literal["queued", "running", "done", "failed", "cancelled"]
UNDER_WAY: tuple[Status, ...] = ("queued", "running")
OVER: tuple[Status, ...] = ("done", "failed", "cancelled")
AGAIN: tuple[Status, ...] = ("failed", "cancelled")
"""Jobs that may be done again."""


def add_job(
    session: Session,
    organisation: Organisation,
    key_id: str,
    kind: str,
    options: Mapping[str, Any],
    body: bytes,
) -> Job:
    """Queue a job.

    Parameters
    ----------
    session : Session
        That writes.
    organisation : Organisation
        Whose job it is; locked by this session.
    key_id : str
        Of the key with which it is asked.
    kind : str
        Which work it is, such as ``simulation``.
    options : Mapping
        Plain values that say how; ``media_type`` is that of the result.
    body : bytes
        What it is done with.
    """
    made = Job(
        id=new_id(),
        organisation_id=organisation.id,
        key_id=key_id,
        kind=kind,
        options=json.dumps(dict(options), sort_keys=True),
        input=body,
        status="queued",
        progress=0.0,
        attempts=0,
        lease=None,
        leased_until=None,
        result=None,
        result_type=None,
        problems=None,
        created_at=now(),
        started_at=None,
        finished_at=None,
    )
    session.add(made)
    session.flush()
    audit.record(session, organisation, key_id, "job.added", made.id, {"kind": kind})
    return made


def find_job(
    session: Session,
    organisation_id: str,
    job_id: str,
    is_changing: bool = False,
    has_result: bool = False,
) -> Job | None:
    """A job of this organisation; what others have is not found.

    Parameters
    ----------
    session : Session
    organisation_id, job_id : str
    is_changing : bool
        Whether this session is going to change it, so that no worker does meanwhile.
    has_result : bool
        Whether to read its result too: asked for later, it may be that of a later moment.
    """
    found = select(Job).where(Job.organisation_id == organisation_id, Job.id == job_id)
    if has_result:
        found = found.options(undefer(Job.result))
    if is_changing:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalar(found)


def jobs_of(session: Session, organisation_id: str, before: int | None, most: int) -> list[Job]:
    """Jobs of an organisation, the newest first; what they worked with is not read."""
    found = select(Job).where(Job.organisation_id == organisation_id)
    if before is not None:
        found = found.where(Job.number < before)
    return list(session.scalars(found.order_by(Job.number.desc()).limit(most)))


def cancel(session: Session, organisation: Organisation, job: Job, key_id: str) -> bool:
    """End a job at once; a worker that has it finds out, and its result is refused.

    Returns
    -------
    bool
        Whether it is cancelled now; not if it had another end before.
    """
    if job.status in UNDER_WAY:
        job.status, job.finished_at = "cancelled", now()
        job.lease = job.leased_until = None
        audit.record(session, organisation, key_id, "job.cancelled", job.id)
    return job.status == "cancelled"


def retry(session: Session, organisation: Organisation, job: Job, key_id: str) -> bool:
    """Queue a job again that failed or was cancelled.

    Returns
    -------
    bool
        Whether it is queued now; not if it is under way, or done.
    """
    if job.status not in AGAIN:
        return False
    job.status, job.progress, job.attempts = "queued", 0.0, 0
    job.problems = job.started_at = job.finished_at = None
    audit.record(session, organisation, key_id, "job.retried", job.id)
    return True


def forget(session: Session, hours: float) -> None:
    """Forget jobs that ended more than so many hours ago, with their results."""
    limit = now() - timedelta(hours=hours)
    session.execute(delete(Job).where(Job.status.in_(OVER), Job.finished_at < limit))


def plain_problems(problems: Iterable[Problem]) -> str:
    """Problems as they are kept: without words, which are looked up when somebody reads them."""
    return json.dumps([asdict(one) for one in problems], default=str)


def problems_of(job: Job) -> list[Problem]:
    """Why a job failed; none if it did not.

    Examples
    --------
    >>> problems_of(Job(problems=plain_problems([Problem("unknown-key", "a.b")])))[0].path
    'a.b'
    """
    kept: list[dict[str, Any]] = json.loads(job.problems or "[]")
    return [Problem(**{**one, "premises": tuple(one["premises"])}) for one in kept]
