"""One database, SQLite or PostgreSQL, and the two ways into it: to read and to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

WAIT_SECONDS = 30
_WRITES = "impactmonitor_writes"


class UnknownDatabase(Exception):
    """An address of a database of another kind."""


def now() -> datetime:
    """The moment that it is, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """A name for something that nobody can guess."""
    return str(uuid4())


class Database:
    """The database that a service or a command works with.

    Parameters
    ----------
    url : str
        ``sqlite:///file`` or ``postgresql+psycopg://user@host/name``.

    Raises
    ------
    UnknownDatabase
        If it is of another kind.

    Examples
    --------
    >>> database = Database("sqlite://")
    >>> with database.reading() as session:
    ...     session.execute(text("SELECT 1")).scalar()
    1
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        # one moment is what SQLite shows in any transaction, and PostgreSQL only in such a one
        self._snapshots = self.engine
        if not self.is_sqlite:
            self._snapshots = self.engine.execution_options(isolation_level="REPEATABLE READ")

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look things up; what is seen is one moment, and nothing is kept."""
        with Session(self._snapshots, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Change things: all of it, or nothing if it raises."""
        engine = self.engine.execution_options(**{_WRITES: True})
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(address, connect_args={"timeout": WAIT_SECONDS})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    if address.drivername != "postgresql+psycopg":
        raise UnknownDatabase(address.render_as_string(hide_password=True))
    return create_engine(address, pool_size=10, max_overflow=20, pool_pre_ping=True)


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Let nothing that was acknowledged be lost, and readers not wait for writers."""
    # transactions begin below
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in (
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        ("busy_timeout", str(WAIT_SECONDS * 1000)),
    ):
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes its turn at once: one that had read first might find it is too late."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def is_answering(database: Database) -> bool:
    """Whether the database can be read at this moment."""
    try:
        with database.reading() as session:
            session.execute(text("SELECT 1"))
    except Exception:  # noqa: BLE001  whatever it is, the answer is no
        return False
    return True
