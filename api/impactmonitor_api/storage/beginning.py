"""The first organisation of a new database, and the key with which everything begins."""

from __future__ import annotations

from sqlalchemy.orm import Session

from impactmonitor_api.storage.keys import add_key
from impactmonitor_api.storage.migrating import take_turn
from impactmonitor_api.storage.organisations import add_organisation, locked, organisations


def begin(session: Session, name: str, key_name: str) -> str | None:
    """Add the first organisation, with a key for its administrator.

    Parameters
    ----------
    session : Session
        That writes.
    name : str
        Of the organisation.
    key_name : str
        What the key is for.

    Returns
    -------
    str or None
        The key, which nobody can look up afterwards; None if there is an organisation already,
        also if another service that starts at the same time has just added it.
    """
    take_turn(session.connection())
    if organisations(session):
        return None
    made = locked(session, add_organisation(session, name).id)
    return add_key(session, made, key_name, "administrator", None)[1]
