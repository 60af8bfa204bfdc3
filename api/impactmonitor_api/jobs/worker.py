"""A worker: takes one job after the other, and does it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.problems import InvalidInput, NotFound, Problem
from impactmonitor_api.jobs.heart import Abandoned, Heart
from impactmonitor_api.jobs.kinds import KINDS
from impactmonitor_api.settings import Settings
from impactmonitor_api.storage import answers, jobs, leases
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.leases import Claimed

LOG = logging.getLogger("impactmonitor_api")
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
"""Seconds between two looks; twice as long after each one that found nothing."""

PATIENCE = 10.0
"""Seconds that a worker who stops waits for work that cannot be left in the middle."""

CLEANING_SECONDS = 600.0

CatalogueAt = Callable[[Session, str, int], Catalogue]
"""Gives the catalogue of an organisation with one version of its additions."""


class Worker:
    """Does jobs in a thread of its own.

    Parameters
    ----------
    database : Database
        In which they are.
    catalogue_at : callable
        Gives the catalogue that a job was asked with.
    settings : Settings
        How long leases are, and how long what has ended is kept.
    count : callable, optional
        Told the kind and the end of every job that this worker ends.
    """

    def __init__(
        self,
        database: Database,
        catalogue_at: CatalogueAt,
        settings: Settings,
        count: Callable[[str, str], None] = lambda kind, status: None,
    ) -> None:
        self._database, self._catalogue_at = database, catalogue_at
        self._settings, self._count = settings, count
        self._stopping, self._told = Event(), Event()
        self._held: Claimed | None = None
        self._cleaned_at = -CLEANING_SECONDS
        self._thread = Thread(target=self._run, name="impactmonitor-worker", daemon=True)

    def start(self) -> None:
        """Begin to look for jobs."""
        self._thread.start()

    def wake(self) -> None:
        """Look at once: a job was added."""
        self._told.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has stopped, or so many seconds."""
        self._thread.join(seconds)

    def stop(self) -> None:
        """Stop, and give the job in hand back at once: another worker can begin with it.

        Work that cannot be left in the middle may go on for a moment; its result is refused.
        """
        self._stopping.set()
        self._told.set()
        self._give_back(self._held)
        if self._thread.is_alive():
            self._thread.join(PATIENCE)

    def _run(self) -> None:
        pause = SHORTEST_PAUSE
        while not self._stopping.is_set():
            self._told.clear()
            try:
                self._clean()
                found = self._do_next()
            except Exception as error:  # such as a database that may answer again
                LOG.error("worker stumbled", exc_info=error)  # noqa: TRY400  as in all our logs
                found = False
            pause = SHORTEST_PAUSE if found else min(2 * pause, LONGEST_PAUSE)
            if not found and self._told.wait(pause):
                pause = SHORTEST_PAUSE

    def _do_next(self) -> bool:
        """Do the next job, if there is one."""
        with self._database.reading() as session:
            if not leases.is_waiting(session, KINDS):
                return False
        with self._database.writing() as session:
            job = leases.claim(session, KINDS, self._settings.lease_seconds)
        self._held = job
        if job is None:
            return False
        try:
            self._do(job)
        finally:
            self._held = None
        return True

    def _do(self, job: Claimed) -> None:
        if self._stopping.is_set():  # between being claimed and being known as in hand
            self._give_back(job)
            return
        heart = Heart(self._database, job, self._settings.lease_seconds, self._stopping)
        try:
            with heart:
                result = self._result(job, heart)
        except Abandoned:
            return
        except InvalidInput as invalid:
            self._fail(job, invalid.problems)
        except NotFound as missing:
            self._fail(job, [missing.problem])
        except SQLAlchemyError:
            raise
        except Exception as error:
            LOG.error("job broke down", exc_info=error, extra={"fields": {"job": job.id}})  # noqa: TRY400
            self._fail(job, [Problem("job-broke-down", params={"job": job.id})])
        else:
            with self._database.writing() as session:
                is_ended = leases.finish(session, job, result, job.options["media_type"])
            self._ended(job, "done", is_ended)

    def _result(self, job: Claimed, heart: Heart) -> bytes:
        with self._database.reading() as session:
            version = job.options["additions_version"]
            catalogue = self._catalogue_at(session, job.organisation_id, version)
        return KINDS[job.kind](job.input, job.options, catalogue, heart.tell)

    def _fail(self, job: Claimed, problems: list[Problem] | tuple[Problem, ...]) -> None:
        with self._database.writing() as session:
            is_ended = leases.fail(session, job, problems)
        self._ended(job, "failed", is_ended)

    def _ended(self, job: Claimed, status: str, is_ended: bool) -> None:
        if is_ended:
            self._count(job.kind, status)
            LOG.info("job ended", extra={"fields": {"job": job.id, "status": status}})

    def _give_back(self, job: Claimed | None) -> None:
        if job is None:
            return
        try:
            with self._database.writing() as session:
                leases.give_back(session, job)
        except SQLAlchemyError as error:  # then its lease ends by itself
            LOG.warning("job not given back", exc_info=error, extra={"fields": {"job": job.id}})

    def _clean(self) -> None:
        """Now and then forget what has ended long ago."""
        if monotonic() < self._cleaned_at + CLEANING_SECONDS:
            return
        with self._database.writing() as session:
            jobs.forget(session, self._settings.keep_answers_hours)
            answers.forget(session, self._settings.keep_answers_hours)
        self._cleaned_at = monotonic()
