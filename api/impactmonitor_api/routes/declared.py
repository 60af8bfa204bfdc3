"""What every route says about itself in the contract."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Header

from impactmonitor_api.contract.shared import ProblemDetails, Request
from impactmonitor_api.http.access import needs
from impactmonitor_api.http.bodies import JSON
from impactmonitor_api.http.refusals import MEDIA_TYPE
from impactmonitor_api.storage.keys import Caller

Reader = Annotated[Caller, Depends(needs("read"))]
Keeper = Annotated[Caller, Depends(needs("keep"))]
Assessor = Annotated[Caller, Depends(needs("assess"))]
Editor = Annotated[Caller, Depends(needs("edit"))]
Administrator = Annotated[Caller, Depends(needs("administer"))]

_LANGUAGE_SAID = "`nl` or `en`: the language of titles and messages."


async def _request_name(
    _: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=255,
            description="A name of your own for this request, such as a UUID: sent again with "
            "the same body it is not done again, and gets the same answer.",
            examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
        ),
    ] = None,
) -> None:
    """Put the header in the contract; ``changing`` reads it."""


async def _seen_version(
    _: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description="ETag of the version that you have seen. Required.",
            examples=['"3"'],
        ),
    ] = None,
) -> None:
    """Put the header in the contract; ``check_version`` reads it."""


async def _known_version(
    _: Annotated[
        str | None,
        Header(
            alias="If-None-Match",
            description="ETag of the version that you have.",
            examples=['"3"'],
        ),
    ] = None,
) -> None:
    """Put the header in the contract; ``is_unchanged`` reads it."""


async def _language(
    _: Annotated[
        str | None,
        Header(
            alias="Accept-Language",
            description=_LANGUAGE_SAID,
            examples=["nl"],
        ),
    ] = None,
) -> None:
    """Put the header in the contract; ``language_of`` reads it."""


LANGUAGE_HEADER = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": _LANGUAGE_SAID,
    "schema": {
        "anyOf": [{"type": "string"}, {"type": "null"}],
        "description": _LANGUAGE_SAID,
        "examples": ["nl"],
        "title": "Accept-Language",
    },
}
"""The same header for a route that does not declare it."""

ONCE = Depends(_request_name)
SEEN_VERSION = Depends(_seen_version)
KNOWN_VERSION = Depends(_known_version)
LANGUAGE = Depends(_language)

MEANINGS = {
    400: "The request cannot be read.",
    401: "There is no key, or it does not work.",
    403: "The role of the key does not allow this.",
    404: "There is no such thing in your organisation.",
    406: "It cannot be given in that form.",
    409: "It does not go with what there is.",
    412: "Somebody else changed it meanwhile.",
    413: "The body is too large.",
    415: "A body of this kind cannot be read.",
    422: "The body or a parameter cannot be used; `errors` names every place.",
    428: "The version that you have seen has to be said.",
    429: "Too many requests; `Retry-After` says when to try again.",
    500: "The service failed.",
    503: "The service is not ready.",
}
_EVERYWHERE = (400, 401, 403, 413, 422, 429, 500)


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals that a route may give, beside those that every route may give."""
    return {
        status: {
            "description": MEANINGS[status],
            "model": ProblemDetails,
            "content": {MEDIA_TYPE: {}},
        }
        for status in sorted({*_EVERYWHERE, *statuses})
    }


def body_of(model: type[Request]) -> dict[str, Any]:
    """The body of a request in the contract, which the route reads itself."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema}}}}
