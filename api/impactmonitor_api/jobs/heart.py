"""Signs of life while a job is done, and whether it still has to be done."""

from __future__ import annotations

import logging
from threading import Event, Thread
from types import TracebackType

from sqlalchemy.exc import SQLAlchemyError

from impactmonitor_api.storage import leases
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.leases import Claimed, Hold

LOG = logging.getLogger("impactmonitor_api")
BEATS_IN_A_LEASE = 3
LONGEST_PAUSE = 1.0
"""Seconds: somebody who looks how far a job is sees at most so old a number."""


class Abandoned(Exception):
    """Work that is no longer this worker's to do."""


class Heart:
    """Renews the lease of a job for as long as the work on it lasts, in a thread of its own.

    Parameters
    ----------
    database : Database
    job : Claimed
    lease_seconds : float
        For how long each time.
    stopping : Event
        Set when the worker is to stop.
    """

    def __init__(
        self, database: Database, job: Claimed, lease_seconds: float, stopping: Event
    ) -> None:
        self._database, self._job, self._lease_seconds = database, job, lease_seconds
        self._stopping = stopping
        self._hold: Hold = "held"
        self._progress = 0.0
        self._over = Event()
        self._thread = Thread(target=self._beat, name="impactmonitor-heart", daemon=True)

    def __enter__(self) -> Heart:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def tell(self, done: int, total: int) -> None:
        """Hear how far the work is.

        Raises
        ------
        Abandoned
            If it need not go on: the job was cancelled, somebody else has it, or the worker
            stops.
        """
        self._progress = done / total
        if self._hold != "held" or self._stopping.is_set():
            raise Abandoned(self._job.id)

    def _beat(self) -> None:
        pause = min(self._lease_seconds / BEATS_IN_A_LEASE, LONGEST_PAUSE)
        while self._hold == "held" and not self._over.wait(pause):
            try:
                with self._database.writing() as session:
                    self._hold = leases.renew(
                        session, self._job, self._lease_seconds, self._progress
                    )
            except SQLAlchemyError as error:  # the next beat may come in time
                fields = {"job": self._job.id}
                LOG.warning("no sign of life", exc_info=error, extra={"fields": fields})
