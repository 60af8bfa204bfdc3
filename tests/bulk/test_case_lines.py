"""The lines of a file are its cases, however it is cut."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bulk.many import places, small, written

from impactmonitor.bulk.sources import items, survey
from impactmonitor.plain import MAX_BYTES
from impactmonitor.problems import InvalidInput


@given(
    lengths=st.lists(st.integers(0, 30), max_size=40).filter(any),
    size=st.integers(1, 12),
    has_end=st.booleans(),
)
def test_the_parts_of_a_file_are_all_its_lines(tmp_path_factory, lengths, size, has_end):
    file = tmp_path_factory.mktemp("lines") / "cases.jsonl"
    texts = ["x" * length for length in lengths]
    file.write_bytes("\n".join(texts).encode() + (b"\n" if has_end else b""))
    found = survey(file, size)
    filled = [number for number, text in enumerate(texts, 1) if text]
    assert places(file, size) == [("cases.jsonl", number) for number in filled]
    assert found.cases == sum(part.cases for part in found.parts) == len(filled)
    assert all(part.cases <= size for part in found.parts)
    assert found.fingerprint == survey(file, size + 1).fingerprint
    assert sum(part.size for part in found.parts) == file.stat().st_size


def test_a_line_that_is_too_long_is_one_case_of_its_own(tmp_path):
    long = json.dumps({"id": "x" * (MAX_BYTES + 10)})
    file = written(tmp_path / "cases.jsonl", [json.dumps(small(1)), long, json.dumps(small(2))])
    first, second, third = items(file, survey(file, 3).parts[0])
    assert [one.line for one in (first, second, third)] == [1, 2, 3]
    assert first.read().case.id == "case-001"
    assert third.read().case.id == "case-002"
    with pytest.raises(InvalidInput) as error:
        second.read()
    assert [problem.code for problem in error.value.problems] == ["file-too-large"]
