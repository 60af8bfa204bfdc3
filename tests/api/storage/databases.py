"""Databases of each kind, for tests that need several at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

from tests.api.conftest import new_database

from impactmonitor_api.storage.copying import back_up
from impactmonitor_api.storage.database import Database


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[Database]:
    """An empty database, which is gone afterwards."""
    with contextmanager(new_database)(kind, folder) as url:
        database = Database(url)
        try:
            yield database
        finally:
            database.close()


def contents(database: Database) -> dict[str, bytes]:
    """All rows of all tables, as a backup would hold them."""
    stream = io.BytesIO()
    back_up(database, stream)
    with ZipFile(stream) as archive:
        names = [name for name in archive.namelist() if name.endswith(".jsonl")]
        return {name: archive.read(name) for name in names}
