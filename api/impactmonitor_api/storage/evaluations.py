"""Results that are kept, with all that is needed to work them out again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from impactmonitor_api.storage import audit
from impactmonitor_api.storage.cases import hash_of
from impactmonitor_api.storage.database import new_id, now
from impactmonitor_api.storage.tables import Organisation, StoredCase, StoredEvaluation

_WHOLE = (undefer(StoredEvaluation.input), undefer(StoredEvaluation.result))


@dataclass(frozen=True, slots=True)
class Kept:
    """A result and what it rests on.

    Attributes
    ----------
    case_version, additions_version : int
        Of the case, and of the organisation's own additions to the catalogue.
    scenario : str or None
        Under which it was evaluated.
    engine, catalogue : str
        Version of the engine, and edition of the catalogue.
    input_hash : str
        SHA-256 of what went in.
    input, result : str
        As JSON.
    """

    case_version: int
    additions_version: int
    scenario: str | None
    engine: str
    catalogue: str
    input_hash: str
    input: str
    result: str


def add_evaluation(
    session: Session, organisation: Organisation, case: StoredCase, key_id: str, kept: Kept
) -> StoredEvaluation:
    """Keep a result; it is never changed."""
    made = StoredEvaluation(
        id=new_id(),
        case_id=case.id,
        case_version=kept.case_version,
        additions_version=kept.additions_version,
        scenario=kept.scenario,
        engine=kept.engine,
        catalogue=kept.catalogue,
        input_hash=kept.input_hash,
        input=kept.input,
        result=kept.result,
        key_id=key_id,
        created_at=now(),
    )
    session.add(made)
    session.flush()
    details = {"case": case.id, "input": kept.input_hash, "result": hash_of(kept.result)}
    audit.record(session, organisation, key_id, "evaluation.kept", made.id, details)
    return made


def find_evaluation(
    session: Session, case: StoredCase, evaluation_id: str
) -> StoredEvaluation | None:
    """A result of this case, with what went in and what came out."""
    asked = select(StoredEvaluation).where(
        StoredEvaluation.case_id == case.id, StoredEvaluation.id == evaluation_id
    )
    return session.scalar(asked.options(*_WHOLE))


def evaluation_before(session: Session, kept: StoredEvaluation) -> StoredEvaluation | None:
    """The result of the same case that was kept last before this one; None for the first."""
    asked = select(StoredEvaluation).where(
        StoredEvaluation.case_id == kept.case_id, StoredEvaluation.number < kept.number
    )
    last = asked.order_by(StoredEvaluation.number.desc()).limit(1)
    return session.scalar(last.options(*_WHOLE))


def evaluations_of(
    session: Session, case: StoredCase, before: int | None, most: int
) -> list[StoredEvaluation]:
    """Results of a case, the newest first, without what went in and what came out."""
    found = select(StoredEvaluation).where(StoredEvaluation.case_id == case.id)
    if before is not None:
        found = found.where(StoredEvaluation.number < before)
    return list(session.scalars(found.order_by(StoredEvaluation.number.desc()).limit(most)))
