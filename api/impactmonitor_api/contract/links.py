"""Links of the contract: with what was made, which routes can be used next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

MADE = {
    "createCase": ("201", "case_id"),
    "createKey": ("201", "key_id"),
    "simulate": ("202", "job_id"),
    "convert": ("202", "job_id"),
    "keepEvaluation": ("201", "evaluation_id"),
}
"""Of routes that make something: the status, and how paths call the ``id`` in the answer."""

_PARAMETER = re.compile(r"{(\w+)}")


def link(document: dict[str, Any]) -> None:
    """Put the links into a contract.

    Parameters
    ----------
    document : dict
        OpenAPI; changed in place. A route gets a link to every other route whose path names
        what it made and nothing more than its own path does.

    Examples
    --------
    >>> paths = {"/v1/cases": {"post": {"operationId": "createCase", "responses": {"201": {}}}},
    ...          "/v1/cases/{case_id}": {"get": {"operationId": "readCase"}}}
    >>> link({"paths": paths})
    >>> paths["/v1/cases"]["post"]["responses"]["201"]["links"]["readCase"]["parameters"]
    {'path.case_id': '$response.body#/id'}
    """
    routes = list(_routes(document))
    for path, operation in routes:
        status, made = MADE.get(operation["operationId"], ("", ""))
        if status not in operation.get("responses", {}):
            continue
        own = set(_PARAMETER.findall(path))
        operation["responses"][status]["links"] = {
            other["operationId"]: _to(other, own, made)
            for place, other in routes
            if set(_PARAMETER.findall(place)) == {*own, made}
        }


def _routes(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def _to(operation: dict[str, Any], own: set[str], made: str) -> dict[str, Any]:
    """The link to a route: what its path names, and the version that was seen."""
    parameters = {f"path.{name}": f"$request.path.{name}" for name in sorted(own)}
    parameters[f"path.{made}"] = "$response.body#/id"
    if any(one.get("name") == "If-Match" for one in operation.get("parameters", [])):
        parameters["header.If-Match"] = "$response.header.ETag"
    return {
        "operationId": operation["operationId"],
        "description": "With what was made here.",
        "parameters": parameters,
    }
