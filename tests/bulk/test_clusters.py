"""Workers of dask.distributed give the same files; nothing is opened but on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest
from distributed import LocalCluster
from tests.bulk.many import files_of, in_threads, lines, written

from impactmonitor.bulk.clusters import cluster
from impactmonitor.bulk.options import BulkOptions
from impactmonitor.bulk.processes import ENVIRONMENT
from impactmonitor.bulk.running import run_bulk
from impactmonitor.problems import NotFound


def listening() -> set[str]:
    """Where this process and those that it started wait for others to call."""
    own = psutil.Process()
    found = [one for each in (own, *own.children(recursive=True)) for one in _sockets(each)]
    return {one.laddr.ip for one in found if one.status == psutil.CONN_LISTEN}


def _sockets(process: psutil.Process) -> list:
    try:
        return process.net_connections()
    except psutil.NoSuchProcess:
        return []


def test_a_local_cluster_gives_the_same_files(tmp_path: Path) -> None:
    source = written(tmp_path / "cases.jsonl", lines(16))
    in_threads(source, tmp_path / "threads", draws=64, part=3)
    with cluster("local", 2) as (executor, workers):
        assert listening() == {"127.0.0.1"}
        found = executor.submit(os.getenv, "MALLOC_TRIM_THRESHOLD_").result()
        assert found == ENVIRONMENT["MALLOC_TRIM_THRESHOLD_"]
        run_bulk(source, tmp_path / "dask", BulkOptions(64, part=3), executor, workers)
    assert files_of(tmp_path / "dask") == files_of(tmp_path / "threads")


def test_a_cluster_elsewhere_gives_the_same_files(tmp_path: Path) -> None:
    source = written(tmp_path / "cases.jsonl", lines(8))
    in_threads(source, tmp_path / "threads", draws=64, part=3)
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, protocol="tcp", host="127.0.0.1",
            dashboard_address=None, scheduler_kwargs={"dashboard": False},
        ) as elsewhere,
        cluster(elsewhere.scheduler_address, 1) as (executor, workers),
    ):  # fmt: skip
        assert workers == 2
        run_bulk(source, tmp_path / "dask", BulkOptions(64, part=3), executor, workers)
    assert files_of(tmp_path / "dask") == files_of(tmp_path / "threads")


def test_no_cluster_is_said_in_words(monkeypatch) -> None:
    monkeypatch.setattr("impactmonitor.bulk.clusters.PATIENCE", 0.2)
    for address in ("tcp://127.0.0.1:1", "nonsense://x"):
        with pytest.raises(NotFound) as error, cluster(address, 1):
            pass
        assert error.value.problem.code == "cluster-not-found"
