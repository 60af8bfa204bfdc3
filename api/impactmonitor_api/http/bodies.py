"""Bodies of requests: hostile bytes to what they say, with all mistakes at once."""

from __future__ import annotations

from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from impactmonitor.model.validation import problems_of
from impactmonitor.plain import read_json
from impactmonitor.problems import InvalidInput, errors
from impactmonitor_api.http.refusals import refused

JSON = "application/json"
YAML = "application/yaml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {JSON: ".json", YAML: ".yaml", XLSX: ".xlsx"}
"""How a case may be sent, and how its files end."""

Said = TypeVar("Said", bound=BaseModel)


async def _body(request: Request) -> bytes:
    return await request.body()


Body = Annotated[bytes, Depends(_body)]


def ending_of(request: Request) -> str:
    """How a file of the kind that was sent ends.

    Raises
    ------
    Refused
        415 for any other kind.
    """
    return ENDINGS[kind_of(request, tuple(ENDINGS))]


def said(request: Request, body: bytes, model: type[Said]) -> Said:
    """What a JSON body says.

    Raises
    ------
    Refused
        415 for another kind of body.
    InvalidInput
        With everything that is wrong with it.
    """
    kind_of(request, (JSON,))
    document = read_json(body)
    found = list(errors(document.problems))
    try:
        value = model.model_validate(document.tree)
    except ValidationError as error:
        raise InvalidInput([*found, *problems_of(error, model)]) from None
    if found:
        raise InvalidInput(found)
    return value


def kind_of(request: Request, known: tuple[str, ...]) -> str:
    """The media type of a body.

    Raises
    ------
    Refused
        415 if it is none of these.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in known:
        return kind
    params = {"kind": kind, "known": ", ".join(known)}
    raise refused(415, "body-kind", "Content-Type", params, {"Accept-Post": ", ".join(known)})
