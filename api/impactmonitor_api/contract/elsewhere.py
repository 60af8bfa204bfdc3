"""Schemas of bodies that lean on the schema of a case, which pydantic does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core.core_schema import CoreSchema

REF = "#/components/schemas/"
MARK = "x-schema"
"""Stands in a field for a reference to a schema of the contract that is made elsewhere."""


class _Generator(GenerateJsonSchema):
    """Leaves references to the schema of a case for later: pydantic would look for their model."""

    def generate_inner(self, schema: CoreSchema) -> JsonSchemaValue:
        """One part of a schema."""
        found: JsonSchemaValue = _marked(super().generate_inner(schema))
        return found


def _marked(node: Any) -> Any:
    if isinstance(node, list):
        return [_marked(part) for part in node]
    if not isinstance(node, dict):
        return node
    to = node.get("$ref")
    if isinstance(to, str) and to.startswith(f"{REF}Case"):
        return {MARK: to.removeprefix(REF)} | {k: v for k, v in node.items() if k != "$ref"}
    return {key: _marked(part) for key, part in node.items()}


def schemas_of(
    models: Iterable[type[BaseModel]], mode: Literal["validation", "serialization"]
) -> dict[str, Any]:
    """The schemas of models and of all that is in them, by name.

    Parameters
    ----------
    models : iterable of model
        Bodies that are sent or given.
    mode : {"validation", "serialization"}
        Whether they are sent, or given.

    Examples
    --------
    >>> class Body(BaseModel):
    ...     count: int
    >>> schemas_of([Body], "validation")["Body"]["required"]
    ['count']
    """
    pairs: list[tuple[type[BaseModel], Literal["validation", "serialization"]]]
    pairs = [(model, mode) for model in models]
    _, found = models_json_schema(pairs, ref_template=REF + "{model}", schema_generator=_Generator)
    schemas: dict[str, Any] = found.get("$defs", {})
    return schemas


def linked(node: Any) -> Any:
    """A tree in which every mark is a reference.

    Examples
    --------
    >>> linked([{"x-schema": "Case", "type": "object", "description": "A case."}])
    [{'$ref': '#/components/schemas/Case', 'description': 'A case.'}]
    """
    if isinstance(node, list):
        return [linked(part) for part in node]
    if not isinstance(node, Mapping):
        return node
    if isinstance(node.get(MARK), str):
        beside = {key: node[key] for key in ("description", "examples") if key in node}
        return {"$ref": REF + node[MARK], **beside}
    return {key: linked(part) for key, part in node.items()}


def used(document: Mapping[str, Any], further: Iterable[str]) -> dict[str, Any]:
    """The schemas of a contract that something leads to.

    Parameters
    ----------
    document : Mapping
        OpenAPI.
    further : iterable of str
        Names of schemas that stay although no route names them.

    Examples
    --------
    >>> schemas = {"A": {"items": {"$ref": "#/components/schemas/B"}}, "B": {}, "C": {}}
    >>> sorted(used({"paths": {}, "components": {"schemas": schemas}}, ["A"]))
    ['A', 'B']
    """
    schemas: dict[str, Any] = document["components"]["schemas"]
    waiting = [*_references(document["paths"]), *further]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in schemas and name not in reached:
            reached.add(name)
            waiting += _references(schemas[name])
    return {name: schema for name, schema in schemas.items() if name in reached}


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        to = node.get("$ref")
        if isinstance(to, str):
            yield to.removeprefix(REF)
    inner = node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ()
    for part in inner:
        yield from _references(part)
