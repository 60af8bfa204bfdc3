"""Examples for the fields of a case."""

from __future__ import annotations

from typing import Any

from impactmonitor_api.contract.case_examples import with_examples

SCHEMAS: dict[str, Any] = {
    "Case": {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "costs": {"type": "object", "additionalProperties": {"$ref": "#/x/CaseCost"}},
            "nowhere": {"type": "array", "minItems": 2, "items": {"$ref": "#/x/CaseOdd"}},
        },
    },
    "CaseCost": {"type": "object", "properties": {"amount": {"type": "number"}}},
    "CaseOdd": {
        "type": "object",
        "required": ["year", "kind"],
        "properties": {
            "year": {"type": "integer", "minimum": 1000, "maximum": 9999},
            "kind": {"enum": ["one", "other"]},
            "is_on": {"type": "boolean"},
        },
    },
}


def example(name: str, field: str) -> Any:
    return with_examples(SCHEMAS)[name]["properties"][field]["examples"][0]


def test_a_field_takes_what_a_shipped_case_has_there():
    assert example("Case", "id") == "early-debt-help-measured"
    assert isinstance(example("Case", "costs"), dict)
    assert example("CaseCost", "amount")


def test_a_field_that_no_case_has_gets_a_small_value_of_its_kind():
    assert example("Case", "nowhere") == [{"year": 2026, "kind": "one"}] * 2
    assert example("CaseOdd", "is_on") is True
