"""Candidates with their numbers and limits, and the best set of them under a budget.

Everything is plain numbers by name; where they come from is no matter here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from impactmonitor.portfolio.choosing_exactly import MOST_SETS
from impactmonitor.portfolio.choosing_programme import (
    Limit,
    Number,
    Programme,
    at_least,
    at_most,
    exact,
)
from impactmonitor.portfolio.choosing_solver import Best, best_set

Goal = Literal["npv", "score"]
OTHER: Mapping[Goal, Goal] = {"npv": "score", "score": "npv"}


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be chosen, in plain numbers.

    Attributes
    ----------
    amounts : Mapping[str, Number]
        What each asks, 0 or more, in the fund's money.
    values : Mapping[str, Number]
        Net present value times the fund's share, in the fund's money; negative where it loses.
    scores : Mapping[str, Number] or None
        Amount times long-term score (0 to 100); None where there is no framework.
    limits : tuple of Limit
        All but the budget and the floor.
    """

    amounts: Mapping[str, Number]
    values: Mapping[str, Number]
    scores: Mapping[str, Number] | None = None
    limits: tuple[Limit, ...] = ()

    def adds(self, goal: Goal) -> Mapping[str, Number]:
        """What each adds to a goal.

        Raises
        ------
        ValueError
            If there are no scores and they are asked for.
        """
        if goal == "npv":
            return self.values
        if self.scores is None:
            raise ValueError("these candidates have no scores")
        return self.scores

    def total(self, goal: Goal, chosen: Iterable[str]) -> Fraction:
        """What a set adds up to by a goal, without rounding."""
        adds = self.adds(goal)
        return sum((exact(adds[name]) for name in chosen), Fraction(0))

    def spent(self, chosen: Iterable[str]) -> Fraction:
        """What a set asks together, without rounding."""
        return sum((exact(self.amounts[name]) for name in chosen), Fraction(0))


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a choice.

    Attributes
    ----------
    budget : Number
        The amounts of the chosen may be this together, but not more.
    maximise : {"npv", "score"}
    floor : Number or None
        What the chosen have to reach together of the other goal; the two are never mixed.
    """

    budget: Number
    maximise: Goal = "npv"
    floor: Number | None = None


def programme_of(
    candidates: Candidates,
    wish: Wish,
    further: Sequence[Limit] = (),
    values: Mapping[str, Number] | None = None,
) -> Programme:
    """A choice as an integer programme.

    Parameters
    ----------
    candidates : Candidates
    wish : Wish
    further : sequence of Limit
        On top of those of the candidates.
    values : mapping from str to Number, optional
        In the place of those of the candidates, for example those of one draw.

    Returns
    -------
    Programme
        First the goal; between equal sets what the other goal has most of, if every candidate has
        a score; then the least money.
    """
    goals = {"npv": values or candidates.values}
    if candidates.scores is not None:
        goals["score"] = candidates.scores
    if wish.maximise not in goals:
        raise ValueError("these candidates have no scores")
    other = OTHER[wish.maximise]
    limits = [
        at_most("budget", candidates.amounts, wish.budget, "budget"),
        *candidates.limits,
        *further,
    ]
    if wish.floor is not None:
        if other not in goals:
            raise ValueError("these candidates have no scores")
        limits.append(at_least("floor", goals[other], wish.floor, "floor"))
    ordered = [goals[goal] for goal in (wish.maximise, other) if goal in goals]
    costs = {name: -exact(amount) for name, amount in candidates.amounts.items()}
    return Programme.of(candidates.amounts, [*ordered, costs], limits)


def best_choice(
    candidates: Candidates,
    wish: Wish,
    known: Iterable[str] | None = None,
    most_sets: int = MOST_SETS,
) -> Best | None:
    """The set that adds most to one goal, under a budget, all limits and a floor on the other.

    Parameters
    ----------
    candidates : Candidates
        To take or to leave; never in part.
    wish : Wish
    known : iterable of str, optional
    most_sets : int
        As for `best_set`.

    Returns
    -------
    Best or None
        None if no set keeps to the limits. Between sets that are equal by the goal: most of the
        other goal, then least money, then the first name in the alphabet that they do not share.

    Raises
    ------
    ValueError
        If a score is asked for that there is not, names do not fit, or a number is not finite.

    Notes
    -----
    A knapsack problem with several constraints (Kellerer, Pferschy and Pisinger 2004, *Knapsack
    Problems*, chapter 9); see `best_set` for how it is solved.

    Examples
    --------
    >>> asked = {"roof": 60, "trees": 50, "bikes": 50}
    >>> worth = {"roof": 90, "trees": 50, "bikes": 45}
    >>> best_choice(Candidates(asked, worth), Wish(budget=100)).chosen
    ('bikes', 'trees')
    """
    return best_set(programme_of(candidates, wish), known, most_sets)


def furthest(candidates: Candidates, wish: Wish) -> Fraction | None:
    """The most that any set reaches of the goal that a floor stands on.

    Parameters
    ----------
    candidates : Candidates
    wish : Wish
        Its floor does not count here.

    Returns
    -------
    Fraction or None
        A floor above this cannot be reached; None if the limits rule out every set.

    Examples
    --------
    >>> found = Candidates({"a": 5}, {"a": 7}, {"a": 300})
    >>> furthest(found, Wish(budget=5, floor=400))
    Fraction(300, 1)
    """
    best = best_choice(candidates, Wish(wish.budget, OTHER[wish.maximise]))
    return None if best is None else best.reached[0]
