"""A run gives the same files whoever works on it, however it is cut, and however often it dies."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow.dataset as ds
import pytest
from tests.bulk.many import files_of, in_threads, lines, rows_of, small, written

from impactmonitor import evaluate
from impactmonitor.bulk.options import BulkOptions
from impactmonitor.bulk.running import run_bulk
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput

COUNT, DRAWS, PART = 30, 64, 4
KILLS = 3
COMMAND = "from impactmonitor.cli import main; main()"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("source") / "cases.jsonl", lines(COUNT))


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in one thread of this process, never stopped."""
    out = tmp_path_factory.mktemp("whole") / "out"
    in_threads(source, out, workers=1, draws=DRAWS, part=PART)
    return out


# --- What a run leaves ----------------------------------------------------------------------------


def test_every_case_is_a_row_in_the_order_of_the_source(whole):
    rows = rows_of(whole)
    assert [row["line"] for row in rows] == [n for n in range(1, COUNT + 1) if n != 4]
    refused = {row["line"]: row["problems"][0]["code"] for row in rows if row["status"] != "done"}
    assert refused == {5: "json-syntax", 8: "missing-field", 10: "bulk-id-taken",
                       12: "unknown-actor"}  # fmt: skip
    done = [row["case"] for row in rows if row["status"] == "done"]
    assert len(set(done)) == len(done)
    assert [row["case"] for row in rows_of(whole, "actors")] == [n for n in done for _ in range(3)]


def test_the_files_are_one_table_each(whole):
    cases, actors = (ds.dataset(whole / name).to_table() for name in ("parts", "actors"))
    assert cases.num_rows == COUNT - 1
    assert actors.num_rows == 3 * (COUNT - 5)
    joined = actors.group_by("case").aggregate([("net", "sum")])
    nets = {row["case"]: row["net_sum"] for row in joined.to_pylist()}
    for row in cases.to_pylist():
        if row["status"] == "done":
            assert nets[row["case"]] == pytest.approx(row["net_present_value"], abs=1e-9)


def test_the_manifest_says_what_was_asked(whole, source):
    found = json.loads((whole / "run.json").read_text(encoding="utf-8"))
    assert found["is_complete"] is True
    assert found["results"] == {"cases": 29, "done": 25, "refused": 4, "not-simulated": 0}
    asked = found["asked"]
    assert (asked["draws"], asked["seed"], asked["part"]) == (DRAWS, 1, PART)
    assert asked["source"]["name"] == source.name


def test_a_point_result_is_that_of_the_case_alone(tmp_path):
    source = written(tmp_path / "cases.ndjson", [json.dumps(small(n)) for n in range(3)])
    found = in_threads(source, tmp_path / "out")
    rows = rows_of(tmp_path / "out")
    assert (found.cases, found.refused, found.cases_before) == (3, 0, 0)
    for number, row in enumerate(rows):
        alone = evaluate(Case.model_validate(small(number)))
        assert row["net_present_value"] == alone.totals["net_present_value"]
        assert "net_mean" not in row


def test_a_folder_gives_what_its_lines_give(tmp_path, source, whole):
    folder = tmp_path / "cases"
    folder.mkdir()
    for number, text in enumerate(source.read_text(encoding="utf-8").splitlines()):
        if text:
            (folder / f"{number:03d}.json").write_text(text, encoding="utf-8")
    in_threads(folder, tmp_path / "out", draws=DRAWS, part=PART)
    place = {"file", "line", "problems"}
    wanted = [{k: v for k, v in row.items() if k not in place} for row in rows_of(whole)]
    found = rows_of(tmp_path / "out")
    assert [{k: v for k, v in row.items() if k not in place} for row in found] == wanted
    assert found[0]["file"] == "000.json"


def test_of_equal_ids_the_first_counts_whatever_part_they_are_in(tmp_path):
    numbers = [1, 1, 2, 3, 2, 1, 4, 4, 4]
    texts = [json.dumps(small(number, title=f"at {at}")) for at, number in enumerate(numbers)]
    source = written(tmp_path / "cases.jsonl", texts)
    for part in (1, 2, 5, 9):
        out = tmp_path / f"out-{part}"
        found = in_threads(source, out, part=part)
        statuses = [row["status"] for row in rows_of(out)]
        assert statuses == ["done" if n not in numbers[:i] else "refused"
                            for i, n in enumerate(numbers)]  # fmt: skip
        actors = rows_of(out, "actors")
        assert [row["case"] for row in actors] == [f"case-{n:03d}" for n in (1, 2, 3, 4)
                                                   for _ in range(3)]  # fmt: skip
        assert found.problems == {"bulk-id-taken": 5}
        assert found.first == {"bulk-id-taken": "cases.jsonl:2"}


# --- The same whoever does it ---------------------------------------------------------------------


@pytest.mark.parametrize("part", [1, 3, 200])
def test_no_number_depends_on_the_parts(source, whole, tmp_path, part):
    in_threads(source, tmp_path / "out", draws=DRAWS, part=part)
    assert rows_of(tmp_path / "out") == rows_of(whole)
    assert rows_of(tmp_path / "out", "actors") == rows_of(whole, "actors")


@pytest.mark.parametrize("workers", [1, 2])
def test_processes_of_our_own_give_the_same_files(source, whole, tmp_path, workers):
    told = []
    found = run_bulk(source, tmp_path / "out", BulkOptions(DRAWS, part=PART), workers=workers,
                     progress=lambda *done: told.append(done))  # fmt: skip
    assert files_of(tmp_path / "out") == files_of(whole)
    assert (found.cases, found.refused) == (29, 4)
    assert told[0] == (0, 29)
    assert told[-1] == (29, 29)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_threads_give_the_same_files(source, whole, tmp_path):
    in_threads(source, tmp_path / "out", workers=3, draws=DRAWS, part=PART)
    assert files_of(tmp_path / "out") == files_of(whole)


