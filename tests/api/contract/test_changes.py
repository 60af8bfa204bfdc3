"""Which changes of a contract break clients."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from impactmonitor_api.contract.changes import breaking

REF = "#/components/schemas/"
OLD: dict[str, Any] = {
    "paths": {
        "/v1/things": {
            "post": {
                "parameters": [{"in": "query", "name": "limit"}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": f"{REF}New"}}}},
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": f"{REF}Out"}}}},
                    "422": {"content": {}},
                },
            },
            "get": {"responses": {"200": {}}},
        }
    },
    "components": {
        "schemas": {
            "New": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string"},
                    "kind": {"enum": ["a", "b"]},
                    "parts": {"type": "array", "items": {"$ref": f"{REF}New"}},
                },
            },
            "Out": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "amount": {"anyOf": [{"type": "number"}, {"type": "null"}]},
                    "by_name": {"type": "object", "additionalProperties": {"$ref": f"{REF}In"}},
                },
            },
            "In": {"type": "object", "properties": {"net": {"type": "number"}}},
        }
    },
}
POST = "POST /v1/things"


def changed(change: Any) -> list[str]:
    new = copy.deepcopy(OLD)
    post = new["paths"].get("/v1/things", {}).get("post", {})
    change(new, post, new["components"]["schemas"])
    return breaking(OLD, new)


BREAKS = {
    "GET /v1/things is gone": lambda new, post, s: new["paths"]["/v1/things"].pop("get"),
    f"{POST}: the parameter query limit is gone": lambda new, post, s: post["parameters"].clear(),
    f"{POST}: the parameter header If-Match is newly required": lambda new, post, s: post[
        "parameters"
    ].append({"in": "header", "name": "If-Match", "required": True}),
    f"{POST}: the parameter query limit is newly required": lambda new, post, s: post["parameters"][
        0
    ].update(required=True),
    f"{POST}: the status 200 is gone": lambda new, post, s: post["responses"].pop("200"),
    f"{POST}: an answer of application/json is gone": lambda new, post, s: post["responses"]["200"][
        "content"
    ].clear(),
    f"{POST}: a body of application/json is no longer taken": lambda new, post, s: post[
        "requestBody"
    ]["content"].clear(),
    f"{POST}: answer.id is gone": lambda new, post, s: s["Out"]["properties"].pop("id"),
    f"{POST}: answer.by_name[].net is gone": lambda new, post, s: s["In"]["properties"].clear(),
    f"{POST}: answer.id can now be null": lambda new, post, s: s["Out"]["properties"]["id"].update(
        type=["string", "null"]
    ),
    f"{POST}: body.kind is newly required": lambda new, post, s: s["New"]["required"].append(
        "kind"
    ),
    f"{POST}: body.parts is no longer known": lambda new, post, s: s["New"]["properties"].pop(
        "parts"
    ),
    f'{POST}: body.kind can no longer be "b"': lambda new, post, s: s["New"]["properties"][
        "kind"
    ].update(enum=["a", "c"]),
}


@pytest.mark.parametrize("said", BREAKS)
def test_what_breaks_is_said(said):
    assert changed(BREAKS[said]) == [said]


def add_everything(new: Any, post: Any, schemas: Any) -> None:
    new["paths"]["/v1/others"] = {"get": {"responses": {"200": {}}}}
    post["parameters"].append({"in": "query", "name": "q"})
    post["responses"]["409"] = {}
    schemas["Out"]["properties"]["more"] = {"type": "string"}
    schemas["Out"]["properties"]["amount"] = {"type": "number"}
    schemas["New"]["properties"]["more"] = {"type": "string"}
    schemas["New"]["properties"]["kind"]["enum"].append("c")


def test_what_is_added_breaks_nothing():
    assert changed(add_everything) == []
    assert breaking(OLD, OLD) == []


def test_a_refusal_may_go():
    assert changed(lambda new, post, s: post["responses"].pop("422")) == []
