"""Everything that is refused, as problem details (RFC 9457) in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.problems import Problem, errors, listed, warnings
from impactmonitor.report.document import problem_list
from impactmonitor_api.http.languages import language_of

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:impactmonitor:problem:"
SEVERAL = "several"


class Refused(HTTPException):
    """A request that is not done, with why.

    Parameters
    ----------
    status : int
        Of HTTP.
    problems : iterable of Problem
        All that stands in the way.
    headers : Mapping, optional
        What the client has to know beside it, such as ``Retry-After``.
    """

    def __init__(
        self, status: int, problems: Iterable[Problem], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, headers=dict(headers or {}))
        self.problems = tuple(listed(problems))


def refused(
    status: int,
    code: str,
    path: str = "",
    params: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Refused:
    """A refusal for one reason."""
    return Refused(status, [Problem(code, path, params or {})], headers)


def pointer_of(path: str) -> str:
    """The JSON pointer (RFC 6901) of a path with dots.

    Examples
    --------
    >>> pointer_of("effects.fewer-falls.quantity"), pointer_of("")
    ('/effects/fewer-falls/quantity', '')
    """
    if not path:
        return ""
    return "/" + path.replace("~", "~0").replace("/", "~1").replace(".", "/")


def problem_details(
    status: int, problems: Iterable[Problem], language: Language, request_id: str
) -> dict[str, Any]:
    """A refusal as one object.

    Parameters
    ----------
    status : int
        Of HTTP.
    problems : iterable of Problem
        At least one error; warnings may stand beside it.
    language : {"nl", "en"}
        Of the sentences.
    request_id : str
        Under which the request stands in the logs.
    """
    found = list(problems)
    wrong = list(errors(found))
    first = wrong[0]
    is_one = len(wrong) == 1
    detail = f"{first.message(language)} {first.hint(language)}".strip()
    several = messages.text("service.several", language, count=len(wrong))
    return {
        "type": TYPE + (first.code if is_one else SEVERAL),
        "title": messages.text(f"service.statuses.{status}", language),
        "status": status,
        "detail": detail if is_one else several,
        "instance": f"urn:uuid:{request_id}",
        "code": first.code if is_one else SEVERAL,
        "errors": placed(wrong, language),
        "warnings": placed(list(warnings(found)), language),
    }


def placed(problems: Iterable[Problem], language: Language) -> list[dict[str, Any]]:
    """Problems as plain values with their words, each with its place as a pointer too."""
    said = problem_list(problems, language)
    return [{**one, "pointer": pointer_of(one["path"])} for one in said]


def refusal(request: Request, refused: Refused) -> Response:
    """The answer to a request that is refused."""
    language = language_of(request.headers.get("accept-language", ""))
    request_id = request.scope["state"]["request_id"]
    body = problem_details(refused.status_code, refused.problems, language, request_id)
    return Response(
        json.dumps(body, ensure_ascii=False, allow_nan=False),
        refused.status_code,
        {**(refused.headers or {}), "Content-Language": language},
        MEDIA_TYPE,
    )
