"""The choice of a set under limits as an integer programme, in whole numbers without rounding.

Nothing here knows funds or cases: candidates have names, numbers and limits that they share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import gcd, isfinite, lcm
from types import MappingProxyType
from typing import Literal

Kind = Literal["budget", "floor", "theme", "return", "needs", "excludes", "other"]
Number = int | float | Decimal | Fraction


def exact(number: Number) -> Fraction:
    """A number as it is written in decimals, without the rounding of a binary float.

    Parameters
    ----------
    number : int, float, Decimal or Fraction

    Raises
    ------
    ValueError
        If it is not finite.

    Examples
    --------
    >>> exact(0.1) + exact(0.2) == exact(0.3)
    True
    """
    if isinstance(number, float):
        if not isfinite(number):
            raise ValueError(f"{number} is not a finite number")
        return Fraction(repr(float(number)))
    return Fraction(number)


@dataclass(frozen=True, slots=True)
class Limit:
    """Something of which the chosen ones together may not use more than there is.

    Attributes
    ----------
    name : str
        What it is called.
    uses : Mapping[str, Number]
        By candidate; a candidate that is not named uses nothing. Negative for a floor.
    highest : Number
        The sum of the uses may be this, but not more.
    kind : str
        What sort of limit it is, for who reads the answer.
    """

    name: str
    uses: Mapping[str, Number]
    highest: Number
    kind: Kind = "other"


def at_most(name: str, uses: Mapping[str, Number], highest: Number, kind: Kind = "other") -> Limit:
    """A limit on a sum; see `Limit`."""
    return Limit(name, uses, highest, kind)


def at_least(name: str, adds: Mapping[str, Number], lowest: Number, kind: Kind = "other") -> Limit:
    """A floor under a sum, written as a limit.

    Examples
    --------
    >>> at_least("score", {"a": 3}, 2).highest
    Fraction(-2, 1)
    """
    return Limit(name, {key: -exact(one) for key, one in adds.items()}, -exact(lowest), kind)


def together(first: str, other: str) -> Limit:
    """The limit that one candidate is not chosen without another.

    Examples
    --------
    >>> dict(together("roof", "walls").uses)
    {'roof': 1, 'walls': -1}
    """
    return Limit(f"{first} needs {other}", {first: 1, other: -1}, 0, "needs")


def apart(first: str, other: str) -> Limit:
    """The limit that two candidates are not both chosen.

    Examples
    --------
    >>> apart("tram", "bus").highest
    1
    """
    return Limit(f"{first} excludes {other}", {first: 1, other: 1}, 1, "excludes")


@dataclass(frozen=True, slots=True)
class Programme:
    """Candidates to take or to leave, in whole numbers.

    Attributes
    ----------
    names : tuple of str
        In the order of the alphabet, so that no answer depends on how they were given.
    goals : tuple of tuple of int
        A row for each goal, a column for each candidate. The first goal decides; the second only
        between sets that are equal by the first, and so on.
    rows : tuple of tuple of int
        Uses by limit and candidate.
    highest : tuple of int
        Of each limit.
    units : tuple of Fraction
        What a goal is worth per unit: the goals are divided by it to be whole.
    """

    names: tuple[str, ...]
    goals: tuple[tuple[int, ...], ...]
    rows: tuple[tuple[int, ...], ...]
    highest: tuple[int, ...]
    units: tuple[Fraction, ...]
    _places: Mapping[str, int] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls, names: Iterable[str], goals: Sequence[Mapping[str, Number]], limits: Iterable[Limit]
    ) -> Programme:
        """Make a programme of numbers as they are written.

        Parameters
        ----------
        names : iterable of str
            The candidates, each once, in any order.
        goals : sequence of mapping from str to Number
            At least one; every candidate has a number in each.
        limits : iterable of Limit
            In any order.

        Raises
        ------
        ValueError
            If a name is given twice, a goal has no number for a candidate or a number for a
            stranger, there is no goal, or a number is not finite.

        Examples
        --------
        >>> found = Programme.of(["b", "a"], [{"a": 0.5, "b": 1.5}], [])
        >>> found.names, found.goals, found.units
        (('a', 'b'), ((1, 3),), (Fraction(1, 2),))
        """
        given = list(names)
        ordered = tuple(sorted(given))
        if len(set(given)) < len(given):
            raise ValueError("every candidate is named once")
        if not goals or any(set(goal) != set(given) for goal in goals):
            raise ValueError("every goal has one number for every candidate")
        whole = [_whole([exact(goal[name]) for name in ordered]) for goal in goals]
        rows = dict.fromkeys(_row(limit, ordered) for limit in limits)
        kept = sorted(row for row in rows if _can_bind(*row))
        return cls(
            ordered,
            tuple(numbers for numbers, _ in whole),
            tuple(uses for uses, _ in kept),
            tuple(highest for _, highest in kept),
            tuple(unit for _, unit in whole),
            MappingProxyType({name: place for place, name in enumerate(ordered)}),
        )

    def fits(self, chosen: Sequence[bool]) -> bool:
        """Whether a set keeps to every limit, exactly.

        Parameters
        ----------
        chosen : sequence of bool
            In the order of the names.
        """
        return all(
            sum(use for use, is_in in zip(row, chosen, strict=True) if is_in) <= most
            for row, most in zip(self.rows, self.highest, strict=True)
        )

    def reached(self, chosen: Sequence[bool]) -> tuple[int, ...]:
        """What a set reaches of each goal, in the units of the programme."""
        return tuple(
            sum(one for one, is_in in zip(goal, chosen, strict=True) if is_in)
            for goal in self.goals
        )

    def marked(self, chosen: Iterable[str]) -> tuple[bool, ...]:
        """A set of names as one mark for each candidate."""
        places = {self._places[name] for name in chosen}
        return tuple(place in places for place in range(len(self.names)))


def _whole(numbers: Sequence[Fraction]) -> tuple[tuple[int, ...], Fraction]:
    """Numbers as the smallest whole ones in the same proportion, and the unit they count."""
    bottom = lcm(*(one.denominator for one in numbers)) if numbers else 1
    large = [int(one * bottom) for one in numbers]
    top = gcd(*large) or 1
    return tuple(one // top for one in large), Fraction(top, bottom)


def _row(limit: Limit, names: Sequence[str]) -> tuple[tuple[int, ...], int]:
    strangers = set(limit.uses) - set(names)
    if strangers:
        raise ValueError(f"{limit.name} names {', '.join(sorted(strangers))}, no candidates")
    uses, unit = _whole([exact(limit.uses.get(name, 0)) for name in names])
    return uses, exact(limit.highest) // unit


def _can_bind(uses: Sequence[int], highest: int) -> bool:
    """Whether taking everything that uses something would be too much."""
    return sum(use for use in uses if use > 0) > highest
