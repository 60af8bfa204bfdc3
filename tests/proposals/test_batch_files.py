"""Which files of a folder are read; the rest is named with its reason."""

from __future__ import annotations

import os

import pytest

from impactmonitor.problems import NotFound
from impactmonitor.proposals.batch_files import batch_files


def made(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_what_is_read_and_what_is_not(tmp_path):
    made(tmp_path, "b.yaml", "a.JSON", "sub/c.xlsx", "sub/deep/d.yaml", "~$a.xlsx", ".e.yaml",
         "readme.md", ".git/f.yaml", "sub/~$c.xlsx")  # fmt: skip
    found, skipped = batch_files(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "a.JSON", "b.yaml", "sub/c.xlsx"]  # fmt: skip
    assert {one.file: one.reason for one in skipped} == {
        "~$a.xlsx": "lock-file",
        "sub/~$c.xlsx": "lock-file",
        ".e.yaml": "hidden",
        ".git": "hidden",
        "readme.md": "other-kind",
        "sub/deep": "too-deep",
    }


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="a system without links")
def test_links_are_not_followed(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    made(outside, "secret.yaml", "more/secret.yaml")
    made(inside, "own.yaml")
    (inside / "link.yaml").symlink_to(outside / "secret.yaml")
    (inside / "folder").symlink_to(outside / "more")
    (inside / "gone.yaml").symlink_to(tmp_path / "nothing")
    found, skipped = batch_files(inside)
    assert [path.name for path in found] == ["own.yaml"]
    assert {(one.file, one.reason) for one in skipped} == {
        ("link.yaml", "link"), ("folder", "link"), ("gone.yaml", "link")}  # fmt: skip


def test_a_folder_that_is_a_link_itself_was_asked_for(tmp_path):
    made(tmp_path / "real", "a.yaml")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert len(batch_files(tmp_path / "link")[0]) == 1


def test_the_report_that_is_made_there_is_no_proposal(tmp_path, monkeypatch):
    made(tmp_path, "a.yaml", "report.xlsx")
    monkeypatch.chdir(tmp_path)
    from pathlib import Path

    found, skipped = batch_files(tmp_path, [Path("report.xlsx")])
    assert [path.name for path in found] == ["a.yaml"]
    assert skipped[0].reason == "excluded"


@pytest.mark.parametrize("name", ["nothing", "a.yaml", "x" * 5000])
def test_no_such_folder(tmp_path, name):
    made(tmp_path, "a.yaml")
    with pytest.raises(NotFound) as missing:
        batch_files(tmp_path / name)
    assert missing.value.problem.code == "folder-not-found"


def test_a_pipe_is_no_file(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("a system without pipes")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert batch_files(tmp_path)[1][0].reason == "other-kind"
