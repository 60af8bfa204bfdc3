"""Lists in pages: a page names where the next one begins, whatever is added meanwhile."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, TypeVar

from fastapi import Query

from impactmonitor_api.http.refusals import refused

MOST, USUAL = 200, 50
_CURSOR = re.compile(r"before:([0-9]{1,18})\Z")


class Numbered(Protocol):
    """A row with a number by which the list is ordered."""

    @property
    def number(self) -> int:
        """Higher for what was added later."""


Row = TypeVar("Row", bound=Numbered)

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.", examples=[USUAL])]
Cursor = Annotated[
    str | None,
    Query(description="Where the page begins: `next` of the page before it.", max_length=100),
]


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for.

    Attributes
    ----------
    limit : int
        How many at most.
    before : int or None
        The number that all of it is below; None for the beginning.
    """

    limit: int = USUAL
    before: int | None = None


def page_of(limit: Limit = USUAL, cursor: Cursor = None) -> Page:
    """The part of a list that a request asks for.

    Raises
    ------
    Refused
        422 for a cursor that we did not give.

    Examples
    --------
    >>> page_of(10, cursor_at(37))
    Page(limit=10, before=37)
    """
    if cursor is None:
        return Page(limit)
    try:
        found = _CURSOR.match(urlsafe_b64decode(cursor.encode("ascii")).decode("ascii"))
    except (Error, ValueError):
        found = None
    if found is None:
        raise refused(422, "cursor-unknown", "cursor")
    return Page(limit, int(found[1]))


def cursor_at(number: int) -> str:
    """The name of the place in a list below a number."""
    return urlsafe_b64encode(f"before:{number}".encode("ascii")).decode("ascii")


def cut(rows: Sequence[Row], page: Page) -> tuple[Sequence[Row], str | None]:
    """The rows of a page and where the next begins, out of one row more than fits."""
    if len(rows) <= page.limit:
        return rows, None
    shown = rows[: page.limit]
    return shown, cursor_at(shown[-1].number)
