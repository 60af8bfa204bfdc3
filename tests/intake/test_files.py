"""Bytes of files, as many as are read and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from impactmonitor.intake.files import bytes_of, bytes_of_kind, is_file
from impactmonitor.plain import MAX_BYTES
from impactmonitor.problems import InvalidInput, NotFound


def test_a_file_is_read_up_to_its_last_byte(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"x" * MAX_BYTES)
    assert len(bytes_of(file)) == MAX_BYTES


def test_a_larger_one_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(InvalidInput) as refused:
        bytes_of(file)
    assert [p.code for p in refused.value.problems] == ["file-too-large"]


@pytest.mark.parametrize("name", ["absent", "x" * 5000, "a\0b", "."])
def test_what_is_no_file(tmp_path: Path, name: str) -> None:
    assert not is_file(tmp_path / name)


@pytest.mark.parametrize("name", ["a.csv", "a.CSV"])
def test_a_file_of_the_kind_that_is_asked_for(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a,b")
    assert bytes_of_kind(tmp_path / name, (".csv",), "csv-file-kind") == b"a,b"


@pytest.mark.parametrize(("name", "ending"), [("a.XLS", ".xls"), ("csv", ""), (".csv", "")])
def test_a_file_of_another_kind_is_named_by_its_ending(
    tmp_path: Path, name: str, ending: str
) -> None:
    (tmp_path / name).write_bytes(b"a,b")
    with pytest.raises(InvalidInput) as refused:
        bytes_of_kind(tmp_path / name, (".yaml", ".json"), "game-file-kind", known="those")
    (problem,) = refused.value.problems
    assert problem.code == "game-file-kind"
    assert problem.params == {"ending": ending, "known": "those"}


def test_that_a_file_is_missing_is_said_before_its_kind(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as missing:
        bytes_of_kind(tmp_path / "none.xls", (".csv",), "csv-file-kind")
    assert missing.value.problem.code == "file-not-found"
    assert missing.value.problem.params == {"file": "none.xls"}
