"""The organisation of the key that asks, and its keys."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor_api.contract.keys import KeyOut, KeyPage, MadeKey, NewKey, OrganisationOut
from impactmonitor_api.http.bodies import Body, said
from impactmonitor_api.http.once import changing, json_answer
from impactmonitor_api.http.paging import Page, cut, page_of
from impactmonitor_api.http.refusals import refused
from impactmonitor_api.routes.declared import (
    LANGUAGE,
    Administrator,
    Reader,
    body_of,
    refusals,
)
from impactmonitor_api.routes.found import KeyId, not_found
from impactmonitor_api.storage import keys
from impactmonitor_api.storage.database import now
from impactmonitor_api.storage.tables import Key, Organisation

router = APIRouter(tags=["organisation"])


def shown(key: Key) -> dict[str, Any]:
    """A key, without what opens the service."""
    return {
        "id": key.id,
        "name": key.name,
        "prefix": key.prefix,
        "role": key.role,
        "bearer": key.bearer,
        "created_at": key.created_at.isoformat(),
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }


@router.get(
    "/v1/organisation",
    operation_id="readOrganisation",
    summary="Read your organisation",
    response_model=OrganisationOut,
    responses=refusals(),
)
def organisation(request: Request, caller: Reader) -> Response:
    """Read whose key this is, and what it may do."""
    with request.app.state.database.reading() as session:
        asked = select(Organisation).where(Organisation.id == caller.organisation_id)
        found = session.scalars(asked).one()
    return json_answer(
        {
            "id": found.id,
            "name": found.name,
            "created_at": found.created_at.isoformat(),
            "role": caller.role,
            "key": caller.key_id,
            "additions_version": found.additions_version,
        }
    )


@router.post(
    "/v1/keys",
    operation_id="createKey",
    summary="Make a key",
    status_code=201,
    response_model=MadeKey,
    dependencies=[LANGUAGE],
    responses=refusals(415),
    openapi_extra=body_of(NewKey),
)
def create(request: Request, caller: Administrator, body: Body) -> Response:
    """Make a key of your organisation. It is shown in this answer and never again.

    There is no Idempotency-Key here, since the answer is not kept: if it got lost, revoke the
    key and make another one.
    """
    asked = said(request, body, NewKey)
    if asked.expires_at is not None and asked.expires_at <= now():
        raise refused(422, "key-expires-in-past", "expires_at")

    def change(session: Session, organisation: Organisation) -> Response:
        made, whole = keys.add_key(
            session,
            organisation,
            asked.name,
            asked.role,
            caller.key_id,
            asked.expires_at,
            asked.bearer,
        )
        headers = {"Location": f"/v1/keys/{made.id}"}
        return json_answer({**shown(made), "key": whole}, 201, headers)

    return changing(request, caller, body, change, is_secret=True)


@router.get(
    "/v1/keys",
    operation_id="listKeys",
    summary="List keys",
    response_model=KeyPage,
    responses=refusals(),
)
def listed(
    request: Request, caller: Administrator, page: Annotated[Page, Depends(page_of)]
) -> Response:
    """List the keys of your organisation, the newest first."""
    with request.app.state.database.reading() as session:
        found = keys.keys_of(session, caller.organisation_id, page.before, page.limit + 1)
    rows, following = cut(found, page)
    return json_answer({"items": [shown(row) for row in rows], "next": following})


@router.get(
    "/v1/keys/{key_id}",
    operation_id="readKey",
    summary="Read a key",
    response_model=KeyOut,
    responses=refusals(404),
)
def read(request: Request, caller: Administrator, key_id: KeyId) -> Response:
    """Read what a key is for and what it may do."""
    with request.app.state.database.reading() as session:
        found = keys.find_key(session, caller.organisation_id, key_id)
    if found is None:
        raise not_found()
    return json_answer(shown(found))


@router.post(
    "/v1/keys/{key_id}/revocation",
    operation_id="revokeKey",
    summary="Revoke a key",
    response_model=KeyOut,
    responses=refusals(404, 409),
)
def revoke(request: Request, caller: Administrator, key_id: KeyId) -> Response:
    """Have a key open nothing from now on; doing it again changes nothing.

    The key with which you ask cannot be revoked. Other processes of the service that looked the
    key up a moment ago may trust it for a few seconds more.
    """
    if key_id == caller.key_id:
        raise refused(409, "key-in-use")

    def change(session: Session, organisation: Organisation) -> Response:
        found = keys.find_key(session, organisation.id, key_id)
        if found is None:
            raise not_found()
        keys.revoke(session, organisation, found, caller.key_id)
        return json_answer(shown(found))

    answer = changing(request, caller, b"", change)
    request.app.state.access.forget(caller.organisation_id)
    return answer
