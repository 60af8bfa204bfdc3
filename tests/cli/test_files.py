"""Files are written whole or not at all, and never over another one by accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from impactmonitor.cli import files
from impactmonitor.cli.files import check_target, write_whole
from impactmonitor.cli.outcome import WrongUse


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def refused(path: Path, is_forced: bool = False) -> str:
    with pytest.raises(WrongUse) as caught:
        check_target(path, (".xlsx",), is_forced)
    return caught.value.problem.code


def test_a_file_is_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.xlsx", b"all of it", is_forced=False)
    assert (tmp_path / "a.xlsx").read_bytes() == b"all of it"
    assert names(tmp_path) == ["a.xlsx"]


def test_it_can_be_read_by_others_as_any_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "ours.xlsx", b"x", is_forced=False)
    (tmp_path / "usual.xlsx").write_bytes(b"x")
    modes = {file.stat().st_mode for file in tmp_path.iterdir()}
    assert len(modes) == 1


def test_nothing_is_replaced_without_being_asked(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"mine")
    assert refused(file) == "file-exists"
    with pytest.raises(WrongUse, match="file-exists"):
        write_whole(file, b"other", is_forced=False)
    assert file.read_bytes() == b"mine"
    assert names(tmp_path) == ["a.xlsx"]
    check_target(file, (".xlsx",), is_forced=True)
    write_whole(file, b"other", is_forced=True)
    assert file.read_bytes() == b"other"
    assert names(tmp_path) == ["a.xlsx"]


def test_what_cannot_be_made_is_said_beforehand(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.xls") == "file-kind-to-write"
    assert refused(tmp_path / "none" / "a.xlsx") == "folder-not-found"
    (tmp_path / "folder.xlsx").mkdir()
    assert refused(tmp_path / "folder.xlsx", is_forced=True) == "file-exists"


@pytest.mark.parametrize("is_forced", [True, False])
def test_a_disk_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_forced: bool
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "a.xlsx"
    if is_forced:
        file.write_bytes(b"mine")
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(WrongUse, match="file-not-written"):
        write_whole(file, b"half", is_forced)
    assert names(tmp_path) == (["a.xlsx"] if is_forced else [])
    assert not is_forced or file.read_bytes() == b"mine"


def test_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", unknown)
    write_whole(tmp_path / "a.xlsx", b"x", is_forced=False)
    assert (tmp_path / "a.xlsx").read_bytes() == b"x"
    with pytest.raises(WrongUse, match="file-exists"):
        write_whole(tmp_path / "a.xlsx", b"y", is_forced=False)
    assert names(tmp_path) == ["a.xlsx"]


def test_a_name_that_no_file_can_have_is_said_beforehand(tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as caught:
        check_target(tmp_path / f"{'x' * 5000}.xlsx", (".xlsx",), is_forced=False)
    assert caught.value.problem.code == "file-not-written"
