"""Bring a database to the tables that this version works with."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from impactmonitor_api.storage.database import Database

_LOCK = 7_461_330_021
"""So that of several services that start at once, one migrates and the others wait."""


class TooNew(Exception):
    """A database that a later version of the service has changed."""


def newest_schema() -> str:
    """The schema that this version works with.

    Examples
    --------
    >>> len(newest_schema())
    4
    """
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def known_schemas() -> frozenset[str]:
    """Every schema that there ever was, up to that of this version.

    Examples
    --------
    >>> newest_schema() in known_schemas()
    True
    """
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return frozenset(script.revision for script in scripts)


def schema_of(database: Database) -> str | None:
    """The schema that a database has; None for one without our tables."""
    with database.engine.connect() as connection:
        return schema_in(connection)


def schema_in(connection: Connection) -> str | None:
    """The same, as a transaction sees it."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(database: Database, schema: str = "head") -> None:
    """Bring the tables of a database to a schema, all at once or not at all.

    Parameters
    ----------
    database : Database
        An empty one gets all tables.
    schema : str
        The newest one by default. There is no way back: a backup is.

    Raises
    ------
    TooNew
        If the database has a schema that this version does not know.
    """
    engine = database.engine.execution_options(impactmonitor_writes=True)
    with engine.begin() as connection:
        take_turn(connection)
        found = schema_in(connection)
        if found is not None and found not in known_schemas():
            raise TooNew(found)
        upgrade(connection, schema)


def upgrade(connection: Connection, schema: str = "head") -> None:
    """Bring the tables to a schema, in the transaction of this connection."""
    command.upgrade(_config(connection), schema)


def take_turn(connection: Connection) -> None:
    """Wait until nobody else migrates or fills this database; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
