"""The contract: the OpenAPI document, with the schemas of cases and results in it."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from impactmonitor.model.schema import json_schema
from impactmonitor.version import __version__
from impactmonitor_api.contract.shared import Request

DESCRIPTION = """The engine for impact and societal value over HTTP: what projects yield, for
whom, and how sure that is.

Send a case, get its result; or keep cases, measurements and results together with colleagues.
Everything under `/v1` needs a key: `Authorization: Bearer im_…`. Whatever is refused is answered
with problem details (RFC 9457), in Dutch or English by `Accept-Language`, with every place named.
"""
_REF = "#/components/schemas/"


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
    schemas |= _case_schemas() | _body_schemas()
    schemas["Evaluation"] = {"type": "object", "additionalProperties": True}
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document


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
        key: _REF + "Case" + part.removeprefix("#/$defs/") if key == "$ref" else _moved(part)
        for key, part in node.items()
    }


def _body_schemas() -> dict[str, Any]:
    """The schemas of all bodies that are sent, which routes read themselves."""
    schemas: dict[str, Any] = {}
    for model in Request.__subclasses__():
        schema = model.model_json_schema(ref_template=_REF + "{model}")
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    return schemas
