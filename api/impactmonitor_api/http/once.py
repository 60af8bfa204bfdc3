"""Changes: all of it or nothing, and under an Idempotency-Key only once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from impactmonitor_api.http.refusals import refused
from impactmonitor_api.storage import answers, organisations
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.keys import Caller
from impactmonitor_api.storage.tables import Organisation

HEADER = "idempotency-key"
REPLAYED = {"Idempotent-Replayed": "true"}
_KEPT = ("location", "etag", "content-type", "retry-after")

Change = Callable[[Session, Organisation], Response]


def changing(
    request: Request, caller: Caller, body: bytes, change: Change, is_secret: bool = False
) -> Response:
    """Do a change in one transaction; a repeated request gets the answer of the first.

    Parameters
    ----------
    request : Request
        May carry ``Idempotency-Key``.
    caller : Caller
        Whose organisation it is: names of requests are its own.
    body : bytes
        Of the request.
    change : callable
        Does it, and gives the answer; if it raises nothing is changed and nothing kept.
    is_secret : bool
        Whether the answer holds what may not be kept; the request is then done each time.

    Raises
    ------
    Refused
        422 for a name that another request had.
    """
    database: Database = request.app.state.database
    name = None if is_secret else request.headers.get(HEADER)
    asked = _hash_of(request, body)
    with database.writing() as session:
        organisation = organisations.locked(session, caller.organisation_id)
        if name is not None:
            before = answers.given(session, organisation.id, name)
            if before is not None and before.request_hash != asked:
                raise refused(422, "request-name-used", "Idempotency-Key")
            if before is not None:
                return Response(before.body, before.status, {**before.headers, **REPLAYED})
        response = change(session, organisation)
        if name is not None:
            headers = {k: v for k, v in response.headers.items() if k in _KEPT}
            given = answers.Given(response.status_code, headers, bytes(response.body), asked)
            answers.keep(session, organisation.id, name, given)
        return response


def _hash_of(request: Request, body: bytes) -> str:
    """By which a request is known to be the same."""
    url = request.url
    start = f"{request.method} {url.path}?{url.query} {request.headers.get('content-type')}\n"
    return hashlib.sha256(start.encode() + body).hexdigest()


def json_answer(
    content: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer of plain values."""
    return Response(as_json(content), status, headers, "application/json")


def as_json(content: Any) -> bytes:
    """Plain values as JSON."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()
