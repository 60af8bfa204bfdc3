"""The JSON Schema of a case: described throughout, and saying the same as the model."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from pydantic import ValidationError
from tests.strategies import cases

from impactmonitor import messages
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.case import Case
from impactmonitor.model.periods import NAME_PATTERN
from impactmonitor.model.record import ID_PATTERN
from impactmonitor.model.rules import broken_rules
from impactmonitor.model.schema import DIALECT, YEAR_KEY, json_schema, portfolio_schema

SCHEMA = json_schema()
RECORDS: dict[str, dict[str, Any]] = {"Case": SCHEMA, **SCHEMA["$defs"]}

SMALL_CASE = yaml.safe_load("""
impactmonitor: 1
id: fall-prevention-demo
title: {nl: Valpreventie, en: Fall prevention}
currency: EUR
price_year: 2022
base_year: 2025
horizon: 5
discount: {rate: 0.03, timing: end_of_year}
actors:
  municipality: {title: Gemeente, kind: municipality}
  insurer: {title: Zorgverzekeraar, kind: health-insurer}
  long-term-care: {title: Rijk (Wlz), kind: long-term-care}
parameters:
  reached: {title: People reached a year, value: {pert: [150, 200, 240]}, unit: person}
costs:
  courses: {title: Courses, amount: 24000, years: 3, paid_by: municipality, timing: start_of_year}
effects:
  treated-falls-avoided:
    title: Treated falls avoided
    quantity: {parameter: reached}
    factors: {treated-falls-avoided-per-person: {pert: [0.005, 0.012, 0.02]}}
    years: 3
    lasts: 2
    drop_off: 0.4
    unit_value: 8700
    unit: treated fall
    basis: net
    falls_to: {insurer: 0.51, long-term-care: 0.436, municipality: 0.054}
    cashable: 0.5
    domain: societal
""")


# --- A plain reading of JSON Schema, of the words that this schema uses -------------------------

WORDS_READ = {
    "$ref", "type", "const", "enum", "oneOf", "anyOf", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "pattern", "minLength", "maxLength", "properties", "required",
    "patternProperties", "additionalProperties", "propertyNames", "minProperties", "items",
    "prefixItems", "minItems", "maxItems",
}  # fmt: skip
WORDS_SAID = {"$schema", "$id", "$defs", "title", "description", "default", "format"}
TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "number": (int, float), "integer": (int, float),
    "boolean": bool, "null": type(None),
}  # fmt: skip


def fits(node: Any, value: Any) -> bool:
    """Whether a value keeps to a (sub)schema."""
    if isinstance(node, bool):
        return node
    if "$ref" in node:
        return fits(RECORDS[node["$ref"].rpartition("/")[2]], value)
    return (
        is_of(node.get("type"), value)
        and value == node.get("const", value)
        and value in node.get("enum", [value])
        and ("oneOf" not in node or sum(fits(part, value) for part in node["oneOf"]) == 1)
        and ("anyOf" not in node or any(fits(part, value) for part in node["anyOf"]))
        and SHAPES.get(type(value), number_fits)(node, value)
    )


def is_of(kind: str | None, value: Any) -> bool:
    if kind is None:
        return True
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, TYPES[kind]) and (kind != "integer" or value == int(value))


def number_fits(node: dict[str, Any], value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return True
    return (
        node.get("minimum", value) <= value <= node.get("maximum", value)
        and ("exclusiveMinimum" not in node or value > node["exclusiveMinimum"])
        and ("exclusiveMaximum" not in node or value < node["exclusiveMaximum"])
    )


def text_fits(node: dict[str, Any], value: str) -> bool:
    return (
        node.get("minLength", 0) <= len(value) <= node.get("maxLength", len(value))
        and re.search(node.get("pattern", ""), value) is not None
    )


def list_fits(node: dict[str, Any], value: list[Any]) -> bool:
    first = node.get("prefixItems", [])
    pairs = [*zip(first, value, strict=False), *((node.get("items", True), v) for v in value)]
    size = node.get("minItems", 0) <= len(value) <= node.get("maxItems", len(value))
    return size and all(fits(part, item) for part, item in pairs)


def mapping_fits(node: dict[str, Any], value: dict[str, Any]) -> bool:
    if len(value) < node.get("minProperties", 0) or not set(node.get("required", ())) <= set(value):
        return False
    for key, item in value.items():
        rules = [node["properties"][key]] if key in node.get("properties", {}) else []
        patterns = node.get("patternProperties", {}).items()
        rules += [rule for pattern, rule in patterns if re.search(pattern, key)]
        rules = rules or [node.get("additionalProperties", True)]
        if not all(fits(rule, item) for rule in rules):
            return False
        if not fits(node.get("propertyNames", True), key):
            return False
    return True


SHAPES = {dict: mapping_fits, list: list_fits, str: text_fits}


def subschemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every (sub)schema below a node."""
    if not isinstance(node, dict):
        return
    yield node
    for word in ("properties", "patternProperties", "$defs"):
        for part in node.get(word, {}).values():
            yield from subschemas(part)
    for word in ("oneOf", "anyOf", "prefixItems"):
        for part in node.get(word, ()):
            yield from subschemas(part)
    for word in ("items", "additionalProperties", "propertyNames"):
        yield from subschemas(node.get(word))


