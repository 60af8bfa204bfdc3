"""Examples for the fields of a case, out of the cases that are shipped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from impactmonitor.intake.reading import read_file
from impactmonitor.resources import folder
from impactmonitor_api.contract.rare_fields import RARE

Schemas = dict[str, Any]
START = "Case"
LONGEST = 400
"""A longer example tells no more."""


def with_examples(schemas: Schemas) -> Schemas:
    """Give every field of a case an example: what a shipped case has there, or of its own kind.

    Parameters
    ----------
    schemas : dict
        Of a case and its records, by name.

    Returns
    -------
    dict
        The same, changed in place.
    """
    found: dict[tuple[str, str], Any] = {}
    for tree in (*_shipped(), RARE):
        _Walk(schemas, found).visit(schemas[START], START, tree)
    for name, schema in schemas.items():
        for key, field in schema.get("properties", {}).items():
            here = found.get((name, key))
            field["examples"] = [_made(schemas, field) if here is None else here]
    return schemas


def _shipped() -> Iterator[Any]:
    for file in sorted(folder("examples").glob("*/case.yaml")):
        yield read_file(file).document.tree


def _short(value: Any) -> Any:
    """A value, or the beginning of a long list or mapping; None for a long text."""
    if len(json.dumps(value)) <= LONGEST:
        return value
    if isinstance(value, dict):
        value = dict(list(value.items())[:1])
    elif isinstance(value, list):
        value = value[:1]
    return value if len(json.dumps(value)) <= 2 * LONGEST else None


class _Walk:
    """Goes through a case beside its schema, and notes the first short value of every field."""

    def __init__(self, schemas: Schemas, found: dict[tuple[str, str], Any]) -> None:
        self.schemas, self.found = schemas, found

    def visit(self, schema: Mapping[str, Any], name: str, value: Any) -> None:
        """Note what stands in a value that a schema describes."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            self.visit(self.schemas[name], name, value)
            return
        for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
            if self._fits(choice, value):
                self.visit(choice, name, value)
        if isinstance(value, dict):
            self._fields(schema, name, value)
        for part in value if isinstance(value, list) else ():
            self.visit(schema.get("items") or {}, name, part)

    def _fields(self, schema: Mapping[str, Any], name: str, value: Mapping[str, Any]) -> None:
        known = schema.get("properties", {})
        others = [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]
        for key, part in value.items():
            if key in known and self.found.get((name, key)) is None:
                self.found[name, key] = _short(part)
            for field in [known[key]] if key in known else others:
                if isinstance(field, dict):
                    self.visit(field, name, part)

    def _fits(self, schema: Mapping[str, Any], value: Any) -> bool:
        """Whether a choice is the one that a value makes; the keys of a mapping tell."""
        if "$ref" in schema:
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        if isinstance(value, dict):
            known = schema.get("properties")
            return schema.get("type") == "object" and (known is None or set(value) <= set(known))
        return schema.get("type") == "array" if isinstance(value, list) else False


def _made(schemas: Schemas, schema: Mapping[str, Any]) -> Any:
    """A small value of the kind that a schema describes."""
    if "$ref" in schema:
        return _made(schemas, schemas[schema["$ref"].rpartition("/")[2]])
    choices = (*schema.get("oneOf", ()), *schema.get("anyOf", ()))
    if choices:
        return _made(schemas, choices[0])
    for word in ("const", "default"):
        if word in schema:
            return schema[word]
    if "enum" in schema:
        return schema["enum"][0]
    return _of_kind(schemas, schema)


def _of_kind(schemas: Schemas, schema: Mapping[str, Any]) -> Any:
    """A small list, mapping, number or text, or whether something is so."""
    kind = schema["type"]
    if kind == "array":
        kinds = schema.get("prefixItems") or [schema["items"]] * max(1, schema.get("minItems", 1))
        return [_made(schemas, one) for one in kinds]
    if kind == "object":
        needed = schema.get("required", ())
        return {key: _made(schemas, schema["properties"][key]) for key in needed}
    if kind == "boolean":
        return True
    if kind == "string":
        return "EUR" if schema.get("pattern") == "^[A-Z]{3}$" else "example"
    if schema.get("minimum") == 1000 and schema.get("maximum") == 9999:
        return 2026
    return max(1 if kind == "integer" else 0.5, schema.get("minimum", 0))
