"""What was done in an organisation: read, exported whole, and verified."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy import select
from starlette.responses import Response, StreamingResponse

from impactmonitor_api.contract.audit import NDJSON, AuditPage, Verification
from impactmonitor_api.http.once import json_answer
from impactmonitor_api.http.paging import USUAL, Limit
from impactmonitor_api.routes.declared import Administrator, refusals
from impactmonitor_api.storage import audit
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.tables import Organisation

router = APIRouter(tags=["organisation"])

AT_ONCE = 500
MOST_RECORDS = 2**31 - 1


@router.get(
    "/v1/audit",
    operation_id="listAudit",
    summary="List what was done",
    response_model=AuditPage,
    responses=refusals(),
)
def listed(
    request: Request,
    caller: Administrator,
    limit: Limit = USUAL,
    after: Annotated[
        int,
        Query(
            description="Records after this one: `next` of the page before it.",
            ge=0,
            le=MOST_RECORDS,
            examples=[50],
        ),
    ] = 0,
) -> Response:
    """List what was done in your organisation, the oldest first.

    Records are numbered without gaps, so that a page can begin after any of them.
    """
    with request.app.state.database.reading() as session:
        found = audit.records_after(session, caller.organisation_id, after, limit + 1)
    items = [audit.plain(row) for row in found[:limit]]
    following = items[-1]["count"] if len(found) > limit else None
    return json_answer({"items": items, "next": following})


@router.get(
    "/v1/audit/export",
    operation_id="exportAudit",
    summary="Export everything that was done",
    responses={200: NDJSON, **refusals()},
    response_class=Response,
)
def export(request: Request, caller: Administrator) -> StreamingResponse:
    """Export the whole chain, one record a line, to keep and to verify elsewhere."""
    lines = _lines(request.app.state.database, caller.organisation_id)
    return StreamingResponse(lines, media_type="application/x-ndjson")


def _lines(database: Database, organisation_id: str) -> Iterator[bytes]:
    """In parts, so that no transaction stays open for as long as a client reads."""
    count = 0
    while True:
        with database.reading() as session:
            rows = audit.records_after(session, organisation_id, count, AT_ONCE)
        if not rows:
            return
        count = rows[-1].count
        yield b"".join(
            json.dumps(audit.plain(row), ensure_ascii=False).encode() + b"\n" for row in rows
        )


@router.get(
    "/v1/audit/verification",
    operation_id="verifyAudit",
    summary="Verify what was done",
    response_model=Verification,
    responses=refusals(),
)
def verify(request: Request, caller: Administrator) -> Response:
    """Say whether every record is as it was written, and none is missing."""
    with request.app.state.database.reading() as session:
        asked = select(Organisation).where(Organisation.id == caller.organisation_id)
        organisation = session.scalars(asked).one()
        broken = audit.broken_chain(session, organisation)
    return json_answer(
        {
            "is_whole": broken is None,
            "count": organisation.audit_count,
            "head": organisation.audit_head,
            "broken": asdict(broken) if broken else None,
        }
    )
