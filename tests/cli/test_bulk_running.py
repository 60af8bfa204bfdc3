"""The command for many cases, as somebody types it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bulk.many import files_of, in_threads, lines, small, written
from tests.cli.test_commands import call, flat

COMMAND = "from impactmonitor.cli import main; main()"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("source") / "cases.jsonl", lines(14))


def errors_of(code: int, *words: str) -> list[str]:
    found = call("bulk", *words, "--json", code=code)
    assert found.stderr == ""
    return [error["code"] for error in json.loads(found.stdout)["errors"]]


def test_the_command_writes_what_the_library_writes(source, tmp_path):
    out = tmp_path / "out"
    words = ("--draws", "60", "--seed", "5", "--part", "6", "--workers", "1")
    answer = json.loads(call("bulk", str(source), "--out", str(out), *words, "--json").stdout)
    in_threads(source, tmp_path / "wanted", draws=60, seed=5, part=6)
    assert files_of(out) == files_of(tmp_path / "wanted")
    assert (answer["cases"], answer["refused"], answer["draws"], answer["seed"]) == (13, 4, 64, 5)
    assert set(answer["problems"]) >= {"json-syntax", "bulk-id-taken", "unknown-actor"}
    again = call("bulk", str(source), "--out", str(out), *words, "--lang", "nl")
    assert "Er was niets meer te doen." in flat(again.stdout)
    assert again.stderr == ""
    assert errors_of(3, str(source), "--out", str(out)) == ["bulk-run-differs"] * 4


@pytest.mark.parametrize(
    ("words", "exit_code", "problem"),
    [
        (("--draws", "0"), 2, "draws-out-of-range"),
        (("--part", "0"), 2, "part-out-of-range"),
        (("--part", "10001"), 2, "part-out-of-range"),
        (("--workers", "0"), 2, "too-few-workers"),
        (("--catalogue", "nowhere"), 5, "catalogue-folder-missing"),
        (("--cluster", "nonsense://x"), 5, "cluster-not-found"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_made(
    source, tmp_path, words, exit_code, problem
):
    out = tmp_path / "out"
    assert errors_of(exit_code, str(source), "--out", str(out), *words) == [problem]
    assert not out.exists()


def test_a_source_that_is_not_there(tmp_path):
    out = ("--out", str(tmp_path / "out"))
    assert errors_of(5, str(tmp_path / "none"), *out) == ["bulk-source-not-found"]
    assert errors_of(3, str(tmp_path), *out) == ["bulk-source-empty"]


@pytest.mark.parametrize("package", ["pyarrow", "distributed"])
def test_what_is_not_installed_is_said_with_what_to_do(monkeypatch, source, tmp_path, package):
    monkeypatch.setitem(sys.modules, package, None)  # as Python marks what cannot be imported
    words = (str(source), "--out", str(tmp_path / "out"), "--cluster", "local")
    assert errors_of(2, *words) == ["scale-not-installed"]


def test_who_watches_sees_how_far_it_is(tmp_path):
    texts = [json.dumps(small(number)) for number in range(40)]
    source = written(tmp_path / "cases.jsonl", texts)
    words = ["bulk", str(source), "--out", str(tmp_path / "out"), "--part", "10",
             "--draws", "1024", "--lang", "nl", "--workers", "1"]  # fmt: skip
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            seen += piece
        assert process.wait() == 0
    os.close(ours)
    assert b"Casussen" in seen
    assert b"/40" in seen
