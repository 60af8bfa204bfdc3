"""What bearers said about the effects of a case."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from impactmonitor_api.storage import audit
from impactmonitor_api.storage.database import new_id, now
from impactmonitor_api.storage.tables import Organisation, StoredCase, StoredConfirmation


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a bearer said about an effect.

    Attributes
    ----------
    effect, actor : str
        Which effect, and who bears it.
    confirmation : {"confirmed", "contested", "open"}
        What was said.
    said_by, note : str or None
        Who said it, and what they said beside it.
    """

    effect: str
    actor: str
    confirmation: str
    said_by: str | None = None
    note: str | None = None


def add_confirmation(
    session: Session,
    organisation: Organisation,
    case: StoredCase,
    key_id: str,
    said: Confirmation,
) -> StoredConfirmation:
    """Keep what a bearer said about an effect, as it is in the version of now.

    Parameters
    ----------
    session : Session
        That writes.
    organisation : Organisation
        Whose case it is; locked by this session.
    case : StoredCase
        That has the effect and the actor.
    key_id : str
        Of the key with which it was said.
    said : Confirmation
        What was said.
    """
    made = StoredConfirmation(
        id=new_id(),
        case_id=case.id,
        case_version=case.version,
        effect=said.effect,
        actor=said.actor,
        confirmation=said.confirmation,
        said_by=said.said_by,
        note=said.note,
        key_id=key_id,
        created_at=now(),
    )
    session.add(made)
    session.flush()
    details = {
        "id": made.id,
        "effect": said.effect,
        "actor": said.actor,
        "confirmation": said.confirmation,
    }
    audit.record(session, organisation, key_id, "effect.confirmation", case.id, details)
    return made


def confirmations_of(
    session: Session, case: StoredCase, before: int | None, most: int
) -> list[StoredConfirmation]:
    """What was said about the effects of a case, the newest first."""
    found = select(StoredConfirmation).where(StoredConfirmation.case_id == case.id)
    if before is not None:
        found = found.where(StoredConfirmation.number < before)
    return list(session.scalars(found.order_by(StoredConfirmation.number.desc()).limit(most)))


def last_confirmations(session: Session, case: StoredCase) -> list[StoredConfirmation]:
    """Of every effect and actor what was said last."""
    found = select(StoredConfirmation).where(StoredConfirmation.case_id == case.id)
    rows = session.scalars(found.order_by(StoredConfirmation.number))
    return list({(row.effect, row.actor): row for row in rows}.values())
