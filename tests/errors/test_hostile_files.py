"""Broken and hostile files end in exit 3, soon, in little memory, and never in a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.errors.hostile import FILES, KINDS
from tests.errors.measuring import evaluated, measured
from tests.soaking import times

from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.plain import MAX_BYTES, MAX_DEPTH, MAX_NODES, read_json, read_yaml
from impactmonitor.problems import MAX_PROBLEMS, InvalidInput, Problem, errors
from impactmonitor.resources import folder

SECONDS, MEGABYTES = 5, 300
EXAMPLES = sorted(folder("examples").glob("*/case.yaml"))

# The worst of each kind, each in a process of its own.
ALONE = ["digits.yaml", "billion-laughs.yaml", "deep-lists.json", "many-lists.json",
         "empty-lines.json", "one-key.yaml"]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_files_end_soon_in_exit_3(kind: str, tmp_path: Path) -> None:
    done = measured("-m", "tests.errors.hostile", str(tmp_path), kind)
    assert done.code == 0, done.err
    outcomes = [json.loads(line) for line in done.out.splitlines()]
    assert {outcome["name"] for outcome in outcomes} == set(KINDS[kind])
    assert [outcome for outcome in outcomes if not is_as_it_should_be(outcome)] == []


def is_as_it_should_be(outcome: dict[str, Any]) -> bool:
    return (
        outcome["exit"] == 3
        and outcome["error"] is not None
        and outcome["errors"] <= MAX_PROBLEMS + 1
        and outcome["written"] < 300_000
        and outcome["seconds"] < SECONDS
    )


@pytest.mark.parametrize("name", ALONE)
def test_a_hostile_file_on_its_own(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name]())
    assert_ends_soon(file)


@pytest.mark.parametrize("ending", [".yaml", ".json"])
def test_a_file_of_100_megabytes_is_not_even_opened(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"large{ending}"
    with file.open("wb") as stream:
        stream.truncate(100_000_000)
    assert assert_ends_soon(file) == "file-too-large"


def assert_ends_soon(file: Path) -> str:
    done = evaluated(file)
    assert done.code == 3, done.err
    assert done.err == ""
    assert done.seconds < SECONDS
    assert done.megabytes < MEGABYTES
    return json.loads(done.out)["errors"][0]["code"]


# --- Limits, just inside and just outside --------------------------------------------------------


def refused(read: Any, text: str) -> str | None:
    try:
        read(text.encode())
    except InvalidInput as invalid:
        return invalid.problems[-1].code
    return None


@pytest.mark.parametrize("read", [read_yaml, read_json])
def test_the_limits_of_a_file(read: Any) -> None:
    deep = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert refused(read, deep) is None
    assert refused(read, f"[{deep}]") == "too-deep"
    assert refused(read, "[" + "1," * (MAX_NODES - 1) + "1]") is None
    assert refused(read, "[" + "1," * (2 * MAX_NODES) + "1]") == "too-many-nodes"
    assert refused(read, '["' + "x" * (MAX_BYTES - 4) + '"]') is None
    assert refused(read, '["' + "x" * MAX_BYTES + '"]') == "file-too-large"


# --- Cut off and changed examples ----------------------------------------------------------------


NAMED = [pytest.param(file, id=file.parent.name) for file in EXAMPLES]


def problems_of_file(file: Path) -> tuple[Problem, ...] | None:
    """What is wrong with a file; None where it gives a result."""
    try:
        load_and_evaluate(file, None)
    except InvalidInput as invalid:
        return invalid.problems
    return None


@pytest.mark.parametrize("example", NAMED)
@pytest.mark.parametrize("start", [0, 50])
def test_an_example_that_is_cut_off_is_refused_or_still_a_case(
    example: Path, start: int, tmp_path: Path
) -> None:
    data, file = example.read_bytes(), tmp_path / "case.yaml"
    for end in range(start, len(data), times(200, 100)):
        file.write_bytes(data[:end])
        found = problems_of_file(file)
        assert found is None or list(errors(found))
        assert all(p.message("nl") and p.message("en") for p in found or ())


@pytest.mark.parametrize("example", NAMED)
def test_an_example_without_one_of_its_lines_is_refused_or_still_a_case(
    example: Path, tmp_path: Path
) -> None:
    lines, file = example.read_bytes().splitlines(keepends=True), tmp_path / "case.yaml"
    for i in range(0, len(lines), times(19, 13)):
        file.write_bytes(b"".join(lines[:i] + lines[i + 1 :]))
        found = problems_of_file(file)
        assert found is None or list(errors(found))
