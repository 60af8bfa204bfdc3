"""Cost games: what every coalition of players would pay by itself.

A game is an array of costs by coalition: player i is in coalition number n if bit i of n is set,
so that number 0 is nobody and the last one is everybody.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

EXACT_PLAYERS = 12
"""So many players at most have all their coalitions gone through."""
TOLERANCE = 1e-9


def checked_game(costs: ArrayLike) -> Array:
    """A game as numbers, once it is one.

    Parameters
    ----------
    costs : array_like, shape (2 ** players,)
        By coalition; nobody costs 0.

    Returns
    -------
    array, shape (2 ** players,)

    Raises
    ------
    ValueError
        If the number of coalitions is no power of two, or a cost is no number.
    """
    found = np.asarray(costs, dtype=float)
    players = found.size.bit_length() - 1
    if found.ndim != 1 or players < 1 or found.size != 1 << players:
        raise ValueError("a game of n players has a cost for each of 2**n coalitions")
    if not np.isfinite(found).all():
        raise ValueError("every cost is a finite number")
    if found[0] != 0:
        raise ValueError(f"nobody costs 0, not {found[0]:g}")
    return found


def members(players: int) -> Array:
    """Who is in each coalition: 1 or 0; shape (2 ** players, players)."""
    numbers = np.arange(1 << players)
    return ((numbers[:, None] >> np.arange(players)) & 1).astype(float)


def stand_alone(costs: ArrayLike) -> Array:
    """What each player would pay alone; shape (players,)."""
    game = checked_game(costs)
    result: Array = game[1 << np.arange(game.size.bit_length() - 1)]
    return result


def marginal(costs: ArrayLike) -> Array:
    """What each player adds to the cost of all the others; shape (players,)."""
    game = checked_game(costs)
    others = (game.size - 1) ^ (1 << np.arange(game.size.bit_length() - 1))
    result: Array = game[-1] - game[others]
    return result


def largest_claims(claims: ArrayLike) -> Array:
    """The game in which a coalition is worth its largest claim.

    Claims that overlap, as of heirs who each want a part of the same estate (Ibn Ezra).

    Examples
    --------
    >>> largest_claims([120, 60]).tolist()
    [0.0, 120.0, 60.0, 120.0]
    """
    asked = np.asarray(claims, dtype=float)
    found: Array = (members(len(asked)) * asked).max(axis=1)
    return found


def is_individually_rational(costs: ArrayLike, shares: ArrayLike) -> bool:
    """Whether nobody pays more than alone."""
    own, mine = stand_alone(costs), np.asarray(shares, dtype=float)
    return bool((mine <= own + TOLERANCE * float(np.abs(own).max())).all())


def is_in_core(costs: ArrayLike, shares: ArrayLike) -> bool:
    """Whether no coalition pays more than by itself, and all together exactly the cost."""
    game, mine = checked_game(costs), np.asarray(shares, dtype=float)
    paid = members(len(mine)) @ mine
    room = TOLERANCE * float(np.abs(game).max())
    return bool((paid <= game + room).all() and abs(paid[-1] - game[-1]) <= room)


def shapley(costs: ArrayLike) -> Array:
    """The Shapley value: what each player adds on average, over all orders in which they join.

    Parameters
    ----------
    costs : array_like, shape (2 ** players,)

    Returns
    -------
    array, shape (players,)
        Adds up to the cost of everybody.

    Raises
    ------
    ValueError
        If it is no game, or has more than 12 players.

    Notes
    -----
    Shapley (1953), *A value for n-person games*, Contributions to the Theory of Games II.

    Examples
    --------
    >>> shapley([0, 120, 60, 120]).tolist()
    [90.0, 30.0]
    """
    game = checked_game(costs)
    players = exact_players(game)
    is_in = members(players).astype(bool)
    size = is_in.sum(axis=1)
    # the chance that exactly these came before a player
    chance = np.array([1.0 / (players * _choose(players - 1, k)) for k in range(players)])
    result = np.empty(players)
    for player in range(players):
        without = np.flatnonzero(~is_in[:, player])
        added = game[without | (1 << player)] - game[without]
        result[player] = chance[size[without]] @ added
    return result


def _choose(whole: int, part: int) -> int:
    result = 1
    for step in range(part):
        result = result * (whole - step) // (step + 1)
    return result


def exact_players(game: Array) -> int:
    """How many players a game has, if all its coalitions can be gone through.

    Raises
    ------
    ValueError
        If it has more than 12 players.

    Examples
    --------
    >>> exact_players(np.zeros(8))
    3
    """
    players = game.size.bit_length() - 1
    if players > EXACT_PLAYERS:
        raise ValueError(f"at most {EXACT_PLAYERS} players can be worked out exactly")
    return players
