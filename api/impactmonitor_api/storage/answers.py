"""Answers under an Idempotency-Key: the same request again gets the same answer, done once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from impactmonitor_api.storage.database import now
from impactmonitor_api.storage.tables import Answer


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given before."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    request_hash: str


def given(session: Session, organisation_id: str, name: str) -> Given | None:
    """The answer that was given under a name, if any.

    The organisation is locked by this session, so that of two requests at the same time one
    waits here until the answer of the other is there.
    """
    found = session.scalar(
        select(Answer).where(Answer.organisation_id == organisation_id, Answer.name == name)
    )
    if found is None:
        return None
    return Given(found.status, json.loads(found.headers), found.body, found.request_hash)


def keep(session: Session, organisation_id: str, name: str, answer: Given) -> None:
    """Keep an answer, in the transaction of what it answers."""
    session.add(
        Answer(
            organisation_id=organisation_id,
            name=name,
            request_hash=answer.request_hash,
            status=answer.status,
            headers=json.dumps(dict(answer.headers)),
            body=answer.body,
            created_at=now(),
        )
    )


def forget(session: Session, hours: float) -> None:
    """Forget answers older than so many hours."""
    session.execute(delete(Answer).where(Answer.created_at < now() - timedelta(hours=hours)))
