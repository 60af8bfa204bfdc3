"""What whoever runs the service can choose, with the defaults of a single user."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import make_url

from impactmonitor.plain import MAX_BYTES

FILE = "impactmonitor.db"


def default_database_url() -> str:
    """A SQLite file in the user's own data folder."""
    return f"sqlite:///{Path(user_data_path('impactmonitor')) / FILE}"


def with_password(database_url: str, file: Path | None) -> str:
    """The address of a database with the password that stands in a file.

    Parameters
    ----------
    database_url : str
        Of SQLite or PostgreSQL.
    file : Path or None
        With nothing but the password; None for an address that needs none.

    Raises
    ------
    OSError, UnicodeError
        If the file cannot be read.

    Examples
    --------
    >>> with_password("postgresql+psycopg://me@host/all", None)
    'postgresql+psycopg://me@host/all'
    """
    if file is None:
        return database_url
    password = file.read_text(encoding="utf-8").strip("\r\n")
    return make_url(database_url).set(password=password).render_as_string(hide_password=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service runs.

    Attributes
    ----------
    database_url : str
        Of SQLite (``sqlite:///file``) or PostgreSQL (``postgresql+psycopg://…``).
    requests_per_minute : int
        That one key may make; 0 for as many as it likes.
    max_bytes : int
        Largest body that is read, in bytes.
    draws_at_once : int
        Simulations with at most so many draws are answered at once; larger ones become a job.
    has_worker : bool
        Whether this process also does the jobs.
    lease_seconds : float
        How long a job stays with a worker that gives no sign of life.
    key_memory_seconds : float
        How long a key that was looked up is trusted before it is looked up again. A key that
        another process revokes works here for at most so long.
    keep_answers_hours : float
        How long answers under an Idempotency-Key, and results of jobs, are kept.
    """

    database_url: str
    requests_per_minute: int = 600
    max_bytes: int = MAX_BYTES
    draws_at_once: int = 4096
    has_worker: bool = True
    lease_seconds: float = 30.0
    key_memory_seconds: float = 5.0
    keep_answers_hours: float = 72.0
