"""What organisations add to the catalogue: whole sets of files, each a version."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from impactmonitor_api.storage import audit
from impactmonitor_api.storage.database import now
from impactmonitor_api.storage.tables import Additions, Organisation


def newest_version(session: Session, organisation_id: str) -> int:
    """The version of the additions that counts; 0 if there never were any."""
    found = select(Organisation.additions_version).where(Organisation.id == organisation_id)
    return session.scalars(found).one()


def additions_at(session: Session, organisation_id: str, version: int) -> Additions | None:
    """The additions of an organisation in one of their versions."""
    return session.scalar(
        select(Additions).where(
            Additions.organisation_id == organisation_id, Additions.version == version
        )
    )


def files_at(session: Session, organisation_id: str, version: int) -> dict[str, str]:
    """The files of a version by name; none for version 0."""
    found = additions_at(session, organisation_id, version)
    files: dict[str, str] = {} if found is None else json.loads(found.files)
    return files


def additions_of(
    session: Session, organisation_id: str, before: int | None, most: int
) -> list[Additions]:
    """Versions of the additions of an organisation, the newest first."""
    found = select(Additions).where(Additions.organisation_id == organisation_id)
    if before is not None:
        found = found.where(Additions.number < before)
    return list(session.scalars(found.order_by(Additions.number.desc()).limit(most)))


def replace_additions(
    session: Session,
    organisation: Organisation,
    key_id: str,
    files: Mapping[str, str],
    note: str | None,
) -> Additions:
    """Keep a next version of the additions: all files, by name."""
    organisation.additions_version += 1
    made = Additions(
        organisation_id=organisation.id,
        version=organisation.additions_version,
        files=json.dumps(dict(files), ensure_ascii=False, sort_keys=True),
        note=note,
        key_id=key_id,
        created_at=now(),
    )
    session.add(made)
    session.flush()
    details = {"version": made.version, "files": sorted(files)}
    audit.record(session, organisation, key_id, "additions.replaced", organisation.id, details)
    return made
