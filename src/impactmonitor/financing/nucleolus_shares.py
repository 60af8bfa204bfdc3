"""The nucleolus of a cost game, by a series of linear programmes.

It is worked out on what each coalition saves by joining up: that is the same game, and small
savings on large costs keep their digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from impactmonitor.financing.games import (
    TOLERANCE,
    Array,
    checked_game,
    exact_players,
    members,
    stand_alone,
)

Flags = NDArray[np.bool_]

ROUNDING = 1e-12
"""A saving that is smaller than this, compared with the costs, is none."""
PRECISION = 1e-10
"""Within which a programme satisfies its rows: the least that the solver can be asked for."""
BINDING = 1e-6
"""A multiplier above this is not 0: those of rows of zeros and ones for 12 players are larger."""


def nucleolus(costs: ArrayLike) -> Array:
    """The shares with which the most unhappy coalition is as happy as can be, then the next.

    Parameters
    ----------
    costs : array_like, shape (2 ** players,)
        By coalition, as for ``games.shapley``.

    Returns
    -------
    array, shape (players,)
        Adds up to the cost of everybody, with nobody paying more than alone; in the core if that
        is not empty.

    Raises
    ------
    ValueError
        If it is no game, has more than 12 players, or costs more together than apart, so that
        somebody has to pay more than alone.

    Notes
    -----
    Schmeidler (1969), *The nucleolus of a characteristic function game*, SIAM Journal on Applied
    Mathematics 17, 1163-1170. Each programme settles the coalitions that are least happy in all
    of its solutions, which its multipliers name: Maschler, Peleg and Shapley (1979), *Geometric
    properties of the kernel, nucleolus, and related solution concepts*, Mathematics of Operations
    Research 4, 303-338.

    Examples
    --------
    >>> nucleolus([0, 120, 60, 120]).round(9).tolist()
    [90.0, 30.0]
    """
    game = checked_game(costs)
    players = exact_players(game)
    alone, is_in = stand_alone(game), members(players)
    savings = is_in @ alone - game
    saved, size = float(savings[-1]), max(np.abs(game).max(), np.abs(alone).sum())
    if saved < -TOLERANCE * size:
        raise ValueError("together it costs more than apart: somebody has to pay more than alone")
    if saved <= ROUNDING * size:
        result: Array = alone - saved / players
        return result
    return np.asarray(alone - saved * _gains(is_in, savings / saved), dtype=float)


@dataclass(frozen=True, slots=True)
class _Level:
    """What one programme settles: coalitions that are all equally happy, players who gain 0."""

    coalitions: NDArray[np.intp]
    without_gain: NDArray[np.intp]


def _gains(is_in: Array, savings: Array) -> Array:
    """What each player gains from joining up, nobody less than 0."""
    players = is_in.shape[1]
    levels: list[_Level] = []
    rows, amounts = is_in[-1:], savings[-1:]
    waiting = np.arange(1, len(savings) - 1)
    waiting = waiting[~_follows(is_in[waiting], rows)]
    while len(rows) < players:
        level, gains = _least_happy(is_in, savings, waiting, rows, amounts)
        levels.append(level)
        fresh = is_in[level.coalitions]
        rows = np.vstack([rows, fresh])
        amounts = np.concatenate([amounts, fresh @ gains])
        rows, amounts = _independent(rows, amounts)
        waiting = waiting[~_follows(is_in[waiting], rows)]
    return _polished(is_in, savings, levels)


def _least_happy(
    is_in: Array, savings: Array, waiting: NDArray[np.intp], rows: Array, amounts: Array
) -> tuple[_Level, Array]:
    """Gains with which the least that a coalition gets above its savings is as large as can be."""
    from scipy.optimize import linprog

    players = is_in.shape[1]
    found = linprog(
        np.r_[np.zeros(players), -1.0],
        A_ub=np.hstack([-is_in[waiting], np.ones((len(waiting), 1))]),
        b_ub=-savings[waiting],
        A_eq=np.hstack([rows, np.zeros((len(rows), 1))]),
        b_eq=amounts,
        bounds=[*((0, None) for _ in range(players)), (None, None)],
        method="highs",
        options={
            "primal_feasibility_tolerance": PRECISION,
            "dual_feasibility_tolerance": PRECISION,
        },
    )
    if not found.success or found.x is None:
        raise ValueError(f"the shares could not be worked out: {found.message}")
    is_tight = np.abs(found.ineqlin.marginals) > BINDING
    is_nothing = np.abs(found.lower.marginals[:players]) > BINDING
    return _Level(waiting[is_tight], np.flatnonzero(is_nothing)), found.x[:-1]


def _polished(is_in: Array, savings: Array, levels: list[_Level]) -> Array:
    """Gains and levels at once from what binds, free of the room that a programme allows itself."""
    players = is_in.shape[1]
    width = players + len(levels)
    rows, amounts = [np.r_[is_in[-1], np.zeros(len(levels))]], [float(savings[-1])]
    for place, level in enumerate(levels):
        for coalition in level.coalitions:
            row = np.r_[is_in[coalition], np.zeros(len(levels))]
            row[players + place] = -1.0
            rows.append(row)
            amounts.append(float(savings[coalition]))
        rows += list(np.eye(width)[level.without_gain])
        amounts += [0.0] * len(level.without_gain)
    found = np.linalg.lstsq(np.array(rows), np.array(amounts), rcond=None)[0]
    result: Array = found[:players]
    return result


def _independent(rows: Array, amounts: Array) -> tuple[Array, Array]:
    """Rows that do not follow from those before them."""
    kept = [0]
    for place in range(1, len(rows)):
        if not _follows(rows[[place]], rows[kept])[0]:
            kept.append(place)
    return rows[kept], amounts[kept]


def _follows(rows: Array, settled: Array) -> Flags:
    """Which rows follow from the settled ones, which do not follow from each other."""
    basis = np.linalg.qr(settled.T)[0]
    rest = rows - (rows @ basis) @ basis.T
    found: Flags = np.abs(rest).max(axis=1, initial=0.0) <= TOLERANCE
    return found
