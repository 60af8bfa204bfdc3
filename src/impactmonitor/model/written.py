"""How dates, names of editions and lists are written in files."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

T = TypeVar("T")


def _date(value: Any) -> Any:
    """A date written as year-month-day."""
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("not-a-date", "", {"value": value}) from None
    return value


def _moment(value: Any) -> Any:
    """A year, a month of a year, or a day, as text."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        raise PydanticCustomError("not-a-date", "", {"value": text})
    return text


def _name(value: Any) -> Any:
    """The name of an edition is often a year, which YAML reads as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _not_empty(value: tuple[T, ...]) -> tuple[T, ...]:
    """Refuse an empty list; pydantic's own check also fires when an item of the list is wrong."""
    if not value:
        raise PydanticCustomError("too-few", "", {"min_length": 1, "actual_length": 0})
    return value


Several = Annotated[
    tuple[T, ...],
    Field(strict=False, json_schema_extra={"minItems": 1}),
    AfterValidator(_not_empty),
]
Date = Annotated[datetime.date, BeforeValidator(_date)]
Moment = Annotated[str, BeforeValidator(_moment)]
EditionName = Annotated[
    str,
    BeforeValidator(_name),
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30),
]
