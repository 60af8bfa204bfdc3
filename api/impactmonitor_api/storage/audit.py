"""What was done, by whom and when: only added to, each record chained to the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from impactmonitor_api.storage.database import now
from impactmonitor_api.storage.tables import AuditRecord, Organisation


@dataclass(frozen=True, slots=True)
class Broken:
    """The first record of a chain that does not fit, and why.

    Attributes
    ----------
    count : int
        Which record, counted from 1.
    reason : {"hash", "previous", "count", "head"}
        Its contents were changed; it does not follow on the one before; one is missing; or the
        chain ends before or after what the organisation says.
    """

    count: int
    reason: str


def record(
    session: Session,
    organisation: Organisation,
    key_id: str | None,
    action: str,
    subject: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add what was done to the chain of an organisation, in the transaction that does it.

    Parameters
    ----------
    session : Session
        That writes.
    organisation : Organisation
        Its row is locked by this session, so that nobody else adds at the same time.
    key_id : str or None
        Of the key that did it; None for a command on the machine itself.
    action, subject : str
        What was done, such as ``case.changed``, and to what.
    details : Mapping, optional
        What is worth knowing beside it. Nothing about persons.
    """
    moment = now()
    count, previous = organisation.audit_count + 1, organisation.audit_head
    said = json.dumps(details or {}, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    fields = {"organisation": organisation.id, "count": count, "at": moment.isoformat(),
              "key": key_id, "action": action, "subject": subject, "details": said}  # fmt: skip
    found = link(previous, fields)
    session.add(
        AuditRecord(
            organisation_id=organisation.id,
            count=count,
            at=moment,
            key_id=key_id,
            action=action,
            subject=subject,
            details=said,
            previous=previous,
            hash=found,
        )
    )
    organisation.audit_count, organisation.audit_head = count, found


def link(previous: str, fields: Mapping[str, Any]) -> str:
    """The hash of a record: SHA-256 over the hash before it and its own fields.

    Examples
    --------
    >>> link("", {"count": 1})[:12]
    '50d0282336f2'
    """
    text = json.dumps(fields, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode("ascii")).hexdigest()


def exported(session: Session, organisation_id: str) -> Generator[dict[str, Any], None, None]:
    """Every record of an organisation as plain values, the oldest first."""
    found = select(AuditRecord).where(AuditRecord.organisation_id == organisation_id)
    rows = session.scalars(found.order_by(AuditRecord.count).execution_options(yield_per=500))
    try:
        for row in rows:
            yield plain(row)
    finally:
        rows.close()


def plain(row: AuditRecord) -> dict[str, Any]:
    """A record as it is exported."""
    return {
        "organisation": row.organisation_id,
        "count": row.count,
        "at": row.at.isoformat(),
        "key": row.key_id,
        "action": row.action,
        "subject": row.subject,
        "details": row.details,
        "previous": row.previous,
        "hash": row.hash,
    }


def first_broken(
    records: Iterable[Mapping[str, Any]], head: tuple[int, str] | None = None
) -> Broken | None:
    """Where a chain does not hold; None if it does.

    Parameters
    ----------
    records : iterable of Mapping
        Of one organisation, the oldest first, as ``exported`` gives them.
    head : tuple of int and str, optional
        How many records there should be, and the hash of the last. Without it nobody can see
        that records were taken off the end.

    Examples
    --------
    >>> one = {"count": 1, "at": "2026-01-01T00:00:00+00:00", "action": "case.created"}
    >>> one |= {"previous": "", "hash": link("", one)}
    >>> first_broken([one]) is None
    True
    >>> first_broken([{**one, "action": "case.archived"}])
    Broken(count=1, reason='hash')
    """
    count, previous = 0, ""
    for entry in records:
        count += 1
        fields = {name: value for name, value in entry.items() if name not in {"previous", "hash"}}
        if entry["count"] != count:
            return Broken(count, "count")
        if entry["previous"] != previous:
            return Broken(count, "previous")
        if entry["hash"] != link(previous, fields):
            return Broken(count, "hash")
        previous = entry["hash"]
    return None if head is None or head == (count, previous) else Broken(count, "head")


def broken_chain(session: Session, organisation: Organisation) -> Broken | None:
    """Where the chain of an organisation does not hold; None if it does."""
    head = (organisation.audit_count, organisation.audit_head)
    with closing(exported(session, organisation.id)) as records:
        return first_broken(records, head)


def records_after(
    session: Session, organisation_id: str, count: int, most: int
) -> list[AuditRecord]:
    """The records after one of them, the oldest first."""
    found = select(AuditRecord).where(
        AuditRecord.organisation_id == organisation_id, AuditRecord.count > count
    )
    return list(session.scalars(found.order_by(AuditRecord.count).limit(most)))
