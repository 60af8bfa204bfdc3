"""Which records of measurements replace which: chains of restatements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from impactmonitor.model.measurements import Measurement


def by_id(records: Iterable[Measurement]) -> dict[str, Measurement]:
    """The records that have a name; of a name that is given twice, the first."""
    found: dict[str, Measurement] = {}
    for record in records:
        if record.id is not None:
            found.setdefault(record.id, record)
    return found


def earlier(record: Measurement, named: Mapping[str, Measurement]) -> list[Measurement]:
    """What a record replaces, and what that replaced in its turn; the nearest first.

    Parameters
    ----------
    record : Measurement
        Any record.
    named : Mapping[str, Measurement]
        All records that have a name, as ``by_id`` gives them.

    Returns
    -------
    list of Measurement
        Empty for a record that replaces nothing. A circle is walked round once.

    Examples
    --------
    >>> first = Measurement(id="a", indicator="visits", period="2025", value=8)
    >>> second = Measurement(indicator="visits", period="2025", value=9, restates="a")
    >>> [one.id for one in earlier(second, by_id([second, first]))]
    ['a']
    """
    found: list[Measurement] = []
    seen = {record.id}
    name = record.restates
    while name is not None and name not in seen and name in named:
        seen.add(name)
        found.append(named[name])
        name = named[name].restates
    return found


def goes_round(record: Measurement, named: Mapping[str, Measurement]) -> bool:
    """Whether what a record replaces leads back to itself.

    Examples
    --------
    >>> one = Measurement(id="a", indicator="visits", period="2025", value=8, restates="b")
    >>> other = Measurement(id="b", indicator="visits", period="2025", value=8, restates="a")
    >>> goes_round(one, by_id([one, other])), goes_round(one, by_id([one]))
    (True, False)
    """
    chain = [record, *earlier(record, named)]
    return record.id is not None and any(one.restates == record.id for one in chain)
