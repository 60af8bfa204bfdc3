"""The folder of a run: taken up again, never mixed with another run, never half."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from impactmonitor.bulk.columns import encoded
from impactmonitor.bulk.folder import MANIFEST, RunFolder
from impactmonitor.problems import InvalidInput

ASKED = {"source": {"name": "cases.jsonl", "cases": 3}, "draws": None, "part": 2}
PROBLEM = {"code": "bulk-id-taken", "path": "id"}
ROWS = [
    {"case": "a", "file": "f", "line": 1, "status": "done", "problems": []},
    {"case": "a", "file": "f", "line": 2, "status": "refused", "problems": [PROBLEM, PROBLEM]},
    {"case": None, "file": "g", "status": "refused", "problems": [{"code": "x"}]},
]
CASES, ACTORS = encoded(ROWS, "parts", False), encoded([], "actors", False)


def begun(path: Path, asked: dict = ASKED, is_restarted: bool = False) -> RunFolder:
    folder = RunFolder(path)
    folder.begin(asked, is_restarted)
    return folder


def codes(path: Path, asked: dict = ASKED, is_restarted: bool = False) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as error:
        begun(path, asked, is_restarted)
    return [(problem.code, problem.path) for problem in error.value.problems]


def test_a_part_that_was_kept_is_known(tmp_path):
    folder = begun(tmp_path / "new" / "run")
    assert folder.facts(0) is None
    folder.keep(0, CASES, ACTORS)
    facts = folder.facts(0)
    assert facts.ids == ("a", None, None)
    assert dict(facts.statuses) == {"done": 1, "refused": 2}
    assert dict(facts.problems) == {"bulk-id-taken": 1, "x": 1}
    assert dict(facts.first) == {"bulk-id-taken": "f:2", "x": "g"}
    assert begun(folder.path).facts(0) == facts
    assert folder.facts(1) is None


def test_a_run_is_taken_up_by_the_same_run_only(tmp_path):
    begun(tmp_path).keep(0, CASES, ACTORS)
    other = {**ASKED, "draws": 64, "source": {"name": "cases.jsonl", "cases": 4}}
    assert codes(tmp_path, other) == [
        ("bulk-run-differs", "source.cases"),
        ("bulk-run-differs", "draws"),
    ]
    with pytest.raises(InvalidInput) as error:
        begun(tmp_path, other)
    assert "draws was - there, and would be 64 now" in error.value.problems[1].message("en")
    assert begun(tmp_path).facts(0) is not None
    assert begun(tmp_path, other, is_restarted=True).facts(0) is None
    assert json.loads((tmp_path / MANIFEST).read_text())["asked"] == other


def test_a_restart_takes_away_what_a_run_wrote_and_nothing_else(tmp_path):
    folder = begun(tmp_path)
    folder.keep(0, CASES, ACTORS)
    for name in ("note.txt", "parts/mine.parquet", "parts/.mine"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    begun(tmp_path, is_restarted=True)
    left = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    assert left == ["note.txt", "parts/.mine", "parts/mine.parquet", "run.json"]


@pytest.mark.parametrize("restart", [True, False])
@pytest.mark.parametrize(
    "manifest", ["", "{", "[]", '{"asked": {}}', '{"impactmonitor_bulk": 2, "asked": {}}', None]
)
def test_a_folder_with_something_else_is_left_alone(tmp_path, manifest, restart):
    name = "letter.txt" if manifest is None else MANIFEST
    (tmp_path / name).write_text(manifest or "", encoding="utf-8")
    assert codes(tmp_path, is_restarted=restart) == [("bulk-folder-taken", "")]
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert codes(tmp_path / "file") == [("bulk-folder-taken", "")]
    assert codes(tmp_path / "file" / "run") in (
        [("bulk-folder-not-written", "")],
        [("bulk-folder-taken", "")],
    )


@pytest.mark.parametrize("name", ["parts", "actors"])
@pytest.mark.parametrize("keep", [0, 1, 100, -8])
def test_half_a_file_is_never_taken_for_a_part(tmp_path, name, keep):
    folder = begun(tmp_path)
    folder.keep(0, CASES, ACTORS)
    file = folder.file(name, 0)
    file.write_bytes(file.read_bytes()[:keep])
    assert folder.facts(0) is None
    file.unlink()
    assert folder.facts(0) is None


def test_what_a_killed_run_left_half_is_swept_away(tmp_path):
    half = begun(tmp_path).file("parts", 3).with_name(".00003-abc.part")
    half.write_bytes(CASES[:50])
    begun(tmp_path)
    assert not half.exists()


def test_the_results_are_in_the_manifest_when_the_run_is_complete(tmp_path):
    folder = begun(tmp_path)
    assert json.loads((tmp_path / MANIFEST).read_text())["is_complete"] is False
    folder.note(ASKED, {"cases": 3})
    found = json.loads((tmp_path / MANIFEST).read_text())
    assert (found["is_complete"], found["results"]) == (True, {"cases": 3})
