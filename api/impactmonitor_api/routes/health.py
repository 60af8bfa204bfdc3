"""Whether the service lives and is ready, and figures about it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from impactmonitor.version import __version__
from impactmonitor_api.contract.shared import Answer
from impactmonitor_api.http.figures import MEDIA_TYPE
from impactmonitor_api.http.once import json_answer
from impactmonitor_api.http.refusals import refused
from impactmonitor_api.routes.declared import refusals
from impactmonitor_api.storage.database import is_answering
from impactmonitor_api.storage.migrating import newest_schema, schema_of

router = APIRouter(tags=["service"])


class Health(Answer):
    """Whether it is well."""

    status: str = Field(description="Always `ok`; a service that is not well answers otherwise.",
                        examples=["ok"])  # fmt: skip
    engine: str = Field(description="Version of the engine.", examples=["0.1.0"])


WELL = {"status": "ok", "engine": __version__}


@router.get("/healthz", operation_id="health", summary="Whether it lives", response_model=Health)
async def healthz() -> Response:
    """Say that the process lives."""
    return json_answer(WELL)


@router.get(
    "/readyz",
    operation_id="readiness",
    summary="Whether it is ready",
    response_model=Health,
    responses={503: refusals(503)[503]},
)
def readyz(request: Request) -> Response:
    """Say whether the database answers and has the tables that this version works with."""
    database = request.app.state.database
    if not is_answering(database) or schema_of(database) != newest_schema():
        raise refused(503, "not-ready", headers={"Retry-After": "5"})
    return json_answer(WELL)


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Figures for Prometheus",
    responses={200: {"description": "Figures.", "content": {"text/plain": {}}}},
    response_class=Response,
)
async def metrics(request: Request) -> Response:
    """Give figures about this process, without anything about persons or cases."""
    return Response(request.app.state.figures.text(), media_type=MEDIA_TYPE)
