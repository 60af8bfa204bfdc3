"""The application: one stateless route that evaluates a case."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from impactmonitor.catalogue import load_catalogue
from impactmonitor.evaluation import evaluate, find_problems
from impactmonitor.intake import read_case
from impactmonitor.messages import Language
from impactmonitor.plain import MAX_BYTES
from impactmonitor.problems import InvalidInput, Problem, errors
from impactmonitor.report.document import document, error_document
from impactmonitor.version import __version__

ENDINGS = {"application/json": ".json", "application/yaml": ".yaml"}
TOO_LARGE, NOT_ACCEPTED, INVALID = 413, 415, 422


def create_app() -> FastAPI:
    """The service, without storage.

    Returns
    -------
    FastAPI
        ``POST /v1/evaluations`` takes a case as JSON or YAML and gives the object that
        ``impactmonitor evaluate --json`` prints; ``GET /healthz`` says that the process lives.

    Examples
    --------
    >>> [route.path for route in create_app().routes if "/v1/" in route.path]
    ['/v1/evaluations']
    """
    app = FastAPI(title="impactmonitor", version=__version__, docs_url=None, redoc_url=None)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok", "engine": __version__}

    @app.post("/v1/evaluations")
    async def evaluations(request: Request) -> JSONResponse:
        language = _language(request)
        kind = request.headers.get("content-type", "application/json").partition(";")[0].strip()
        if kind not in ENDINGS:
            known = ", ".join(ENDINGS)
            return _refusal(NOT_ACCEPTED, [Problem("file-kind", params={"ending": kind,
                            "known": known})], language)  # fmt: skip
        body = await _body(request)
        if body is None:
            params = {"megabytes": MAX_BYTES // 10**6}
            return _refusal(TOO_LARGE, [Problem("file-too-large", params=params)], language)
        try:
            return JSONResponse(_evaluated(body, ENDINGS[kind], language))
        except InvalidInput as invalid:
            return _refusal(INVALID, list(invalid.problems), language)

    return app


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is larger than any case."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)


def _language(request: Request) -> Language:
    return "nl" if request.headers.get("accept-language", "").startswith("nl") else "en"


def _evaluated(body: bytes, ending: str, language: Language) -> dict[str, Any]:
    reading, catalogue = read_case(body, ending), load_catalogue()
    if any(errors(reading.problems)) or reading.case is None:
        further = find_problems(reading.case, catalogue) if reading.case is not None else []
        raise InvalidInput([*reading.problems, *reading.further(further)])
    return document(evaluate(reading.case, catalogue), language)


def _refusal(status: int, problems: list[Problem], language: Language) -> JSONResponse:
    return JSONResponse(error_document(problems, language), status_code=status)