class Backwards(Executor):
    """Does nothing until somebody waits, and then the last thing it was given first."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future, tuple]] = []
        self.most = 0

    def submit(self, function, /, *args):
        future = Late(self)
        self.waiting.append((future, (function, *args)))
        self.most = max(self.most, len(self.waiting))
        return future

    def work(self) -> None:
        while self.waiting:
            future, (function, *args) = self.waiting.pop()
            future.set_result(function(*args))


class Late(Future):
    def __init__(self, executor: Backwards) -> None:
        super().__init__()
        self.executor = executor

    def result(self, timeout=None):
        self.executor.work()
        return super().result(timeout)


def test_the_order_in_which_parts_get_done_makes_no_difference(source, whole, tmp_path):
    backwards = Backwards()
    run_bulk(source, tmp_path / "out", BulkOptions(DRAWS, part=PART), backwards, workers=3)
    assert files_of(tmp_path / "out") == files_of(whole)
    assert backwards.most == 6, "twice as many parts in flight as there are workers"


# --- Stopped and taken up again -------------------------------------------------------------------


def command(source: Path, out: Path) -> subprocess.Popen[bytes]:
    """The command in a process group of its own."""
    words = ("bulk", source, "--out", out, "--draws", DRAWS, "--part", PART, "--workers", 2)
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *map(str, words)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def test_a_run_that_is_killed_again_and_again_ends_with_the_same_files(source, whole, tmp_path):
    chance, out = random.Random(8), tmp_path / "out"  # noqa: S311  no secret
    parts = len(list((whole / "parts").iterdir()))
    had = 0
    for kill in range(KILLS):
        process = command(source, out)
        wanted = had + chance.randint(0, 1 + parts // KILLS) if kill else 0
        while process.poll() is None and len(list(out.glob("parts/*.parquet"))) < wanted:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.05))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        had = len(list(out.glob("parts/*.parquet")))
    assert had > 0
    with command(source, out) as last:
        _, said = last.communicate()
    assert (last.returncode, said) == (0, b"")
    assert files_of(out) == files_of(whole)


def test_ctrl_c_leaves_a_folder_that_can_be_taken_up(source, whole, tmp_path):
    out = tmp_path / "out"
    process = command(source, out)
    while process.poll() is None and not list(out.glob("parts/*.parquet")):
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"the same command goes on from there" in b" ".join(said.split())
    assert b"Traceback" not in said
    in_threads(source, out, draws=DRAWS, part=PART)
    assert files_of(out) == files_of(whole)


def test_only_what_is_missing_or_damaged_is_done_again(source, whole, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    parts = sorted((out / "parts").iterdir())
    parts[1].unlink()
    parts[3].write_bytes(parts[3].read_bytes()[:-20])
    (out / "actors" / "00005.parquet").unlink()
    untouched = parts[0].stat().st_mtime_ns
    found = in_threads(source, out, draws=DRAWS, part=PART)
    assert files_of(out) == files_of(whole)
    assert parts[0].stat().st_mtime_ns == untouched
    redone = [1, 3, 5]
    lost = sum(len(lines(COUNT)[PART * n : PART * n + PART]) for n in redone)
    assert found.cases_before in (29 - lost, 29 - lost + 1)


def test_another_run_in_the_same_folder_is_refused_with_what_differs(source, whole, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    with pytest.raises(InvalidInput) as error:
        in_threads(source, out, draws=128, seed=2, part=PART)
    assert [problem.path for problem in error.value.problems] == ["draws", "seed"]
    assert files_of(out) == files_of(whole)
    other = written(tmp_path / source.name, lines(COUNT - 1))
    with pytest.raises(InvalidInput) as error:
        in_threads(other, out, draws=DRAWS, part=PART)
    paths = [problem.path for problem in error.value.problems]
    assert paths == ["source.cases", "source.fingerprint"]


# --- What goes wrong ------------------------------------------------------------------------------


def test_a_source_that_changes_meanwhile_stops_the_run(tmp_path):
    source = written(tmp_path / "cases.jsonl", [json.dumps(small(n)) for n in range(6)])

    def spoil(done: int, _: int) -> None:
        if done == 0:
            written(source, [json.dumps(small(n + 1)) for n in range(6)])

    with ThreadPoolExecutor(1) as threads, pytest.raises(InvalidInput) as error:
        run_bulk(source, tmp_path / "out", BulkOptions(part=2), threads, 1, progress=spoil)
    assert [problem.code for problem in error.value.problems] == ["bulk-source-changed"]
    assert rows_of(tmp_path / "out") == []


class Dying(Executor):
    """Whose workers are lost, as those of a machine without memory are."""

    def submit(self, function, /, *args):
        from concurrent.futures.process import BrokenProcessPool

        future = Future()
        future.set_exception(BrokenProcessPool())
        return future


def test_workers_that_are_lost_are_said_in_words(source, tmp_path):
    with pytest.raises(InvalidInput) as error:
        run_bulk(source, tmp_path / "out", executor=Dying())
    (problem,) = error.value.problems
    assert problem.code == "bulk-worker-died"
    assert "--workers" in problem.hint("en")


def test_no_workers_do_no_work(source, tmp_path):
    with pytest.raises(ValueError, match="at least one worker"):
        run_bulk(source, tmp_path / "out", workers=0)
