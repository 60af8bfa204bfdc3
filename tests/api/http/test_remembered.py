"""An answer is remembered for the same bytes of the same organisation, and no other."""

import pytest
from tests.api.serving import EXAMPLE, YAML

from impactmonitor_api.http.remembered import Remembered, question


def test_those_not_asked_for_longest_go_first():
    remembered = Remembered(most_bytes=10)
    for name in (b"a", b"b"):
        remembered.put(question(name), name * 5)
    assert remembered.get(question(b"a")) == b"aaaaa"
    remembered.put(question(b"c"), b"ccccc")
    assert remembered.get(question(b"b")) is None
    assert remembered.get(question(b"a")) == b"aaaaa"


def test_what_is_larger_than_all_of_it_is_not_remembered():
    remembered = Remembered(most_bytes=10)
    remembered.put(question(b"a"), b"x" * 11)
    assert remembered.get(question(b"a")) is None


@pytest.mark.parametrize("other", [("x", 0, ".json"), ("o", 1, ".json"), ("o", 0, ".yaml")])
def test_whatever_differs_is_another_question(other):
    assert question(b"a", "o", 0, ".json") != question(b"a", *other)


def test_a_remembered_answer_is_the_answer(service):
    body = EXAMPLE.read_bytes()
    with service.client(**YAML) as http:
        first, again = (http.post("/v1/evaluations", content=body) for _ in range(2))
        dutch = http.post("/v1/evaluations", content=body, headers={"Accept-Language": "nl"})
        other = http.post("/v1/evaluations", content=body.replace(b"12356", b"12357"))
    assert first.content == again.content
    assert dutch.json()["title"] != first.json()["title"]
    assert other.json()["totals"]["costs"] != first.json()["totals"]["costs"]
