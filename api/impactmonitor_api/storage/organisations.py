"""Organisations: whose things they are."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from impactmonitor_api.storage import audit
from impactmonitor_api.storage.database import new_id, now
from impactmonitor_api.storage.tables import Organisation


class NameTaken(Exception):
    """Another organisation has this name."""


def add_organisation(session: Session, name: str) -> Organisation:
    """Add an organisation, which has no key yet.

    Raises
    ------
    NameTaken
        If there is one with this name.
    """
    if find_organisation(session, name) is not None:
        raise NameTaken(name)
    made = Organisation(id=new_id(), name=name, created_at=now(), audit_count=0, audit_head="",
                        additions_version=0)  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(session, made, None, "organisation.added", made.id)
    return made


def find_organisation(session: Session, name: str) -> Organisation | None:
    """The organisation with this name, if there is one."""
    return session.scalar(select(Organisation).where(Organisation.name == name))


def organisations(session: Session) -> list[Organisation]:
    """All of them, the oldest first."""
    return list(session.scalars(select(Organisation).order_by(Organisation.number)))


def locked(session: Session, organisation_id: str) -> Organisation:
    """An organisation, for this session alone until it ends.

    Everything that changes anything of an organisation begins with this, so that changes happen
    one after the other and no two sessions ever wait for each other.
    """
    found = select(Organisation).where(Organisation.id == organisation_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one()
