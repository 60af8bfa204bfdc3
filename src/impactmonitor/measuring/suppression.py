"""Small numbers of people, and what would give them away, are hidden from what is exported.

A number of 1 to 4 people may point at somebody. Hiding it is not enough: where a total is shown,
it can be worked out as the rest. So more cells are hidden, until nothing hidden can be worked
out from what is shown (complementary cell suppression; Cox, L.H., 1980, Suppression methodology
and statistical disclosure control, Journal of the American Statistical Association 75, 377-385).

0 is shown: that nobody is there tells nothing about anybody. A reader who knows this also knows
that a hidden number is at least 1. Everything here holds against such a reader.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

K = TypeVar("K", bound=Hashable)

SUPPRESS_UNDER = 5
MAX_TRIED = 100
"""How many hidden cells are tried for whether they could be shown after all."""

_UNBOUNDED = 3
"""What scipy says where nothing limits a number."""

_WIDE = 0.5
"""How far from its true value a whole number has to be able to lie: one, less rounding."""


@dataclass(frozen=True, slots=True)
class Sum(Generic[K]):
    """A cell that is the sum of others, and is known to be.

    Attributes
    ----------
    total : key
        The sum.
    parts : tuple of keys
        What it is the sum of.
    """

    total: K
    parts: tuple[K, ...]

    @property
    def cells(self) -> tuple[K, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


def is_small(count: float, under: int = SUPPRESS_UNDER) -> bool:
    """Whether a number of people is hidden for itself.

    Examples
    --------
    >>> [is_small(count) for count in (0, 1, 4, 5)]
    [False, True, True, False]
    """
    return 0 < count < under


def hidden(
    cells: Mapping[K, float],
    sums: Sequence[Sum[K]],
    under: int = SUPPRESS_UNDER,
    unseen: Collection[K] = (),
) -> frozenset[K]:
    """Which cells are hidden, so that none of them can be worked out from the others.

    Parameters
    ----------
    cells : Mapping
        Every number of people that is to be exported, of all tables together, by any key.
    sums : sequence of Sum
        Which cells are the sum of which others, over all tables. A sum that is not exported is
        left out, or stands among the cells as one that is.
    under : int
        Numbers from 1 up to, and not with, this one are hidden for themselves.
    unseen : collection of keys
        Cells that are never exported, and of which a reader knows no more than that they are 0
        or more: who is in a denominator and not in its numerator.

    Returns
    -------
    frozenset
        Keys of cells, without the unseen ones. Few, though not always the fewest: that would take a
        mixed integer programme. The choice does not depend on the order of the cells.

    Examples
    --------
    >>> cells = {"women": 3, "men": 20, "others": 9, "all": 32}
    >>> sorted(hidden(cells, [Sum("all", ("women", "men", "others"))]))
    ['others', 'women']
    """
    known = [one for one in sums if holds(one, cells)]
    kept = {cell for cell, count in cells.items() if is_small(count, under)}
    kept.difference_update(unseen)
    totals = Counter(one.total for one in known)

    def order(cell: K) -> tuple[int, float, str]:
        """Parts before totals, small ones before large ones."""
        return totals[cell], cells[cell], str(cell)

    while open_cells := exposed(cells, known, kept, unseen):
        new: set[K] = set()
        for cell in sorted(open_cells, key=order):
            if not any(cell in one.cells and new.intersection(one.cells) for one in known):
                new.update(_beside(cell, cells, known, kept.union(new, unseen), order))
        if not new:  # all that has to do with them is hidden: there is nothing to work out from
            break
        kept |= new
    return frozenset(_without_needless(kept, cells, known, under, unseen, order))


def _without_needless(
    kept: set[K],
    cells: Mapping[K, float],
    sums: Sequence[Sum[K]],
    under: int,
    unseen: Collection[K],
    order: Callable[[K], tuple[int, float, str]],
) -> set[K]:
    """The hidden cells without those that others have made needless; totals are tried first."""
    left = set(kept)
    extra = [cell for cell in kept if not is_small(cells[cell], under)]
    for cell in sorted(extra, key=order, reverse=True)[:MAX_TRIED]:
        fewer = left - {cell}
        if not exposed(cells, sums, fewer, unseen):
            left = fewer
    return left


def holds(one: Sum[K], cells: Mapping[K, float]) -> bool:
    """Whether all cells of a sum are there and add up; otherwise it tells a reader nothing."""
    if any(cell not in cells for cell in one.cells):
        return False
    added = math.fsum(cells[part] for part in one.parts)
    return math.isclose(added, cells[one.total], rel_tol=1e-9, abs_tol=1e-9)


def _beside(
    cell: K,
    cells: Mapping[K, float],
    sums: Sequence[Sum[K]],
    kept: set[K],
    order: Callable[[K], tuple[int, float, str]],
) -> list[K]:
    """The cell to hide as well: in a sum with this one, or else in a sum with those, if any."""
    reach = {cell}
    while True:
        wider = reach.union(*(one.cells for one in sums if reach.intersection(one.cells)))
        found = [c for c in wider if c not in kept and cells[c] > 0]
        if found or wider == reach:
            return sorted(found, key=order)[:1]
        reach = wider


def exposed(
    cells: Mapping[K, float],
    sums: Sequence[Sum[K]],
    kept: Iterable[K],
    unseen: Collection[K] = (),
) -> set[K]:
    """The hidden cells that a reader can work out from what is shown.

    Parameters
    ----------
    cells : Mapping
        All true numbers.
    sums : sequence of Sum
        Which cells are the sum of which others.
    kept : iterable of keys
        What is hidden.
    unseen : collection of keys
        What is never exported; a reader knows only that it is not negative.

    Returns
    -------
    set
        Hidden cells for which the shown cells, the sums, and that a hidden whole number is at
        least 1, leave only one possible value.

    Examples
    --------
    >>> cells = {"women": 3, "men": 20, "all": 23}
    >>> exposed(cells, [Sum("all", ("women", "men"))], ["women"])
    {'women'}
    """
    found: set[K] = set()
    asked = set(kept)
    for group in _groups(sorted(asked.union(unseen), key=str), sums):
        if asked.intersection(group):
            near = [one for one in sums if not set(group).isdisjoint(one.cells)]
            found.update(_exposed_in(group, cells, near, asked))
    return found


def _groups(unknown: Sequence[K], sums: Sequence[Sum[K]]) -> Iterator[list[K]]:
    """Hidden cells that have to do with each other through sums."""
    left = dict.fromkeys(unknown)
    while left:
        group, waiting = [], [next(iter(left))]
        left.pop(waiting[0])
        while waiting:
            cell = waiting.pop()
            group.append(cell)
            for one in sums:
                if cell in one.cells:
                    near = [c for c in one.cells if c in left]
                    waiting += near
                    for c in near:
                        left.pop(c, None)
        yield group


def _exposed_in(
    group: list[K], cells: Mapping[K, float], sums: Sequence[Sum[K]], asked: set[K]
) -> Iterator[K]:
    """The exposed ones of a group: no other solution of the sums has another value there."""
    if not sums:
        return
    import numpy as np
    from scipy.optimize import linprog

    matrix, true = _system(group, cells, sums)
    is_whole = bool(np.all(true == np.round(true)))
    least = [float(is_whole and cell in asked) for cell in group]
    is_open = np.array([cell in asked for cell in group])
    for i, sign in itertools.product(range(len(group)), (1.0, -1.0)):
        if not is_open[i]:
            continue
        aim = np.zeros(len(group))
        aim[i] = sign
        bounds = [(one, None) for one in least]
        found = linprog(aim, A_eq=matrix, b_eq=matrix @ true, bounds=bounds, method="highs")
        if found.status == _UNBOUNDED:
            is_open[i] = False
        elif found.x is not None:  # one other solution clears every cell in which it differs
            is_open &= np.abs(found.x - true) < _WIDE
    yield from (cell for cell, is_exposed in zip(group, is_open, strict=True) if is_exposed)


def _system(
    group: Sequence[K], cells: Mapping[K, float], sums: Sequence[Sum[K]]
) -> tuple[FloatArray, FloatArray]:
    """What the sums say about the unknown cells: a matrix (sum, cell), and the true numbers."""
    import numpy as np

    place = {cell: i for i, cell in enumerate(group)}
    matrix = np.zeros((len(sums), len(group)))
    for row, one in enumerate(sums):
        for cell in one.parts:
            if cell in place:
                matrix[row, place[cell]] += 1.0
        if one.total in place:
            matrix[row, place[one.total]] -= 1.0
    return matrix, np.array([cells[cell] for cell in group], dtype=float)
