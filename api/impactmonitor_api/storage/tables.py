"""The tables. What has happened is only ever added to; see the triggers in the migrations."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

APPEND_ONLY = (
    "case_versions",
    "measurements",
    "decisions",
    "confirmations",
    "additions",
    "evaluations",
    "audit",
)
"""Tables whose rows the database itself refuses to change or delete."""

Number = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the column is called INTEGER."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, on databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """A moment without a zone would be read as another one elsewhere."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone, which was UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Stored(DeclarativeBase):
    """A row of one of the tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: Text}  # noqa: RUF012  as SQLAlchemy asks


def _number() -> Mapped[int]:
    return mapped_column(Number, primary_key=True, autoincrement=True)


def _id() -> Mapped[str]:
    return mapped_column(String(36), unique=True)


def _of(table: str) -> Mapped[str]:
    return mapped_column(String(36), ForeignKey(f"{table}.id"), index=True)


def _by() -> Mapped[str | None]:
    """The key with which it was done; none for a command on the machine itself."""
    return mapped_column(String(36), ForeignKey("keys.id"))


class Organisation(Stored):
    """Whose things they are. Its row is locked by whoever changes anything of it."""

    __tablename__ = "organisations"

    number: Mapped[int] = _number()
    id: Mapped[str] = _id()
    name: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]
    audit_count: Mapped[int] = mapped_column(default=0)
    audit_head: Mapped[str] = mapped_column(String(64), default="")
    additions_version: Mapped[int] = mapped_column(default=0)


class Key(Stored):
    """A key to the service, of which only a hash is kept."""

    __tablename__ = "keys"

    number: Mapped[int] = _number()
    id: Mapped[str] = _id()
    organisation_id: Mapped[str] = _of("organisations")
    name: Mapped[str] = mapped_column(String(200))
    prefix: Mapped[str] = mapped_column(String(20), unique=True)
    hash: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(20))
    bearer: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class StoredCase(Stored):
    """A case; what it says stands in its versions."""

    __tablename__ = "cases"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    number: Mapped[int] = _number()
    id: Mapped[str] = _id()
    organisation_id: Mapped[str] = _of("organisations")
    name: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class CaseVersion(Stored):
    """What a case said from some moment on, and who wrote it."""

    __tablename__ = "case_versions"
    __table_args__ = (UniqueConstraint("case_id", "version"),)

    number: Mapped[int] = _number()
    case_id: Mapped[str] = _of("cases")
    version: Mapped[int]
    document: Mapped[str]
    hash: Mapped[str] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(String(500))
    key_id: Mapped[str | None] = _by()
    created_at: Mapped[datetime]


class StoredMeasurement(Stored):
    """A figure that somebody reported about a case."""

    __tablename__ = "measurements"
    __table_args__ = (UniqueConstraint("case_id", "name"),)

    number: Mapped[int] = _number()
    id: Mapped[str] = _id()
    case_id: Mapped[str] = _of("cases")
    name: Mapped[str] = mapped_column(String(80))
    record: Mapped[str]
    key_id: Mapped[str | None] = _by()
    created_at: Mapped[datetime]


class Decision(Stored):
    """What somebody decided about a measurement."""

    __tablename__ = "decisions"

    number: Mapped[int] = _number()
    measurement_id: Mapped[str] = _of("measurements")
    decision: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(500))
    key_id: Mapped[str | None] = _by()
    created_at: Mapped[datetime]


class StoredConfirmation(Stored):
    """What the bearer of an effect said about it; the last one counts."""

    __tablename__ = "confirmations"

    number: Mapped[int] = _number()
    id: Mapped[str] = _id()
    case_id: Mapped[str] = _of("cases")
    case_version: Mapped[int]
    effect: Mapped[str] = mapped_column(String(80))
    actor: Mapped[str] = mapped_column(String(80))
    confirmation: Mapped[str] = mapped_column(String(20))
    said_by: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(String(500))
    key_id: Mapped[str | None] = _by()
    created_at: Mapped[datetime]


class Additions(Stored):
    """All files that an organisation adds to the catalogue, from some moment on."""

    __tablename__ = "additions"
    __table_args__ = (UniqueConstraint("organisation_id", "version"),)

    number: Mapped[int] = _number()
    organisation_id: Mapped[str] = _of("organisations")
    version: Mapped[int]
    files: Mapped[str]
    note: Mapped[str | None] = mapped_column(String(500))
    key_id: Mapped[str | None] = _by()
    created_at: Mapped[datetime]


class StoredEvaluation(Stored):
    """A result, with all that is needed to work it out again."""

    __tablename__ = "evaluations"

    number: Mapped[int] = _number()
    id: Mapped[str] = _id()
    case_id: Mapped[str] = _of("cases")
    case_version: Mapped[int]
    additions_version: Mapped[int]
    scenario: Mapped[str | None] = mapped_column(String(80))
    engine: Mapped[str] = mapped_column(String(40))
    catalogue: Mapped[str] = mapped_column(String(200))
    input_hash: Mapped[str] = mapped_column(String(64))
    input: Mapped[str] = mapped_column(deferred=True)
    result: Mapped[str] = mapped_column(deferred=True)
    key_id: Mapped[str | None] = _by()
    created_at: Mapped[datetime]


class Job(Stored):
    """Work that takes too long to wait for, and who does it until when."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_status_number", "status", "number"),)

    number: Mapped[int] = _number()
    id: Mapped[str] = _id()
    organisation_id: Mapped[str] = _of("organisations")
    key_id: Mapped[str | None] = _by()
    kind: Mapped[str] = mapped_column(String(40))
    options: Mapped[str]
    input: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    status: Mapped[str] = mapped_column(String(20))
    progress: Mapped[float] = mapped_column(default=0.0)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(36))
    leased_until: Mapped[datetime | None]
    result: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    result_type: Mapped[str | None] = mapped_column(String(100))
    problems: Mapped[str | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Answer(Stored):
    """The answer that was given under an Idempotency-Key."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    number: Mapped[int] = _number()
    organisation_id: Mapped[str] = _of("organisations")
    name: Mapped[str] = mapped_column(String(255))
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    headers: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(index=True)


class AuditRecord(Stored):
    """One thing that was done, chained by its hash to what was done before it."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("organisation_id", "count"),)

    number: Mapped[int] = _number()
    organisation_id: Mapped[str] = _of("organisations")
    count: Mapped[int]
    at: Mapped[datetime]
    key_id: Mapped[str | None] = mapped_column(String(36))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    details: Mapped[str]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


def columns_of(row: Stored) -> dict[str, Any]:
    """The values of a row by the names of its columns."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
