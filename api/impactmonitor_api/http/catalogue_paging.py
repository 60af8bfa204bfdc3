"""Lists of the catalogue in pages: a cursor holds on to the catalogue that its list began in."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, TypeVar

from fastapi import Query

from impactmonitor_api.http.paging import USUAL, Limit
from impactmonitor_api.http.refusals import Refused, refused

_CURSOR = re.compile(r"after:([0-9]{1,9}):([A-Za-z0-9-]{1,300})\Z")


class Named(Protocol):
    """An entry of the catalogue."""

    @property
    def id(self) -> str:
        """Its name, of which there is one in its list."""


Item = TypeVar("Item", bound=Named)

Cursor = Annotated[
    str | None,
    Query(description="Where the page begins: `next` of the page before it.", max_length=500),
]


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of a list of the catalogue is asked for.

    Attributes
    ----------
    limit : int
        How many at most.
    version : int or None
        Of the organisation's additions when the list began; None for the present ones.
    after : str or None
        Id of the last entry that was shown; None for the beginning.
    """

    limit: int = USUAL
    version: int | None = None
    after: str | None = None


def cursor_unknown() -> Refused:
    """A cursor that we did not give, or that belongs to another list."""
    return refused(422, "cursor-unknown", "cursor")


def place_of(limit: Limit = USUAL, cursor: Cursor = None) -> Place:
    """The part of a list of the catalogue that a request asks for.

    Raises
    ------
    Refused
        422 for a cursor that we did not give.

    Examples
    --------
    >>> place_of(10, cursor_after(3, "gp-consult"))
    Place(limit=10, version=3, after='gp-consult')
    """
    if cursor is None:
        return Place(limit)
    try:
        found = _CURSOR.match(urlsafe_b64decode(cursor.encode("ascii")).decode("ascii"))
    except (Error, ValueError):
        found = None
    if found is None:
        raise cursor_unknown()
    return Place(limit, int(found[1]), found[2])


def cursor_after(version: int, entry_id: str) -> str:
    """The name of the place in a list after an entry."""
    return urlsafe_b64encode(f"after:{version}:{entry_id}".encode("ascii")).decode("ascii")


def cut_at(found: Sequence[Item], place: Place, version: int) -> tuple[Sequence[Item], str | None]:
    """The entries of a page and where the next begins.

    Parameters
    ----------
    found : sequence
        All that the list has, in its order.
    place : Place
        Which of them are asked for.
    version : int
        Of the additions with which they were found.

    Raises
    ------
    Refused
        422 for a cursor of another list.
    """
    start = 0
    if place.after is not None:
        ids = [entry.id for entry in found]
        if place.after not in ids:
            raise cursor_unknown()
        start = ids.index(place.after) + 1
    shown = found[start : start + place.limit]
    is_last = start + place.limit >= len(found)
    return shown, None if is_last else cursor_after(version, shown[-1].id)
