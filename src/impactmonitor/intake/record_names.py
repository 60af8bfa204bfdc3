"""What a record of a measurement is called that has no name of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from impactmonitor.model.measurements import Measurement

_LONGEST = 50


def free_name(record: Measurement, taken: Collection[str | None]) -> str:
    """A name that no other record has: after the subject of the record and its period.

    Parameters
    ----------
    record : Measurement
        Any record.
    taken : collection of str
        The names that others have.

    Examples
    --------
    >>> one = Measurement(line="costs.work", period="2025Q1", value=40)
    >>> free_name(one, set()), free_name(one, {"work-2025q1"})
    ('work-2025q1', 'work-2025q1-2')
    """
    subject = record.of.rpartition(".")[2][:_LONGEST].strip("-")
    start = f"{subject}-{record.period.lower()}"[:_LONGEST].strip("-")
    name, number = start, 1
    while name in taken:
        number += 1
        name = f"{start}-{number}"
    return name


def named(
    records: Iterable[Measurement], taken: Collection[str | None] = ()
) -> tuple[Measurement, ...]:
    """The same records, in which those without a name have one.

    Parameters
    ----------
    records : iterable of Measurement
        In their order; the same records always get the same names.
    taken : collection of str
        Names that none of them may get.

    Examples
    --------
    >>> one = Measurement(line="costs.work", period="2025", value=40)
    >>> [record.id for record in named([one, one])]
    ['work-2025', 'work-2025-2']
    """
    found = list(records)
    known = {*taken, *(record.id for record in found)}
    for i, record in enumerate(found):
        if record.id is None:
            name = free_name(record, known)
            known.add(name)
            found[i] = record.model_copy(update={"id": name})
    return tuple(found)
