"""Who does a job until when: a worker that dies loses it, and one that comes back ends nothing.

A worker has a job on a lease with a token of its own. While it works it renews the lease; when
it does not, another worker takes the job over with another token. Every end of a job asks for
the token, so that of two workers who believe that they have a job only one can end it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Update, and_, or_, select, update
from sqlalchemy.orm import Session, undefer

from impactmonitor.problems import Problem
from impactmonitor_api.storage.database import new_id, now
from impactmonitor_api.storage.jobs import plain_problems
from impactmonitor_api.storage.tables import Job

MOST_ATTEMPTS = 3
Hold = Literal["held", "cancelled", "lost"]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that a worker has, and what it needs to do it.

    Attributes
    ----------
    id, organisation_id, kind : str
        Of the job.
    options : Mapping
        How it is done.
    input : bytes
        What it is done with.
    lease : str
        The token without which nobody can end it.
    """

    id: str
    organisation_id: str
    kind: str
    options: Mapping[str, Any]
    input: bytes
    lease: str


def is_waiting(session: Session, kinds: Collection[str]) -> bool:
    """Whether there is a job to take; only looks, so that nobody has to wait for it."""
    return session.scalar(select(Job.number).where(_free(kinds)).limit(1)) is not None


def claim(session: Session, kinds: Collection[str], lease_seconds: float) -> Claimed | None:
    """Take the oldest job that waits, or that a worker has who gave no sign of life.

    A job that was begun three times and never ended has failed: whoever begins it dies.

    Parameters
    ----------
    session : Session
        That writes. PostgreSQL passes over jobs that another session is taking; on SQLite only
        one session writes at a time.
    kinds : collection of str
        Kinds of work that this worker can do.
    lease_seconds : float
        How long it is the worker's without a sign of life, by the clock of this machine.
    """
    oldest = select(Job).where(_free(kinds)).order_by(Job.number).limit(1)
    oldest = oldest.with_for_update(skip_locked=True).options(undefer(Job.input))
    while (job := session.scalar(oldest)) is not None:
        if job.attempts >= MOST_ATTEMPTS:
            _give_up(job)
            session.flush()
            continue
        job.status, job.progress, job.attempts = "running", 0.0, job.attempts + 1
        job.lease, job.started_at = new_id(), now()
        job.leased_until = job.started_at + timedelta(seconds=lease_seconds)
        options = json.loads(job.options)
        return Claimed(job.id, job.organisation_id, job.kind, options, job.input, job.lease)
    return None


def renew(session: Session, job: Claimed, lease_seconds: float, progress: float) -> Hold:
    """Give a sign of life, and find out whether the job is still this worker's.

    Parameters
    ----------
    session : Session
        That writes.
    job : Claimed
    lease_seconds : float
        How long it stays the worker's from now on.
    progress : float
        How much of it is done, from 0 to 1.

    Returns
    -------
    {"held", "cancelled", "lost"}
        Lost if somebody else has it, or it has ended in another way.
    """
    until = now() + timedelta(seconds=lease_seconds)
    if _change(session, _held(job).values(leased_until=until, progress=progress)):
        return "held"
    status = session.scalar(select(Job.status).where(Job.id == job.id))
    return "cancelled" if status == "cancelled" else "lost"


def finish(session: Session, job: Claimed, result: bytes, media_type: str) -> bool:
    """End a job with its result; False if it was not this worker's any more."""
    values = {"result": result, "result_type": media_type, "progress": 1.0}
    return _change(session, _ended(job, "done").values(**values))


def fail(session: Session, job: Claimed, problems: Iterable[Problem]) -> bool:
    """End a job that cannot be done; False if it was not this worker's any more."""
    return _change(session, _ended(job, "failed").values(problems=plain_problems(problems)))


def give_back(session: Session, job: Claimed) -> bool:
    """Queue a job again that a worker stops with; that does not count as an attempt."""
    values: dict[str, Any] = {"status": "queued", "progress": 0.0, "attempts": Job.attempts - 1}
    values |= dict.fromkeys(("lease", "leased_until", "started_at"))
    return _change(session, _held(job).values(**values))


def _free(kinds: Collection[str]) -> ColumnElement[bool]:
    """Jobs that nobody has, or nobody any more."""
    expired = and_(Job.status == "running", Job.leased_until < now())
    return and_(or_(Job.status == "queued", expired), Job.kind.in_(kinds))


def _held(job: Claimed) -> Update:
    return update(Job).where(Job.id == job.id, Job.lease == job.lease, Job.status == "running")


def _ended(job: Claimed, status: str) -> Update:
    return _held(job).values(status=status, finished_at=now(), lease=None, leased_until=None)


def _change(session: Session, change: Update) -> bool:
    return session.scalar(change.returning(Job.number)) is not None


def _give_up(job: Job) -> None:
    job.problems = plain_problems([Problem("job-gave-up", params={"attempts": job.attempts})])
    job.status, job.finished_at, job.lease, job.leased_until = "failed", now(), None, None
