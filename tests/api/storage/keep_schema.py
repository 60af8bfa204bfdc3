"""Keep what a database of today's schema looks like, for the tests of every later version.

Run it when a version with a new schema is released: ``python -m tests.api.storage.keep_schema``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.api.storage.filling import fill

from impactmonitor_api.storage.copying import back_up
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.migrating import migrate, newest_schema

KEPT = Path(__file__).parent / "schemas"


def keep() -> Path:
    """Write the sample of the newest schema; one that was released is never written again."""
    target = KEPT / f"{newest_schema()}.zip"
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/sample.db")
        migrate(database)
        fill(database)
        with target.open("xb") as stream:
            back_up(database, stream)
        database.close()
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{keep().name}\n")
