"""Measurements of a case: reported, read, and decided about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor.intake.appending import Appended
from impactmonitor.intake.form_reading import Reported as Read
from impactmonitor.intake.writing import to_json
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.monitoring import Monitoring
from impactmonitor_api.contract.measurements import (
    REPORT_BODY,
    REPORT_KINDS,
    MeasurementOut,
    MeasurementPage,
    Reported,
)
from impactmonitor_api.http.bodies import Body, kind_of
from impactmonitor_api.http.languages import language_of
from impactmonitor_api.http.once import changing, json_answer
from impactmonitor_api.http.paging import Page, cut, page_of
from impactmonitor_api.http.refusals import refused
from impactmonitor_api.routes.declared import LANGUAGE, ONCE, Editor, Reader, refusals
from impactmonitor_api.routes.found import CaseId, MeasurementId, found_case, not_found
from impactmonitor_api.routes.knowing import open_case, records_of, written_case
from impactmonitor_api.storage import cases, measurements
from impactmonitor_api.storage.measurements import Row
from impactmonitor_api.storage.tables import Decision, Organisation, StoredCase
from impactmonitor_api.work.known import Standing, StoredRecord, with_records
from impactmonitor_api.work.reporting import added, received, reported_in

router = APIRouter(tags=["measurements"])


def shown_decision(decision: Decision) -> dict[str, Any]:
    """A decision without what it is about."""
    return {
        "decision": decision.decision,
        "reason": decision.reason,
        "by": decision.key_id,
        "created_at": decision.created_at.isoformat(),
    }


def shown(session: Session, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Measurements with what was decided about them."""
    decided = measurements.decisions_about(session, [row.id for row, _ in rows])
    return [
        {
            "id": row.id,
            "name": row.name,
            "status": standing,
            "record": json.loads(row.record),
            "decisions": [shown_decision(one) for one in decided[row.id]],
            "by": row.key_id,
            "created_at": row.created_at.isoformat(),
        }
        for row, standing in rows
    ]


@router.post(
    "/v1/cases/{case_id}/measurements",
    operation_id="reportMeasurements",
    summary="Report measurements",
    status_code=201,
    response_model=Reported,
    dependencies=[ONCE, LANGUAGE],
    responses=refusals(404, 409, 415),
    openapi_extra=REPORT_BODY,
)
def report(request: Request, caller: Editor, body: Body, case_id: CaseId) -> Response:
    """Report what was measured: a record, a list, a CSV file or a form that was filled in.

    Nothing that was there is replaced: another figure about the same becomes a record that
    restates the one before, and a figure that is known already is left out. Records are checked
    together with the case and everything that was reported before. They count once somebody else
    approves them. What a form says was learned becomes part of a next version of the case.
    """
    with request.app.state.database.reading() as session:
        open_case(session, caller, case_id)
    reported = reported_in(body, REPORT_KINDS[kind_of(request, tuple(REPORT_KINDS))])

    def change(session: Session, organisation: Organisation) -> Response:
        case = open_case(session, caller, case_id)
        return _reported(request, session, organisation, case, caller.key_id, reported)

    return changing(request, caller, body, change)


def _reported(
    request: Request,
    session: Session,
    organisation: Organisation,
    case: StoredCase,
    key_id: str,
    reported: Read,
) -> Response:
    records = records_of(session, case)
    _check_names(reported, records)
    catalogue = request.app.state.catalogues.at(
        session, organisation.id, organisation.additions_version
    )
    written = written_case(session, case)
    base = with_records(written, [one for one in records if one.status != "rejected"], records)
    language = language_of(request.headers.get("accept-language", ""))
    appended = added(base, reported, catalogue, language)
    rows = [
        measurements.add_measurement(session, case, key_id, one.name, one.record, one.is_submitted)
        for one in received(appended, [one.name for one in records])
    ]
    if rows:
        made = [row for row, _ in rows]
        measurements.record_reported(session, organisation, key_id, case, made)
    lessons = monitoring_of(appended.case).lessons
    if lessons != monitoring_of(written).lessons:
        monitoring = (written.monitoring or Monitoring()).model_copy(update={"lessons": lessons})
        told = to_json(written.model_copy(update={"monitoring": monitoring}))
        cases.change_case(session, organisation, case, key_id, case.name, told)
    return json_answer(_answer(session, case, rows, appended), 201)


def _check_names(reported: Read, records: Sequence[StoredRecord]) -> None:
    """Refuse the name of a record that was rejected: the others are checked as part of the case."""
    taken = {one.name for one in records if one.status == "rejected"}
    for one in reported.records:
        if one.record.id in taken:
            raise refused(409, "measurement-name-taken", params={"id": one.record.id})


def _answer(
    session: Session, case: StoredCase, rows: Sequence[Row], appended: Appended
) -> dict[str, Any]:
    return {
        "items": shown(session, rows),
        "left_out": appended.left_out,
        "restated": list(appended.restated),
        "case_version": case.version,
    }


@router.get(
    "/v1/cases/{case_id}/measurements",
    operation_id="listMeasurements",
    summary="List the measurements of a case",
    response_model=MeasurementPage,
    responses=refusals(404),
)
def listed(
    request: Request,
    caller: Reader,
    case_id: CaseId,
    page: Annotated[Page, Depends(page_of)],
    status: Annotated[
        Standing | None, Query(description="Only those that stand so.", examples=["submitted"])
    ] = None,
) -> Response:
    """List what was reported beside the case itself, the newest first.

    Records are given whole, also where they are about few people: this is for those who report
    and decide. `GET /v1/cases/{case_id}/tracks` shows only what may be published.
    """
    with request.app.state.database.reading() as session:
        case = found_case(session, caller, case_id)
        found = measurements.measurements_of(session, case, page.before, page.limit + 1, status)
        rows, following = cut([_Numbered(row) for row in found], page)
        items = shown(session, [one.row for one in rows])
    return json_answer({"items": items, "next": following})


class _Numbered:
    """A row with its number, by which lists are cut."""

    def __init__(self, row: Row) -> None:
        self.row = row

    @property
    def number(self) -> int:
        return self.row[0].number


@router.get(
    "/v1/cases/{case_id}/measurements/{measurement_id}",
    operation_id="readMeasurement",
    summary="Read a measurement",
    response_model=MeasurementOut,
    responses=refusals(404),
)
def read(
    request: Request, caller: Reader, case_id: CaseId, measurement_id: MeasurementId
) -> Response:
    """Read what was reported, and what was decided about it."""
    with request.app.state.database.reading() as session:
        case = found_case(session, caller, case_id)
        row = measurements.find_measurement(session, case, measurement_id)
        if row is None:
            raise not_found()
        (found,) = shown(session, [row])
    return json_answer(found)