# --- Form ---------------------------------------------------------------------------------------


def test_it_says_which_schema_it_is():
    assert SCHEMA["$schema"] == DIALECT
    assert SCHEMA["title"]
    assert len({json_schema(language)["$id"] for language in LANGUAGES}) == len(LANGUAGES)
    assert json.loads(json.dumps(SCHEMA, allow_nan=False)) == SCHEMA


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_and_every_field_is_described(language):
    schema = json_schema(language)
    for name, record in {"Case": schema, **schema["$defs"]}.items():
        texts = messages.section("fields")[name]
        assert record["description"] == texts["_"][language]
        assert record["title"], name
        for key, field in record["properties"].items():
            assert field["description"] == texts[key][language]
            assert "_" not in field["title"], f"{name}.{key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_portfolio_is_described_as_a_case_is(language):
    schema = portfolio_schema(language)
    assert schema["$id"] == f"urn:impactmonitor:portfolio:1:{language}"
    for name, record in {"Portfolio": schema, **schema["$defs"]}.items():
        texts = messages.section("fields")[name]
        assert record["description"] == texts["_"][language]
        assert record["additionalProperties"] is False
        for key, field in record["properties"].items():
            assert field["description"] == texts[key][language]
    assert set(schema["required"]) >= {"impactmonitor_portfolio", "id", "currency"}


def test_the_languages_differ_in_words_only():
    def without_words(node: Any) -> Any:
        if isinstance(node, dict):
            said = {"description", "$id"}
            return {k: without_words(v) for k, v in node.items()
                    if not (k in said and isinstance(v, str))}  # fmt: skip
        return [without_words(part) for part in node] if isinstance(node, list) else node

    english, dutch = (without_words(json_schema(language)) for language in ("en", "nl"))
    assert english == dutch


def test_every_reference_leads_to_a_record():
    references = {node["$ref"] for node in subschemas(SCHEMA) if "$ref" in node}
    assert references == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_nothing_of_the_inside_shows():
    text = json.dumps(SCHEMA)
    assert not re.search(r'"<[a-z-]+>"', text), "a tag of a union"
    assert "discriminator" not in text
    assert ">>>" not in text, "a docstring"
    for node in subschemas(SCHEMA):
        assert set(node) <= WORDS_READ | WORDS_SAID
        assert not (node.get("type") == "object" and {"minLength", "maxLength"} & set(node))
        assert node.get("default", 0) is not None


def test_the_keys_of_every_map_are_known():
    assert all(record["additionalProperties"] is False for record in RECORDS.values())
    open_ones = {
        f"{name}.{key}"
        for name, record in RECORDS.items()
        for key, field in record["properties"].items()
        for node in subschemas(field)
        if node.get("type") == "object" and node["additionalProperties"] is not False
    }
    assert open_ones == {"Discount.classes", "Variant.changes"}


def test_maps_are_by_id_by_currency_by_year_by_period_or_by_name():
    patterns = {p for node in subschemas(SCHEMA) for p in node.get("patternProperties", ())}
    assert {ID_PATTERN, YEAR_KEY, "^[A-Z]{3}$", NAME_PATTERN} < patterns
    assert len(patterns) == 5, "and the names of factors"


