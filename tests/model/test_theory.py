"""The form of a theory of change: what may be written, and how links are told apart from names."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from tests.theorised import THEORY, theorised

from impactmonitor.model.changes import plain
from impactmonitor.model.theory import Link, Theory, links_of


def test_a_name_by_itself_is_a_link_without_assumption() -> None:
    bare, written = links_of(("a", Link(to="b", assumption="x")))
    assert (bare.to, bare.assumption) == ("a", None)
    assert (written.to, written.assumption) == ("b", "x")


def test_every_link_has_its_place_in_the_case() -> None:
    theory = theorised().theory
    assert theory is not None
    assert [(path, link.to) for path, link in theory.links()] == [
        ("theory.activities.classes.leads_to.0", "pupils"),
        ("theory.outputs.pupils.leads_to.0", "falls"),
        ("theory.effects.falls.leads_to.0", "fear"),
        ("theory.effects.falls.leads_to.1", "transition-monitor.healthier-for-all"),
        ("theory.effects.fear.leads_to.0", "prevention-core-set.say"),
    ]


def test_a_case_is_written_back_as_it_was() -> None:
    assert plain(theorised())["theory"] == THEORY


def test_a_case_without_a_theory_has_none() -> None:
    assert theorised().model_copy(update={"theory": None}).theory is None
    assert Theory() == Theory.model_validate({})


def test_a_theory_cannot_be_changed() -> None:
    theory = theorised().theory
    assert theory is not None
    with pytest.raises(TypeError):
        theory.activities["more"] = theory.activities["classes"]


@pytest.mark.parametrize(
    "part",
    [
        {"activities": {"a": {"leads_to": "b"}}},
        {"activities": {"a": {"leads_to": [None]}}},
        {"activities": {"a": {"leads_to": [{"assumption": "x"}]}}},
        {"activities": {"a": {"quantity": 3}}},
        {"outputs": {"a": {"quantity": -1}}},
        {"outputs": {"a": {"quantity": True}}},
        {"outputs": {"a": {"quantity": {"parameter": "b"}}}},
        {"effects": {"A": {}}},
        {"effects": {"a": {"title": "An effect has its own"}}},
        {"indicators": {}},
    ],
)
def test_what_has_another_form_is_refused(part: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Theory.model_validate(part)
