"""Decisions about measurements: nobody approves what was reported with the same key."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor.problems import InvalidInput
from impactmonitor_api.contract.measurements import MeasurementOut, NewDecision
from impactmonitor_api.http.bodies import Body, said
from impactmonitor_api.http.once import changing, json_answer
from impactmonitor_api.http.refusals import refused
from impactmonitor_api.routes.allowed import check_may
from impactmonitor_api.routes.declared import LANGUAGE, ONCE, Reader, body_of, refusals
from impactmonitor_api.routes.found import CaseId, MeasurementId, found_case, not_found
from impactmonitor_api.routes.knowing import open_case, record_of, records_of, written_case
from impactmonitor_api.routes.measurements import shown
from impactmonitor_api.storage import measurements
from impactmonitor_api.storage.keys import Caller
from impactmonitor_api.storage.measurements import Row
from impactmonitor_api.storage.tables import Organisation, StoredCase
from impactmonitor_api.work.known import StoredRecord, new_errors, with_records

router = APIRouter(tags=["measurements"])


@router.post(
    "/v1/cases/{case_id}/measurements/{measurement_id}/decisions",
    operation_id="decideMeasurement",
    summary="Decide about a measurement",
    status_code=201,
    response_model=MeasurementOut,
    dependencies=[ONCE, LANGUAGE],
    responses=refusals(404, 409, 415),
    openapi_extra=body_of(NewDecision),
)
def decide(
    request: Request, caller: Reader, body: Body, case_id: CaseId, measurement_id: MeasurementId
) -> Response:
    """Approve or reject what another key reported, or submit your own draft.

    Every decision is kept, and the last one counts. To reject something needs a reason.
    """
    check_may(caller, "assess", "edit")
    with request.app.state.database.reading() as session:
        found_case(session, caller, case_id)
    asked = said(request, body, NewDecision)
    if asked.decision != "submitted":
        check_may(caller, "assess")
    if asked.decision == "rejected" and not (asked.reason or "").strip():
        raise refused(422, "decision-without-reason", "reason")

    def change(session: Session, organisation: Organisation) -> Response:
        case = open_case(session, caller, case_id)
        row = measurements.find_measurement(session, case, measurement_id)
        if row is None:
            raise not_found()
        _check_turn(row, asked.decision, caller)
        if asked.decision == "approved":
            _check_whole(request, session, organisation, case, row)
        measurements.decide(
            session, organisation, row[0], caller.key_id, asked.decision, asked.reason
        )
        (found,) = shown(session, [(row[0], asked.decision)])
        return json_answer(found, 201)

    return changing(request, caller, body, change)


def _check_turn(row: Row, decision: str, caller: Caller) -> None:
    """Whether this key may decide this now."""
    measurement, standing = row
    is_own = measurement.key_id == caller.key_id
    if decision == "submitted":
        if not is_own:
            raise refused(403, "not-your-measurement")
        if standing != "draft":
            raise refused(409, "measurement-no-draft")
    elif is_own:
        raise refused(409, "own-measurement")
    elif standing == "draft":
        raise refused(409, "measurement-still-draft")


def _check_whole(
    request: Request, session: Session, organisation: Organisation, case: StoredCase, row: Row
) -> None:
    """Refuse what would not go with the case and with what was approved before.

    Raises
    ------
    InvalidInput
        With everything that would be wrong with the case because of it.
    """
    catalogues = request.app.state.catalogues
    catalogue = catalogues.at(session, organisation.id, organisation.additions_version)
    records = records_of(session, case)
    this = record_of(row)
    others = [one for one in records if one.status == "approved" and one.name != this.name]
    written = written_case(session, case)
    approved = StoredRecord(this.name, this.record, "approved")
    found = new_errors(
        with_records(written, others, records),
        with_records(written, [*others, approved], records),
        catalogue,
    )
    if found:
        raise InvalidInput([problem.moved_to("case") for problem in found])
