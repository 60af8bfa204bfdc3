"""The database of the service, as commands open it: found and of the right version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor.cli.outcome import WrongUse
from impactmonitor.problems import NotFound, Problem, nearest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from impactmonitor_api.storage.database import Database
    from impactmonitor_api.storage.tables import Organisation


def check_installed() -> None:
    """Refuse a command of the service where only the engine was installed.

    Raises
    ------
    WrongUse
        ``service-not-installed``.
    """
    try:
        import impactmonitor_api  # noqa: F401
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("impactmonitor"):
            raise
        params = {"name": error.name or ""}
        raise WrongUse(Problem("service-not-installed", params=params)) from None


def address_of(url: str | None, password_file: Path | None) -> str:
    """The address of the database that was asked for, or else of the user's own.

    Raises
    ------
    WrongUse
        ``service-not-installed``, ``database-address``.
    NotFound
        ``password-file-not-read``.
    """
    check_installed()
    from sqlalchemy.exc import ArgumentError

    from impactmonitor_api.settings import default_database_url, with_password

    try:
        return with_password(url or default_database_url(), password_file)
    except ArgumentError:
        raise WrongUse(Problem("database-address")) from None
    except (OSError, UnicodeError):
        name = password_file.name if password_file else ""
        raise NotFound(Problem("password-file-not-read", params={"file": name})) from None


@contextmanager
def connected(address: str, is_made: bool = False) -> Iterator[Database]:
    """A database, as it is.

    Parameters
    ----------
    address : str
        As ``address_of`` gives it.
    is_made : bool
        Whether a file of SQLite may be made.

    Raises
    ------
    WrongUse
        ``database-address``, ``database-too-new``.
    NotFound
        ``database-not-found``, ``database-not-reached``.
    """
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError, OperationalError

    from impactmonitor_api.storage.database import Database, UnknownDatabase
    from impactmonitor_api.storage.migrating import TooNew

    try:
        file = make_url(address).database
        if address.startswith("sqlite") and file and not is_made and not Path(file).is_file():
            raise NotFound(Problem("database-not-found", params={"file": Path(file).name}))
        database = Database(address)
    except (UnknownDatabase, ArgumentError):
        raise WrongUse(Problem("database-address")) from None
    except OSError as error:
        raise _not_reached(error.strerror or type(error).__name__) from None
    try:
        yield database
    except TooNew as error:
        raise WrongUse(Problem("database-too-new", params={"schema": str(error)})) from None
    except OperationalError as error:
        raise _not_reached(str(error.orig).partition("\n")[0]) from None
    finally:
        database.close()


def _not_reached(detail: str) -> NotFound:
    return NotFound(Problem("database-not-reached", params={"detail": detail}))


@contextmanager
def migrated(address: str, is_made: bool = False) -> Iterator[Database]:
    """A database with the tables of this version, for a command that writes.

    Raises
    ------
    WrongUse, NotFound
        As ``connected`` raises them.
    """
    from impactmonitor_api.storage.migrating import migrate

    with connected(address, is_made) as database:
        migrate(database)
        yield database


@contextmanager
def current(address: str) -> Iterator[Database]:
    """A database that has the tables of this version already, for a command that only reads.

    Raises
    ------
    WrongUse
        As ``connected`` raises them; ``database-too-old``.
    NotFound
        As ``connected`` raises them; ``database-without-tables``.
    """
    from impactmonitor_api.storage.migrating import TooNew, known_schemas, newest_schema, schema_of

    with connected(address) as database:
        schema = schema_of(database)
        if schema is None:
            raise NotFound(Problem("database-without-tables"))
        if schema not in known_schemas():
            raise TooNew(schema)
        if schema != newest_schema():
            raise WrongUse(Problem("database-too-old", params={"schema": schema}))
        yield database


def organisation_named(session: Session, name: str) -> Organisation:
    """The organisation with this name.

    Raises
    ------
    NotFound
        ``organisation-not-found``.
    """
    from impactmonitor_api.storage.organisations import find_organisation, organisations

    found = find_organisation(session, name)
    if found is None:
        known = [one.name for one in organisations(session)]
        params = {"name": name, "nearest": nearest(name, known)}
        raise NotFound(Problem("organisation-not-found", params=params))
    return found
