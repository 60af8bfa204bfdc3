"""Rows as plain values and back, the same for every database."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Float, Integer, LargeBinary, Table

_MOST = 2**63


class OddRow(Exception):
    """Values that are no row of the table."""


def to_plain(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as values that JSON knows: moments in UTC as text, bytes in base 64.

    Parameters
    ----------
    table : Table
        As it was found in the database.
    row : Mapping
        Values by column.
    """
    return {column.name: _plain(row[column.name]) for column in table.columns}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        # SQLite forgets the zone, which was UTC
        zoned = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return zoned.isoformat(timespec="microseconds")
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode("ascii")
    return value


def from_plain(table: Table, row: object) -> dict[str, Any]:
    """The values of a row as the database takes them.

    Raises
    ------
    OddRow
        If a column is missing or unknown, or a value is not of its kind.
    """
    if not isinstance(row, dict) or set(row) != set(table.columns.keys()):
        raise OddRow(table.name)
    return {column.name: _value(column, row[column.name]) for column in table.columns}


def _value(column: Column[Any], value: object) -> Any:
    if value is None:
        if not column.nullable:
            raise OddRow(column.name)
        return None
    kind = column.type
    if isinstance(kind, Boolean):
        return _of(bool, value)
    if isinstance(kind, Integer):
        return _whole(value)
    if isinstance(kind, Float):
        return float(value) if type(value) in {int, float} else _of(float, value)  # type: ignore[arg-type]
    text = _text(value, getattr(kind, "length", None))
    if isinstance(kind, DateTime):
        return _moment(text)
    return _bytes(text) if isinstance(kind, LargeBinary) else text


def _of(kind: type, value: object) -> Any:
    if type(value) is not kind:
        raise OddRow(kind.__name__)
    return value


def _whole(value: object) -> int:
    if type(value) is not int or not -_MOST <= value < _MOST:
        raise OddRow("int")
    return value


def _text(value: object, most: int | None) -> str:
    """A text that every database keeps: PostgreSQL knows no NUL, and no half characters."""
    if not isinstance(value, str) or "\0" in value or (most and len(value) > most):
        raise OddRow("str")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise OddRow("str") from None
    return value


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise OddRow("datetime") from None
    if found.tzinfo is None:
        raise OddRow("datetime")
    return found.astimezone(UTC)


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (Error, ValueError):
        raise OddRow("bytes") from None
