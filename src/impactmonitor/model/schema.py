"""The JSON Schemas of a case and a portfolio, made from their models and the message catalogue."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.figures import ranges
from impactmonitor.model.numbers import Range
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.record import Record
from impactmonitor.model.validation import field_key

DIALECT = "https://json-schema.org/draft/2020-12/schema"
YEAR_KEY = "^[0-9]{4}$"
_AS_WRITTEN = frozenset({"en", "id", "n", "nl", "p05", "p95", "sd", "url"})
_NAMES = {
    "integer": {"ge": "minimum", "le": "maximum"},
    "object": {"minLength": "minProperties"},
}
"""Limits that pydantic names after Python where a function stands between type and limit."""


def json_schema(language: Language = "en") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a case.

    It says what can be said about each field by itself: names, types, ranges of certain numbers,
    forms of uncertain ones. Whether the parts of a case fit together is found when it is read.

    Parameters
    ----------
    language : {"nl", "en"}
        Language of the descriptions. Names and rules are the same in both.

    Returns
    -------
    dict
        Plain values, ready to be written as JSON.

    Examples
    --------
    >>> schema = json_schema()
    >>> schema["properties"]["base_year"]["description"]
    'First year that counts. Present values are values at the start of this year.'
    >>> schema["$defs"]["Effect"]["properties"]["deadweight"]["oneOf"][0]
    {'maximum': 1, 'minimum': 0, 'type': 'number'}
    """
    return _schema_of(Case, "case", language)


def portfolio_schema(language: Language = "en") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a portfolio.

    It says what can be said about each field by itself. Whether the parts of a portfolio fit
    together, and whether its cases are there, is found when it is checked.

    Parameters
    ----------
    language : {"nl", "en"}
        Language of the descriptions. Names and rules are the same in both.

    Returns
    -------
    dict
        Plain values, ready to be written as JSON.

    Examples
    --------
    >>> schema = portfolio_schema()
    >>> schema["$id"], schema["$defs"]["Commitment"]["required"]
    ('urn:impactmonitor:portfolio:1:en', ['date', 'amount', 'total_funding'])
    """
    return _schema_of(Portfolio, "portfolio", language)


def _schema_of(model: type[Record], kind: str, language: Language) -> dict[str, Any]:
    """The schema of a whole file, with every record in it described."""
    schema = model.model_json_schema(schema_generator=_Generator)
    for node in _nodes(schema):
        _tidy(node)
    records = schema.pop("$defs")
    return {
        "$schema": DIALECT,
        "$id": f"urn:impactmonitor:{kind}:1:{language}",
        **_described(model.__name__, schema, language),
        "title": f"impactmonitor {kind}",
        "$defs": {name: _described(name, node, language) for name, node in records.items()},
    }


class _Generator(GenerateJsonSchema):
    """Adds what the model knows and pydantic does not say: ranges, and which keys a map takes."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A record, with the ranges of its figures."""
        found = super().model_schema(schema)
        model: type[Record] = schema["cls"]
        for name, allowed in ranges(model).items():
            for node in _nodes(found["properties"][field_key(model, name)]):
                if node.get("type") == "number":
                    node.update(_limits(allowed))
        return found

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A map: by year where its keys are whole numbers, and of no other keys than it says."""
        found = super().dict_schema(schema)
        if self.generate_inner(schema["keys_schema"]).get("type") == "integer":
            found["patternProperties"] = {YEAR_KEY: found.pop("additionalProperties")}
        if "patternProperties" in found:
            found["additionalProperties"] = False
        return found


def _limits(allowed: Range) -> dict[str, int]:
    """A range of the model in the words of JSON Schema.

    Examples
    --------
    >>> _limits(Range(low=0.0, high=1.0))
    {'minimum': 0, 'maximum': 1}
    """
    lowest = "exclusiveMinimum" if allowed.is_open else "minimum"
    bounds = {lowest: allowed.low, "maximum": allowed.high}
    return {name: int(bound) for name, bound in bounds.items() if math.isfinite(bound)}


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a tree, the outermost first."""
    if isinstance(tree, dict):
        yield tree
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    for part in list(inner):
        yield from _nodes(part)


def _tidy(node: dict[str, Any]) -> None:
    """Give limits their proper names, and leave out that an absent field is null."""
    kind = node.get("type")
    for name, proper in _NAMES.get(kind, {}).items() if isinstance(kind, str) else ():
        if name in node:
            node[proper] = node.pop(name)
    if "default" in node and node["default"] is None:
        del node["default"]


def _described(name: str, record: dict[str, Any], language: Language) -> dict[str, Any]:
    """A record with a title and a description of itself and of every field, these first."""

    def headed(key: str, title: str, node: dict[str, Any]) -> dict[str, Any]:
        description = messages.text(f"fields.{name}.{key}", language)
        head = {"title": title, "description": description}
        return head | {word: part for word, part in node.items() if word not in head}

    fields = record["properties"].items()
    described = {key: headed(key, _title(key), node) for key, node in fields}
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    return headed("_", _title(words), {**record, "properties": described})


def _title(key: str) -> str:
    """A key as words.

    Examples
    --------
    >>> _title("paid_by"), _title("p95")
    ('Paid by', 'p95')
    """
    return key if key in _AS_WRITTEN else key.replace("_", " ").capitalize()
