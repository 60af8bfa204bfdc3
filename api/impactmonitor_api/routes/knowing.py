"""Cases as they are known: what is stored about them, in the words of the engine."""

from __future__ import annotations

import json

from sqlalchemy.orm import Session

from impactmonitor.model.case import Case
from impactmonitor.problems import NotFound, Problem
from impactmonitor_api.http.refusals import refused
from impactmonitor_api.routes.found import found_case, found_version
from impactmonitor_api.storage.cases import version_of
from impactmonitor_api.storage.confirmations import last_confirmations
from impactmonitor_api.storage.keys import Caller
from impactmonitor_api.storage.measurements import Row, all_measurements
from impactmonitor_api.storage.tables import StoredCase
from impactmonitor_api.work.known import Said, Standing, StoredRecord, case_of, known_case

STANDINGS: dict[str, Standing] = {
    "draft": "draft",
    "submitted": "submitted",
    "approved": "approved",
    "rejected": "rejected",
}


def open_case(session: Session, caller: Caller, case_id: str) -> StoredCase:
    """A case of the caller's organisation that was not put away.

    Raises
    ------
    Refused
        404 if there is none, 409 if it was put away.
    """
    case = found_case(session, caller, case_id)
    if case.archived_at is not None:
        raise refused(409, "case-archived")
    return case


def written_case(session: Session, case: StoredCase, version: int | None = None) -> Case:
    """What a case says, in the version of now by default."""
    found = found_version(session, case, case.version if version is None else version)
    return case_of(found.document)


def record_of(row: Row) -> StoredRecord:
    """A measurement as the engine is told of it."""
    measurement, standing = row
    return StoredRecord(measurement.name, json.loads(measurement.record), STANDINGS[standing])


def records_of(session: Session, case: StoredCase) -> list[StoredRecord]:
    """Every measurement that is kept beside a case, the oldest first."""
    return [record_of(row) for row in all_measurements(session, case)]


def said_about(session: Session, case: StoredCase) -> list[Said]:
    """What bearers said last about the effects of a case."""
    found = last_confirmations(session, case)
    return [Said(one.effect, one.actor, one.confirmation) for one in found]


def known_now(session: Session, case: StoredCase) -> Case:
    """A case with what was approved and confirmed since."""
    written = written_case(session, case)
    return known_case(written, records_of(session, case), said_about(session, case))


def version_asked(session: Session, case: StoredCase, version: int, parameter: str) -> Case:
    """What a case said in a version that a parameter names.

    Raises
    ------
    NotFound
        ``unknown-version``.
    """
    found = version_of(session, case, version)
    if found is None:
        params = {"version": version, "newest": case.version}
        raise NotFound(Problem("unknown-version", parameter, params))
    return case_of(found.document)
