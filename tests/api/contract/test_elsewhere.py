"""Schemas that lean on that of a case, and those that nothing leads to."""

from __future__ import annotations

from typing import Annotated, Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, WithJsonSchema

from impactmonitor_api.contract.elsewhere import MARK, REF, linked, schemas_of, used


class Marked(BaseModel):
    part: Annotated[dict[str, Any], Field(json_schema_extra={MARK: "Case"})]


class Referring(BaseModel):
    part: Annotated[dict[str, Any], WithJsonSchema({"$ref": f"{REF}CaseEffect"})]
    inner: list[Marked]


def test_a_field_may_refer_to_a_part_of_a_case_in_both_ways():
    found = linked(schemas_of([Referring], "validation"))
    assert found["Referring"]["properties"]["part"]["$ref"] == f"{REF}CaseEffect"
    assert found["Referring"]["properties"]["inner"]["items"] == {"$ref": f"{REF}Marked"}
    assert found["Marked"]["properties"]["part"] == {"$ref": f"{REF}Case"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"))))
def test_what_stays_is_all_that_is_led_to(graph):
    """Compared with going round until nothing is added."""
    schemas = {name: {"items": [{"$ref": REF + to} for to in led]} for name, led in graph.items()}
    reached = {"a"}
    for _ in graph:
        reached |= {to for name in reached for to in graph.get(name, ())}
    found = used({"paths": {}, "components": {"schemas": schemas}}, ["a"])
    assert set(found) == reached & set(graph)
