"""The best set of an integer programme: found by HiGHS, proved in whole numbers.

HiGHS works in floating point, in which a budget of a billion may be passed by some euros without
anybody noticing. What it finds is therefore checked, and improved where that is possible, in whole
numbers; `choosing_exactly` does that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.portfolio.choosing_exactly import (
    MOST_SETS,
    TooManySets,
    best_exactly,
    best_nearly,
)
from impactmonitor.portfolio.choosing_programme import Programme

MOST_NODES = 20_000
"""Branches that HiGHS follows at most: a number, and no time, so that every machine gives the same
answer."""
FEW_SETS = 2_000
"""Sets that are followed in a first attempt, which mostly succeeds."""
SMALL = 10_000
"""Limits of which no use is larger cannot be passed by what the solver takes for rounding."""
_TIGHTER = (0.0, 1e-6, 1e-4)
"""By how much of themselves limits are drawn in until the set that is found keeps to them."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best set of a programme.

    Attributes
    ----------
    chosen : tuple of str
        In the order of the alphabet.
    reached : tuple of Fraction
        What it reaches of each goal, without rounding.
    is_proven : bool
        Whether it is shown in whole numbers that no set is better; otherwise it is the best that
        the solver found.
    """

    chosen: tuple[str, ...]
    reached: tuple[Fraction, ...]
    is_proven: bool


def best_set(
    programme: Programme, known: Iterable[str] | None = None, most_sets: int = MOST_SETS
) -> Best | None:
    """The set that reaches most of the first goal and keeps to every limit.

    Parameters
    ----------
    programme : Programme
    known : iterable of str, optional
        A set that keeps to every limit and may be nearly the best. A proof is then tried before
        the solver is asked; what is found does not depend on it, only how soon.
    most_sets : int
        How many sets are followed at a time for the proof.

    Returns
    -------
    Best or None
        None if no set keeps to the limits. Of sets that reach the same of the first goal the one
        that reaches most of the next, and so on; of sets that are equal in all of them, the one
        that has the first name in the alphabet that they do not share.

    Notes
    -----
    ``scipy.optimize.milp``, that is HiGHS (Huangfu and Hall 2018, "Parallelizing the dual revised
    simplex method", Mathematical Programming Computation 10, 119-142), with a gap of 0 and every
    row scaled to 1.

    Examples
    --------
    >>> from impactmonitor.portfolio.choosing_programme import at_most
    >>> asked = {"bridge": 1e9, "bench": 1}
    >>> budget = at_most("budget", asked, 1e9)
    >>> best_set(Programme.of(asked, [{"bridge": 2e9, "bench": 3}], [budget])).chosen
    ('bridge',)
    """
    if not programme.names:  # nothing for a solver to look at
        return Best((), (Fraction(0),) * len(programme.goals), True) if programme.fits(()) else None
    chosen, is_proven = _Scaled(programme).best(known, most_sets)
    if chosen is None:
        return None
    reached = programme.reached(chosen)
    return Best(
        tuple(name for name, is_in in zip(programme.names, chosen, strict=True) if is_in),
        tuple(one * unit for one, unit in zip(reached, programme.units, strict=True)),
        is_proven,
    )


class _Scaled:
    """A programme in floating point, every row divided by its largest number."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.sizes = [
            max(*(abs(use) for use in row), abs(most), 1)
            for row, most in zip(programme.rows, programme.highest, strict=True)
        ]
        self.rows: Array = np.array(
            [[use / size for use in row]
             for row, size in zip(programme.rows, self.sizes, strict=True)]
        ).reshape(len(self.sizes), len(programme.names))  # fmt: skip
        both = zip(programme.highest, self.sizes, strict=True)
        self.highest: Array = np.array([most / size for most, size in both], dtype=float)
        self.largest: Array = np.array(self.sizes, dtype=float)
        self.is_small = self.largest < SMALL
        goal = programme.goals[0]
        self.size = max(*(abs(one) for one in goal), 1)
        self.goal: Array = np.array([one / self.size for one in goal])

    def best(
        self, known: Iterable[str] | None, most_sets: int
    ) -> tuple[tuple[bool, ...] | None, bool]:
        """The best set, or None; and whether that is proven."""
        prices, few = self.prices(), min(FEW_SETS, most_sets)
        start = None if known is None else self.programme.marked(known)
        is_given = start is not None and self.programme.fits(start)
        if is_given:
            with suppress(TooManySets):
                return best_exactly(self.programme, prices, start, few), True
        start = self.better(start if is_given else None)
        for most in dict.fromkeys((few, most_sets)):
            with suppress(TooManySets):
                return best_exactly(self.programme, prices, start, most), True
        nearly = best_nearly(self.programme, prices, start, max(few, 1))
        sets = [one for one in (start, nearly) if one is not None]
        return self.by_next_goals(max(sets, key=self.programme.reached, default=None)), False

    def found(self) -> tuple[bool, ...] | None:
        """The set that the solver finds and that keeps to the limits exactly."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        for tighter in _TIGHTER:
            limits = []
            if len(self.sizes):
                # half a unit more lets no other set of whole numbers in, and keeps none out
                highest = self.highest + np.where(
                    self.is_small, 0.5 / self.largest, -tighter * np.abs(self.highest)
                )
                limits = [LinearConstraint(self.rows, ub=highest)]
            found = milp(
                -self.goal,
                integrality=np.ones(len(self.goal), dtype=np.int64),
                bounds=Bounds(0, 1),
                constraints=limits,
                options={"mip_rel_gap": 0, "node_limit": MOST_NODES},
            )
            if found.x is not None:
                chosen = tuple(bool(one > 0.5) for one in found.x)
                if self.programme.fits(chosen):
                    return chosen
        return None

    def better(self, start: Sequence[bool] | None) -> tuple[bool, ...] | None:
        """The best of a set and what the solver finds."""
        sets = [tuple(one) for one in (start, self.found()) if one is not None]
        return max(sets, key=self.programme.reached, default=None)

    def prices(self) -> list[Fraction]:
        """What a unit of each limit is worth where candidates could be taken in part."""
        from scipy.optimize import linprog

        if not len(self.sizes):
            return []
        found = linprog(-self.goal, A_ub=self.rows, b_ub=self.highest, bounds=(0, 1))
        if found.status != 0:
            return [Fraction(0)] * len(self.sizes)
        marginals = np.maximum(-found.ineqlin.marginals, 0.0)
        return [
            Fraction(float(one)) * self.size / size
            for one, size in zip(marginals, self.sizes, strict=True)
        ]

    def by_next_goals(self, known: Sequence[bool] | None) -> tuple[bool, ...] | None:
        """Of what is as good by the first goal as a set that was found, the best by the others."""
        p = self.programme
        if known is None or len(p.goals) == 1:
            return None if known is None else tuple(known)
        kept = (tuple(-one for one in p.goals[0]), -p.reached(known)[0])
        rest = replace(p, goals=p.goals[1:], rows=(*p.rows, kept[0]),
                       highest=(*p.highest, kept[1]), units=p.units[1:])  # fmt: skip
        scaled = _Scaled(rest)
        return scaled.by_next_goals(scaled.better(known))
