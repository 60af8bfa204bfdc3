"""Everything that is refused, as problem details."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor import messages
from impactmonitor.problems import Problem
from impactmonitor_api.http.refusals import TYPE, pointer_of, problem_details, refused
from impactmonitor_api.routes.declared import MEANINGS

KEYS = st.lists(st.text("abc-~/0", min_size=1), max_size=5)


@given(KEYS)
def test_a_pointer_leads_to_the_place(keys):
    """RFC 6901, section 4: split at the slashes, then ~1 is a slash and ~0 a tilde."""
    pointer = pointer_of(".".join(keys))
    parts = pointer.split("/")[1:]
    assert [part.replace("~1", "/").replace("~0", "~") for part in parts] == keys


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("status", sorted(MEANINGS))
def test_every_status_that_is_declared_has_a_title(status, language):
    title = messages.text(f"service.statuses.{status}", language)
    assert re.match("[A-Z]", title)
    assert not title.endswith(".")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_one_error_is_said_whole(language):
    problem = Problem("unknown-key", "effects.falls.x", {"key": "x", "nearest": "y"})
    said = problem_details(422, [problem], language, "name")
    assert (said["code"], said["type"]) == ("unknown-key", TYPE + "unknown-key")
    assert said["detail"] == f"{problem.message(language)} {problem.hint(language)}"
    assert said["errors"][0]["pointer"] == "/effects/falls/x"
    assert (said["status"], said["instance"]) == (422, "urn:uuid:name")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_several_errors_are_counted_and_warnings_stand_apart(language):
    problems = [
        Problem("route-not-found", "a"),
        Problem("thing-not-found", "b"),
        Problem("missing-field", "c", severity="warning"),
    ]
    said = problem_details(422, problems, language, "name")
    assert said["code"] == "several"
    assert "2" in said["detail"]
    assert [one["code"] for one in said["errors"]] == ["route-not-found", "thing-not-found"]
    assert [one["code"] for one in said["warnings"]] == ["missing-field"]


def test_a_refusal_for_one_reason():
    found = refused(409, "case-archived", "id", {"a": 1}, {"X": "y"})
    assert (found.status_code, found.headers) == (409, {"X": "y"})
    assert [(p.code, p.path) for p in found.problems] == [("case-archived", "id")]
