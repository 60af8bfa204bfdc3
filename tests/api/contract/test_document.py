"""The contract as a whole: every field is told, with an example."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from impactmonitor.intake.reading import read_case
from impactmonitor_api import Settings, create_app
from impactmonitor_api.contract.elsewhere import REF


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    return create_app(Settings("sqlite://")).openapi()


def refers(schema: Any) -> bool:
    """Whether a field is another schema, or a list of it: that one has the examples."""
    if not isinstance(schema, dict):
        return False
    inner = [schema.get("items"), *schema.get("anyOf", ()), *schema.get("oneOf", ()),
             *schema.get("allOf", ())]  # fmt: skip
    return "$ref" in schema or any(refers(part) for part in inner)


def untold(schema: dict[str, Any]) -> Iterator[str]:
    for name, field in schema.get("properties", {}).items():
        if "description" not in field and "$ref" not in field:
            yield f"{name} has no description"
        if "examples" not in field and not refers(field):
            yield f"{name} has no example"


def test_every_field_has_a_description_and_an_example(contract):
    schemas = contract["components"]["schemas"]
    found = {name: list(untold(schema)) for name, schema in schemas.items()}
    assert {name: lacks for name, lacks in found.items() if lacks} == {}


def test_every_schema_says_what_it_is(contract):
    schemas = contract["components"]["schemas"]
    assert [name for name, schema in schemas.items() if not schema.get("description")] == []


def test_every_parameter_has_a_description(contract):
    for path, methods in contract["paths"].items():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                assert parameter.get("description"), f"{path}: {parameter['name']}"


def test_every_route_has_a_name_a_summary_and_words(contract):
    operations = [one for methods in contract["paths"].values() for one in methods.values()]
    for operation in operations:
        assert operation["summary"], operation["operationId"]
        assert operation["description"], operation["operationId"]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)


def test_every_reference_leads_somewhere_and_every_schema_is_led_to(contract):
    text = json.dumps(contract)
    schemas = contract["components"]["schemas"]
    for name in schemas:
        assert f'"{REF}{name}"' in text or name == "Arrangement", name
    led = {part.partition('"')[0] for part in text.split(f'"$ref": "{REF}')[1:]}
    assert led <= set(schemas)
    assert "x-schema" not in text


def test_a_field_without_words_is_found():
    assert list(untold({"properties": {"a": {"type": "string"}}})) == [
        "a has no description", "a has no example"]  # fmt: skip


def test_the_examples_of_a_case_are_of_the_right_form(contract):
    """An example that is no good in its place would be worse than none."""
    fields = contract["components"]["schemas"]["Case"]["properties"]
    tree = {name: field["examples"][0] for name, field in fields.items()}
    found = read_case(json.dumps(tree).encode(), ".json")
    assert [(p.code, p.path) for p in found.problems] == []