def test_it_needs_neither_scipy_nor_pandas():
    code = (
        "import sys; from impactmonitor.model.schema import json_schema; json_schema(); "
        "print({'scipy', 'pandas'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


# --- Content ------------------------------------------------------------------------------------


def certain_numbers(record: str, field: str) -> list[dict[str, Any]]:
    return [
        {word: limit for word, limit in node.items() if word.lower().endswith("mum")}
        for node in subschemas(RECORDS[record]["properties"][field])
        if node.get("type") == "number"
    ]


@pytest.mark.parametrize(
    ("record", "field", "limits", "places"),
    [
        ("Cost", "amount", {"minimum": 0}, 2),
        ("Transfer", "amount", {"minimum": 0}, 2),
        ("Cost", "optimism_bias", {"minimum": 0}, 1),
        ("Effect", "optimism_bias", {"minimum": 0, "maximum": 1}, 1),
        ("Effect", "cashable", {"minimum": 0, "maximum": 1}, 2),
        ("Effect", "growth", {"exclusiveMinimum": -1}, 1),
        ("Effect", "quantity", {}, 2),
        ("Effect", "factors", {}, 1),
        ("Overlap", "alpha", {"minimum": 0, "maximum": 1}, 1),
        ("Discount", "rate", {"exclusiveMinimum": -1}, 1),
        ("Case", "inflation", {"exclusiveMinimum": -1}, 1),
        ("ExcessBurden", "rate", {"exclusiveMinimum": -1}, 1),
        ("Parameter", "value", {}, 1),
    ],
)
def test_certain_numbers_have_the_range_of_their_field(record, field, limits, places):
    assert certain_numbers(record, field) == [limits] * places


def test_the_small_example_fits():
    assert fits(SCHEMA, SMALL_CASE)


@settings(max_examples=30)
@given(case=cases())
def test_every_case_that_the_model_takes_fits(case):
    case = json.loads(json.dumps(case))
    assume(is_taken(case))
    assert fits(SCHEMA, case)


def is_taken(case: dict[str, Any]) -> bool:
    try:
        return broken_rules(Case.model_validate(case)) == []
    except ValidationError:
        return False


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("horizon", 0),
        ("horizon", 301),
        ("horizon", 2.5),
        ("base_year", 25),
        ("impactmonitor", 2),
        ("currency", "euro"),
        ("id", "Fall Prevention"),
        ("title", {"de": "Sturzprävention"}),
        ("distribution", {}),
        ("decisions", {"pilot": {"options": ["case"]}}),
        ("actors", {}),
        ("actors.municipality.kind", None),
        ("costs.Courses", {"amount": 1, "paid_by": "municipality"}),
        ("costs.courses.amount", -1),
        ("costs.courses.amount", {}),
        ("costs.courses.amount", {"2025": -1}),
        ("costs.courses.amount", {"20250": 1}),
        ("costs.courses.amount", {"pert": [1, 2]}),
        ("costs.courses.amount", {"pert": [1, 2, 3], "uniform": [1, 2]}),
        ("costs.courses.amount", "24 000"),
        ("costs.courses.in_kind", "no"),
        ("effects.treated-falls-avoided.quantity", "about ten"),
        ("effects.treated-falls-avoided.drop_off", 1.5),
        ("effects.treated-falls-avoided.cashable", {"insurer": 2}),
        ("effects.treated-falls-avoided.domain", "cultural"),
        ("effects.treated-falls-avoided.card", {"reach": 5}),
        ("effects.treated-falls-avoided.factors", {"a.b": 1}),
        ("overlaps", {"falls": {"lines": [], "alpha": 0.5}}),
        ("correlations", [["parameters.reached", "discount.rate", 2]]),
    ],
)
def test_a_case_with_a_mistake_of_form_does_not_fit(path, value):
    case = deepcopy(SMALL_CASE)
    *above, last = path.split(".")
    node = case
    for key in above:
        node = node[key]
    node[last] = value
    assert not fits(SCHEMA, case)
    assert not is_taken(case)
