"""Figures that were reported about a case, and what was decided about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ScalarSelect, func, literal, select
from sqlalchemy.orm import Session

from impactmonitor_api.storage import audit
from impactmonitor_api.storage.cases import hash_of
from impactmonitor_api.storage.database import new_id, now
from impactmonitor_api.storage.tables import (
    Decision,
    Organisation,
    StoredCase,
    StoredMeasurement,
)

DRAFT, SUBMITTED = "draft", "submitted"

Row = tuple[StoredMeasurement, str]
"""A measurement and where it stands: what was decided about it last, or that it is a draft."""


def add_measurement(
    session: Session,
    case: StoredCase,
    key_id: str,
    name: str,
    record: Mapping[str, Any],
    is_submitted: bool,
) -> Row:
    """Keep a record; that it was submitted is the first decision about it.

    Parameters
    ----------
    session : Session
        That writes, with the organisation locked.
    case : StoredCase
        That it is about.
    key_id : str
        Of the key that reports it.
    name : str
        Its id among the measurements of the case.
    record : Mapping
        Its fields as plain values, without a status.
    is_submitted : bool
        Whether it is ready to be decided about.
    """
    moment = now()
    made = StoredMeasurement(
        id=new_id(),
        case_id=case.id,
        name=name,
        record=json.dumps(dict(record), ensure_ascii=False, allow_nan=False),
        key_id=key_id,
        created_at=moment,
    )
    session.add(made)
    session.flush()
    if is_submitted:
        session.add(Decision(measurement_id=made.id, decision=SUBMITTED, reason=None,
                             key_id=key_id, created_at=moment))  # fmt: skip
        session.flush()
    return made, SUBMITTED if is_submitted else DRAFT


def record_reported(
    session: Session,
    organisation: Organisation,
    key_id: str,
    case: StoredCase,
    made: Sequence[StoredMeasurement],
) -> None:
    """Add to the audit what was reported at once."""
    details = {"ids": [one.id for one in made], "hash": hash_of("\n".join(o.record for o in made))}
    audit.record(session, organisation, key_id, "measurements.reported", case.id, details)


def decide(
    session: Session,
    organisation: Organisation,
    measurement: StoredMeasurement,
    key_id: str,
    decision: str,
    reason: str | None,
) -> Decision:
    """Add a decision; it counts from now on."""
    made = Decision(
        measurement_id=measurement.id,
        decision=decision,
        reason=reason,
        key_id=key_id,
        created_at=now(),
    )
    session.add(made)
    session.flush()
    audit.record(session, organisation, key_id, f"measurement.{decision}", measurement.id)
    return made


def _standing() -> ScalarSelect[str]:
    """Where a measurement stands, in the query itself."""
    last = (
        select(Decision.decision)
        .where(Decision.measurement_id == StoredMeasurement.id)
        .order_by(Decision.number.desc())
        .limit(1)
        .correlate(StoredMeasurement)
        .scalar_subquery()
    )
    return (
        select(func.coalesce(last, literal(DRAFT))).correlate(StoredMeasurement).scalar_subquery()
    )


def find_measurement(session: Session, case: StoredCase, measurement_id: str) -> Row | None:
    """A measurement of this case."""
    found = select(StoredMeasurement, _standing()).where(
        StoredMeasurement.case_id == case.id, StoredMeasurement.id == measurement_id
    )
    row = session.execute(found).one_or_none()
    return None if row is None else (row[0], row[1])


def measurements_of(
    session: Session,
    case: StoredCase,
    before: int | None,
    most: int,
    standing: str | None = None,
) -> list[Row]:
    """Measurements of a case, the newest first; only those that stand so, if that is said."""
    where_it_stands = _standing()
    found = select(StoredMeasurement, where_it_stands).where(StoredMeasurement.case_id == case.id)
    if before is not None:
        found = found.where(StoredMeasurement.number < before)
    if standing is not None:
        found = found.where(where_it_stands == standing)
    rows = session.execute(found.order_by(StoredMeasurement.number.desc()).limit(most))
    return [(row[0], row[1]) for row in rows]


def all_measurements(session: Session, case: StoredCase) -> list[Row]:
    """Every measurement of a case, the oldest first."""
    found = select(StoredMeasurement).where(StoredMeasurement.case_id == case.id)
    rows = session.scalars(found.order_by(StoredMeasurement.number)).all()
    decided = (
        select(Decision.measurement_id, Decision.decision)
        .join(StoredMeasurement, StoredMeasurement.id == Decision.measurement_id)
        .where(StoredMeasurement.case_id == case.id)
        .order_by(Decision.number)
    )
    last = {row[0]: row[1] for row in session.execute(decided)}
    return [(row, last.get(row.id, DRAFT)) for row in rows]


def decisions_about(session: Session, measurement_ids: Iterable[str]) -> dict[str, list[Decision]]:
    """What was decided about measurements, the oldest first, by measurement."""
    ids = list(measurement_ids)
    found: dict[str, list[Decision]] = {name: [] for name in ids}
    asked = select(Decision).where(Decision.measurement_id.in_(ids)).order_by(Decision.number)
    for one in session.scalars(asked):
        found[one.measurement_id].append(one)
    return found
