"""Names of units, and how many of one unit make another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from impactmonitor.model.entries import Unit


def names_of(unit: Unit) -> Iterator[str]:
    """The id of a unit and its aliases.

    Examples
    --------
    >>> list(names_of(Unit(id="hour", title="hour", aliases=("hours", "uur"))))
    ['hour', 'hours', 'uur']
    """
    yield unit.id
    yield from unit.aliases


def folded(name: str) -> str:
    """A name without regard to capitals and repeated spaces."""
    return " ".join(name.casefold().split())


def unit_names(units: Mapping[str, Unit]) -> dict[str, Unit]:
    """Every name of every unit; an id goes before another unit's alias.

    Examples
    --------
    >>> hour = Unit(id="hour", title="hour", aliases=("Hours",))
    >>> sorted(unit_names({"hour": hour}))
    ['Hours', 'hour', 'hours']
    """
    aliases = {alias: unit for unit in units.values() for alias in unit.aliases}
    exact = aliases | dict(units)
    return {folded(name): unit for name, unit in exact.items()} | exact


def multiplier(unit: Unit, other: Unit) -> float | None:
    """How many of ``other`` are in one ``unit``, or None where they do not convert.

    Examples
    --------
    >>> hour = Unit(id="hour", title="hour", dimension="time", factor=60)
    >>> minute = Unit(id="minute", title="minute", dimension="time", factor=1)
    >>> multiplier(hour, minute)
    60.0
    """
    if unit.id == other.id:
        return 1.0
    if unit.dimension is None or unit.dimension != other.dimension:
        return None
    if unit.factor is None or other.factor is None:
        return None
    return unit.factor / other.factor
