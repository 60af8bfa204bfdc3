"""A worker that runs alone, beside the service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from impactmonitor_api.http.catalogues import Catalogues
from impactmonitor_api.jobs.worker import Worker
from impactmonitor_api.settings import Settings
from impactmonitor_api.storage.database import Database


@contextmanager
def working(database: Database, settings: Settings) -> Iterator[Worker]:
    """Do jobs for a while; afterwards the job in hand is given back.

    Parameters
    ----------
    database : Database
        In which the jobs are, with the tables of this version.
    settings : Settings
        How long leases are, and how long what has ended is kept.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from impactmonitor_api.storage.migrating import migrate
    >>> with TemporaryDirectory() as folder:
    ...     settings = Settings(f"sqlite:///{folder}/service.db")
    ...     database = Database(settings.database_url)
    ...     migrate(database)
    ...     with working(database, settings) as worker:
    ...         worker.wait(0.01)
    ...     database.close()
    """
    worker = Worker(database, Catalogues(database).at, settings)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
