"""The catalogue of each organisation, read once for each version of its additions."""

from __future__ import annotations

from threading import Lock

from anyio.to_thread import run_sync
from cachetools import LRUCache
from sqlalchemy.orm import Session

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor_api.storage import additions
from impactmonitor_api.storage.database import Database
from impactmonitor_api.work.catalogues import catalogue_with

MOST = 64


class Catalogues:
    """Catalogues of organisations.

    Parameters
    ----------
    database : Database
        In which the additions are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: LRUCache[tuple[str, int], Catalogue] = LRUCache(MOST)
        self._lock = Lock()

    async def of(self, organisation_id: str, version: int) -> Catalogue:
        """The catalogue of an organisation with one version of its additions.

        Nobody waits for what was read before: threads take longer than small cases do.
        """
        if version == 0:
            return load_catalogue()
        with self._lock:
            found = self._known.get((organisation_id, version))
        return found if found is not None else await run_sync(self._read, organisation_id, version)

    def _read(self, organisation_id: str, version: int) -> Catalogue:
        with self._database.reading() as session:
            return self.at(session, organisation_id, version)

    def now_of(self, organisation_id: str) -> Catalogue:
        """The same, where one may wait."""
        with self._database.reading() as session:
            version = additions.newest_version(session, organisation_id)
            return self.at(session, organisation_id, version)

    def at(self, session: Session, organisation_id: str, version: int) -> Catalogue:
        """The catalogue of an organisation with one version of its additions."""
        if version == 0:
            return load_catalogue()
        with self._lock:
            found = self._known.get((organisation_id, version))
        if found is None:
            found = catalogue_with(additions.files_at(session, organisation_id, version))
            with self._lock:
                self._known[organisation_id, version] = found
        return found
