"""Workers of dask.distributed, on this machine or on many, as an executor."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple

from impactmonitor.bulk.processes import ENVIRONMENT
from impactmonitor.problems import NotFound, Problem

LOCAL = "local"
HERE = "127.0.0.1"
PATIENCE = 10
"""Seconds in which a cluster has to answer."""


class Cluster(NamedTuple):
    """Workers that take parts.

    Attributes
    ----------
    executor : Executor
        From ``Client.get_executor()``.
    workers : int
        How many parts they work on at a time.
    """

    executor: Executor
    workers: int


@contextmanager
def cluster(address: str, workers: int) -> Iterator[Cluster]:
    """Workers of dask.distributed.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://10.0.0.5:8786``; or ``local`` for workers on this
        machine, which hear nobody else.
    workers : int
        How many of these are started; a cluster elsewhere has its own.

    Raises
    ------
    NotFound
        ``cluster-not-found``, ``cluster-without-workers``.
    """
    if address == LOCAL:
        with _local(workers) as client:
            yield Cluster(client.get_executor(), workers)
        return
    with _client(address) as client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise NotFound(Problem("cluster-without-workers", params={"address": address}))
        yield Cluster(client.get_executor(), threads)


@contextmanager
def _local(workers: int) -> Iterator[Any]:
    """Workers on this machine; no page about them, and no port of a fixed number."""
    distributed = _untyped()  # before its settings are changed: else they would be lost after
    import dask

    settings = {"distributed.nanny.pre-spawn-environ": dict(ENVIRONMENT)}
    closed = {"dashboard": False, "dashboard_address": f"{HERE}:0"}
    with (
        dask.config.set(settings),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host=HERE,
            dashboard_address=None,
            scheduler_kwargs=closed,
        ) as made,
        distributed.Client(made) as client,
    ):
        yield client


def _client(address: str) -> Any:
    try:
        return _untyped().Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        params = {"address": address, "detail": type(error).__name__}
        raise NotFound(Problem("cluster-not-found", params=params)) from None


def _untyped() -> Any:
    """The package distributed, whose functions carry no types."""
    return import_module("distributed")
