"""What more of one goal costs of the other, and what more budget brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from impactmonitor.portfolio.choosing_among import Candidates, Wish, best_choice
from impactmonitor.portfolio.choosing_programme import Number, exact
from impactmonitor.portfolio.choosing_solver import Best

MOST_POINTS = 20
STEPS = 12
MOST_SETS = 5_000
"""Sets that are followed at a time for each point: there are many points."""


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """A set of which no other has more of one goal and not less of the other.

    Attributes
    ----------
    chosen : tuple of str
    value, score : Fraction
        Net present value that is the fund's, and amount times score, of the chosen together.
    is_proven : bool
    """

    chosen: tuple[str, ...]
    value: Fraction
    score: Fraction
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Frontier:
    """The frontier of the two goals.

    Attributes
    ----------
    points : tuple of FrontierPoint
        Most value first, most score last.
    is_complete : bool
        Whether these are shown to be all; otherwise they are the best that were found, at evenly
        spaced floors where there are many.
    """

    points: tuple[FrontierPoint, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class BudgetPoint:
    """What is reached with a budget.

    Attributes
    ----------
    budget : Fraction
    best : Best or None
        None where the floor cannot be reached with it.
    """

    budget: Fraction
    best: Best | None


def frontier(
    candidates: Candidates, budget: Number, most_points: int = MOST_POINTS, steps: int = STEPS
) -> Frontier:
    """The sets between which only somebody's preference can choose.

    Parameters
    ----------
    candidates : Candidates
        With scores.
    budget : Number
    most_points : int
        Up to so many points all are found; at least 2.
    steps : int
        If there are more, so many evenly spaced floors on the score are taken, at least 2.

    Returns
    -------
    Frontier
        Without points if the limits rule out every set.

    Raises
    ------
    ValueError
        As `best_choice`.

    Notes
    -----
    The epsilon-constraint method: most value at a floor on the score that rises (Haimes, Lasdon
    and Wismer 1971, "On a bicriterion formulation of the problems of integrated system
    identification and system optimization", IEEE Transactions on Systems, Man, and Cybernetics
    SMC-1(3), 296-297). Between sets of equal value the one with most score is taken, so that no
    point is dominated.

    Examples
    --------
    >>> found = Candidates({"a": 5, "b": 5}, {"a": 7, "b": 2}, {"a": 100, "b": 300})
    >>> [(one.chosen, int(one.value), int(one.score)) for one in frontier(found, 5).points]
    [(('a',), 7, 100), (('b',), 2, 300)]
    """
    last = _point(candidates, _best(candidates, Wish(budget, "score")), is_by_score=True)
    points = list[FrontierPoint]()
    floor: Fraction | None = None
    while last is not None and len(points) < most_points:
        found = _point(candidates, _best(candidates, Wish(budget, "npv", floor)))
        if found is None:  # below a floor that is reached: only without a proof
            return _undominated([*points, last], is_complete=False)
        points.append(found)
        if found.score >= last.score:
            return _undominated(points, is_complete=True)
        floor = found.score + _unit(candidates)
    if last is None:
        return Frontier((), True)
    spaced = _spaced(candidates, budget, points[0], last, steps)
    return _undominated([*spaced, last], is_complete=False)


def _undominated(points: Sequence[FrontierPoint], is_complete: bool) -> Frontier:
    """The points that no other one beats: without a proof one may turn out to be beaten."""
    kept = [
        one
        for place, one in enumerate(points)
        if not any(
            (other.value, other.score) != (one.value, one.score)
            and other.value >= one.value
            and other.score >= one.score
            for other in points
        )
        and all((one.value, one.score) != (x.value, x.score) for x in points[:place])
    ]
    is_proven = all(one.is_proven for one in kept)
    ordered = sorted(kept, key=lambda one: (-one.value, one.score))
    return Frontier(tuple(ordered), is_complete and is_proven)


def _spaced(
    candidates: Candidates,
    budget: Number,
    first: FrontierPoint,
    last: FrontierPoint,
    steps: int,
) -> tuple[FrontierPoint, ...]:
    """The best at evenly spaced floors between two points, each once."""
    points = [first]
    for step in range(1, steps):
        floor = first.score + (last.score - first.score) * step / (steps - 1)
        if floor > points[-1].score:
            found = _point(candidates, _best(candidates, Wish(budget, "npv", floor)))
            if found is not None:
                points.append(found)
    return tuple(points)


def _best(candidates: Candidates, wish: Wish) -> Best | None:
    """One of many points, each of which may take a moment only."""
    return best_choice(candidates, wish, most_sets=MOST_SETS)


def _unit(candidates: Candidates) -> Fraction:
    """Less than the scores of two sets can differ if they differ at all."""
    scores = candidates.adds("score").values()
    return Fraction(1, lcm(*(exact(score).denominator for score in scores)))


def _point(
    candidates: Candidates, best: Best | None, is_by_score: bool = False
) -> FrontierPoint | None:
    if best is None:
        return None
    first, second = best.reached[:2]
    value, score = (second, first) if is_by_score else (first, second)
    return FrontierPoint(best.chosen, value, score, best.is_proven)


def budget_curve(
    candidates: Candidates, wish: Wish, budgets: Sequence[Number]
) -> tuple[BudgetPoint, ...]:
    """What is reached with smaller and larger budgets.

    Parameters
    ----------
    candidates : Candidates
    wish : Wish
        Its own budget does not count here.
    budgets : sequence of Number
        0 or more, in any order.

    Returns
    -------
    tuple of BudgetPoint
        The smallest budget first. More budget never gives less: what fits in a budget fits in
        every larger one.

    Examples
    --------
    >>> found = Candidates({"a": 5, "b": 3}, {"a": 7, "b": 2})
    >>> [int(one.best.reached[0]) for one in budget_curve(found, Wish(0), [8, 3, 5])]
    [2, 7, 9]
    """
    found = list[BudgetPoint]()
    known: tuple[str, ...] | None = None
    for budget in sorted(exact(one) for one in budgets):
        best = best_choice(candidates, replace(wish, budget=budget), known)
        known = known if best is None else best.chosen
        found.append(BudgetPoint(budget, best))
    return tuple(found)
