"""Processes of our own that work out parts, and end when nobody waits for them any more."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread

from impactmonitor.catalogue.loading import load_catalogue

ENVIRONMENT: Mapping[str, str] = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": str(1 << 28),
    "MALLOC_MMAP_THRESHOLD_": str(1 << 25),
}
"""What workers are started with.

Numpy computes on one thread, because the cases are divided over the workers. Memory that is given
back is kept for the next case: to ask the system for it again and again costs more than the
calculation. These are read when a process starts, so they are set before. glibc takes no more than
32 MB for the second of them.
"""


@contextmanager
def environment(settings: Mapping[str, str]) -> Iterator[None]:
    """Have settings for processes that are started meanwhile, and afterwards what was there.

    Examples
    --------
    >>> with environment({"OMP_NUM_THREADS": "1"}):
    ...     os.environ["OMP_NUM_THREADS"]
    '1'
    """
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def processes(workers: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes, started afresh.

    When all goes well they end after their last part. When it does not, or when this process is
    killed, they end at once: what they were doing is done again.

    Parameters
    ----------
    workers : int
        At least 1.
    """
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    with environment(ENVIRONMENT), theirs, ours:
        pool = ProcessPoolExecutor(workers, context, start_worker, (theirs,))
        try:
            yield pool
        except BaseException:
            ours.close()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def start_worker(theirs: Connection) -> None:
    """Make a process ready for work.

    Parameters
    ----------
    theirs : Connection
        Ends when the process that hands out the work lets go of its own end of it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who hands out the work hears Ctrl-C
    Thread(target=_end_with, args=(theirs,), daemon=True).start()
    load_catalogue()
    gc.collect()
    gc.freeze()  # what stays is not looked through after every few cases


def _end_with(theirs: Connection) -> None:
    try:
        theirs.poll(None)
    finally:
        os._exit(0)
