"""All that a database holds as one file, and back into an empty database of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from impactmonitor.version import __version__
from impactmonitor_api.storage import archives, audit
from impactmonitor_api.storage.archives import Damaged, Manifest
from impactmonitor_api.storage.database import Database, now
from impactmonitor_api.storage.migrating import TooNew, known_schemas, schema_in, take_turn, upgrade
from impactmonitor_api.storage.organisations import organisations
from impactmonitor_api.storage.plain_rows import OddRow, from_plain, to_plain

OWN = "alembic_version"
AT_ONCE = 50


class NoTables(Exception):
    """A database without our tables: there is nothing to copy."""


class NotEmpty(Exception):
    """A database that holds something already."""


def back_up(database: Database, stream: IO[bytes]) -> Manifest:
    """Write all that a database holds at one moment, while others go on working with it.

    Parameters
    ----------
    database : Database
        With the tables of this or an earlier version of the service.
    stream : file
        To write to; it can be gone back in.

    Returns
    -------
    Manifest
        What was written.

    Raises
    ------
    NoTables
        If the database has none.
    TooNew
        If a later version of the service has changed its tables.
    """
    with _one_moment(database) as connection:
        schema = schema_in(connection)
        if schema is None:
            raise NoTables
        if schema not in known_schemas():
            raise TooNew(schema)
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            parts = {
                table.name: archives.write_part(archive, table.name, _rows(connection, table))
                for table in _tables(connection)
            }
            manifest = Manifest(schema, __version__, now().isoformat(), parts)
            archives.write_manifest(archive, manifest)
    return manifest


@contextmanager
def _one_moment(database: Database) -> Iterator[Connection]:
    """A connection that sees the database as it was when it first looked."""
    engine = database.engine
    if not database.is_sqlite:
        engine = engine.execution_options(isolation_level="REPEATABLE READ",
                                          postgresql_readonly=True)  # fmt: skip
    with engine.connect() as connection:
        yield connection


def _tables(connection: Connection) -> list[Table]:
    """The tables that there are, each after those that it points to."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != OWN]


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    asked = select(table).order_by(table.c.number).execution_options(yield_per=AT_ONCE)
    with connection.execute(asked) as result:
        for row in result.mappings():
            yield to_plain(table, {column.name: row[column.name] for column in table.columns})


def examine(stream: IO[bytes]) -> Manifest:
    """Read a backup from beginning to end, without doing anything with it.

    Raises
    ------
    Damaged
        If anything in it is not as it was written.
    TooNew
        If a later version of the service made it.
    """
    with archives.opened(stream) as archive:
        manifest = archives.read_manifest(archive)
        if manifest.schema not in known_schemas():
            raise TooNew(manifest.schema)
        for name, part in manifest.tables.items():
            for _ in archives.rows_of(archive, name, part):
                pass
    return manifest


def restore(database: Database, stream: IO[bytes]) -> Manifest:
    """Put a backup into an empty database: all of it, or nothing.

    Parameters
    ----------
    database : Database
        Of either kind, without any table.
    stream : file
        A backup, made from either kind.

    Raises
    ------
    Damaged
        If it is not as it was written, or a chain of its audit trail does not hold.
    TooNew
        If a later version of the service made it.
    NotEmpty
        If the database has tables.
    """
    manifest = examine(stream)
    with database.writing() as session, archives.opened(stream) as archive:
        connection = session.connection()
        take_turn(connection)
        if inspect(connection).get_table_names():
            raise NotEmpty
        upgrade(connection, manifest.schema)
        tables = _tables(connection)
        if {table.name for table in tables} != set(manifest.tables):
            raise Damaged("list")
        for table in tables:
            _fill(connection, table, archive, manifest)
        _number_on(connection, tables)
        upgrade(connection)
        _check_chains(session)
    return manifest


def _fill(connection: Connection, table: Table, archive: ZipFile, manifest: Manifest) -> None:
    """Put the rows of a part into its table, some at a time."""
    rows = archives.rows_of(archive, table.name, manifest.tables[table.name])
    try:
        while some := [from_plain(table, row) for row in islice(rows, AT_ONCE)]:
            connection.execute(insert(table), some)
    except (OddRow, DBAPIError, OverflowError):
        raise Damaged("row", table.name) from None


def _number_on(connection: Connection, tables: list[Table]) -> None:
    """Have PostgreSQL number on after the last row; SQLite does by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        last = connection.scalar(select(func.max(table.c.number)))
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'number'), :last, :is_used)"),
            {"name": table.name, "last": last or 1, "is_used": last is not None},
        )


def _check_chains(session: Session) -> None:
    session.expire_all()
    for organisation in organisations(session):
        if audit.broken_chain(session, organisation) is not None:
            raise Damaged("chain", organisation.name)
