"""The contract: the OpenAPI document, with the schemas of cases and results in it."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from impactmonitor.model.schema import json_schema
from impactmonitor.version import __version__
from impactmonitor_api.contract.arrangements import Arrangement
from impactmonitor_api.contract.case_examples import with_examples
from impactmonitor_api.contract.differences import Difference
from impactmonitor_api.contract.elsewhere import REF, linked, schemas_of, used
from impactmonitor_api.contract.links import link
from impactmonitor_api.contract.results import Evaluation
from impactmonitor_api.contract.shared import Request
from impactmonitor_api.contract.simulations import Simulation
from impactmonitor_api.contract.tracks import Track

DESCRIPTION = """The engine for impact and societal value over HTTP: what projects yield, for
whom, and how sure that is.

Send a case, get its result; or keep cases, measurements and results together with colleagues.
Everything under `/v1` needs a key: `Authorization: Bearer im_…`. Whatever is refused is answered
with problem details (RFC 9457), in Dutch or English by `Accept-Language`, with every place named.
"""
KEY = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "im_…",
    "description": "A key of your organisation. An administrator makes keys with POST /v1/keys.",
}
RESULTS = (Evaluation, Arrangement, Simulation, Difference, Track)
"""Answers that are made by the engine as they are: no route names their model."""


def describe(app: FastAPI) -> None:
    """Have an application give its contract, made once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    # the way that FastAPI documents
    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title="impactmonitor",
        version=__version__,
        description=DESCRIPTION,
        routes=app.routes,
        contact={"name": "impactmonitor"},
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/", "description": "Where the service runs."}],
    )
    schemas = document["components"]["schemas"]
    schemas |= schemas_of(Request.__subclasses__(), "validation")
    schemas |= schemas_of(RESULTS, "serialization")
    schemas |= with_examples(_case_schemas())
    _lock(document)
    link(document)
    found: dict[str, Any] = linked(document)
    found["components"]["schemas"] = used(found, [model.__name__ for model in RESULTS])
    return found


def _lock(document: dict[str, Any]) -> None:
    """Say of every route under ``/v1`` that it takes a key; the routes ask for it themselves."""
    document["components"]["securitySchemes"] = {"key": KEY}
    for path, methods in document["paths"].items():
        for operation in methods.values() if path.startswith("/v1/") else ():
            operation["security"] = [{"key": []}]


def _case_schemas() -> dict[str, Any]:
    """The schema of a case with its records as schemas of the contract."""
    schema = json_schema()
    records = schema.pop("$defs")
    schema.pop("$schema", None)
    found = {"Case": schema} | {f"Case{name}": record for name, record in records.items()}
    return {name: _moved(part) for name, part in found.items()}


def _moved(node: Any) -> Any:
    if isinstance(node, list):
        return [_moved(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        key: REF + "Case" + part.removeprefix("#/$defs/") if key == "$ref" else _moved(part)
        for key, part in node.items()
    }
