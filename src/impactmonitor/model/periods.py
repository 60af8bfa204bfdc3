"""Periods of time: years, quarters, months, and periods of a case's own such as school years."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

PeriodKind = Literal["year", "quarter", "month", "own"]

NAME_PATTERN = r"^([1-9][0-9]{3}(Q[1-4]|-(0[1-9]|1[0-2]))?|[a-z][a-z0-9]*(-[a-z0-9]+)*)$"
"""2025, 2025Q1, 2025-01, or the id of a period of one's own."""

_CALENDAR = re.compile(r"(?P<year>[1-9][0-9]{3})(Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")


class Dated(Protocol):
    """What has a first and a last day."""

    @property
    def first(self) -> date:
        """Its first day."""

    @property
    def last(self) -> date:
        """Its last day, which belongs to it."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of whole days.

    Periods are ordered by their last day; of those that end together the shortest comes last, so
    that a level at the end of a year is that of its last month.

    Attributes
    ----------
    last, first : datetime.date
        Both days belong to it.
    name : str
        As it is written: ``2025``, ``2025Q1``, ``2025-01`` or an id.
    kind : {"year", "quarter", "month", "own"}
        What it is.

    Examples
    --------
    >>> quarter = period_of("2025Q2")
    >>> quarter.first.isoformat(), quarter.last.isoformat(), quarter.year
    ('2025-04-01', '2025-06-30', 2025)
    >>> period_of("2025") < period_of("2025Q4") < period_of("2025-12") < period_of("2026-01")
    True
    """

    last: date
    first: date
    name: str
    kind: PeriodKind

    @property
    def years(self) -> range:
        """The calendar years in which it has a day."""
        return range(self.first.year, self.last.year + 1)

    @property
    def year(self) -> int | None:
        """The calendar year in which it lies wholly, or None."""
        return self.first.year if len(self.years) == 1 else None

    @property
    def is_whole_year(self) -> bool:
        """Whether it is one calendar year, under whatever name."""
        starts = (self.first.month, self.first.day) == (1, 1)
        return starts and self.year is not None and (self.last.month, self.last.day) == (12, 31)

    def overlaps(self, other: Period) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last


def period_of(text: str, own: Mapping[str, Dated] | None = None) -> Period | None:
    """The period with a name.

    Parameters
    ----------
    text : str
        A year (``2025``), a quarter (``2025Q1``), a month (``2025-01``), or an id.
    own : Mapping or None
        Periods of one's own by id, with their first and last day.

    Returns
    -------
    Period or None
        None where neither the calendar nor ``own`` has it.

    Examples
    --------
    >>> period_of("2024-02").last.isoformat()
    '2024-02-29'
    >>> period_of("2025Q5") is None
    True
    """
    found = _CALENDAR.fullmatch(text)
    if found is None:
        mine = (own or {}).get(text)
        return None if mine is None else Period(mine.last, mine.first, text, "own")
    year = int(found["year"])
    last_month, length = 12, 12
    kind: PeriodKind = "year"
    if found["quarter"]:
        last_month, length, kind = 3 * int(found["quarter"]), 3, "quarter"
    elif found["month"]:
        last_month, length, kind = int(found["month"]), 1, "month"
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Period(last, date(year, last_month - length + 1, 1), text, kind)


def is_covered(year: int, periods: Iterable[Period]) -> bool:
    """Whether periods that lie in a calendar year leave no day of it out.

    That is so with the year itself, its four quarters, its twelve months, and any mix of these
    and of periods of one's own. A period that lies in two years says nothing about either.

    Examples
    --------
    >>> quarters = [period_of(f"2025Q{i}") for i in (4, 2, 1, 3)]
    >>> is_covered(2025, quarters), is_covered(2025, quarters[1:])
    (True, False)
    """
    inside = [p for p in periods if p.year == year]
    return _is_inside(date(year, 1, 1), date(year, 12, 31), inside)


def missing_parts(year: int, periods: Iterable[Period]) -> tuple[str, ...]:
    """The quarters of a year that are not covered, or its months where months are reported.

    Parameters
    ----------
    year : int
        A calendar year.
    periods : iterable of Period
        For which something was reported.

    Returns
    -------
    tuple of str
        Names of quarters or of months; empty for a year that is covered.

    Examples
    --------
    >>> missing_parts(2025, [period_of("2025Q1"), period_of("2025Q2")])
    ('2025Q3', '2025Q4')
    """
    found = [p for p in periods if p.year == year]
    if is_covered(year, found):
        return ()
    by_month = any(p.kind == "month" for p in found)
    names = [f"{year}-{m:02}" for m in range(1, 13)] if by_month else quarters_of(year)
    parts = (period_of(name) for name in names)
    return tuple(p.name for p in parts if p and not _is_inside(p.first, p.last, found))


def _is_inside(first: date, last: date, periods: Iterable[Period]) -> bool:
    """Whether periods leave no day out, from one day to another."""
    reached = first.toordinal()
    for period in sorted(periods, key=lambda p: p.first):
        if period.first.toordinal() <= reached:
            reached = max(reached, period.last.toordinal() + 1)
    return reached > last.toordinal()


def quarters_of(year: int) -> list[str]:
    """The names of the four quarters of a year.

    Examples
    --------
    >>> quarters_of(2025)
    ['2025Q1', '2025Q2', '2025Q3', '2025Q4']
    """
    return [f"{year}Q{quarter}" for quarter in range(1, 5)]
