"""The theory of change as nodes and links for programs."""

from __future__ import annotations

import json

import pytest
from tests.theorised import THEORY, evaluated

from impactmonitor.report.theory_document import theory_document

FOUND = theory_document(evaluated(scores={"prevention-core-set": {"say": 3}}))
NODES = {node["key"]: node for node in FOUND["nodes"]}


def test_it_is_plain_json() -> None:
    assert json.loads(json.dumps(FOUND, allow_nan=False)) == FOUND
    assert (FOUND["case"], FOUND["title"], FOUND["currency"]) == ("small", "Small", "EUR")


def test_nodes_stand_from_what_is_done_to_what_it_is_for() -> None:
    assert [node["kind"] for node in FOUND["nodes"]] == [
        "activity", "output", "effect", "effect", "indicator", "indicator", "end-state",
    ]  # fmt: skip


def test_every_kind_has_its_own_facts() -> None:
    assert NODES["activity.classes"] | {"title": ""} == {
        "key": "activity.classes",
        "kind": "activity",
        "id": "classes",
        "title": "",
        "costs": ["teachers", "rooms"],
        "present_value": 150.0,
    }
    assert NODES["output.pupils"]["quantity"] == 30
    assert NODES["effect.falls"]["present_value"] == 80.0
    assert NODES["effect.falls"]["falls_to"] == ["insurer"]
    assert NODES["effect.fear"]["present_value"] is None
    say = NODES["indicator.prevention-core-set.say"]
    assert (say["is_measured"], say["status"]) == (True, "value")
    assert 0 < say["score"] < 1
    own = NODES["indicator.treated-falls-avoided"]
    assert (own["indicator"], own["status"], own["score"]) == ("treated-falls-avoided", None, None)


def test_links_name_nodes_and_say_on_what_they_rest() -> None:
    ends = {(link["from"], link["to"]): link for link in FOUND["links"]}
    assert {key for pair in ends for key in pair} == set(NODES)
    written = ends["output.pupils", "effect.falls"]
    assert (written["assumption"], written["written"]) == ("They train", True)
    follows = ends["effect.falls", "indicator.treated-falls-avoided"]
    assert (follows["assumption"], follows["written"]) == (None, False)


@pytest.mark.parametrize(("language", "assumption"), [("en", "They train"), ("nl", "Zij oefenen")])
def test_in_the_language_of_the_reader(language, assumption) -> None:
    found = theory_document(evaluated(), language)
    assert assumption in [link["assumption"] for link in found["links"]]


def test_only_what_is_asked_about_the_theory_is_repeated() -> None:
    theory = {**THEORY, "outputs": {"pupils": {"leads_to": ["falls"]}}}
    warnings = theory_document(evaluated(theory))["warnings"]
    assert {w["code"] for w in warnings} == {"output-not-counted", "indicator-not-measured"}
    assert FOUND["warnings"] == []
