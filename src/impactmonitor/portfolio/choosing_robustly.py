"""How sure a choice is: whether it would still be the best if values turn out otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.portfolio.choosing_among import Candidates, Wish, programme_of
from impactmonitor.portfolio.choosing_programme import exact
from impactmonitor.portfolio.choosing_solver import FEW_SETS, best_set
from impactmonitor.uncertainty.drawn import Array, draws_by_options

Progress = Callable[[int, int], None]
"""Called with how many draws are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """A chosen set among the draws.

    Attributes
    ----------
    draws : int
        Over which the chance of a loss and the distribution of the value are taken.
    mean, p05, p95 : float
        Of the value of the chosen together, in the fund's money.
    probability_of_loss : float
        Share of the draws in which that value is below 0.
    solved : int
        Draws in which the best set was worked out again; 0 where the goal does not vary.
    best : float or None
        Share of those in which no set is better than the chosen one.
    expected_regret : float or None
        Value that the best set of a draw has more than the chosen one, on average over those.
    members : Mapping[str, float]
        By candidate the share of those in which it belongs to the best set; empty without.
    is_proven : bool
        Whether every one of those best sets is shown to be the best.
    """

    draws: int
    mean: float
    p05: float
    p95: float
    probability_of_loss: float
    solved: int
    best: float | None
    expected_regret: float | None
    members: Mapping[str, float]
    is_proven: bool


def robustness(
    candidates: Candidates,
    wish: Wish,
    chosen: Sequence[str],
    names: Sequence[str],
    values: ArrayLike,
    solved: Sequence[int],
    progress: Progress | None = None,
) -> Robustness:
    """How a chosen set does when the value of every candidate is drawn again and again.

    Parameters
    ----------
    candidates : Candidates
    wish : Wish
        That is maximised in every draw; a draw changes no score, so that a choice by score is
        not worked out again.
    chosen : sequence of str
        That keeps to the limits.
    names : sequence of str
        Of the columns: all candidates.
    values : array_like, shape (draws, candidates)
        Value of each in each draw, the same draws for all.
    solved : sequence of int
        Draws, counted from 0, in which the best set is worked out again.
    progress : callable, optional
        Told how far it is.

    Returns
    -------
    Robustness

    Raises
    ------
    ValueError
        If there is no draw, a number is not finite, or the columns are not the candidates.

    Notes
    -----
    The expected regret is the expected opportunity loss of choosing now, the value of perfect
    information about all candidates (Raiffa and Schlaifer 1961, *Applied Statistical Decision
    Theory*), here over the sets that keep to the limits.

    Examples
    --------
    >>> found = Candidates({"a": 5, "b": 5}, {"a": 7, "b": 2})
    >>> drawn = [[9, 1], [-4, 2]]
    >>> sure = robustness(found, Wish(5), ["a"], ["a", "b"], drawn, [0, 1])
    >>> sure.best, sure.expected_regret, sure.probability_of_loss, dict(sure.members)
    (0.5, 3.0, 0.5, {'a': 0.5, 'b': 0.5})
    """
    table = draws_by_options("values", values)
    if sorted(names) != sorted(candidates.amounts) or table.shape[1] != len(names):
        raise ValueError("the columns are the candidates, each once")
    columns = [place for place, name in enumerate(names) if name in set(chosen)]
    together = table[:, columns].sum(axis=1)
    p05, p95 = np.quantile(together, [0.05, 0.95])
    is_solved = wish.maximise == "npv" and len(solved) > 0
    again = _again(candidates, wish, chosen, names, table[list(solved)], progress) if is_solved \
        else _Again(None, None, {}, True)  # fmt: skip
    return Robustness(
        len(table),
        float(together.mean()),
        float(p05),
        float(p95),
        float((together < 0).mean()),
        len(solved) if is_solved else 0,
        again.best,
        again.expected_regret,
        again.members,
        again.is_proven,
    )


@dataclass(frozen=True, slots=True)
class _Again:
    best: float | None
    expected_regret: float | None
    members: Mapping[str, float]
    is_proven: bool


def _again(
    candidates: Candidates,
    wish: Wish,
    chosen: Sequence[str],
    names: Sequence[str],
    table: Array,
    progress: Progress | None,
) -> _Again:
    """The best set of every draw, beside the chosen one."""
    members = dict.fromkeys(names, 0)
    times, regret, is_proven = 0, Fraction(0), True
    for done, row in enumerate(table.tolist(), start=1):
        values = dict(zip(names, row, strict=True))
        best = best_set(programme_of(candidates, wish, values=values), chosen, FEW_SETS)
        if best is None:
            raise ValueError("the chosen set does not keep to the limits")
        lost = best.reached[0] - sum((exact(values[name]) for name in chosen), Fraction(0))
        times += lost <= 0
        regret += max(lost, Fraction(0))
        is_proven = is_proven and best.is_proven
        for name in best.chosen:
            members[name] += 1
        if progress is not None:
            progress(done, len(table))
    count = len(table)
    shares = {name: found / count for name, found in members.items()}
    return _Again(times / count, float(regret / count), shares, is_proven)
