"""Schemas of what is too large for a model of its own: cases and results."""

from __future__ import annotations

from typing import Any

from impactmonitor_api.http.bodies import JSON, XLSX, YAML

_FILE = {"type": "string", "format": "binary"}
_TEXT = {"description": "A case as a YAML text.", "examples": ["id: example\ntitle: An example"]}
_CASE = {"$ref": "#/components/schemas/Case"}

CASE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A case.",
        "content": {JSON: {"schema": _CASE}, YAML: {"schema": _TEXT}, XLSX: {"schema": _FILE}},
    }
}

EVALUATION: dict[str, Any] = {
    "description": "The result.",
    "content": {JSON: {"schema": {"$ref": "#/components/schemas/Evaluation"}}},
}

TRACK: dict[str, Any] = {
    "description": "Plan against result.",
    "content": {JSON: {"schema": {"$ref": "#/components/schemas/Track"}}},
}
