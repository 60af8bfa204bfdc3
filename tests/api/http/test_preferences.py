"""Which form of an answer a client likes best."""

import pytest
from starlette.requests import Request

from impactmonitor_api.http.preferences import best_kind, kind_for, prefers_later
from impactmonitor_api.http.refusals import Refused

KNOWN = ("application/json", "application/yaml", "image/png")


def request_with(*headers):
    given = [(name.encode(), value.encode()) for name, value in headers]
    return Request({"type": "http", "headers": given})


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("*/*", "application/json"),
        ("application/yaml", "application/yaml"),
        ("application/*", "application/json"),
        ("image/*, application/*;q=0.5", "image/png"),
        ("application/json;q=0.2, application/yaml;q=0.3", "application/yaml"),
        ("application/json;q=0, */*", "application/yaml"),  # the most precise range counts
        ("*/*;q=0.1, image/png", "image/png"),
        ("Application/YAML ; Q=0.9", "application/yaml"),
        ("application/json;q=none, image/png;q=0.001", "image/png"),
        ("application/json;q=7, image/png;q=0.5", "image/png"),
        ("text/html", None),
        ("*/*;q=0", None),
        ("application/yaml;charset=utf-8;q=0.4", "application/yaml"),
        (";;,=,", None),
    ],
)
def test_the_most_precise_range_counts_and_then_the_highest_weight(accepted, expected):
    assert best_kind(accepted, KNOWN) == expected


def test_without_a_wish_the_first_form_is_given():
    assert kind_for(request_with(), KNOWN) == "application/json"


def test_several_headers_are_one():
    request = request_with(("accept", "text/html"), ("accept", "image/png"))
    assert kind_for(request, KNOWN) == "image/png"


def test_a_form_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(Refused) as refused:
        kind_for(request_with(("accept", "text/html")), KNOWN)
    assert refused.value.status_code == 406
    said = refused.value.problems[0]
    assert said.code == "answer-kind"
    assert "image/png" in said.hint("nl")


@pytest.mark.parametrize(
    ("preferred", "expected"),
    [("respond-async", True), ("wait=10, Respond-Async", True), ("respond-async; foo=bar", True),
     ("wait=10", False), ("no-respond-async", False), ("", False)],
)  # fmt: skip
def test_whether_somebody_would_rather_come_back(preferred, expected):
    assert prefers_later(request_with(("prefer", preferred))) is expected
