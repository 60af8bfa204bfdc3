"""Which records count: only approved ones, and of a chain of restatements one.

Two views can be asked for. *Restated* is what is known now. *As first reported* is what stood
there before anybody restated it, so that a reader can see what was changed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from impactmonitor.model.measurements import Measurement
from impactmonitor.model.periods import Dated, Period, period_of
from impactmonitor.model.restating import by_id, earlier

View = Literal["restated", "first_reported"]


def selected(records: Iterable[Measurement], view: View = "restated") -> tuple[Measurement, ...]:
    """The records that count, in one of two views.

    A record that restates another stands at the date of the one that was first approved, so that
    it comes in its place among other figures of that period and changes nothing else.

    Parameters
    ----------
    records : iterable of Measurement
        In any order, also drafts.
    view : {"restated", "first_reported"}
        The last approved record of each chain of restatements, or the first approved one.

    Returns
    -------
    tuple of Measurement
        Approved records with a figure, in the order in which they were given.

    Examples
    --------
    >>> first = Measurement(id="a", indicator="visits", period="2025", value=8, status="approved")
    >>> later = Measurement(indicator="visits", period="2025", value=9, status="approved",
    ...                     restates="a")
    >>> draft = Measurement(indicator="visits", period="2026", value=7)
    >>> [r.value for r in selected([first, later, draft])]
    [9.0]
    >>> [r.value for r in selected([first, later, draft], "first_reported")]
    [8.0]
    """
    given = list(records)
    named = by_id(given)
    before = [[r for r in earlier(record, named) if r.counts] for record in given]
    if view == "first_reported":
        return tuple(r for r, older in zip(given, before, strict=True) if r.counts and not older)
    replaced = {r.id for record, older in zip(given, before, strict=True)
                for r in older if record.counts}  # fmt: skip
    return tuple(
        _dated_as(record, older)
        for record, older in zip(given, before, strict=True)
        if record.counts and (record.id is None or record.id not in replaced)
    )


def _dated_as(record: Measurement, older: list[Measurement]) -> Measurement:
    """A restatement at the date of what was reported first."""
    if not older or older[-1].date == record.date:
        return record
    return record.model_copy(update={"date": older[-1].date})


def planned(records: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """The records whose targets and baselines hold, whatever their status.

    A target is a plan and waits for no approval; one that was restated gives way as soon as the
    restatement is approved, and not before.
    """
    given = list(records)
    named = by_id(given)
    replaced = {r.id for one in given if one.status == "approved" for r in earlier(one, named)}
    return tuple(
        r
        for r in given
        if (r.id is None or r.id not in replaced) and (r.restates is None or r.status == "approved")
    )


def of_subject(
    records: Iterable[Measurement], name: str, field: str | None = None
) -> tuple[Measurement, ...]:
    """The records of an indicator, or of one number of a line.

    Parameters
    ----------
    records : iterable of Measurement
        Of a whole case.
    name : str
        Id of an indicator, or path of a line such as ``effects.fewer-falls``.
    field : str or None
        Number of the line; None for an indicator.
    """
    return tuple(r for r in records if r.of == name and r.measured_field == field)


def up_to(
    records: Iterable[Measurement], as_of: Period, own: Mapping[str, Dated] | None = None
) -> tuple[Measurement, ...]:
    """The records about periods that end no later than another one.

    Examples
    --------
    >>> one = Measurement(indicator="visits", period="2025Q4", value=8)
    >>> len(up_to([one], period_of("2025"))), len(up_to([one], period_of("2025Q3")))
    (1, 0)
    """
    return tuple(
        r for r in records
        if (period := period_of(r.period, own)) is not None and period.last <= as_of.last
    )  # fmt: skip
