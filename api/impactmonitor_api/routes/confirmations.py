"""What the bearers of effects say about them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput, Problem, nearest
from impactmonitor_api.contract.confirmations import (
    ConfirmationOut,
    ConfirmationPage,
    NewConfirmation,
)
from impactmonitor_api.http.bodies import Body, said
from impactmonitor_api.http.once import changing, json_answer
from impactmonitor_api.http.paging import Page, cut, page_of
from impactmonitor_api.http.refusals import refused
from impactmonitor_api.routes.allowed import check_may, may
from impactmonitor_api.routes.declared import LANGUAGE, ONCE, Reader, body_of, refusals
from impactmonitor_api.routes.found import CaseId, found_case
from impactmonitor_api.routes.knowing import open_case, written_case
from impactmonitor_api.storage import confirmations
from impactmonitor_api.storage.confirmations import Confirmation
from impactmonitor_api.storage.tables import Organisation, StoredConfirmation

router = APIRouter(tags=["measurements"])


def shown(one: StoredConfirmation) -> dict[str, Any]:
    """What was said, as it is given."""
    return {
        "id": one.id,
        "effect": one.effect,
        "actor": one.actor,
        "confirmation": one.confirmation,
        "said_by": one.said_by,
        "note": one.note,
        "case_version": one.case_version,
        "by": one.key_id,
        "created_at": one.created_at.isoformat(),
    }


@router.post(
    "/v1/cases/{case_id}/confirmations",
    operation_id="confirmEffect",
    summary="Confirm an effect, or contest it",
    status_code=201,
    response_model=ConfirmationOut,
    dependencies=[ONCE, LANGUAGE],
    responses=refusals(404, 409, 415),
    openapi_extra=body_of(NewConfirmation),
)
def confirm(request: Request, caller: Reader, body: Body, case_id: CaseId) -> Response:
    """Say on behalf of an actor whether an effect falls to them; the last word counts.

    A key that was made for that actor (`bearer`) may do this whatever its role, and so may
    assessors and administrators. Who writes the case cannot confirm it for others.
    """
    if caller.bearer is None:
        check_may(caller, "assess")
    with request.app.state.database.reading() as session:
        found_case(session, caller, case_id)
    asked = said(request, body, NewConfirmation)
    if caller.bearer != asked.actor and not may(caller, "assess"):
        raise refused(403, "not-the-bearer", "actor", {"actor": asked.actor})

    def change(session: Session, organisation: Organisation) -> Response:
        case = open_case(session, caller, case_id)
        _check_there(written_case(session, case), asked)
        told = Confirmation(
            asked.effect, asked.actor, asked.confirmation, asked.said_by, asked.note
        )
        made = confirmations.add_confirmation(session, organisation, case, caller.key_id, told)
        return json_answer(shown(made), 201)

    return changing(request, caller, body, change)


def _check_there(case: Case, asked: NewConfirmation) -> None:
    """Whether the case has the effect and the actor."""
    wrong = []
    if asked.effect not in case.effects:
        params = {"id": asked.effect, "nearest": nearest(asked.effect, case.effects)}
        wrong.append(Problem("confirmed-unknown-effect", "effect", params))
    if asked.actor not in case.actors:
        params = {"id": asked.actor, "nearest": nearest(asked.actor, case.actors)}
        wrong.append(Problem("unknown-actor", "actor", params))
    if wrong:
        raise InvalidInput(wrong)


@router.get(
    "/v1/cases/{case_id}/confirmations",
    operation_id="listConfirmations",
    summary="List what bearers said",
    response_model=ConfirmationPage,
    responses=refusals(404),
)
def listed(
    request: Request, caller: Reader, case_id: CaseId, page: Annotated[Page, Depends(page_of)]
) -> Response:
    """List what bearers said about the effects of a case, the newest first."""
    with request.app.state.database.reading() as session:
        case = found_case(session, caller, case_id)
        found = confirmations.confirmations_of(session, case, page.before, page.limit + 1)
    rows, following = cut(found, page)
    return json_answer({"items": [shown(row) for row in rows], "next": following})
