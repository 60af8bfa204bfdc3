"""What every file of ours in YAML or JSON has to be, whatever it is about."""

from __future__ import annotations

import pytest

from impactmonitor.intake.documents import ENDINGS, READERS, mapping_in, placed
from impactmonitor.plain import Document
from impactmonitor.problems import MAX_PROBLEMS, InvalidInput, Problem


def test_every_ending_is_named_and_read() -> None:
    assert ENDINGS == ".yaml, .yml, .json"
    trees = [read(b'{"pot": 1, "claims": [2, 3]}').tree for read in READERS.values()]
    assert trees == [{"pot": 1, "claims": [2, 3]}] * 3


@pytest.mark.parametrize(
    ("tree", "code"),
    [(None, "file-empty"), ([], "not-a-mapping"), ("text", "not-a-mapping"), (0, "not-a-mapping")],
)
def test_a_document_is_a_mapping_at_its_top(tree: object, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        mapping_in(Document(tree))
    assert [p.code for p in caught.value.problems] == [code]


def test_an_empty_mapping_is_a_mapping() -> None:
    assert mapping_in(Document({})) == {}


def test_what_was_refused_tells_why_nothing_is_left() -> None:
    refused = Problem("yaml-tag", "", {"tag": "!x"}, line=1)
    with pytest.raises(InvalidInput) as caught:
        mapping_in(Document(None, (refused,)))
    assert caught.value.problems == (refused,)


def test_each_problem_gets_its_line_and_a_refused_place_is_named_once() -> None:
    document = READERS[".yaml"](b"pot: &x 1\nclaims:\n- 2\n- -3\n")
    assert [p.code for p in document.problems] == ["yaml-anchor"]
    found = [Problem("too-low", "claims.1"), Problem("too-low", "pot"), Problem("no-lines")]
    assert [(p.path, p.code, p.line) for p in placed(document, found)] == [
        ("pot", "yaml-anchor", 1),
        ("claims.1", "too-low", 4),
        ("", "no-lines", None),
    ]


def test_no_more_problems_are_placed_than_are_listed() -> None:
    many = (Problem("too-low", f"claims.{i}") for i in range(MAX_PROBLEMS + 50))
    found = placed(Document({}), many)
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].code == "too-many-problems"
