"""Keys to the service: what they look like, who has them, and what they open."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from impactmonitor_api.storage import audit
from impactmonitor_api.storage.database import new_id, now
from impactmonitor_api.storage.tables import Key, Organisation

Role = Literal["viewer", "assessor", "editor", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)

START = "im_"
_PREFIX_BYTES, _SECRET_BYTES = 6, 32
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request.

    Attributes
    ----------
    key_id, organisation_id : str
        Of the key.
    role : {"viewer", "assessor", "editor", "administrator"}
        What it may do.
    bearer : str or None
        The actor for which it may confirm what a case says that actor gains.
    expires_at : datetime or None
        From when on it opens nothing.
    additions_version : int
        Version of the organisation's additions to the catalogue when the key was looked up.
    """

    key_id: str
    organisation_id: str
    role: Role
    bearer: str | None = None
    expires_at: datetime | None = None
    additions_version: int = 0

    def is_current(self, moment: datetime) -> bool:
        """Whether the key has not expired."""
        return self.expires_at is None or moment < self.expires_at


def add_key(
    session: Session,
    organisation: Organisation,
    name: str,
    role: Role,
    by: str | None,
    expires_at: datetime | None = None,
    bearer: str | None = None,
) -> tuple[Key, str]:
    """Make a key.

    Parameters
    ----------
    session : Session
        That writes.
    organisation : Organisation
        Whose key it is; locked by this session.
    name : str
        What it is for.
    role : str
        What it may do.
    by : str or None
        Id of the key with which it is made; None for a command on the machine itself.
    expires_at : datetime, optional
        From when on it opens nothing.
    bearer : str, optional
        The actor for which it may confirm.

    Returns
    -------
    tuple of Key and str
        What is kept, and the key itself, which nobody can look up afterwards.
    """
    prefix = START + secrets.token_hex(_PREFIX_BYTES)
    whole = f"{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    made = Key(
        id=new_id(),
        organisation_id=organisation.id,
        name=name,
        prefix=prefix,
        hash=hash_of(whole),
        role=role,
        bearer=bearer,
        created_at=now(),
        expires_at=expires_at,
        revoked_at=None,
    )
    session.add(made)
    session.flush()
    audit.record(session, organisation, by, "key.added", made.id, {"role": role, "bearer": bearer})
    return made, whole


def hash_of(whole: str) -> str:
    """What is kept of a key. It holds 256 random bits, so that one round of SHA-256 is enough."""
    return hashlib.sha256(whole.encode()).hexdigest()


def prefix_of(whole: str) -> str | None:
    """The part of a key that may be shown; None for what is no key at all.

    Examples
    --------
    >>> prefix_of("im_0123456789ab_secret"), prefix_of("secret")
    ('im_0123456789ab', None)
    """
    end = len(START) + 2 * _PREFIX_BYTES
    is_key = whole.startswith(START) and whole[end : end + 1] == "_" and len(whole) <= _LONGEST
    return whole[:end] if is_key and whole.isascii() and whole.isprintable() else None


def caller_of(session: Session, whole: str) -> Caller | None:
    """Who has this key; None if it is not known, was revoked or has expired."""
    prefix = prefix_of(whole)
    if prefix is None:
        return None
    asked = select(Key, Organisation.additions_version).join(Organisation)
    row = session.execute(asked.where(Key.prefix == prefix)).one_or_none()
    found, version = row if row is not None else (None, 0)
    # compared in any case, so that time does not tell which beginnings exist
    is_same = hmac.compare_digest(found.hash if found else "0" * 64, hash_of(whole))
    if found is None or not is_same or found.revoked_at is not None:
        return None
    role = next(role for role in ROLES if role == found.role)
    caller = Caller(found.id, found.organisation_id, role, found.bearer, found.expires_at, version)
    return caller if caller.is_current(now()) else None


def keys_of(session: Session, organisation_id: str, before: int | None, most: int) -> list[Key]:
    """Keys of an organisation, the newest first."""
    found = select(Key).where(Key.organisation_id == organisation_id)
    if before is not None:
        found = found.where(Key.number < before)
    return list(session.scalars(found.order_by(Key.number.desc()).limit(most)))


def find_key(session: Session, organisation_id: str, key_id: str) -> Key | None:
    """A key of this organisation."""
    return session.scalar(
        select(Key).where(Key.organisation_id == organisation_id, Key.id == key_id)
    )


def revoke(session: Session, organisation: Organisation, key: Key, by: str | None) -> None:
    """Have a key open nothing from now on; doing it again changes nothing."""
    if key.revoked_at is None:
        key.revoked_at = now()
        audit.record(session, organisation, by, "key.revoked", key.id)
