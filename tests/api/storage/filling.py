"""A small database in which every table has rows, with texts and bytes that are easily harmed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Column
from sqlalchemy.orm import Session

from impactmonitor_api.storage import additions, audit, cases, keys, tables
from impactmonitor_api.storage.database import Database, new_id
from impactmonitor_api.storage.organisations import add_organisation, locked

Row = TypeVar("Row", bound=tables.Stored)

WHEN = datetime(2026, 11, 22, 9, 30, 0, 123456, UTC)
ODD = 'é€𝄞 "quoted" \\ \u2028 new\nline \x7f'


def fill(database: Database) -> None:
    """Two organisations with everything that the service can keep."""
    with database.writing() as session:
        for name in ("Stichting Buurtkracht", ODD):
            _fill_organisation(session, name)


def _fill_organisation(session: Session, name: str) -> None:
    own = locked(session, add_organisation(session, name).id)
    key, _ = keys.add_key(session, own, "dashboard", "editor", None, WHEN + timedelta(days=900))
    bearer, _ = keys.add_key(session, own, ODD, "assessor", key.id, bearer="insurer")
    keys.revoke(session, own, bearer, key.id)
    case, _ = cases.add_case(session, own, key.id, "walks", json.dumps({"title": ODD}), ODD)
    cases.change_case(session, own, case, None, "walks", "{}")
    additions.replace_additions(session, own, key.id, {"own.yaml": ODD}, None)
    of_case = {"case_id": case.id, "key_id": key.id}
    measured = _row(tables.StoredMeasurement, **of_case)
    session.add(measured)
    session.flush()
    session.add_all([
        _row(tables.Decision, measurement_id=measured.id, key_id=bearer.id, reason=ODD),
        _row(tables.StoredConfirmation, **of_case),
        _row(tables.StoredEvaluation, **of_case),
        _row(tables.Job, organisation_id=own.id, input=bytes(range(256)), progress=1 / 3),
        _row(tables.Job, organisation_id=own.id, key_id=key.id, result=b""),
        _row(tables.Answer, organisation_id=own.id),
    ])  # fmt: skip
    audit.record(session, own, key.id, "case.read", case.id, {"text": ODD})


def _row(kind: type[Row], **given: Any) -> Row:
    """A row with these values, and some value of its kind in every other column that needs one."""
    needed = (
        column
        for column in kind.__table__.columns
        if not (column.nullable or column.primary_key or column.name in given)
    )
    return kind(**{column.name: _value(column) for column in needed}, **given)


def _value(column: Column[Any]) -> Any:
    if column.name == "id":
        return new_id()
    if isinstance(column.type, tables.Moment):
        return WHEN
    values = {int: 1, float: 0.5, bool: True, bytes: b"\x00\xff"}
    if column.type.python_type in values:
        return values[column.type.python_type]
    return f"some {column.name}"[: column.type.length or 99]
