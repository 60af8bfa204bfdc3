"""Back up the database of the service to one file, and restore it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor import messages
from impactmonitor.cli.databases import connected
from impactmonitor.cli.files import check_target, file_to_read, whole_file
from impactmonitor.cli.outcome import WrongUse, console, print_json
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, NotFound, Problem

if TYPE_CHECKING:
    from impactmonitor_api.storage.archives import Damaged, Manifest

ENDING = ".zip"
OWNER_ONLY = 0o600
"""It holds every case of every organisation."""


def back_up(address: str, file: Path, is_forced: bool, language: Language) -> Manifest:
    """Write a backup, whole or not at all, while the service goes on.

    Raises
    ------
    WrongUse
        If the file cannot be written, and as ``connected`` raises it.
    NotFound
        If there is no such database, or it has no tables.
    """
    from impactmonitor_api.storage import copying

    check_target(file, (ENDING,), is_forced)
    working = messages.text("service.backup.working", language)
    with connected(address) as database, console(is_error=True).status(working):
        try:
            with whole_file(file, is_forced, OWNER_ONLY) as stream:
                return copying.back_up(database, stream)
        except copying.NoTables:
            raise NotFound(Problem("database-without-tables")) from None


def restore(address: str, file: Path, language: Language) -> Manifest:
    """Put a backup into an empty database: all of it, or nothing.

    Raises
    ------
    InvalidInput
        ``backup-is-none``, ``backup-damaged``, ``backup-chain-broken``, ``backup-too-new``.
    WrongUse
        ``database-not-empty``, and as ``connected`` raises it.
    NotFound
        ``file-not-found``, and as ``connected`` raises it.
    """
    from impactmonitor_api.storage import copying
    from impactmonitor_api.storage.archives import Damaged
    from impactmonitor_api.storage.migrating import TooNew

    working = messages.text("service.restore.working", language)
    with file_to_read(file) as stream, console(is_error=True).status(working):
        try:
            copying.examine(stream)  # before a database is even made
            with connected(address, is_made=True) as database:
                return copying.restore(database, stream)
        except Damaged as damaged:
            raise InvalidInput([_said_of(damaged, file.name)]) from None
        except TooNew as newer:
            params = {"file": file.name, "schema": str(newer)}
            raise InvalidInput([Problem("backup-too-new", params=params)]) from None
        except copying.NotEmpty:
            raise WrongUse(Problem("database-not-empty")) from None


def _said_of(damaged: Damaged, file: str) -> Problem:
    if damaged.flaw == "no-backup":
        return Problem("backup-is-none", params={"file": file})
    if damaged.flaw == "version":
        return Problem("backup-too-new", params={"file": file, "schema": "-"})
    if damaged.flaw == "chain":
        return Problem("backup-chain-broken", params={"file": file, "name": damaged.part})
    params = {"file": file, "part": damaged.part or "manifest.json"}
    return Problem("backup-damaged", params=params)


def show_copied(manifest: Manifest, what: str, language: Language, as_json: bool) -> None:
    """Print what was written or put back."""
    rows = {name: part.rows for name, part in manifest.tables.items()}
    if as_json:
        print_json({"schema": manifest.schema, "made_at": manifest.made_at, "rows": rows})
        return
    params = {
        "organisations": rows.get("organisations", 0),
        "cases": rows.get("cases", 0),
        "rows": sum(rows.values()),
        "made_at": manifest.made_at[:16].replace("T", " "),
    }
    console().print(messages.text(f"service.{what}.done", language, **params))
