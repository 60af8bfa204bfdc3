"""Cases with everything that they ever said."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from impactmonitor_api.storage import audit
from impactmonitor_api.storage.database import new_id, now
from impactmonitor_api.storage.tables import CaseVersion, Organisation, StoredCase


class NameTaken(Exception):
    """Another case of the organisation has this name."""


def hash_of(text: str) -> str:
    """By which two documents are known to be the same."""
    return hashlib.sha256(text.encode()).hexdigest()


def add_case(
    session: Session,
    organisation: Organisation,
    key_id: str | None,
    name: str,
    document: str,
    note: str | None = None,
) -> tuple[StoredCase, CaseVersion]:
    """Keep a new case.

    Parameters
    ----------
    session : Session
        That writes.
    organisation : Organisation
        Whose case it is; locked by this session.
    key_id : str
        Of the key with which it is done.
    name : str
        The id that the case gives itself; unique among the cases of an organisation.
    document : str
        The case as JSON.
    note : str, optional
        Why.

    Raises
    ------
    NameTaken
        If there is a case with this name, archived ones too.
    """
    _check_name(session, organisation, name, None)
    moment = now()
    case = StoredCase(
        id=new_id(),
        organisation_id=organisation.id,
        name=name,
        version=1,
        created_at=moment,
        changed_at=moment,
        archived_at=None,
    )
    session.add(case)
    session.flush()
    version = _add_version(session, case, key_id, document, note)
    audit.record(session, organisation, key_id, "case.created", case.id, {"hash": version.hash})
    return case, version


def change_case(
    session: Session,
    organisation: Organisation,
    case: StoredCase,
    key_id: str | None,
    name: str,
    document: str,
    note: str | None = None,
) -> CaseVersion:
    """Keep a next version of a case.

    Raises
    ------
    NameTaken
        If it now has the name of another case.
    """
    _check_name(session, organisation, name, case.id)
    case.name, case.version, case.changed_at = name, case.version + 1, now()
    version = _add_version(session, case, key_id, document, note)
    details = {"version": case.version, "hash": version.hash}
    audit.record(session, organisation, key_id, "case.changed", case.id, details)
    return version


def archive(session: Session, organisation: Organisation, case: StoredCase, key_id: str) -> None:
    """Put a case away: it is no longer listed, and everything about it is kept."""
    if case.archived_at is None:
        case.archived_at = now()
        audit.record(session, organisation, key_id, "case.archived", case.id)


def find_case(session: Session, organisation_id: str, case_id: str) -> StoredCase | None:
    """A case of this organisation; what others have is not found."""
    return session.scalar(
        select(StoredCase).where(
            StoredCase.organisation_id == organisation_id, StoredCase.id == case_id
        )
    )


def case_named(session: Session, organisation_id: str, name: str) -> StoredCase | None:
    """The case that gives itself this id."""
    return session.scalar(
        select(StoredCase).where(
            StoredCase.organisation_id == organisation_id, StoredCase.name == name
        )
    )


def cases_of(
    session: Session, organisation_id: str, before: int | None, most: int, has_archived: bool
) -> list[StoredCase]:
    """Cases of an organisation, the newest first."""
    found = select(StoredCase).where(StoredCase.organisation_id == organisation_id)
    if not has_archived:
        found = found.where(StoredCase.archived_at.is_(None))
    if before is not None:
        found = found.where(StoredCase.number < before)
    return list(session.scalars(found.order_by(StoredCase.number.desc()).limit(most)))


def version_of(session: Session, case: StoredCase, version: int) -> CaseVersion | None:
    """What a case said in one of its versions."""
    return session.scalar(
        select(CaseVersion).where(CaseVersion.case_id == case.id, CaseVersion.version == version)
    )


def versions_of(
    session: Session, case: StoredCase, before: int | None, most: int
) -> list[CaseVersion]:
    """Versions of a case, the newest first."""
    found = select(CaseVersion).where(CaseVersion.case_id == case.id)
    if before is not None:
        found = found.where(CaseVersion.number < before)
    return list(session.scalars(found.order_by(CaseVersion.number.desc()).limit(most)))


def _check_name(
    session: Session, organisation: Organisation, name: str, own_id: str | None
) -> None:
    other = case_named(session, organisation.id, name)
    if other is not None and other.id != own_id:
        raise NameTaken(name)


def _add_version(
    session: Session, case: StoredCase, key_id: str | None, document: str, note: str | None
) -> CaseVersion:
    made = CaseVersion(
        case_id=case.id,
        version=case.version,
        document=document,
        hash=hash_of(document),
        note=note,
        key_id=key_id,
        created_at=now(),
    )
    session.add(made)
    session.flush()
    return made
