"""Bytes of files, as many as are read and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from impactmonitor.intake.files import bytes_of, is_file
from impactmonitor.plain import MAX_BYTES
from impactmonitor.problems import InvalidInput


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
