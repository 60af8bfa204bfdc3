"""The best set of an integer programme, exactly: candidate after candidate, in whole numbers.

Sets that use the same of every limit are equal from there on, so that only the best of them is
kept; sets that can no longer become the best are dropped. The bound by which that is seen holds
for any prices of the limits (Lagrangian relaxation: Geoffrion 1974, "Lagrangean relaxation for
integer programming", Mathematical Programming Study 2, 82-114); good prices make it tight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import add

from impactmonitor.portfolio.choosing_programme import Programme

MOST_SETS = 20_000
"""Sets that are followed at a time, before it is left to the solver alone."""

_Ranks = tuple[int, ...]
"""Of a set: what it reaches of each goal, and then its names: the earlier in the alphabet, the
more. Nothing that is added to two sets turns their order."""


class TooManySets(Exception):
    """More sets would have to be followed than is allowed."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A set of the candidates that were decided."""

    ranks: _Ranks
    uses: tuple[int, ...]
    worth: int  # the bound of what it may come to, in units of the prices


def best_exactly(
    programme: Programme,
    prices: Sequence[Fraction],
    known: Sequence[bool] | None = None,
    most_sets: int = MOST_SETS,
) -> tuple[bool, ...] | None:
    """The best set that keeps to every limit, or None if there is none.

    Parameters
    ----------
    programme : Programme
    prices : sequence of Fraction
        What a unit of each limit is worth of the first goal, 0 or more. The answer does not
        depend on them, only how soon it is found.
    known : sequence of bool, optional
        A set that keeps to every limit, to be beaten.
    most_sets : int
        How many sets are followed at a time at most.

    Returns
    -------
    tuple of bool or None
        In the order of the names. Of sets that reach the same of every goal, the one that has
        the first name in the alphabet that they do not share.

    Raises
    ------
    TooManySets
        If there is no answer within that number.

    Examples
    --------
    >>> from impactmonitor.portfolio.choosing_programme import at_most
    >>> uses = {"a": 3, "b": 2, "c": 2}
    >>> found = Programme.of("abc", [{"a": 5, "b": 3, "c": 3}], [at_most("money", uses, 4)])
    >>> best_exactly(found, [Fraction(3, 2)])
    (False, True, True)
    """
    return _Search(programme, prices, known).best(most_sets)


def best_nearly(
    programme: Programme,
    prices: Sequence[Fraction],
    known: Sequence[bool] | None = None,
    most_sets: int = MOST_SETS,
) -> tuple[bool, ...] | None:
    """A good set that keeps to every limit, where there are too many to follow all of them.

    Parameters
    ----------
    programme, prices, known, most_sets
        As for `best_exactly`.

    Returns
    -------
    tuple of bool or None
        The best of the most promising sets; None if none of those keeps to the limits, which
        does not mean that no other does.

    Examples
    --------
    >>> from impactmonitor.portfolio.choosing_programme import at_most
    >>> found = Programme.of("ab", [{"a": 5, "b": 3}], [at_most("money", {"a": 3, "b": 2}, 4)])
    >>> best_nearly(found, [Fraction(1)], most_sets=1)
    (True, False)
    """
    return _Search(programme, prices, known).best(most_sets, is_cut=True)


class _Search:
    """One programme with prices, worked through candidate by candidate."""

    def __init__(
        self, programme: Programme, prices: Sequence[Fraction], known: Sequence[bool] | None
    ) -> None:
        self.programme = programme
        bottom = lcm(*(price.denominator for price in prices)) if prices else 1
        self.prices = [int(price * bottom) for price in prices]
        columns = list(zip(*programme.rows, strict=True)) or [()] * len(programme.names)
        self.columns: list[tuple[int, ...]] = columns
        self.gains = [
            bottom * gain - sum(p * u for p, u in zip(self.prices, column, strict=True))
            for gain, column in zip(programme.goals[0], columns, strict=True)
        ]
        self.order = sorted(range(len(columns)), key=lambda one: (-abs(self.gains[one]), one))
        self.least = None if known is None else bottom * programme.reached(known)[0]

    def best(self, most_sets: int, is_cut: bool = False) -> tuple[bool, ...] | None:
        """Work through all candidates."""
        least, _ = self._still(self.order)
        if any(use > most for use, most in zip(least, self.programme.highest, strict=True)):
            return None
        uses = (0,) * len(self.prices)
        whole = sum(p * h for p, h in zip(self.prices, self.programme.highest, strict=True))
        worth = whole + sum(gain for gain in self.gains if gain > 0)
        kept = [_Kept((0,) * (len(self.programme.goals) + 1), uses, worth)]
        for place, candidate in enumerate(self.order):
            kept = self._decided(kept, candidate, self.order[place + 1 :])
            if len(kept) > most_sets and not is_cut:
                raise TooManySets
            if len(kept) > most_sets:
                kept = sorted(kept, key=lambda one: (one.worth, one.ranks))[-most_sets:]
        if not kept:
            return None
        names = max(one.ranks for one in kept)[-1]
        last = len(self.columns) - 1
        return tuple(bool(names >> (last - place) & 1) for place in range(last + 1))

    def _decided(self, kept: list[_Kept], candidate: int, rest: Sequence[int]) -> list[_Kept]:
        """Every set with and without a candidate, of the equal ones only the best."""
        open_rows, rooms = self._open(candidate, rest)
        gain, found = self.gains[candidate], dict[tuple[int | None, ...], _Kept]()
        added = (
            *(goal[candidate] for goal in self.programme.goals),
            1 << (len(self.columns) - 1 - candidate),
        )
        more_used = self.columns[candidate]
        for one in kept:
            both = ((one.ranks, one.uses, one.worth - max(gain, 0)),
                    (tuple(map(add, one.ranks, added)), tuple(map(add, one.uses, more_used)),
                     one.worth + min(gain, 0)))  # fmt: skip
            for ranks, uses, worth in both:
                if self.least is not None and worth < self.least:
                    continue
                here = [uses[row] for row in open_rows]
                # a limit that can no longer be passed is no difference
                alike = tuple(
                    [
                        None if use <= free else use
                        for use, (free, _) in zip(here, rooms, strict=True)
                    ]
                )
                if any(
                    use is not None and use > most
                    for use, (_, most) in zip(alike, rooms, strict=True)
                ):
                    continue
                other = found.get(alike)
                if other is None or other.ranks < ranks:
                    found[alike] = _Kept(ranks, uses, worth)
        return list(found.values())

    def _open(self, candidate: int, rest: Sequence[int]) -> tuple[list[int], list[tuple[int, int]]]:
        """The limits that this candidate or a later one has a part in.

        With each the use up to which nothing that is left can pass it, and the use above which
        nothing that is left can bring it back.
        """
        low, high = self._still(rest)
        own = self.columns[candidate]
        rows = [row for row in range(len(own)) if own[row] or low[row] or high[row]]
        highest = self.programme.highest
        return rows, [(highest[row] - high[row], highest[row] - low[row]) for row in rows]

    def _still(self, rest: Sequence[int]) -> tuple[list[int], list[int]]:
        """What the candidates that are left can take off, and add to, the use of each limit."""
        low, high = [0] * len(self.prices), [0] * len(self.prices)
        for candidate in rest:
            for row, use in enumerate(self.columns[candidate]):
                if use < 0:
                    low[row] += use
                else:
                    high[row] += use
        return low, high
